"""What happened at a time, where no frame says it: in the words of the text, with its time."""

from functools import cache

import pytest

from g60kg.extract.parser.frame_checks import read_lines
from g60kg.extract.parser.milestones import read_milestones
from g60kg.extract.parser.reader import ParserReader, load_parser_reader
from tests.extract.parser.readings import lexicon


@cache
def _reader() -> ParserReader:
    return load_parser_reader(lexicon())


def _milestones(text: str) -> list[str]:
    return [line for line in read_lines(text, _reader()) if "g60:milestone" in line]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Quanta Robotics delivered its first satellite on July 6.",
            '"delivered its first satellite" date=2023-07-06',
        ),
        ("Quanta Robotics has been listed in Shenzhen since 2019.", '"listed in Shenzhen" year=2019'),
        ("In 2019 Quanta Robotics sold its mill.", '"sold its mill" year=2019'),
        ("By the end of 2022 Quanta Robotics had left the alliance.", '"left the alliance" year=2022'),
        ("Quanta Robotics left the alliance by the end of 2022.", '"left the alliance" year=2022'),
        ("Quanta Robotics will list its shares in 2025.", '"list its shares" modality=planned year=2025'),
        ("Quanta Robotics sold its mill last autumn.", '"sold its mill" year=2022'),
    ],
)
def test_a_dated_clause_tells_what_happened(text: str, words: str) -> None:
    assert _milestones(text) == [f"id:quanta-robotics g60:milestone {words}"]


@pytest.mark.parametrize(
    "text",
    [
        "Quanta Robotics was founded in 1998.",  # a frame says it
        "Quanta Robotics sold 300 pumps in 2019.",  # a statistic
        "Quanta Robotics was small in 2019.",  # how it is, and nothing that happens
        "Quanta Robotics sold its mill.",  # no time
        "Quanta Robotics did not sell its mill in 2019.",
        "Songjiang held a fair in 2019.",  # a region's doings are those of the things in it
        "Quanta Robotics sells more than it did in 2019.",
    ],
)
def test_what_is_no_milestone(text: str) -> None:
    assert _milestones(text) == []


def test_it_runs_last_so_that_what_is_dated_already_is_not_told_twice() -> None:
    assert _reader().mechanisms[-1] is read_milestones
