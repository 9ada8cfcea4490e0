"""The tables of words, and what a user's folder adds to them."""

from pathlib import Path

import pytest

from g60kg.errors import PatternError
from g60kg.extract import claim_line, extract, load_grammar
from g60kg.extract.tables import load_tables
from g60kg.model import Article
from g60kg.register import load_register


def write(folder: Path, **tables: str) -> Path:
    """Write tables into a folder's `grammar/`; return the folder."""
    (folder / "grammar").mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / "grammar" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


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
        words="words: {companies: [outfit, firm], unicorns: [unicorn]}\n"
        "verbs: {anchor: [], strew: [strewed, strewn]}\n",
        figures="scales: {lakh: 100000}\nvague: [umpteen]\n",
        heads="heads: {Park: [Orchard]}\n",
        anaphora="- {words: [the orchard], classes: Park, rule: nearest}\n",
    )
    before, after = load_tables(), load_tables([own])
    assert after["words"]["words"]["companies"] == [*before["words"]["words"]["companies"], "outfit"]
    assert after["words"]["words"]["unicorns"] == ["unicorn"]
    assert after["words"]["verbs"] == before["words"]["verbs"] | {
        "anchor": [],
        "strew": ["strewed", "strewn"],
    }
    assert after["figures"]["scales"]["lakh"] == 100000
    assert after["heads"]["heads"]["Park"][-1] == "Orchard"
    assert after["anaphora"][:-1] == before["anaphora"]
    assert load_tables() == before


def test_a_later_folder_adds_to_an_earlier_one(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        write(tmp_path / name, words=f"words: {{companies: [outfit-{name}]}}\n")
    found = load_tables([tmp_path / "a", tmp_path / "b"])["words"]["words"]["companies"]
    assert found[-2:] == ["outfit-a", "outfit-b"]


def test_a_head_noun_of_ones_own_types_a_name(tmp_path: Path) -> None:
    text = Article("news", "Quux Blorp Orchard covers an area of 12 hectares.")
    own = load_grammar(load_register(), write(tmp_path, heads="heads: {Park: [Orchard]}\n"))
    assert [claim_line(claim) for claim in extract(text, own)] == [
        "id:quux-blorp-orchard g60:area 12 unit:HA"
    ]
    assert extract(text, load_grammar(load_register())) == ()


def test_nothing_is_added_by_an_empty_file(tmp_path: Path) -> None:
    assert load_tables([write(tmp_path, words="# later\n")]) == load_tables()
    assert load_tables([tmp_path / "absent"]) == load_tables()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("worts", "a: 1", r"worts\.yaml: no such table; tables: anaphora, "),
        ("words", "words: [\n", r"words\.yaml:2: not YAML"),
        ("words", "[a]", "'words' is a mapping"),
        ("words", "fillers: also", "'fillers' is a list"),
        ("words", "fillers: [no]", "'fillers' lists texts, not False; put it in quotes"),
        ("words", "fillrs: [a]", "no part 'fillrs'; parts: fillers"),
        ("words", "verbs: {anchor: anchored}", "'anchor' is a list"),
        ("words", "words: {on: [a]}", "'words' has no key True"),
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
        ("anaphora", "{}", "'anaphora' is a list"),
        ("anaphora", "- {words: [it]}", "a row of 'anaphora' lacks 'classes'"),
    ],
)
def test_another_form_is_refused_with_its_place(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(PatternError, match=message) as caught:
        load_tables([write(tmp_path, **{name: text})])
    assert str(tmp_path) in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path, words="")
    (tmp_path / "grammar" / "words.yaml").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(PatternError, match="cannot be read as UTF-8 text"):
        load_tables([tmp_path])
