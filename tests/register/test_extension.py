from pathlib import Path

import pytest
from pyoxigraph import Literal

from g60kg.errors import RegisterError
from g60kg.register import load_register, register_quads
from g60kg.resources import resource
from g60kg.terms import DCTERMS, ID, SKOS

from .conftest import HEAD, Write

MORE = """\
- extends: a
  also: ["Alpha {Town,City}", Alpha]
  also_zh: [阿尔法]
  adjective: [alphan]
  garbled:
    - name: Alfa
      reason: Misspelt.
  facts:
    - startYear: 2007
  source: more
"""


def test_an_extension_adds_and_takes_nothing_away(write: Write) -> None:
    base = write("base", one=HEAD + "  also: [Aleph]\n  zh: 甲\n")
    entry = load_register(base, write("own", two=MORE)).entries["a"]
    assert entry.en == "Alpha"
    assert entry.also == ("Aleph", "Alpha Town", "Alpha City")
    assert (entry.zh, entry.also_zh, entry.adjective) == ("甲", ("阿尔法",), ("alphan",))
    assert [repair.name for repair in entry.garbled] == ["Alfa"]
    assert [(fact.object.value, fact.source) for fact in entry.facts] == [("2007", "more")]


def test_every_source_stands_in_the_graph(write: Write) -> None:
    register = load_register(write("base", one=HEAD), write("own", two=MORE))
    quads = register_quads(register)
    sources = {quad.object for quad in quads if quad.subject == ID.a and quad.predicate == DCTERMS.source}
    assert sources == {Literal("made"), Literal("more")}
    assert any(
        quad.predicate == SKOS.hiddenLabel and quad.object == Literal("Alfa", language="en") for quad in quads
    )


def test_an_extension_may_stand_in_the_folder_of_its_entry(write: Write) -> None:
    assert load_register(write(one=MORE, two=HEAD)).find("Alfa")[0].id == "a"


def test_the_same_extension_twice_adds_once(write: Write) -> None:
    base = write("base", one=HEAD)
    once = load_register(base, write("own", one=MORE))
    assert load_register(base, write("own", one=MORE), write("again", two=MORE)) == once
    assert load_register(base, write("own", one=MORE + MORE)) == once


def test_a_packaged_entry_keeps_what_it_has(write: Write) -> None:
    packaged = load_register().entries["songjiang"]
    own = write(one="- {extends: songjiang, also: [Songjiang of Shanghai], source: made}\n")
    entry = load_register(resource("data", "register"), own).entries["songjiang"]
    assert entry.also == (*packaged.also, "Songjiang of Shanghai")
    assert (entry.garbled, entry.facts, entry.types) == (packaged.garbled, packaged.facts, packaged.types)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {extends: b, source: made}\n", r"own.one\.yaml:1: no entry has the id 'b'; known: a"),
        ("- {extends: a}\n", r"one\.yaml:1: an entry that extends another has no 'source'"),
        ("- {extends: a, id: b, source: made}\n", r"has no key 'id'"),
        ("- {extends: a, en: Beta, source: made}\n", r"has no key 'en'"),
        ("- {extends: A B, source: made}\n", r"the id 'A B' is no slug; write 'a-b'"),
        (
            "\n- {extends: a, garbled: [{name: alpha, reason: x}], source: m}\n",
            r"own.one\.yaml:2: the name 'alpha'",
        ),
        ("- {extends: a, facts: [{partOf: z}], source: made}\n", r"no entry has the id 'z'"),
    ],
)
def test_what_cannot_be_added_is_refused_with_its_place(write: Write, text: str, message: str) -> None:
    with pytest.raises(RegisterError, match=message):
        load_register(write("base", one=HEAD), write("own", one=text))


def test_a_name_of_another_entry_is_refused_where_it_is_added(write: Write, tmp_path: Path) -> None:
    base = write("base", one=HEAD + HEAD.replace("id: a", "id: b").replace("Alpha", "Beta"))
    own = write("own", one="- {extends: a, also: [Beta], source: made}\n")
    with pytest.raises(
        RegisterError, match=r"own.one\.yaml:1: the name 'Beta' of 'a' is also a name of 'b' .*base"
    ) as caught:
        load_register(base, own)
    assert str(tmp_path / "own" / "one.yaml") in str(caught.value)
