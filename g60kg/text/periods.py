"""Periods of a year: "between January and September", "October 5-8, 2023", "Q3", "by year-end", "FY2023".

Goes in: the groups of a match of one of the forms, the article's date or None, and whether the sentence
speaks of what is to come. Comes out: a `Time`; without a year in the words it is of the article's year, or of
the year before where that year's is not over and the sentence speaks of what was.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from g60kg.text import relative
from g60kg.text.marks import Time
from g60kg.text.words import any_of

_SHORT: Final = rf"{any_of([*(m[:3].capitalize() for m in relative.MONTHS), 'Sept'])}(?:\.|(?= \d))"
MONTH: Final = rf"(?:{any_of(m.capitalize() for m in relative.MONTHS)}|{_SHORT})"
"""A month by its name or its first letters."""
YEAR: Final = r"(?:19|20)\d\d"
"""A year of our time."""
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?(?![\d.,]\d|\w)"
_UP_TO: Final = r"(?: ?- ?| to | through | until | till )"
_BETWEEN: Final = r"(?<=[Bb]etween )"


def _of_year(group: str) -> str:
    return rf"(?:,? (?:of )?(?P<{group}>{YEAR}|last year|this year)(?![\d%]|,\d))?"


FORMS: Final = (
    rf"(?P<day_m1>{MONTH}) (?P<day_d1>{_DAY}){_UP_TO}(?P<day_m2>{MONTH}) (?P<day_d2>{_DAY})"
    rf"{_of_year('day_y')}(?!\w)",
    rf"(?P<days_m>{MONTH}) (?P<days_d1>{_DAY})(?:-| to )(?P<days_d2>{_DAY})"
    rf"{_of_year('days_y')}(?!\w|%| ?percent)",
    rf"{_BETWEEN}(?P<bet_m1>{MONTH})(?: (?P<bet_y1>{YEAR}))? and (?P<bet_m2>{MONTH})"
    rf"{_of_year('bet_y2')}(?!\w| \d)",
    rf"(?P<run_m1>{MONTH})(?: (?P<run_y1>{YEAR}))?{_UP_TO}(?P<run_m2>{MONTH}){_of_year('run_y2')}(?!\w| \d)",
    rf"(?:[Tt]he )?(?P<part>[QH][1-4])(?:,? (?:of )?(?P<part_y>{YEAR}))?(?!\w|-)",
    rf"FY ?(?P<fiscal>{YEAR}|\d\d(?!\d))(?!\w)",
    r"(?P<year_end>(?:(?<=end of )the year|[Yy]ear[- ]end)(?!\w| of| \d|-))",
    r"(?P<nth_adjective>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)-(?P<nth_unit>quarter|half)(?!\w|-)",
    r"(?i:(?P<quarter>last|this|next) quarter)(?!\w)",
)
"""The forms of periods, each with groups of its own."""
BEGINNINGS: Final = (
    *(f"{letter}{number}" for letter in "qh" for number in range(1, 5)),
    *(
        "the q",
        "the h",
        "fy",
        "the year",
        "year",
        "last",
        "this",
        "next",
        "first-",
        "second-",
        "third-",
        "fourth-",
    ),
)
"""What they begin with, besides months."""


_NTH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_LENGTH: Final = {"Q": 3, "H": 6}
_AWAY: Final = {"last": -1, "this": 0, "next": 1}
_BEFORE: Final = "latest such period before the article"


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of when a text was written: its date, and whether the sentence tells what is to come."""

    now: date | None
    to_come: bool = False

    def year(self, said: str | None, month: int) -> tuple[int | None, str | None]:
        """Return the year that is said; else the article's, or the one before where the month lies ahead of
        the article and nothing is to come.
        """
        if said and said.isdigit():
            return int(said), None
        if self.now is None:
            return None, None
        if said:
            return self.now.year + _AWAY[said.split()[0].lower()], f"{said.lower()} of the article"
        if month > self.now.month and not self.to_come:
            return self.now.year - 1, _BEFORE
        return self.now.year, "year of the article"


def read_period(found: Mapping[str, str], told: Told) -> Time | None:
    """Return the period of a match by its groups; None where no year can be told.

    >>> read_period({"bet_m1": "January", "bet_m2": "September"}, Told(date(2024, 3, 1)))
    Time(start='2023-01', end='2023-09', rule='latest such period before the article')
    """
    get = found.get
    readers: dict[str, Callable[[], Time | None]] = {
        "day_m1": lambda: _days(
            (found["day_m1"], found["day_d1"]), (found["day_m2"], found["day_d2"]), get("day_y"), told
        ),
        "days_m": lambda: _days(
            (found["days_m"], found["days_d1"]), (found["days_m"], found["days_d2"]), get("days_y"), told
        ),
        "bet_m1": lambda: _months((found["bet_m1"], found["bet_m2"]), (get("bet_y1"), get("bet_y2")), told),
        "run_m1": lambda: _months((found["run_m1"], found["run_m2"]), (get("run_y1"), get("run_y2")), told),
        "part": lambda: _part(_LENGTH[found["part"][0]], int(found["part"][1]), get("part_y"), told),
        "fiscal": lambda: Time(f"20{found['fiscal'][-2:]}", None, "fiscal year"),
        "year_end": lambda: Time(str(told.now.year), None, "this year of the article") if told.now else None,
        "nth_adjective": lambda: _part(
            3 if found["nth_unit"] == "quarter" else 6, _NTH[found["nth_adjective"].lower()], None, told
        ),
        "quarter": lambda: _quarter(_AWAY[found["quarter"].lower()], told.now),
    }
    return readers[next(iter(found))]()


def _days(first: tuple[str, str], last: tuple[str, str], said: str | None, told: Told) -> Time | None:
    """Return the days from one to another of a year."""
    months = [relative.month_number(month) for month, _ in (first, last)]
    year, rule = told.year(said, 0)
    if year is None:
        return None
    try:
        start, end = (
            date(year, month, int(re.sub(r"\D", "", day)))
            for month, (_, day) in zip(months, (first, last), strict=True)
        )
    except ValueError:
        return None
    return Time(start.isoformat(), end.isoformat(), rule) if start < end else None


def _months(names: tuple[str, str], years: tuple[str | None, str | None], told: Told) -> Time | None:
    """Return the months from one to another; the second year holds for both where the first has none."""
    first, last = (relative.month_number(name) for name in names)
    year, rule = told.year(years[1] or years[0], last)
    if year is None:
        return None
    begun = int(years[0]) if years[0] else year - (first > last)
    start, end = f"{begun:04}-{first:02}", f"{year:04}-{last:02}"
    return Time(start, end, rule) if start < end else None


def _part(length: int, number: int, said: str | None, told: Told) -> Time | None:
    """Return a quarter or half of a year."""
    first = length * (number - 1) + 1
    year, rule = told.year(said, first)
    if year is None or first > 12:
        return None
    return Time(f"{year:04}-{first:02}", f"{year:04}-{first + length - 1:02}", rule)


def _quarter(away: int, now: date | None) -> Time | None:
    """Return the last quarter, this one or the next."""
    if now is None:
        return None
    quarter = now.year * 4 + (now.month - 1) // 3 + away
    first = quarter % 4 * 3 + 1
    which = {-1: "last", 0: "this", 1: "next"}[away]
    return Time(
        f"{quarter // 4:04}-{first:02}",
        f"{quarter // 4:04}-{first + 2:02}",
        f"{which} quarter of the article",
    )
