"""Faults that were found in use, each mended by a rule of its own."""

from functools import cache

import pytest

from g60kg.extract.parser.frame_checks import read_lines
from g60kg.extract.parser.reader import ParserReader, load_parser_reader
from tests.extract.parser.readings import lexicon

_SHARES = "Five years ago the shares in GDP and exports were a sixteenth and a twelfth."
_NINE = "Songjiang is green. The nine cities account for a fifteenth of the national GDP."


@cache
def _reader() -> ParserReader:
    return load_parser_reader(lexicon())


def _lines(text: str, predicate: str) -> list[str]:
    return [line for line in read_lines(text, _reader()) if f" g60:{predicate} " in line]


def test_a_whole_may_stand_before_its_share() -> None:
    said = _lines("Quanta Robotics is large. Of its exports, nine tenths go to Asia.", "share")
    assert said == ["id:quanta-robotics g60:share 0.9 unit:FRACTION countedKind=its exports"]


def test_shares_of_what_was_not_found_are_nobodys() -> None:
    assert not [line for line in _lines(f"{_NINE} {_SHARES}", "share") if line.startswith("id:songjiang")]


@pytest.mark.parametrize("verb", ["chosen", "picked", "selected"])
def test_a_place_that_is_chosen_for_a_plant_has_none_yet(verb: str) -> None:
    [line] = _lines(f"Quanta Robotics has {verb} Wuhu for its plant.", "operates")
    assert line.endswith("modality=planned")


def test_what_stands_before_a_maker_is_no_place() -> None:
    assert not _lines("Sensor maker Quanta Robotics is growing.", "headquarteredIn")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "Zhejiang has 41 unicorns. Hangzhou accounts for 36.",
            "id:hangzhou g60:companyCount 36 unit:NUM countedKind=unicorns",
        ),
        (
            "Quanta Robotics turned over 61 million yuan.",
            "id:quanta-robotics g60:amount 61000000 unit:CCY_CNY countedKind=turned",
        ),
    ],
)
def test_figures_that_go_on_or_follow_a_particle(text: str, line: str) -> None:
    assert line in read_lines(text, _reader())
