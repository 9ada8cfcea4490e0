"""Alternations: any word, whole, the longest first."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g60kg.text.scanning import any_of

WORDS = ["over", "about", "around", "more than", "more", "a", "n't", "U.S.", "+", "-plus"]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_found_whole(word: str) -> None:
    assert re.fullmatch(any_of(WORDS), word)


@pytest.mark.parametrize("text", ["overt", "mores", "aboutx", "ove", "", "U.S"])
def test_no_part_of_a_word_is_found(text: str) -> None:
    assert re.fullmatch(any_of(WORDS), text) is None
    assert re.match(any_of(["over"]), "overt") is None


def test_the_longest_is_found_first() -> None:
    assert re.match(any_of(WORDS), "more than")[0] == "more than"  # type: ignore[index]


def test_another_end_may_be_asked_for() -> None:
    assert re.match(any_of(["RMB"], r"(?![^\W\d])"), "RMB45")
    assert re.match(any_of(["RMB"], r"(?![^\W\d])"), "RMBs") is None


@given(
    st.sets(st.text(alphabet="ab c.$-", min_size=1, max_size=6), min_size=1, max_size=8),
    st.text("ab c.$-", max_size=6),
)
def test_it_finds_what_is_listed_and_nothing_else(words: set[str], text: str) -> None:
    assert bool(re.fullmatch(any_of(words), text)) == (text in words)
