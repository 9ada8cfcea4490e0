"""Accepting a candidate: an entry more in a file of the user's, whole and checked, or the file as it was."""

from pathlib import Path

import pytest

from g60kg.describe.claims import Words
from g60kg.errors import ParameterError, RegisterError
from g60kg.kg import Overlays
from g60kg.kg.review import Candidate, Word
from g60kg.kg.verdicts import Accepted, Reviewer
from g60kg.register import Entry, load_register
from g60kg.resources import resource
from g60kg.store import MemoryStore
from g60kg.terms import ID, slug

WORDS = (Words("news", 10, 30, "Foo Park stands here"),)


def candidate(name: str = "Foo Park", *classes: str) -> Candidate:
    kinds = tuple(f"g60:{each}" for each in classes or ("Park",))
    return Candidate(ID[slug(name)].value, name, kinds, WORDS, ())


def write(file: Path, found: Candidate | None = None, **said: str) -> Accepted:
    return Reviewer(MemoryStore(), Overlays()).write(found or candidate(), Word(**said), file)


def entry(file: Path, id: str, *others: Path) -> Entry:
    return load_register(*others, file.parent).entries[id]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.yaml"


def test_a_new_entity_keeps_the_candidates_iri(file: Path) -> None:
    done = write(file)
    found = entry(file, "foo-park")
    assert (found.en, found.types, found.iri.value) == ("Foo Park", ("g60:Park",), candidate().iri)
    assert found.source == "Accepted by a person from the article news, characters 10 to 30."
    assert done == Accepted("foo-park", str(file), file.read_text())


def test_what_a_person_says_of_it(file: Path) -> None:
    write(file, kind="g60:IndustrialPark", en="Foo Industrial Park", zh="富园")
    found = entry(file, "foo-park")
    assert (found.en, found.zh, found.also) == ("Foo Industrial Park", "富园", ("Foo Park",))
    assert found.types == ("g60:IndustrialPark",)


def test_another_verdict_on_an_accepted_one_is_refused(file: Path) -> None:
    write(file)
    before = file.read_bytes()
    message = r"the register has another entry 'foo-park' \(.*mine\.yaml:1\); change it there"
    with pytest.raises(ParameterError, match=message):
        write(file, kind="Company")
    assert file.read_bytes() == before


def test_entries_follow_one_another(file: Path) -> None:
    file.write_text("# My parks.\n")
    write(file)
    write(file, candidate("Bar Park"))
    text = file.read_text()
    assert text.startswith("# My parks.\n- id: foo-park\n")
    assert text.index("foo-park") < text.index("bar-park")


def test_another_right_name_of_a_known_entity(file: Path) -> None:
    before = load_register().entries["songjiang"]
    write(file, candidate("Songjiang of Shanghai"), of="songjiang")
    found = entry(file, "songjiang", resource("data", "register"))
    assert found.also == (*before.also, "Songjiang of Shanghai")
    assert found.garbled == before.garbled
    assert write(file, candidate("Songjiang of Shanghai"), of="id:songjiang").text == ""


def test_a_name_of_an_own_entry(file: Path) -> None:
    write(file)
    write(file, candidate("Foo Gardens"), of="foo-park")
    assert entry(file, "foo-park").also == ("Foo Gardens",)


def test_a_thing_described_needs_a_name(file: Path) -> None:
    described = candidate("digital satellite factory", "Facility")
    with pytest.raises(ParameterError, match="describes a thing and does not name it; name it with --en"):
        write(file, described)
    with pytest.raises(ParameterError, match="describes a thing"):
        write(file, described, of="songjiang")
    assert not file.exists()
    write(file, described, en="Chenxin Satellite Factory")
    found = entry(file, "chenxin-satellite-factory")
    assert found.also == ()


def test_of_several_classes_one_must_be_said(file: Path) -> None:
    found = candidate("Foo Park", "Company", "Park")
    with pytest.raises(ParameterError, match="of several classes: Company, Park; say --as CLASS"):
        write(file, found)
    assert write(file, found, kind="Park").id == "foo-park"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"kind": "Planet"}, "the ontology has no class 'Planet'"),
        (
            {"en": "Songjiang District"},
            "the name 'Songjiang District' of 'foo-park' is also a name of 'songjiang'",
        ),
        ({"zh": "松江区"}, "is also a name of 'songjiang'"),
    ],
)
def test_what_the_register_refuses_is_never_written(
    file: Path, said: dict[str, str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("g60kg.register.load.write_whole", lambda *_: pytest.fail("it was written"))
    with pytest.raises(RegisterError, match=message):
        write(file, None, **said)
    assert not list(file.parent.iterdir())


def test_a_name_of_one_entity_is_not_given_to_another(file: Path) -> None:
    with pytest.raises(RegisterError, match="the name 'Wuhu' of 'songjiang' is also a name of 'wuhu'"):
        write(file, candidate("Wuhu"), of="songjiang")
    assert not file.exists()


def test_signs_of_yaml_and_of_braces_are_part_of_the_name(file: Path) -> None:
    name = 'Foo: {Bar, #1} \\ Park’s "Hall"'
    write(file, candidate(name))
    assert entry(file, slug(name)).en == name.replace("’", "'")
