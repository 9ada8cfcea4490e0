"""Ranks, and ordinals that are none."""

import pytest

from g60kg.text.figures import rank_marks
from g60kg.text.marks import Figure


def ranks(text: str) -> list[str]:
    return [mark.meaning.value.value for mark in rank_marks(text) if isinstance(mark.meaning, Figure)]


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("69 enterprises, second in Shanghai", "2"),
        ("653 enterprises, also second, and", "2"),
        ("31 enterprises, third in the city.", "3"),
        ("it ranks first nationwide", "1"),
        ("it ranked 3rd among cities", "3"),
        ("ranking No. 2 in China", "2"),
        ("it was placed fifth.", "5"),
    ],
)
def test_a_rank(text: str, rank: str) -> None:
    assert ranks(text) == [rank]


@pytest.mark.parametrize(
    "text",
    [
        "the first conference",
        "the first of its kind",
        "the second largest",
        "its second factory in Wuhu",
        "is second only to Wuhu",
        "in third place",
        "the 14th plan",
        "the twenty-first, it says",
        "Second, it grew",
        "5 in Shanghai",
    ],
)
def test_no_rank(text: str) -> None:
    assert ranks(text) == []
