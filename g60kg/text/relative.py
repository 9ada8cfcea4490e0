"""Relative times: "last October", "five years ago", "the first half of the year".

Goes in: the words, and the article's date or None. Comes out: a `Time` with the rule by which it was
computed; None without a date, or where the words fit none.
"""

from datetime import date, timedelta
from typing import Final

from g60kg.text.marks import Time

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTED: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NUMBERS: Final = {word: n + 1 for n, word in enumerate((*_COUNTED, "eleven", "twelve"))} | {
    "a": 1,
    "a dozen": 12,
}
"""Numbers in words, as they count years, months and days."""
_NTH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_DAYS: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_SOON: Final = 6
"""Within how many months a month without a year is to come."""
_AWAY: Final = {"last": -1, "this": 0, "next": 1}


def month_number(name: str) -> int:
    """Return the number of a month by its name or its first letters."""
    return next(n + 1 for n, month in enumerate(MONTHS) if month.startswith(name.lower().rstrip(".")))


def month_or_day(
    name: str, year: str | None, now: date | None, day: str | None = None, to_come: bool = False
) -> Time | None:
    """Return a month or day; without a year it is of the year of the article.

    A month after the article's is that of the year before, where nothing is to come.
    """
    if year is None and now is None:
        return None
    rule = "year of the article" if year is None else None
    number = int(year) if year else now.year if now else 0
    if year is None and now is not None and month_number(name) > now.month and not to_come:
        number, rule = number - 1, "latest such month before the article"
    ahead = (month_number(name) - now.month) % 12 if now else 0
    if year is None and now is not None and to_come and month_number(name) < now.month and ahead <= _SOON:
        number, rule = number + 1, "next such month after the article"
    if day is None:
        return Time(_month(number, month_number(name)), None, rule)
    return _day(number, month_number(name), int(day), rule)


def _day(year: int, month: int, day: int, rule: str | None = None) -> Time | None:
    try:
        return Time(date(year, month, day).isoformat(), None, rule)
    except ValueError:
        return None


def iso_day(text: str) -> Time | None:
    """Return the day that `YYYY-MM-DD` names; None for one that no calendar has."""
    return _day(int(text[:4]), int(text[5:7]), int(text[8:]))


def month_of_year(name: str, which: str, now: date | None) -> Time | None:
    """Return "October last year" or "October this year"."""
    if now is None:
        return None
    rule = "last year before the article" if which.lower() == "last" else "year of the article"
    return Time(_month(now.year + _AWAY[which.lower()], month_number(name)), None, rule)


def latest_month(name: str, now: date | None) -> Time | None:
    """Return "last October": the latest one that ended before the article's month."""
    if now is None:
        return None
    month = month_number(name)
    return Time(_month(now.year - (month >= now.month), month), None, "latest such month before the article")


def ago(number: str, unit: str, now: date | None) -> Time | None:
    """Return "five years ago", "a month ago", as exactly as its unit."""
    if now is None:
        return None
    count = int(number) if number.isdigit() else NUMBERS[number.lower()]
    rule = "so long before the article"
    if unit.startswith(("year", "decade")):
        year = now.year - count * (10 if unit.startswith("decade") else 1)
        return Time(str(year), None, rule) if year >= 1000 else None
    if unit.startswith("month"):
        return Time(_months_on(now, -count), None, rule)
    days = count * 7 if unit.startswith("week") else count
    return Time((now - timedelta(days=days)).isoformat(), None, rule)


def weekday(name: str, now: date | None) -> Time | None:
    """Return "on Tuesday" as the latest such day up to the article's date: news tells what was.

    >>> weekday("Tuesday", date(2023, 7, 13)).start
    '2023-07-11'
    """
    if now is None:
        return None
    back = (now.weekday() - WEEKDAYS.index(name.lower())) % 7
    return Time((now - timedelta(days=back)).isoformat(), None, f"latest {name} up to the article")


def word(said: str, now: date | None) -> Time | None:
    """Return "yesterday", "last month", "next year"."""
    if now is None:
        return None
    said = said.lower()
    rule = f"{said} of the article"
    if said in _DAYS:
        return Time((now + timedelta(days=_DAYS[said])).isoformat(), None, rule)
    which, unit = said.split()
    if unit == "month":
        return Time(_months_on(now, _AWAY[which]), None, rule)
    return Time(str(now.year + _AWAY[which]), None, rule)


def part_of_year(
    which: str, unit: str, year: str | None, now: date | None, to_come: bool = False
) -> Time | None:
    """Return "the first half of 2022", "the third quarter", "the first nine months" as a period.

    One that no year is said of is of the year before, where it begins after the article and nothing is to
    come.
    """
    number, rule = _year(year, now)
    months = _months(which.lower().split(), {"half": 6, "quarter": 3, "month": 1}[unit.lower().rstrip("s")])
    if number is None or months is None or not 1 <= months[0] <= months[1] <= 12:
        return None
    if year is None and now is not None and months[0] > now.month and not to_come:
        number, rule = number - 1, "latest such period before the article"
    return Time(_month(number, months[0]), _month(number, months[1]), rule)


def _months(which: list[str], length: int) -> tuple[int, int] | None:
    """Return the first and last month of "second" (one piece) or "first three" (several)."""
    if len(which) == 2:
        count = int(which[1]) if which[1].isdigit() else NUMBERS.get(which[1])
        return (1, count * length) if count else None
    nth = 12 // length if which[0] == "last" else _NTH[which[0]]
    return nth * length - length + 1, nth * length


def _year(said: str | None, now: date | None) -> tuple[int | None, str | None]:
    said = (said or "the year").lower()
    if said.isdigit():
        return int(said), None
    if now is None:
        return None, None
    return now.year - said.startswith("last"), f"{said} of the article"


def _months_on(now: date, count: int) -> str:
    months = now.year * 12 + now.month - 1 + count
    return _month(months // 12, months % 12 + 1)


def _month(year: int, month: int) -> str:
    return f"{year:04}-{month:02}"
