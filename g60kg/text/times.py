"""Times: years, months, days and periods, and those that are relative to the article's date.

A relative time ("last October", "five years ago") is computed from the article's date by a named rule;
without that date it is no mark. A time without a year is of the article's year, or of the year before where
that year's is not over and the sentence speaks of what was.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from g60kg.errors import PatternError
from g60kg.text.marks import Mark, Time
from g60kg.text.scanning import Beginnings, any_of, scan, search_before

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COUNTED: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NUMBERS: Final = {word: n for n, word in enumerate(_COUNTED, 1)} | {"a": 1, "a dozen": 12}
"""Numbers in words, as they count years, months and days."""
_NTH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_LENGTHS: Final = {"half": 6, "quarter": 3, "month": 1, "h": 6, "q": 3}
"""The months in a part of a year."""
_AGO: Final = ("year", "decade", "month", "week", "day")
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month with which a season begins."""
_DAYS: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_AWAY: Final = {"last": -1, "this": 0, "next": 1, "the": 0}
_SOON: Final = 6
"""Within how many months a month without a year is to come."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the groups of a form hold, when the text was written, and whether it tells what is to come."""

    groups: Mapping[str, str]
    today: date | None
    to_come: bool
    last: Mapping[int, Time]
    """The last time before in the text that has a year, a month, a day, by the length of such a time."""

    def __getitem__(self, name: str) -> str:
        return self.groups[name]

    @property
    def now(self) -> date:
        """The article's date; raises `ValueError` where it is not known."""
        if self.today is None:
            raise ValueError("the article has no date")
        return self.today

    @property
    def month(self) -> int:
        """The number of the month that is named, in full or by its first letters."""
        return _number_of(self["month"])

    @property
    def which(self) -> str:
        """The word that tells which one is meant: last, this, next, first."""
        return self.groups.get("which", "").lower()

    def year(self, month: int = 0, what: str = "period", unsaid: str = "year") -> tuple[int, str | None]:
        """Return the year that is said, "last year" or 2023, and by which rule; else the article's, or the
        one before where the month lies ahead of the article and nothing is to come.
        """
        said = self.groups.get("year") or self.groups.get("begun") or ""
        if said.isdigit():
            return int(said), None
        if said:
            return self.now.year + _AWAY[said.split()[0].lower()], f"{said.lower()} of the article"
        if month > self.now.month and not self.to_come:
            return self.now.year - 1, f"latest such {what} before the article"
        return self.now.year, f"{unsaid} of the article"


def _number_of(month: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.lower().startswith(month.lower().rstrip(".")))


def _month(year: int, month: int) -> str:
    """Return a month of ISO 8601; one before January or past December lies in another year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04}-{month:02}"


def _day(year: int, month: int, day: str) -> str:
    """Return a day of ISO 8601; raises `ValueError` where there is none."""
    return date(year, month, int(re.sub(r"\D", "", day))).isoformat()


def _period(start: str, end: str, rule: str | None = None) -> Time:
    """Return a period; raises `ValueError` for one that ends before it begins."""
    if start >= end:
        raise ValueError("no period")
    return Time(start, end, rule)


def _iso(said: _Said) -> Time:
    return Time(_day(int(said["year"]), int(said["month"]), said["day"]))


def _days(said: _Said) -> Time:
    year, rule = said.year()
    end = _number_of(said.groups.get("last_month", said["month"]))
    return _period(_day(year, said.month, said["day"]), _day(year, end, said["last_day"]), rule)


def _months(said: _Said) -> Time:
    """Read the months from one to another; the second year holds for both where the first has none."""
    first, last, begun = said.month, _number_of(said["last_month"]), said.groups.get("begun")
    year, rule = said.year(last)
    return _period(_month(int(begun) if begun else year - (first > last), first), _month(year, last), rule)


def _part(said: _Said, unsaid: str = "year") -> Time:
    """Read "Q3", "the first half of 2022", "the first nine months"."""
    which, length = said.which.split(), _LENGTHS[said["unit"].lower().rstrip("s")]
    if len(which) == 2:
        many = int(which[1]) if which[1].isdigit() else _NUMBERS.get(which[1], 0)
        first, last = 1, many * length
    else:
        nth = _NTH.get(which[0]) or (12 // length if which[0] == "last" else int(which[0]))
        first, last = (nth - 1) * length + 1, nth * length
    year, rule = said.year(first, unsaid=unsaid)
    if not first <= last <= 12:
        raise ValueError("no part of a year")
    return Time(_month(year, first), _month(year, last), rule)


def _years(said: _Said) -> Time:
    start, end = said["year"], said.groups.get("last_year") or said["next_year"]
    return _period(start, start[:2] + end if len(end) == 2 else end)


def _fiscal(said: _Said) -> Time:
    year = said["year"]
    return Time(year if len(year) == 4 else f"20{year}", None, "fiscal year")


def _year_end(said: _Said) -> Time:
    return Time(str(said.now.year), None, "this year of the article")


def _date(said: _Said) -> Time:
    """Read a month or day; one without a year may be the next such month, where something is to come."""
    month = said.month
    year, rule = said.year(month, "month")
    is_ahead = said.to_come and "year" not in said.groups and month < said.now.month
    if is_ahead and (month - said.now.month) % 12 <= _SOON:
        year, rule = year + 1, "next such month after the article"
    return Time(_day(year, month, said["day"]) if "day" in said.groups else _month(year, month), None, rule)


def _month_of_year(said: _Said) -> Time:
    rule = {"last": "last year before the article", "this": "year of the article"}.get(said.which)
    rule = rule or "next year of the article"
    return Time(_month(said.now.year + _AWAY[said.which], said.month), None, rule)


def _day_of_month(said: _Said) -> Time:
    year, month = map(int, _month(said.now.year, said.now.month + _AWAY[said.which]).split("-"))
    return Time(_day(year, month, said["day"]), None, f"{said.which} month of the article")


def _nearest(month: int, which: str, now: date) -> int:
    """Return the year of the nearest such month before ("last") or after ("next") the article's."""
    return now.year + {"last": -(month >= now.month), "next": month <= now.month}.get(which, 0)


