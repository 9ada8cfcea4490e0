"""The tables of words, and what a user's folder adds to them."""

import re
from pathlib import Path

import pytest

from g60kg.article import Article
from g60kg.errors import PatternError
from g60kg.extract import claim_line, load_extractor
from g60kg.extract.tables import load_tables
from g60kg.terms import unit_form
from g60kg.text.marks import Time
from tests.extract.packaged import extractor


def write(folder: Path, **tables: str) -> Path:
    """Write tables into a folder's `grammar/`; return the folder."""
    (folder / "grammar").mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / "grammar" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_unit_that_is_read_is_shown_by_a_name() -> None:
    units = {unit for unit in re.findall(r"(?:unit|g60):[\w-]+", repr(load_tables())) if "CCY_" not in unit}
    names = {unit: unit.partition(":")[2] for unit in units if unit[:4] == "unit" or unit == "g60:Mu"}
    assert len(names) > 30
    assert [name for name in names.values() if unit_form(name, "zh") == f"{{n}} {name}"] == []


def test_a_figure_of_every_kind_has_a_measure() -> None:
    tables = load_tables()
    kinds = {entry["kind"] for entry in tables["figures"]["units"]}
    assert kinds <= tables["measures"]["general"].keys()
    text = "The tank farm in Zhoushan holds 1.2 million cubic meters of oil."
    assert "1200000 unit:M3" in " ".join(map(claim_line, extractor().claims(Article("news", text))))


def test_every_packaged_word_is_a_word() -> None:
    """YAML reads some words as something else (no, on, off, yes) unless they are quoted."""
    strange: list[object] = []

    def look(value: object) -> None:
        if isinstance(value, dict):
            for key, part in value.items():
                look(key)
                look(part)
        elif isinstance(value, list):
            for part in value:
                look(part)
        elif isinstance(value, bool) or not isinstance(value, str | int):
            strange.append(value)

    look(load_tables())
    assert strange == []


def test_lists_grow_and_values_are_added_or_replaced(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        acts="build: [erect, forge]\n",
        measures="nouns: {revenue: [proceeds]}\n",
        figures="scales: {lakh: 100000}\nvague: [umpteen]\n"
        "units: [{unit: 'g60:Li', kind: length, after: [li]}]\n",
        heads="heads: {Park: [Orchard]}\n",
    )
    before, after = load_tables(), load_tables([own])
    assert after["acts"]["build"] == [*before["acts"]["build"], "forge"]
    assert after["measures"]["nouns"]["revenue"] == [*before["measures"]["nouns"]["revenue"], "proceeds"]
    assert after["figures"]["scales"] == before["figures"]["scales"] | {"lakh": 100000}
    assert after["figures"]["units"][:-1] == before["figures"]["units"]
    assert after["heads"]["heads"]["Park"][-1] == "Orchard"
    assert load_tables() == before


def test_a_later_folder_adds_to_an_earlier_one(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        write(tmp_path / name, acts=f"build: [forge-{name}]\n")
    found = load_tables([tmp_path / "a", tmp_path / "b"])["acts"]["build"]
    assert found[-2:] == ["forge-a", "forge-b"]


def test_a_head_noun_of_ones_own_types_a_name(tmp_path: Path) -> None:
    text = Article("news", "Quux Blorp Orchard covers an area of 12 hectares.")
    own = load_extractor(extractor().lexicon.register, [write(tmp_path, heads="heads: {Park: [Orchard]}\n")])
    [claim] = own.claims(text)
    assert claim_line(claim).startswith("id:quux-blorp-orchard g60:area 12 unit:HA")
    assert claim.subject.types == ("g60:Park",)
    assert "g60:Park" not in {kind for each in extractor().claims(text) for kind in each.subject.types}


def test_a_unit_of_ones_own_is_read(tmp_path: Path) -> None:
    text = Article("news", "The G60 Corridor is 300 li long.")
    unit = "units: [{unit: 'g60:Li', kind: length, after: [li]}]\n"
    own = load_extractor(extractor().lexicon.register, [write(tmp_path, figures=unit)])
    assert [claim_line(claim) for claim in own.claims(text)] == ["id:g60-corridor g60:length 300 g60:Li"]


def test_a_form_of_times_of_ones_own_is_read(tmp_path: Path) -> None:
    form = "forms: [{read: year, form: 'anno {year=year}'}]\nbegins: [anno]\n"
    own = load_extractor(extractor().lexicon.register, [write(tmp_path, times=form)])
    found = own.lexicon.times.marks("built anno 1998", None)
    assert [mark.meaning for mark in found] == [Time("1998")]


@pytest.mark.parametrize(
    "form", ["{read: ears, form: x}", "{read: year, form: '(x'}", "{read: year, form: '{x}'}"]
)
def test_a_form_of_times_that_cannot_be_read_is_named(tmp_path: Path, form: str) -> None:
    with pytest.raises(PatternError, match="of times is no expression, or nothing reads it; mend it"):
        load_extractor(extractor().lexicon.register, [write(tmp_path, times=f"forms: [{form}]\n")])


def test_nothing_is_added_by_an_empty_file(tmp_path: Path) -> None:
    assert load_tables([write(tmp_path, acts="# later\n")]) == load_tables()
    assert load_tables([tmp_path / "absent"]) == load_tables()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("axts", "a: 1", r"axts\.yaml: no such table; tables: acts, "),
        ("acts", "build: [\n", r"acts\.yaml:2: not YAML"),
        ("acts", "[a]", "'acts' is a mapping"),
        ("acts", "build: forge", "'build' is a list"),
        ("acts", "build: [no]", "'build' lists texts, not False; put it in quotes"),
        ("acts", "bild: [a]", r"acts\.yaml:1: no part 'bild'; known: stand"),
        ("measures", "nouns: {revenue: proceeds}", "'revenue' is a list"),
        ("measures", "nouns: {on: [a]}", "measures\\.yaml:1: a key is a text; put it in quotes"),
        ("figures", "scales: {lakh: many}", "'lakh' is a whole number"),
        (
            "figures",
            "units: [{unit: 'g60:Li', kind: length, behind: [li]}]",
            "a row of 'units' has no such 'behind'",
        ),
        ("figures", "units: [{unit: 'g60:Li', after: [li]}]", "a row of 'units' lacks 'kind'"),
        (
            "figures",
            "units: [{unit: 'g60:Li', kind: length, after: li}]",
            "a row of 'units' has no such 'after'",
        ),
        ("figures", "units: [li]", "'units' lists mappings, not 'li'"),
    ],
)
def test_another_form_is_refused_with_its_place(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(PatternError, match=message) as caught:
        load_tables([write(tmp_path, **{name: text})])
    assert str(tmp_path) in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path, acts="")
    (tmp_path / "grammar" / "acts.yaml").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(PatternError, match="not UTF-8; save the file as UTF-8"):
        load_tables([tmp_path])
