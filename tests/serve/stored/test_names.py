"""Completion against a search that looks at every name."""

from hypothesis import given
from hypothesis import strategies as st

from g60kg.serve.stored.complete import Name, NameIndex, folded

WORDS = st.text(alphabet="abAB 松江é", min_size=1, max_size=8).filter(str.strip)
NAMES = st.lists(st.builds(Name, WORDS, st.sampled_from("xyz"), st.booleans()), max_size=12)


@given(NAMES, st.text(alphabet="ab 松", max_size=3))
def test_what_is_found_is_what_holds_the_text(names: list[Name], text: str) -> None:
    found = NameIndex(names).find(text, 100)
    fitting = {name.entity for name in names if folded(text) in folded(name.text)}
    assert {name.entity for name in found} == fitting
    assert len(found) == len(fitting)


@given(NAMES, st.text(alphabet="ab松", min_size=1, max_size=2))
def test_beginnings_come_first_and_right_names_before_garbled_ones(names: list[Name], text: str) -> None:
    found = NameIndex(names).find(text, 100)
    ranks = [(name.garbled, not folded(name.text).startswith(folded(text))) for name in found]
    assert ranks == sorted(ranks)


@given(NAMES, st.integers(0, 5))
def test_no_more_than_wanted(names: list[Name], most: int) -> None:
    whole = NameIndex(names).find("a", 100)
    assert NameIndex(names).find("a", most) == whole[:most]


def test_the_bearers_of_a_name() -> None:
    names = NameIndex([Name("Suzhou", "s"), Name("SUZHOU", "t"), Name("Suzhou City", "s")])
    assert names.bearers("suzhou") == {"s", "t"}
    assert names.bearers("suzhou c") == set()