def _latest(said: _Said) -> Time:
    """Read "last October", "next June"."""
    which = "next" if said.which == "next" else "last"
    side = "next such month after" if which == "next" else "latest such month before"
    return Time(_month(_nearest(said.month, which, said.now), said.month), None, f"{side} the article")


def _season(said: _Said) -> Time:
    """Read "last autumn", "in the spring of 2015" as the year in which the season begins."""
    name = said["season"].lower()
    if said.which:
        year = _nearest(_SEASONS[name], said.which, said.now)
        return Time(str(year), None, f"{said.which} {name} of the article")
    stated, rule = said.year()
    return Time(str(stated), None, rule)


def _same(said: _Said) -> Time:
    """Read "the same day", "that year": the one of the time before in the text."""
    length = {"day": 10, "month": 7, "year": 4}[said["unit"].lower()]
    if length not in said.last:
        raise ValueError("no time before")
    return Time(said.last[length].start[:length], None, "time carried over")


def _beside(said: _Said) -> Time:
    """Read "the year before", "a year later", "the following year" from the last time before in the text."""
    words = said["beside"].lower()
    year = int(said.last[4].start[:4]) if 4 in said.last else said.now.year
    away = 1 if any(word in words for word in ("later", "after", "following", "next")) else -1
    count = next((n for word, n in _NUMBERS.items() if words.startswith(f"{word} ")), 1)
    return Time(str(year + away * count), None, "so long from the time before")


def _ago(said: _Said) -> Time:
    """Read "five years ago", "a month ago", as exactly as its unit."""
    number, unit = said["count"].lower(), said["unit"].lower().rstrip("s")
    count = int(number) if number.isdigit() else _NUMBERS[number]
    if unit in ("year", "decade"):
        start = str(said.now.year - count * (10 if unit == "decade" else 1))
    elif unit == "month":
        start = _month(said.now.year, said.now.month - count)
    else:
        start = (said.now - timedelta(days=count * 7 if unit == "week" else count)).isoformat()
    if start < "1000" or len(start) < 4:
        raise ValueError("too long ago")
    return Time(start, None, "so long before the article")


def _weekday(said: _Said) -> Time:
    """Read "on Tuesday" as the latest such day up to the article's date: news tells what was."""
    if said.to_come:
        raise ValueError("a day to come")
    back = timedelta(days=(said.now.weekday() - _WEEKDAYS.index(said["weekday"])) % 7)
    return Time((said.now - back).isoformat(), None, f"latest {said['weekday']} up to the article")


