"""Figures, times and places that no word of their clause gives to anything, and what stands in lists."""

import pytest

from tests.extract.packaged import claims, lines


def _said(text: str) -> dict[str, str]:
    """The claims of a text, as lines without prefixes, with their status."""
    rows = zip(lines(text, "2024-02-19"), claims(text, "2024-02-19"), strict=True)
    return {line.replace("id:", "").replace("g60:", ""): claim.status for line, claim in rows}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "Quanta Robotics is large. Direct investment pledged to Wuhu jumped 41 percent.",
            "wuhu growth 41 unit:PERCENT",
        ),
        (
            "Wuhu has 300 pump makers. They employ 12,000 people.",
            "wuhu count 12000 unit:NUM",
        ),
        ("Quanta Robotics built a seat factory (3 hectares).", "seat-factory-example area 3 unit:HA"),
        ("Quanta Robotics is to make pumps from 2026.", "quanta-robotics milestone"),
        (
            "A hydrogen industrial park broke ground in Wuhu.",
            "hydrogen-industrial-park-example locatedIn wuhu",
        ),
    ],
)
def test_what_is_left_over_is_proposed(text: str, line: str) -> None:
    [status] = [status for said, status in _said(text).items() if said.startswith(line)]
    assert status == "proposed"


def test_items_of_a_list_are_sentences_and_their_first_words_no_names() -> None:
    said = _said("Quanta Robotics reports for 2023\n- Revenue: RMB 3.46 billion\n- Employees: 620")
    assert not any(line.startswith(("revenue ", "employees ")) for line in said)
    assert any("3460000000" in line for line in said)


def test_a_name_behind_two_that_are_joined_is_no_third() -> None:
    said = _said("A joint venture between Siemens and Bosch, Quanta Robotics, employs 2,100 people.")
    assert not any("foundedBy quanta-robotics" in line for line in said)


@pytest.mark.parametrize(
    "text",
    [
        "Quanta Robotics was small in 2019.",
        "Quanta Robotics said on Friday that pumps are useful.",
        "I came to Wuhu in 2003.",
    ],
)
def test_what_gives_nothing(text: str) -> None:
    assert not any(line.startswith("i ") or "milestone" in line for line in _said(text))
