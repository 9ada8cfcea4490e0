"""Unknown names: where they begin and end, what their head noun makes of them, and what is no name."""

import pytest

from g60kg.model import Entity
from g60kg.text.marks import Name, merge
from g60kg.text.view import make_view
from tests.extract.packaged import lexicon


def read(text: str) -> tuple[dict[str, str], list[str]]:
    """Return candidates with their class, and bare names."""
    plain = make_view(text).text
    known = list(lexicon().names.marks(plain, None))
    found = [mark for mark in merge(known, lexicon().heads.marks(plain, known)) if mark not in known]
    candidates = {
        plain[mark.start : mark.end]: mark.meaning.types[0].removeprefix("g60:")
        for mark in found
        if isinstance(mark.meaning, Entity)
    }
    assert all(mark.meaning.candidate for mark in found if isinstance(mark.meaning, Entity))
    return candidates, [mark.meaning.text for mark in found if isinstance(mark.meaning, Name)]


@pytest.mark.parametrize(
    ("text", "name", "head"),
    [
        ("the Haier Ziya Industrial Park is", "Haier Ziya Industrial Park", "IndustrialPark"),
        ("the Hefei (Shanghai) Robot Center is", "Hefei (Shanghai) Robot Center", "Facility"),
        ("the Songjiang Robot Park is", "Songjiang Robot Park", "Park"),
        ("at Blue Lake Sci-tech City", "Blue Lake Sci-tech City", "ScienceCity"),
        ("Currently Blue Lake Port grows", "Blue Lake Port", "Facility"),
        ("In Blue Valley Park, officials", "Blue Valley Park", "Park"),
        ("BLUE LAKE DEVELOPMENT ZONE\n", "BLUE LAKE DEVELOPMENT ZONE", "Park"),
        ("Blue Lake Co Ltd came", "Blue Lake Co Ltd", "Company"),
        ("Blue Lake Motors A/S, which", "Blue Lake Motors A/S", "Company"),
        ("Blue Lake Co. Ltd. came", "Blue Lake Co. Ltd.", "Company"),
        ("Blue Lake Co., Ltd. came", "Blue Lake Co., Ltd.", "Company"),
        ("Wuhu Robot Center Co., Ltd. opened", "Wuhu Robot Center Co., Ltd.", "Company"),
        ("Blue Lake Co, Ltd, which", "Blue Lake Co, Ltd", "Company"),
        ("iFlytek Co came", "iFlytek Co", "Company"),
        ("Blue & Red Co came", "Blue & Red Co", "Company"),
        ("Shanghai-based Blue Technologies came", "Blue Technologies", "Company"),
        (
            "Institute of Science and Technology of Wuhu",
            "Institute of Science and Technology of Wuhu",
            "Organization",
        ),
        (
            "Shanghai University of Science and Technology",
            "Shanghai University of Science and Technology",
            "Organization",
        ),
        ("Women’s Federation of Wuhu", "Women's Federation of Wuhu", "Organization"),
        ("the Wuhu Bank of Commerce", "Wuhu Bank of Commerce", "Organization"),
        ("the Wuhu Robot Industry Alliance", "Wuhu Robot Industry Alliance", "Organization"),
        ("the Wuhu Robot Association", "Wuhu Robot Association", "Organization"),
        (
            "the Blue Lake Economic and Technological Development Zone",
            "Blue Lake Economic and Technological Development Zone",
            "Park",
        ),
        ("the Yangtze River Delta Region Robot Fair", "Yangtze River Delta Region Robot Fair", "Conference"),
        ("the Blue Lake Agreement", "Blue Lake Agreement", "Agreement"),
        ("the Blue Lake Expressway", "Blue Lake Expressway", "Highway"),
        ("in Blue Town", "Blue Town", "Town"),
    ],
)
def test_a_head_noun_gives_the_class(text: str, name: str, head: str) -> None:
    assert read(text) == ({name: head}, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Songjiang Robot Park and Jiaxing Chip Park",
            {"Songjiang Robot Park": "Park", "Jiaxing Chip Park": "Park"},
        ),
        (
            "Blue Lake Electronics and Red Hill Motors came",
            {"Blue Lake Electronics": "Company", "Red Hill Motors": "Company"},
        ),
        (
            "University of Wuhu and Bank of Hefei",
            {"University of Wuhu": "Organization", "Bank of Hefei": "Organization"},
        ),
        ("Jiaxing, Blue Robot Park, and Hefei", {"Blue Robot Park": "Park"}),
        ("the G60 Robot Park of Songjiang", {"G60 Robot Park": "Park"}),
        ("Dongjing Town and Blue Town", {"Blue Town": "Town"}),
    ],
)
def test_names_that_are_joined_are_parted(text: str, expected: dict[str, str]) -> None:
    assert read(text) == (expected, [])


@pytest.mark.parametrize(
    "text",
    [
        "Blue came",
        "The Center is big. Center of town.",
        "Science and Technology City",
        "Economic and Technological Development Zone",
        "a New Park",
        "GDP, R&D and IT",
        "The Plan",
        "Meanwhile, Currently and However",
        "the park and the zone",
        "Songjiang and Wuhu",
        "IN ALL CAPITALS " * 20,
    ],
)
def test_no_name(text: str) -> None:
    assert read(text) == ({}, [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("they met Hexagono in town", "Hexagono"),
        ("Hexagono, Wuhu and others", "Hexagono"),
        ("The Blue Lake", "Blue Lake"),
        ("Hexagono came. They like Hexagono much", "Hexagono"),
        ("said IBM5 and", "IBM5"),
        ("City of Blue", "Blue"),
    ],
)
def test_a_name_without_a_head_has_no_class(text: str, name: str) -> None:
    candidates, names = read(text)
    assert candidates == {}
    assert set(names) == {name}


def test_a_known_name_is_never_swallowed_in_part() -> None:
    """A run that cuts into a known name is none: "New Energy Park" within a longer known name stays that."""
    candidates, _ = read("Songjiang Export Processing Zone and Lingang Songjiang Science and Technology City")
    assert candidates == {}
