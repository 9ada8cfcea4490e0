"""Numbers in digits and words, parts of a whole, and amounts that are vague."""

import pytest

from tests.extract.packaged import lexicon
from tests.text.amounts import NUM, PART, figures, vague


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,633 large enterprises", "1633"),
        ("121 related enterprises", "121"),
        ("57.92 million", "57920000"),
        ("seven enterprises", "7"),
        ("twenty-one enterprises", "21"),
        ("two hundred companies", "200"),
        ("one hundred and twenty companies", "120"),
        ("a hundred companies", "100"),
        ("two hundred and fifty thousand people", "250000"),
        ("a million people", "1000000"),
        ("half a million people", "500000"),
        ("one and a half million people", "1500000"),
        ("a dozen companies", "12"),
        ("Fifty industrial projects", "50"),
        ("５００ companies", "500"),
        ("5.7 ten thousand", "57000"),
        ("2000 companies", "2000"),
        ("3.14 of them", "3.14"),
    ],
)
def test_counts(text: str, expected: str) -> None:
    assert figures(text) == [f"exact {expected} {NUM}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one twenty-fourth of the land", "exact 0.041667"),
        ("a fifteenth of the GDP", "exact 0.066667"),
        ("half of the GDP", "exact 0.5"),
        ("almost half of the GDP", "nearly 0.5"),
        ("nearly a third of the GDP", "nearly 0.333333"),
        ("two-thirds of the GDP", "exact 0.666667"),
        ("three quarters of the GDP", "exact 0.75"),
        ("one-fifth of the GDP", "exact 0.2"),
        ("more than a fifth of the GDP", "more than 0.2"),
        ("a tenth, it says", "exact 0.1"),
    ],
)
def test_parts_of_a_whole(text: str, expected: str) -> None:
    assert figures(text) == [f"{expected} {PART}"]


@pytest.mark.parametrize(
    "text",
    [
        "tens of billions of yuan",
        "tens of billions of",
        "hundreds of",
        "dozens of",
        "several hundred",
        "several",
        "a few thousand",
        "a number of",
        "many",
        "thousands of",
    ],
)
def test_vague_amounts_are_no_figure(text: str) -> None:
    assert vague(f"It has {text} things") == [text]
    assert figures(f"It has {text} things") == []


def test_the_tables_are_made_whole() -> None:
    numbers = lexicon().figures.numbers
    assert (numbers.words["twenty"], numbers.words["ninety-nine"]) == (20, 99)
    assert (numbers.parts["twenty-fourth"], numbers.parts["quarter"]) == (24, 4)
    assert numbers.units["us$"] == numbers.units["dollars"] == ("unit:CCY_USD", "money")
    assert numbers.comparators["fewer than"] == "less than"
    assert numbers.scales["hundred million"] == 100_000_000
