"""What is looked for only where it can begin is found as it is everywhere."""

import re
from functools import cache
from pathlib import Path

import pytest

from g60kg.resources import resource
from g60kg.text import figures, view
from g60kg.text.scanning import Beginnings, fold, scan
from g60kg.text.view import make_view
from tests.extract.packaged import lexicon

SOURCES = [
    *sorted(resource("data", "frames").glob("*.yaml")),
    *sorted(resource("data", "articles").glob("*.txt")),
    *sorted((Path(__file__).parents[1] / "extract" / "regression").glob("*.jsonl")),
    *sorted(Path(__file__).parent.glob("test_*.py")),
]
"""Files that hold the sentences of the examples, and those of the tests of names, figures and times."""


@cache
def texts() -> dict[str, str]:
    return {path.stem: make_view(path.read_text(encoding="utf-8")).text for path in SOURCES}


@pytest.mark.parametrize("reader", ["figures", "times", "ranks"])
def test_finds_what_looking_everywhere_finds(reader: str) -> None:
    numbers = lexicon().figures.numbers
    expression, begins = {
        "figures": (numbers.expression, numbers.begins),
        "times": (lexicon().times.expression, lexicon().times.begins),
        "ranks": (figures._RANK, figures._RANK_BEGINS),
    }[reader]
    for name, text in texts().items():
        scanned = [match.span() for match in scan(expression, begins.places(text), text)]
        assert scanned == [match.span() for match in expression.finditer(text)], name


def test_sentences_end_at_stops() -> None:
    for name, text in texts().items():
        scanned = scan(view._END, (stop.start() for stop in view._STOP.finditer(text)), text)
        assert [m.span() for m in scanned] == [m.span() for m in view._END.finditer(text)], name


def test_no_match_lies_within_another() -> None:
    assert [m.span() for m in scan(re.compile("aa"), [0, 1, 2, 4], "aaaaaa")] == [(0, 2), (2, 4), (4, 6)]


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        (["a", "an"], "an apple, a pear", [0, 3, 10]),
        (["one"], "phone one-off", [6]),
        (["US$"], "İn US$ and us$", [3, 11]),
        (["$"], "US$ and $", [8]),
    ],
)
def test_places(words: list[str], text: str, expected: list[int]) -> None:
    assert Beginnings(words).places(text) == expected


@pytest.mark.parametrize("text", ["PLAIN", "İstanbul", "ẞ ﬁ", ""])
def test_fold_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
