"""The cities of a corridor, however a clause or a phrase joins them to it."""

from functools import cache

import pytest

from g60kg.extract.parser.frame_checks import read_lines
from g60kg.extract.parser.reader import ParserReader, load_parser_reader
from tests.extract.parser.readings import lexicon

_THREE = {"hangzhou", "jiaxing", "songjiang"}


@cache
def _reader() -> ParserReader:
    return load_parser_reader(lexicon())


def _members(text: str) -> set[str]:
    """Return the cities that a text gives to the G60 corridor."""
    lines = [line.split() for line in read_lines(text, _reader())]
    return {
        line[2].removeprefix("id:") for line in lines if line[:2] == ["id:g60-corridor", "g60:memberCity"]
    }


@pytest.mark.parametrize(
    "text",
    [
        "The G60 corridor consists of Songjiang, Jiaxing and Hangzhou.",
        "The G60 corridor, made up of Songjiang, Jiaxing and Hangzhou, is growing.",
        "The G60 corridor has grown to include Songjiang, Jiaxing and Hangzhou.",
        "The G60 corridor is long. Its members are Songjiang, Jiaxing and Hangzhou.",
    ],
)
def test_the_cities_of_a_corridor(text: str) -> None:
    assert _members(text) == _THREE


@pytest.mark.parametrize(
    "text",
    [
        "The G60 corridor includes firms of Songjiang, Jiaxing and Hangzhou.",
        "The G60 corridor does not include Songjiang, Jiaxing and Hangzhou.",
        "The G60 corridor is praised in Songjiang, Jiaxing and Hangzhou.",
        "Songjiang, Jiaxing and Hangzhou grow faster than the G60 corridor.",
    ],
)
def test_cities_that_are_no_members(text: str) -> None:
    assert _members(text) == set()


def test_an_agreement_of_many_is_none_of_each_two() -> None:
    many = "Shanghai, Jiaxing, Hangzhou and Huzhou signed an agreement."
    assert not [line for line in read_lines(many, _reader()) if "cooperatesWith" in line]
