"""Times: years, months, days and periods, and those that are relative to the article's date.

Goes in: the text of a view and the article's date. Comes out: marks of times, in order. A relative time
("last October", "five years ago") is computed from the article's date by a named rule; without that date
it is no mark. A time without a year is of the article's year, or of the year before where that year's is not
over and the sentence speaks of what was.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from g60kg.text.marks import Mark, Time
from g60kg.text.scanning import Beginnings, any_of, scan

Groups = Mapping[str, str]
"""What the groups of a form hold, those that took part in the match."""

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
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

_SHORT: Final = rf"{any_of([*(month[:3].capitalize() for month in MONTHS), 'Sept'])}(?:\.|(?= \d))"
_MONTH: Final = rf"(?:{any_of(month.capitalize() for month in MONTHS)}|{_SHORT})"
_YEAR: Final = r"(?:19|20)\d\d"
_OF_YEAR: Final = rf"(?:,? (?:of )?(?P<year>{_YEAR}|last year|this year)(?![\d%]|,\d))?"
_NO_MORE: Final = r"(?![\d%-]|,\d|\.\d)"
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?(?![\d.,]\d|\w)"
_UP_TO: Final = r"(?: ?- ?| to | through | until | till )"
_WHICH: Final = r"(?P<which>first|second|third|fourth|last|first (?:two|three)) (?P<unit>half|quarters?)"
_MANY: Final = rf"(?P<which>first (?:{any_of(_NUMBERS)}|1?\d(?= ))) (?P<unit>months)"
_IN: Final = (
    r"(?:(?<=[Ii]n )|(?<=[Bb]y )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=end of )|(?<=early )|(?<=late )"
    r"|(?<=[Mm]id-)|(?<=beginning of )|(?<=start of )|(?<=middle of )|(?<=[Ff]rom )|(?<=[Aa]fter )"
    r"|(?<=[Bb]efore )|(?<=[Dd]uring )|(?<=[Tt]hroughout ))"
)
_DURING: Final = r"(?:(?<=[Ii]n )|(?<=uring )|(?<=[Ff]or )|(?<=[Oo]ver ))"
_BETWEEN: Final = r"(?<=[Bb]etween )"
_THINGS: Final = r"(?! million| billion| companies| enterprises| firms| projects| people| percent)"
_PREPOSITION: Final = (
    r"(?:(?<=[Ii]n )|(?<=[Bb]y )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=[Oo]f )|(?<=[Ff]or )|(?<=[Ff]rom ))"
)
_ON_DAY: Final = r"(?:(?<=[Oo]n )|(?<=[Ll]ast )|(?<=[Ss]ince )|(?<=[a-z]ed ))"
_COUNTS: Final = r" (?:companies|enterprises|firms|businesses|projects|people|residents|workers|employees)\b"
"""Behind four digits without a preposition, what they count: "has 2000 companies"."""
_TO_COME: Final = re.compile(
    r"\b(?:will|shall|would|is to|are to|to be|next|due|plans? to|set to|scheduled"
    r"|slated|expected|expects?|aims?|hopes?|opens|begins|starts|takes place|deadline)\b[^.]*$"
    r"|\b(?:[Bb]y|[Uu]ntil|[Ff]rom|[Bb]efore|[Aa]fter)(?: the)?"
    r"(?: (?:end|start|beginning|middle) of| early| late)? $"
)
"""Before a time, it says that the time is still to come."""


@dataclass(frozen=True, slots=True)
class _Told:
    """When a text was written, and whether the sentence tells what is to come."""

    now: date | None
    to_come: bool
    last: Mapping[int, Time]
    """The last time before in the text that has a year, a month, a day, by the length of such a time."""

    def year(
        self, said: str | None, month: int = 0, what: str = "period", unsaid: str = "year"
    ) -> tuple[int | None, str | None]:
        """Return the year that is said, "last year" or 2023, and by which rule; else the article's, or the
        one before where the month lies ahead of the article and nothing is to come.
        """
        if said and said.isdigit():
            return int(said), None
        if self.now is None:
            return None, None
        if said:
            return self.now.year + _AWAY[said.split()[0].lower()], f"{said.lower()} of the article"
        if month > self.now.month and not self.to_come:
            return self.now.year - 1, f"latest such {what} before the article"
        return self.now.year, f"{unsaid} of the article"


def _number_of(month: str) -> int:
    """Return the number of a month by its name or its first letters."""
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(month.lower().rstrip(".")))


def _month(year: int, month: int) -> str:
    """Return a month of ISO 8601; one past December lies in the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04}-{month:02}"


def _day(year: int, month: int, day: str) -> str | None:
    try:
        return date(year, month, int(re.sub(r"\D", "", day))).isoformat()
    except ValueError:
        return None


