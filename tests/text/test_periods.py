"""Periods of a year, and whose year it is where the text does not say."""

import pytest

from g60kg.text.marks import Time
from tests.extract.packaged import extractor

_BEFORE = "latest such period before the article"


def times(text: str, today: str | None = "2024-03-15") -> list[str]:
    return [
        f"{mark.meaning.start}/{mark.meaning.end}" if mark.meaning.end else mark.meaning.start
        for mark in extractor().lexicon.times.marks(text, today)
        if isinstance(mark.meaning, Time)
    ]


def rules(text: str) -> list[str | None]:
    return [
        mark.meaning.rule
        for mark in extractor().lexicon.times.marks(text, "2024-03-15")
        if isinstance(mark.meaning, Time)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between January and September 2023", "2023-01/2023-09"),
        ("from January to September 2023", "2023-01/2023-09"),
        ("In January-August 2023", "2023-01/2023-08"),
        ("From November 2022 to March 2023", "2022-11/2023-03"),
        ("November 5-10, 2023", "2023-11-05/2023-11-10"),
        ("from May 8 to June 3, 2022", "2022-05-08/2022-06-03"),
        ("in Q3 2023", "2023-07/2023-09"),
        ("the H1 of 2023", "2023-01/2023-06"),
        ("the first 11 months of 2023", "2023-01/2023-11"),
        ("by end-2025", "2025"),
        ("fiscal 2023", "2023"),
        ("by the end of 2023", "2023"),
        ("the year 2023", "2023"),
    ],
)
def test_periods_that_stand_in_the_text(text: str, expected: str) -> None:
    assert times(text) == times(text, None) == [expected]
    assert rules(text) == [None]


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("Exports rose between January and September.", "2023-01/2023-09", _BEFORE),
        ("Exports rose from January to February.", "2024-01/2024-02", "year of the article"),
        ("Exports will grow between May and September.", "2024-05/2024-09", "year of the article"),
        ("from January to June last year", "2023-01/2023-06", "last year of the article"),
        ("Sales rose in the fourth quarter.", "2023-10/2023-12", _BEFORE),
        ("It will open in the fourth quarter.", "2024-10/2024-12", "the year of the article"),
        ("third-quarter sales", "2023-07/2023-09", _BEFORE),
        ("in Q1", "2024-01/2024-03", "year of the article"),
        ("last quarter", "2023-10/2023-12", "last quarter of the article"),
        ("in the first 10 months of last year", "2023-01/2023-10", "last year of the article"),
        ("by year-end", "2024", "this year of the article"),
        ("by the end of the year", "2024", "this year of the article"),
        ("since February", "2024-02", "year of the article"),
        ("It opened in November.", "2023-11", "latest such month before the article"),
        ("It opened on December 5.", "2023-12-05", "latest such month before the article"),
        ("It will open in November.", "2024-11", "year of the article"),
        ("It opens in November.", "2024-11", "year of the article"),
        ("The work ends by November.", "2024-11", "year of the article"),
        ("in early February", "2024-02", "year of the article"),
    ],
)
def test_the_year_is_the_latest_that_fits(text: str, expected: str, rule: str) -> None:
    assert times(text) == [expected]
    assert rules(text) == [rule]
    assert times(text, None) == []


def test_a_fiscal_year_says_so() -> None:
    assert times("in FY2023 and FY24, as in FY1999", None) == ["2023", "2024", "1999"]
    assert rules("FY2023") == ["fiscal year"]


@pytest.mark.parametrize(
    "text",
    [
        "in the 1990s",
        "the early 2010s",
        "the H20 chip",
        "the Q5",
        "the Q2-based",
        "the year of the dragon",
        "FYROM",
    ],
)
def test_no_period(text: str) -> None:
    assert times(text) == []