def _word(said: _Said) -> Time:
    """Read "yesterday", "last month", "next year", "this quarter"."""
    word, now = said["word"].lower(), said.now
    which, _, unit = word.partition(" ")
    if not unit:
        return Time((now + timedelta(days=_DAYS[word])).isoformat(), None, f"{word} of the article")
    away, rule = _AWAY[which], f"{word} of the article"
    if unit == "quarter":
        first = ((now.month - 1) // 3 + away) * 3 + 1
        return Time(_month(now.year, first), _month(now.year, first + 2), rule)
    return Time(_month(now.year, now.month + away) if unit == "month" else str(now.year + away), None, rule)


def _year(said: _Said) -> Time:
    return Time(said["year"])


_READERS: Final[Mapping[str, Callable[[_Said], Time]]] = {
    "days": _days,
    "months": _months,
    "part": _part,
    "part_of_the_year": partial(_part, unsaid="the year"),
    "fiscal": _fiscal,
    "year_end": _year_end,
    "years": _years,
    "iso": _iso,
    "date": _date,
    "month_of_year": _month_of_year,
    "day_of_month": _day_of_month,
    "latest": _latest,
    "season": _season,
    "same": _same,
    "beside": _beside,
    "ago": _ago,
    "weekday": _weekday,
    "word": _word,
    "year": _year,
}
"""What reads the groups of a form, by its name in `times.yaml`."""


def _compiles(expression: str) -> bool:
    with suppress(re.error):
        return bool(re.compile(expression))
    return False


class Times:
    """Reads times by the forms of `times.yaml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        words = {
            "month": any_of(_MONTHS),
            "short_month": any_of([*(month[:3] for month in _MONTHS), "Sept"]),
            "season": any_of(_SEASONS),
            "weekday": any_of(_WEEKDAYS),
            "number": any_of(_NUMBERS),
            "unit": "|".join(_AGO),
        }
        self._named: dict[str, str] = words | table["named"]
        for row in table["forms"]:
            if row["read"] not in _READERS or not _compiles(self._whole(row["form"])):
                message = f"the form {row['form']!r} of times is no expression, or nothing reads it"
                raise PatternError(message, mend=f"mend it; readers: {', '.join(_READERS)}")
        self._readers = [_READERS[row["read"]] for row in table["forms"]]
        forms = (self._expression(row["form"], number) for number, row in enumerate(table["forms"]))
        self.expression = re.compile(
            r"(?:(?<![\w.,$¥/-])|(?<=[Mm]id-)|(?<=[Ee]nd-)|(?<=[Ee]arly-)|(?<=[Ll]ate-))"
            rf"(?:{'|'.join(forms)})"
        )
        self.begins = Beginnings(
            (
                *(*(month[:3] for month in _MONTHS), *_WEEKDAYS, *_DAYS, *_NTH, *_SEASONS),
                *(f"{number} {unit}" for number in _NUMBERS for unit in _AGO),
                *(*table["begins"], *("the " + which for which in (*_SEASONS, *_NTH))),
            ),
            digits=True,
        )
        self._to_come = re.compile("|".join(table["to_come"]))
        self._until, self._past = re.compile(table["until"]), re.compile(table["past"])

    def _expression(self, form: str, number: int) -> str:
        """Return the expression of a form; its groups are numbered, as those of all forms stand in one."""
        return re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>__{number}>", self._whole(form))

    def _whole(self, form: str) -> str:
        def named(found: re.Match[str]) -> str:
            inner = self._whole(self._named.get(found[2], "("))  # which no expression may hold
            return f"(?P<{found[1]}>{inner})" if found[1] else inner

        return re.sub(r"\{(?:(\w+)=)?([a-z]\w*)\}", named, form)

    def marks(self, text: str, today: str | None) -> Iterator[Mark]:
        """Yield the times of a view's text, in order; `today` is the article's date (ISO 8601) or None."""
        now = date.fromisoformat(today) if today else None
        last: dict[int, Time] = {}
        for match in scan(self.expression, self.begins.places(text), text):
            groups = [
                (name.split("__"), part) for name, part in match.groupdict().items() if part is not None
            ]
            found = {name: part for (name, _), part in groups}
            number = int(groups[0][0][1])
            if "next_year" in found and int(found["next_year"]) != int(found["year"]) + 1:
                yield from (Mark(*match.span(f"{name}__{number}"), Time(found[name])) for name in found)
                continue
            near = (text, match.start(), 120)
            until = search_before(self._until, *near) and not search_before(self._past, *near)
            to_come = bool(until) or search_before(self._to_come, *near) is not None
            try:
                time = self._readers[number](_Said(found, now, to_come, last))
            except ValueError:  # it needs the article's date, or names no day or period that there is
                continue
            last |= {length: time for length in (4, 7, 10) if len(time.start) >= length}
            yield Mark(match.start(), match.end(), time)
