import pytest
from hypothesis import given
from hypothesis import strategies as st

from g60kg.register import Garbled, Register
from g60kg.register.document import expand

from .conftest import entry

NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


def test_find_takes_any_name_in_any_case(packaged: Register) -> None:
    for name in ("Songjiang", "songjiang district", "松江", "松江区", "MATSUE", "Matsue City"):
        assert [found.id for found in packaged.find(name)] == ["songjiang"]


@pytest.mark.parametrize("name", ["", "Songjian", "Suhzou", "the corridor", "Songjiang Huzhou"])
def test_find_never_guesses(packaged: Register, name: str) -> None:
    assert packaged.find(name) == ()


def test_find_gives_all_bearers_of_an_ambiguous_name() -> None:
    one, other = entry("a", en="Kuka"), entry("b", zh="Kuka")
    assert Register({"a": one, "b": other}).find("KUKA") == (one, other)


def test_names_tell_their_kind() -> None:
    repair = Garbled("Biomedcine", "Misspelt.")
    industry = entry(
        "b", en="Biomedicine", zh="生物医药", also=("biomed",), adjective=("biomedical",), garbled=(repair,)
    )
    assert [tuple(name) for name in Register({"b": industry}).names()] == [
        ("Biomedicine", industry, "preferred", None),
        ("生物医药", industry, "preferred", None),
        ("biomed", industry, "other", None),
        ("biomedical", industry, "adjective", None),
        ("Biomedcine", industry, "garbled", repair),
    ]


@given(st.lists(NAMES, min_size=1, max_size=8, unique_by=lambda name: name.casefold()))
def test_every_name_leads_back_to_its_entry(names: list[str]) -> None:
    entries = {f"e{i}": entry(f"e{i}", en=name) for i, name in enumerate(names)}
    register = Register(entries)
    for found in entries.values():
        assert found in register.find(found.en)
        assert found in register.find("".join(c.upper() if c.isascii() else c for c in found.en))


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_names_of_braces_lead_back_to_their_entry(parts: list[str]) -> None:
    escaped = ["".join("\\" + c if c in "\\{}," else c for c in part) for part in parts]
    also = expand("City {" + ",".join(escaped) + "}")
    register = Register({"a": entry("a", also=also)})
    for part in parts:
        assert [found.id for found in register.find(f"city {part}")] == ["a"]


@pytest.mark.parametrize(
    ("where", "note", "applies"),
    [
        (None, None, True),
        (None, "anything", True),
        ("machine translation", None, False),
        ("machine translation", "A Machine Translation of a text", True),
        ("machine translation", "translated by a person", False),
    ],
)
def test_a_repair_applies_where_it_says(where: str | None, note: str | None, applies: bool) -> None:
    assert Garbled("Matsue", "Misread.", where).applies_to(note) is applies
