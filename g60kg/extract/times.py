"""Times: years, months, days and periods, and those that are relative to the article's date.

Goes in: the text of a view and the article's date. Comes out: marks of times, in order. A relative time
("last October", "five years ago") is computed from the article's date by a named rule; without that date
it is no mark.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from .kinds import DATE, PERIOD, YEAR
from .marks import Mark, Time
from .words import any_of

_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_COUNTED: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS: Final = {word: n + 1 for n, word in enumerate(_COUNTED)} | {"a": 1, "a dozen": 12}
_MONTH: Final = any_of([m.capitalize() for m in _MONTHS] + [f"{m[:3].capitalize()}." for m in _MONTHS])
_YEAR: Final = r"(?:19|20)\d\d"
_N: Final = rf"(?:\d{{1,3}}|{any_of(_NUMBERS)})"
_FORMS: Final = (
    rf"(?P<from>{_YEAR})(?: ?[-/] ?| to | and )(?P<to>{_YEAR}|\d\d)(?![\d%-]|,\d|\.\d)",
    rf"(?P<iso>{_YEAR}-\d\d-\d\d)(?!\d)",
    rf"(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<dyear>{_YEAR}))?"
    r"(?![\d,]\d)(?! million| billion)(?!\w)",
    rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month2>{_MONTH})(?:,? (?P<dyear2>{_YEAR}))?(?!\w)",
    rf"(?P<month3>{_MONTH})(?:,? (?:of )?(?P<dyear3>{_YEAR}))(?!\w)",
    rf"(?<=[Ii]n )(?P<month4>{_MONTH})(?!\w)",
    rf"(?P<lastmonth>{_MONTH}) (?:last|this) year|(?:last|this past) (?P<lastmonth2>{_MONTH})(?!\w)",
    rf"(?P<ago>{_N}) (?P<unit>years?|months?|days?) ago(?!\w)",
    r"(?P<word>last year|this year|last month|this month|the previous year|the year before|yesterday|today)"
    r"(?!\w)",
    rf"(?:(?:the )?first (?P<span>half|quarter|three quarters|two quarters|\w+ months)) of (?:the year )?"
    rf"(?P<syear>{_YEAR}|last year|this year|the year)(?!\w)",
    r"(?:the )?first (?P<span2>half of the year|quarter|three quarters|two quarters|half)(?= |,)(?! of)",
    rf"(?P<plain>{_YEAR})(?![\d%]|,\d|\.\d|-[a-z]|\w)",
)
_TIME: Final = re.compile(rf"(?<![\w.,$¥/-])(?:{'|'.join(_FORMS)})")
_QUARTERS: Final = {
    "half": 6,
    "half of the year": 6,
    "quarter": 3,
    "two quarters": 6,
    "three quarters": 9,
}


def time_marks(text: str, today: str | None) -> Iterator[Mark]:
    """Yield the times of a view's text, in order; `today` is the article's date (ISO 8601) or None.

    >>> [mark.meaning.start for mark in time_marks("In 2017 and last October", "2022-12-25")]
    ['2017', '2022-10']
    """
    now = date.fromisoformat(today) if today else None
    for match in _TIME.finditer(text):
        time = _read(match, now)
        if time is not None:
            yield Mark(match.start(), match.end(), _code(time), time)


def _code(time: Time) -> str:
    if time.end is not None:
        return PERIOD
    return YEAR if len(time.start) == 4 else DATE


def _read(match: re.Match[str], now: date | None) -> Time | None:
    found = {name: part for name, part in match.groupdict().items() if part is not None}
    kind = next(iter(found))
    readers: dict[str, Callable[[], Time | None]] = {
        "from": lambda: _period(found["from"], found["to"]),
        "iso": lambda: _day(found["iso"][:4], int(found["iso"][5:7]), int(found["iso"][8:])),
        "plain": lambda: Time(found["plain"]),
        "month": lambda: _month(found["month"], found.get("dyear"), now, found["day"]),
        "day2": lambda: _month(found["month2"], found.get("dyear2"), now, found["day2"]),
        "month3": lambda: _month(found["month3"], found["dyear3"], now),
        "month4": lambda: _month(found["month4"], None, now),
        "lastmonth": lambda: _last_month(found["lastmonth"], now, " last " in match.group()),
        "lastmonth2": lambda: _latest_month(found["lastmonth2"], now),
        "ago": lambda: _ago(found["ago"], found["unit"], now),
        "word": lambda: _word(found["word"], now),
        "span": lambda: _span(found["span"], found["syear"], now),
        "span2": lambda: _span(found["span2"], "the year", now),
    }
    return readers[kind]()


def _period(start: str, end: str) -> Time | None:
    end = start[:2] + end if len(end) == 2 else end
    return Time(start, end) if start < end else None


def _month_number(name: str) -> int:
    return next(n + 1 for n, month in enumerate(_MONTHS) if month.startswith(name.lower().rstrip(".")))


def _day(year: str, month: int, day: int) -> Time | None:
    try:
        return Time(date(int(year), month, day).isoformat())
    except ValueError:
        return None


def _month(name: str, year: str | None, now: date | None, day: str | None = None) -> Time | None:
    """Read a month or day; without a year it is of the year of the article."""
    month = _month_number(name)
    rule = None
    if year is None:
        if now is None:
            return None
        year = str(now.year)
        rule = "year of the article"
    time = Time(f"{year}-{month:02}") if day is None else _day(year, month, int(day))
    return Time(time.start, None, rule) if time else None


def _last_month(name: str, now: date | None, last: bool) -> Time | None:
    if now is None:
        return None
    rule = "last year before the article" if last else "year of the article"
    return Time(f"{now.year - last}-{_month_number(name):02}", None, rule)


def _latest_month(name: str, now: date | None) -> Time | None:
    if now is None:
        return None
    month = _month_number(name)
    year = now.year if month < now.month else now.year - 1
    return Time(f"{year}-{month:02}", None, "latest such month before the article")


def _ago(number: str, unit: str, now: date | None) -> Time | None:
    if now is None:
        return None
    count = int(number) if number.isdigit() else _NUMBERS[number.lower()]
    rule = "so long before the article"
    if unit.startswith("year"):
        return Time(str(now.year - count), None, rule) if count < 1000 else None
    if unit.startswith("month"):
        months = now.year * 12 + now.month - 1 - count
        return Time(f"{months // 12}-{months % 12 + 1:02}", None, rule)
    return Time((now - timedelta(days=count)).isoformat(), None, rule)


def _word(word: str, now: date | None) -> Time | None:
    if now is None:
        return None
    if word in ("yesterday", "today"):
        return Time((now - timedelta(days=word == "yesterday")).isoformat(), None, f"{word} of the article")
    back = word.startswith("last") or word in ("the previous year", "the year before")
    if word.endswith("month"):
        months = now.year * 12 + now.month - 1 - back
        return Time(f"{months // 12}-{months % 12 + 1:02}", None, f"{word} of the article")
    return Time(str(now.year - back), None, f"{word} of the article") if word != "the year before" else None


def _span(span: str, year: str, now: date | None) -> Time | None:
    """Read "the first half of 2022", "the first three quarters" as a period of months."""
    rule = None
    if not year.isdigit():
        if now is None:
            return None
        year, rule = str(now.year - ("last" in year)), f"{year} of the article"
    months = _QUARTERS.get(span) or _NUMBERS.get(span.removesuffix(" months"))
    return Time(f"{year}-01", f"{year}-{months:02}", rule) if months and months <= 12 else None
