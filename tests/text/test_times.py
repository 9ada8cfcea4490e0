"""Times: as they stand, and as they are counted from the article's date."""

import pytest

from g60kg.text.view import make_view
from tests.extract.packaged import extractor, lines

DATE = "2023-07-11"


def times(text: str, today: str | None = DATE) -> list[str]:
    """Return each time as `START`, or `START/END`."""
    found = [mark.meaning for mark in extractor().lexicon.times.marks(make_view(text).text, today)]
    return [f"{time.start}/{time.end}" if time.end else time.start for time in found]  # type: ignore[union-attr]


def rules(text: str) -> list[str | None]:
    return [mark.meaning.rule for mark in extractor().lexicon.times.marks(make_view(text).text, DATE)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Since 2016, it", "2016"),
        ("In 2018, relying", "2018"),
        ("by the end of 2023", "2023"),
        ("early 2021", "2021"),
        ("mid-2021", "2021"),
        ("2021's plan", "2021"),
        ("in July 2023", "2023-07"),
        ("July of 2023", "2023-07"),
        ("Sep. 2020", "2020-09"),
        ("July 11, 2023", "2023-07-11"),
        ("July 11th, 2023", "2023-07-11"),
        ("11 July 2023", "2023-07-11"),
        ("Jul 5, 2021", "2021-07-05"),
        ("Sept. 3, 2020", "2020-09-03"),
        ("2023-07-11", "2023-07-11"),
        ("(2021-2025)", "2021/2025"),
        ("(2021-25)", "2021/2025"),
        ("2021–2025", "2021/2025"),
        ("2021/22", "2021/2022"),
        ("from 2016 to 2020", "2016/2020"),
        ("between 2016 and 2020", "2016/2020"),
        ("the first half of 2022", "2022-01/2022-06"),
        ("the second half of 2022", "2022-07/2022-12"),
        ("the third quarter of 2022", "2022-07/2022-09"),
        ("the last quarter of 2022", "2022-10/2022-12"),
        ("In the first three quarters of 2022", "2022-01/2022-09"),
        ("the first nine months of 2022", "2022-01/2022-09"),
    ],
)
def test_times_that_stand_in_the_text(text: str, expected: str) -> None:
    assert times(text) == times(text, None) == [expected]
    assert rules(text) == [None]


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("in June", "2023-06", "year of the article"),
        ("In June", "2023-06", "year of the article"),
        ("by June", "2023-06", "year of the article"),
        ("the end of June", "2023-06", "year of the article"),
        ("on April 7", "2023-04-07", "year of the article"),
        ("the 11th of July", "2023-07-11", "year of the article"),
        ("June this year", "2023-06", "year of the article"),
        ("October last year", "2022-10", "last year before the article"),
        ("last October", "2022-10", "latest such month before the article"),
        ("Last October", "2022-10", "latest such month before the article"),
        ("last June", "2023-06", "latest such month before the article"),
        ("last July", "2022-07", "latest such month before the article"),
        ("last year", "2022", "last year of the article"),
        ("Last year", "2022", "last year of the article"),
        ("by the end of last year", "2022", "last year of the article"),
        ("this year", "2023", "this year of the article"),
        ("next year", "2024", "next year of the article"),
        ("last month", "2023-06", "last month of the article"),
        ("yesterday", "2023-07-10", "yesterday of the article"),
        ("Yesterday", "2023-07-10", "yesterday of the article"),
        ("today", "2023-07-11", "today of the article"),
        ("seven years ago", "2016", "so long before the article"),
        ("Five years ago", "2018", "so long before the article"),
        ("a year ago", "2022", "so long before the article"),
        ("two decades ago", "2003", "so long before the article"),
        ("3 months ago", "2023-04", "so long before the article"),
        ("8 months ago", "2022-11", "so long before the article"),
        ("two weeks ago", "2023-06-27", "so long before the article"),
        ("ten days ago", "2023-07-01", "so long before the article"),
        ("in the first half", "2023-01/2023-06", "the year of the article"),
        ("in the first three quarters", "2023-01/2023-09", "the year of the article"),
        ("the first half of the year", "2023-01/2023-06", "the year of the article"),
        ("the first half of last year", "2022-01/2022-06", "last year of the article"),
    ],
)
def test_relative_times_are_counted_from_the_article(text: str, expected: str, rule: str) -> None:
    assert times(text) == [expected]
    assert rules(text) == [rule]
    assert times(text, None) == []


@pytest.mark.parametrize(("today", "expected"), [("2023-01-31", "2022-12"), ("2024-03-31", "2024-02")])
def test_last_month_over_the_turn_of_a_year(today: str, expected: str) -> None:
    assert times("last month", today) == [expected]


def test_two_years_are_two_times() -> None:
    assert times("in 2016 and 2020") == ["2016", "2020"]
    assert times("in 2020 and 2016") == ["2020", "2016"]
    assert times("in 2019, 2020 and 2021") == ["2019", "2020/2021"]


def test_two_years_in_a_row_are_a_period() -> None:
    assert times("in 2019 and 2020") == ["2019/2020"]


@pytest.mark.parametrize(
    "text",
    [
        "the Five-Year Plan",
        "May be",
        "they may go",
        "March forward",
        "the 1990s",
        "2025-2021",
        "2023-13-40",
        "February 30, 2023",
        "February 29, 2023",
        "31 June",
        "12021",
        "20210",
        "2,021",
        "2021.5",
        "$2021",
        "A2021",
        "2021A",
        "2000 years ago",
        "years ago",
        "over the last year",
        "over the previous year",
        "the first half of the match",
        "the third of the parks",
    ],
)
def test_no_time(text: str) -> None:
    assert times(text) == []


def test_a_month_before_a_count_is_no_day() -> None:
    assert times("In June 15 companies came") == ["2023-06"]


def test_marks_cover_what_was_read() -> None:
    text = "It opened in July 2022, they say"
    (mark,) = extractor().lexicon.times.marks(text, None)
    assert text[mark.start : mark.end] == "July 2022"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "In 2020, the output of Songjiang was 3 billion yuan, 4 percent more than in 2019.",
            "id:songjiang g60:output 3000000000 unit:CCY_CNY year=2020",
        ),
        (
            "In 2025, a road will lead to Songjiang, whose output is 3 billion yuan.",
            "id:songjiang g60:output 3000000000 unit:CCY_CNY",
        ),
        (
            "Songjiang had 300 firms by the end of 2020, including 30 listed firms.",
            "id:songjiang g60:companyCount 300 unit:NUM year=2020",
        ),
    ],
)
def test_a_figure_is_of_its_own_time(text: str, line: str) -> None:
    assert line in lines(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened on Tuesday.", ["2023-07-11"]),
        ("It opened on Wednesday.", ["2023-07-05"]),
        ("It opened last Friday.", ["2023-07-07"]),
        ("It will open on Friday.", []),
        ("A Friday Market.", []),
    ],
)
def test_days_of_the_week_are_the_latest(text: str, expected: list[str]) -> None:
    assert times(text) == expected


def test_a_year_before_an_end_is_no_period() -> None:
    assert times("from 10 percent in 2018 to 12 percent") == ["2018"]


def test_a_day_to_come_in_december_is_of_the_next_year() -> None:
    assert times("Line 2 opens to passengers on January 8.", "2022-12-30") == ["2023-01-08"]
    assert times("Line 2 carried its first passengers on January 8.", "2022-12-30") == ["2022-01-08"]
    assert times("The fair, which opens on March 3, grew.", "2022-12-30") == ["2023-03-03"]