def _read_iso(found: Groups, _: _Told) -> Time | None:
    day = _day(int(found["year"]), int(found["month"]), found["day"])
    return Time(day) if day else None


def _read_days(found: Groups, told: _Told) -> Time | None:
    year, rule = told.year(found.get("year"))
    if year is None:
        return None
    start = _day(year, _number_of(found["month"]), found["day"])
    end = _day(year, _number_of(found.get("last_month", found["month"])), found["last_day"])
    return Time(start, end, rule) if start and end and start < end else None


def _read_months(found: Groups, told: _Told) -> Time | None:
    """Read the months from one to another; the second year holds for both where the first has none."""
    first, last = _number_of(found["month"]), _number_of(found["last_month"])
    begun = found.get("begun")
    year, rule = told.year(found.get("year") or begun, last)
    if year is None:
        return None
    start, end = _month(int(begun) if begun else year - (first > last), first), _month(year, last)
    return Time(start, end, rule) if start < end else None


def _read_part(found: Groups, told: _Told, unsaid: str = "year") -> Time | None:
    """Read "Q3", "the first half of 2022", "the first nine months"."""
    which, length = found["which"].lower().split(), _LENGTHS[found["unit"].lower().rstrip("s")]
    if len(which) == 2:
        many = int(which[1]) if which[1].isdigit() else _NUMBERS.get(which[1], 0)
        first, last = 1, many * length
    else:
        nth = _NTH.get(which[0]) or (12 // length if which[0] == "last" else int(which[0]))
        first, last = (nth - 1) * length + 1, nth * length
    year, rule = told.year(found.get("year"), first, unsaid=unsaid)
    if year is None or not first <= last <= 12:
        return None
    return Time(_month(year, first), _month(year, last), rule)


def _read_quarter(found: Groups, told: _Told) -> Time | None:
    if told.now is None:
        return None
    which = found["which"].lower()
    first = ((told.now.month - 1) // 3 + _AWAY[which]) * 3 + 1
    year = told.now.year
    return Time(_month(year, first), _month(year, first + 2), f"{which} quarter of the article")


def _read_years(found: Groups, told: _Told) -> Time | None:
    start, end = found["year"], found.get("last_year") or found["next_year"]
    end = start[:2] + end if len(end) == 2 else end
    return Time(start, end) if start < end else None


def _read_fiscal(found: Groups, _: _Told) -> Time | None:
    year = found["year"]
    return Time(year if len(year) == 4 else f"20{year}", None, "fiscal year")


def _read_year_end(found: Groups, told: _Told) -> Time | None:
    return Time(str(told.now.year), None, "this year of the article") if told.now else None


def _read_month(found: Groups, told: _Told) -> Time | None:
    """Read a month or day; one without a year may be the next such month, where something is to come."""
    month, now = _number_of(found["month"]), told.now
    year, rule = told.year(found.get("year"), month, "month")
    if year is None:
        return None
    soon = now is not None and "year" not in found and told.to_come and month < now.month
    if soon and now is not None and (month - now.month) % 12 <= _SOON:
        year, rule = year + 1, "next such month after the article"
    start = _day(year, month, found["day"]) if "day" in found else _month(year, month)
    return Time(start, None, rule) if start else None


def _read_month_of_year(found: Groups, told: _Told) -> Time | None:
    if told.now is None:
        return None
    which = found["which"].lower()
    rule = "last year before the article" if which == "last" else "year of the article"
    return Time(_month(told.now.year + _AWAY[which], _number_of(found["month"])), None, rule)


def _read_day_of_month(found: Groups, told: _Told) -> Time | None:
    if told.now is None:
        return None
    year, month = map(int, _month(told.now.year, told.now.month + _AWAY[found["which"].lower()]).split("-"))
    day = _day(year, month, found["day"])
    return Time(day, None, f"{found['which'].lower()} month of the article") if day else None


def _read_latest(found: Groups, told: _Told) -> Time | None:
    """Read "last October", "next June": the nearest one before, or after, the article's month."""
    if told.now is None:
        return None
    month, is_next = _number_of(found["month"]), found["which"].lower() == "next"
    year = told.now.year + (month <= told.now.month if is_next else -(month >= told.now.month))
    side = "next such month after" if is_next else "latest such month before"
    return Time(_month(year, month), None, f"{side} the article")


def _read_season(found: Groups, told: _Told) -> Time | None:
    """Read "last autumn", "in the spring of 2015" as the year in which the season begins."""
    month, which = _SEASONS[found["season"].lower()], found.get("which", "").lower()
    year, rule = told.year(found.get("year"))
    if year is not None and told.now is not None and which:
        year += {"last": -(month >= told.now.month), "next": month <= told.now.month}.get(which, 0)
        rule = f"{which} {found['season'].lower()} of the article"
    return Time(str(year), None, rule) if year is not None else None


def _read_same(found: Groups, told: _Told) -> Time | None:
    """Read "the same day", "that year": the one of the time before in the text."""
    length = {"day": 10, "month": 7, "year": 4}[found["unit"].lower()]
    last = told.last.get(length)
    return Time(last.start[:length], None, "time carried over") if last else None


def _read_ago(found: Groups, told: _Told) -> Time | None:
    """Read "five years ago", "a month ago", as exactly as its unit."""
    if told.now is None:
        return None
    number, unit, rule = found["count"].lower(), found["unit"].lower(), "so long before the article"
    count = int(number) if number.isdigit() else _NUMBERS[number]
    if unit.startswith(("year", "decade")):
        year = told.now.year - count * (10 if unit.startswith("decade") else 1)
        return Time(str(year), None, rule) if year >= 1000 else None
    if unit.startswith("month"):
        return Time(_month(told.now.year, told.now.month - count), None, rule)
    days = timedelta(days=count * 7 if unit.startswith("week") else count)
    return Time((told.now - days).isoformat(), None, rule)


def _read_weekday(found: Groups, told: _Told) -> Time | None:
    """Read "on Tuesday" as the latest such day up to the article's date: news tells what was."""
    if told.now is None or told.to_come:
        return None
    name = found["weekday"]
    back = timedelta(days=(told.now.weekday() - _WEEKDAYS.index(name.lower())) % 7)
    return Time((told.now - back).isoformat(), None, f"latest {name} up to the article")


def _read_word(found: Groups, told: _Told) -> Time | None:
    """Read "yesterday", "last month", "next year"."""
    if told.now is None:
        return None
    said = found["word"].lower()
    rule = f"{said} of the article"
    if said in _DAYS:
        return Time((told.now + timedelta(days=_DAYS[said])).isoformat(), None, rule)
    which, unit = said.split()
    if unit == "month":
        return Time(_month(told.now.year, told.now.month + _AWAY[which]), None, rule)
    return Time(str(told.now.year + _AWAY[which]), None, rule)


_FORMS: Final[tuple[tuple[str, Callable[[Groups, _Told], Time | None]], ...]] = (
    (
        rf"(?P<month>{_MONTH}) (?P<day>{_DAY}){_UP_TO}(?P<last_month>{_MONTH}) (?P<last_day>{_DAY})"
        rf"{_OF_YEAR}(?!\w)",
        _read_days,
    ),
    (
        rf"(?P<month>{_MONTH}) (?P<day>{_DAY})(?:-| to )(?P<last_day>{_DAY}){_OF_YEAR}(?!\w|%| ?percent)",
        _read_days,
    ),
    (
        rf"{_BETWEEN}(?P<month>{_MONTH})(?: (?P<begun>{_YEAR}))? and (?P<last_month>{_MONTH})"
        rf"{_OF_YEAR}(?!\w| \d)",
        _read_months,
    ),
    (
        rf"(?P<month>{_MONTH})(?: (?P<begun>{_YEAR}))?{_UP_TO}(?P<last_month>{_MONTH}){_OF_YEAR}(?!\w| \d)",
        _read_months,
    ),
    (rf"(?:[Tt]he )?(?P<unit>[QH])(?P<which>[1-4])(?:,? (?:of )?(?P<year>{_YEAR}))?(?!\w|-)", _read_part),
    (rf"FY ?(?P<year>{_YEAR}|\d\d(?!\d))(?!\w)", _read_fiscal),
    (r"(?P<end>(?:(?<=end of )the year|[Yy]ear[- ]end)(?!\w| of| \d|-))", _read_year_end),
    (r"(?P<which>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)-(?P<unit>quarter|half)(?!\w|-)", _read_part),
    (r"(?i:(?P<which>last|this|next) quarter)(?!\w)", _read_quarter),
    (rf"(?P<year>{_YEAR})(?: ?[-/] ?| to )(?P<last_year>{_YEAR}|\d\d){_NO_MORE}{_THINGS}", _read_years),
    (rf"{_BETWEEN}(?P<year>{_YEAR}) and (?P<last_year>{_YEAR}){_NO_MORE}", _read_years),
    (rf"(?P<year>{_YEAR}) and (?P<next_year>{_YEAR}){_NO_MORE}", _read_years),
    (rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", _read_iso),
    (
        rf"(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>{_YEAR}))?"
        rf"(?![\d,]\d|\w){_THINGS}",
        _read_month,
    ),
    (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?(?!\w)",
        _read_month,
    ),
    (rf"(?P<month>{_MONTH})(?:,? (?:of )?(?P<year>{_YEAR}))(?!\w)", _read_month),
    (rf"(?P<month>{_MONTH}) (?:of )?(?P<which>last|this) year(?!\w)", _read_month_of_year),
    (rf"(?i:(?P<which>last|this past|next) (?P<month>{_MONTH}))(?!\w)", _read_latest),
    (rf"(?i:(?P<which>last|this|next) (?P<season>{any_of(_SEASONS)}))(?!\w|-)", _read_season),
    (
        rf"{_IN}(?:the )?(?P<season>{any_of(_SEASONS)}),? (?:of )?(?P<year>{_YEAR}|last year|this year)"
        r"(?!\w|-)",
        _read_season,
    ),
    (rf"{_IN}(?P<month>{_MONTH})(?!\w)", _read_month),
    (r"(?P<day>\d{1,2})(?:st|nd|rd|th) (?:of )?(?P<which>last|this) month(?!\w)", _read_day_of_month),
    (r"(?i:(?:(?:the )?same|that) (?P<unit>day|month|year)(?![\w-]))", _read_same),
    (rf"(?i:(?P<count>\d{{1,3}}|{any_of(_NUMBERS)}) (?P<unit>(?:{'|'.join(_AGO)})s?) ago(?!\w))", _read_ago),
    (r"(?i:(?<!the )(?P<word>(?:last|this|next) (?:year|month)|yesterday)(?!\w))", _read_word),
    (r"(?P<word>today|tomorrow)(?!\w)", _read_word),
    *(
        (rf"(?i:(?:the )?{part} of (?:the year )?(?P<year>{_YEAR}|last year|this year|the year)(?!\w))", read)
        for part, read in ((_WHICH, _read_part), (_MANY, _read_part))
    ),
    *(
        (rf"{_DURING}(?i:the {part})(?!\w| of)", partial(_read_part, unsaid="the year"))
        for part in (_WHICH, _MANY)
    ),
    (rf"{_ON_DAY}(?P<weekday>{any_of(day.capitalize() for day in _WEEKDAYS)})(?!\w| ?[A-Z])", _read_weekday),
    (
        rf"(?:{_PREPOSITION}|(?!{_YEAR}{_COUNTS}))(?P<year>{_YEAR})(?![\d%]|,\d|\.\d|-[a-z]|\w| years? ago)",
        lambda found, _: Time(found["year"]),
    ),
)
"""The forms of times, each with what reads its groups."""


def _numbered(form: str, number: int) -> str:
    """Return a form whose groups have names of their own: those of all forms stand in one expression."""
    return re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>__{number}>", form)


_TIME: Final = re.compile(
    r"(?:(?<![\w.,$¥/-])|(?<=[Mm]id-)|(?<=[Ee]nd-)|(?<=[Ee]arly-)|(?<=[Ll]ate-))"
    rf"(?:{'|'.join(_numbered(form, number) for number, (form, _) in enumerate(_FORMS))})"
)
_BEGINS: Final = Beginnings(
    (
        *(*MONTHS, *(month[:3] for month in MONTHS), *_WEEKDAYS, "last", "this", "next", *_DAYS, *_NTH),
        *(f"{number} {unit}" for number in _NUMBERS for unit in _AGO),
        *("the same", "same", "that day", "that month", "that year"),
        *("the " + season for season in _SEASONS),
        *_SEASONS,
        *("the " + which for which in (*_NTH, "last", "q", "h", "year")),
        *("fy", "year", *(f"{letter}{number}" for letter in "qh" for number in range(1, 5))),
    ),
    digits=True,
)
"""What every form begins with."""


def time_marks(text: str, today: str | None) -> Iterator[Mark]:
    """Yield the times of a view's text, in order; `today` is the article's date (ISO 8601) or None.

    >>> [mark.meaning.start for mark in time_marks("In 2017 and last October", "2022-12-25")]
    ['2017', '2022-10']
    """
    now = date.fromisoformat(today) if today else None
    last: dict[int, Time] = {}
    for match in scan(_TIME, _BEGINS.places(text), text):
        groups = [(name.split("__"), part) for name, part in match.groupdict().items() if part is not None]
        found = {name: part for (name, _), part in groups}
        number = int(groups[0][0][1])
        if "next_year" in found and int(found["next_year"]) != int(found["year"]) + 1:
            yield from (Mark(*match.span(f"{name}__{number}"), Time(found[name])) for name in found)
            continue
        to_come = _TO_COME.search(text, max(0, match.start() - 120), match.start()) is not None
        time = _FORMS[number][1](found, _Told(now, to_come, last))
        if time is not None:
            last |= {length: time for length in (4, 7, 10) if len(time.start) >= length}
            yield Mark(match.start(), match.end(), time)
