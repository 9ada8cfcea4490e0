"""What is said of a thing that a text describes and does not name."""

import pytest

from tests.extract.packaged import lines

PLANT = "id:robot-plant-example"
SAID = "Hexagon is building a robot plant in Songjiang."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{SAID} The plant covers 500 mu.", f"{PLANT} g60:area 500 g60:Mu"),
        (f"{SAID} It covers 500 mu.", f"{PLANT} g60:area 500 g60:Mu"),
        (f"{SAID} The project costs 900 million yuan.", f"{PLANT} g60:investment 900000000 cur:CNY"),
        (f"{SAID} Covering 500 mu, the plant is large.", f"{PLANT} g60:area 500 g60:Mu"),
        (f"{SAID} Investment came to 900 million yuan.", f"{PLANT} g60:investment 900000000 cur:CNY"),
        ("Hexagon has a robot plant covering 500 mu.", f"{PLANT} g60:area 500 g60:Mu"),
        (
            "Hexagon runs a robot plant in Songjiang, which employs 300 people.",
            f"{PLANT} g60:count 300 unit:NUM countedKind=people",
        ),
        (
            "Hexagon will open a robot plant covering 500 mu.",
            f"{PLANT} g60:area 500 g60:Mu modality=planned",
        ),
    ],
)
def test_what_is_described_has_figures(text: str, line: str) -> None:
    assert line in lines(text)


@pytest.mark.parametrize(
    "text",
    [
        "Songjiang is building a robot plant. It covers 500 mu.",
        "Hexagon is building a robot plant and a tea plant. The plant covers 500 mu.",
        "Hexagon is building a robot plant and a tea factory. It covers 500 mu.",
        "They saw a robot plant. Kuka grew. Fosun Pharma grew. The plant covers 500 mu.",
    ],
)
def test_what_is_in_doubt_has_none(text: str) -> None:
    assert not [line for line in lines(text) if "g60:area" in line]


def test_what_is_named_is_not_what_it_is_called() -> None:
    """A noun that only says what something is names nothing else."""
    assert lines("The Songjiang hub, a station covering 500 mu, is new.") == [
        "id:songjiang-hub g60:area 500 g60:Mu"
    ]
    assert lines("Haier Zhigu is a smart plant. It covers 500 mu.") == ["id:haier-zhigu g60:area 500 g60:Mu"]
