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
_TO_COME: Final = re.compile(
    r"\b(?:will|shall|would|is to|are to|to be|next|due|plans? to|set to|scheduled"
    r"|slated|expected|expects?|aims?|hopes?|opens|begins|starts|takes place|deadline)\b[^.]*$"
    r"|\b(?:[Bb]y|[Uu]ntil|[Ff]rom|[Bb]efore|[Aa]fter)(?: the)?"
    r"(?: (?:end|start|beginning|middle) of| early| late)? $"
)
"""Before a time, it says that the time is still to come."""


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
    rule = "last year before the article" if said.which == "last" else "year of the article"
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


_YEAR: Final = r"(?:19|20)\d\d"
_SHORT: Final = rf"{any_of([*(month[:3] for month in _MONTHS), 'Sept'])}(?:\.|(?= \d))"
_NAMED: Final = {
    "month": rf"(?:{any_of(_MONTHS)}|{_SHORT})",
    "day": r"\d{1,2}(?:st|nd|rd|th)?(?![\d.,]\d|\w)",
    "nth": r"\d{1,2}(?:st|nd|rd|th)?",
    "year": _YEAR,
    "or_year": rf"{_YEAR}|(?:last|this|next) year",
    "season": any_of(_SEASONS),
    "weekday": any_of(_WEEKDAYS),
    "part": r"(?P<which>first|second|third|fourth|last|first (?:two|three)) (?P<unit>half|quarters?)",
    "many": rf"(?P<which>first (?:{any_of(_NUMBERS)}|1?\d(?= ))) (?P<unit>months)",
    "ago": rf"(?P<count>\d{{1,3}}|{any_of(_NUMBERS)}) (?P<unit>(?:{'|'.join(_AGO)})s?) ago",
    "of_year": rf"(?:,? (?:of )?(?P<year>{_YEAR}|(?:last|this|next) year)(?![\d%]|,\d))?",
    "no_more": r"(?![\d%-]|,\d|\.\d)",
    "up_to": r"(?: ?- ?| to | through | until | till )",
    "in": r"(?:(?<=[Ii]n )|(?<=[Bb]y )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=end of )|(?<=early )|(?<=late )"
    r"|(?<=[Mm]id-)|(?<=beginning of )|(?<=start of )|(?<=middle of )|(?<=[Ff]rom )|(?<=[Aa]fter )"
    r"|(?<=[Bb]efore )|(?<=[Dd]uring )|(?<=[Tt]hroughout ))",
    "during": r"(?:(?<=[Ii]n )|(?<=uring )|(?<=[Ff]or )|(?<=[Oo]ver ))",
    "between": r"(?<=[Bb]etween )",
    "things": r"(?! million| billion| companies| enterprises| firms| projects| people| percent)",
    "at": r"(?:(?<=[Ii]n )|(?<=[Bb]y )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=[Oo]f )|(?<=[Ff]or )|(?<=[Ff]rom ))",
    "on_day": r"(?:(?<=[Oo]n )|(?<=[Ll]ast )|(?<=[Ss]ince )|(?<=[a-z]ed ))",
    # Behind four digits without a preposition, what they count: "has 2000 companies".
    "counts": r" (?:companies|enterprises|firms|businesses|projects|people|residents|workers|employees)\b",
}
"""The expressions that forms name: `{day}`, or as a group of a name `{last_day=day}`."""
_FORMS: Final[tuple[tuple[str, Callable[[_Said], Time]], ...]] = (
    (r"{month=month} {day=day}{up_to}{last_month=month} {last_day=day}{of_year}(?!\w)", _days),
    (r"{month=month} {day=day}(?:-| to ){last_day=day}{of_year}(?!\w|%| ?percent)", _days),
    (r"{between}{month=month}(?: {begun=year})? and {last_month=month}{of_year}(?!\w| \d)", _months),
    (r"{month=month}(?: {begun=year})?{up_to}{last_month=month}{of_year}(?!\w| \d)", _months),
    (r"(?:[Tt]he )?(?P<unit>[QH])(?P<which>[1-4])(?:,? (?:of )?{year=year})?(?!\w|-)", _part),
    (rf"FY ?(?P<year>{_YEAR}|\d\d(?!\d))(?!\w)", _fiscal),
    (r"(?P<end>(?:(?<=end of )the year|[Yy]ear[- ]end)(?!\w| of| \d|-))", _year_end),
    (r"(?P<which>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)-(?P<unit>quarter|half)(?!\w|-)", _part),
    (r"(?i:(?P<word>(?:last|this|next) quarter))(?!\w)", _word),
    (rf"{{year=year}}(?: ?[-/] ?| to )(?P<last_year>{_YEAR}|\d\d){{no_more}}{{things}}", _years),
    (r"{between}{year=year} and {last_year=year}{no_more}", _years),
    (r"{year=year} and {next_year=year}{no_more}", _years),
    (r"{year=year}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", _iso),
    (r"{month=month} {day=nth}(?:,? (?:of )?{year=or_year})?(?![\d,]\d|\w){things}", _date),
    (r"{day=nth} (?:of )?{month=month}(?:,? (?:of )?{year=or_year})?(?!\w)", _date),
    (r"{month=month}(?:,? (?:of )?{year=year})(?!\w)", _date),
    (r"{month=month} (?:of )?(?P<which>last|this) year(?!\w)", _month_of_year),
    (r"(?i:(?P<which>last|this past|next) {month=month})(?!\w)", _latest),
    (r"(?i:(?P<which>last|this|next) {season=season})(?!\w|-)", _season),
    (r"{in}(?:the )?{season=season},? (?:of )?{year=or_year}(?!\w|-)", _season),
    (r"{in}{month=month}(?!\w)", _date),
    (r"(?P<day>\d{1,2}(?:st|nd|rd|th)) (?:of )?(?P<which>last|this) month(?!\w)", _day_of_month),
    (r"(?i:(?:(?:the )?same|that) (?P<unit>day|month|year)(?![\w-]))", _same),
    (r"(?i:{ago}(?!\w))", _ago),
    (
        r"(?<!from )(?<!than )(?<!over )(?<!with )(?<!to )(?<!on )(?i:(?P<beside>the (?:following|previous)"
        r" year|(?:the|a) year (?:before|earlier|later)|(?:two|three|four|five) years (?:earlier|later))"
        r"(?! the| it| last|\w))",
        _beside,
    ),
    (r"(?i:(?<!the )(?P<word>(?:last|this|next) (?:year|month)|yesterday)(?!\w))", _word),
    (r"(?P<word>today|tomorrow)(?!\w)", _word),
    (r"(?i:(?:the )?{part} of (?:the year )?(?P<year>{or_year}|the year)(?!\w))", _part),
    (r"(?i:(?:the )?{many} of (?:the year )?(?P<year>{or_year}|the year)(?!\w))", _part),
    (r"{during}(?i:the {part})(?!\w| of)", partial(_part, unsaid="the year")),
    (r"{during}(?i:the {many})(?!\w| of)", partial(_part, unsaid="the year")),
    (r"{on_day}{weekday=weekday}(?!\w| ?[A-Z])", _weekday),
    (
        r"(?:{at}|(?!{year}{counts})){year=year}(?![\d%]|,\d|\.\d|-[a-z]|\w| years? ago)",
        lambda said: Time(said["year"]),
    ),
)
"""The forms of times, each with what reads its groups."""


def _expression(form: str, number: int) -> str:
    """Return the expression of a form; its groups are numbered, as those of all forms stand in one."""

    def named(found: re.Match[str]) -> str:
        inner = _NAMED[found[2]]
        return f"(?P<{found[1]}>{inner})" if found[1] else inner

    whole = re.sub(r"\{(?:(\w+)=)?([a-z]\w*)\}", named, form)
    return re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>__{number}>", whole)


_TIME: Final = re.compile(
    r"(?:(?<![\w.,$¥/-])|(?<=[Mm]id-)|(?<=[Ee]nd-)|(?<=[Ee]arly-)|(?<=[Ll]ate-))"
    rf"(?:{'|'.join(_expression(form, number) for number, (form, _) in enumerate(_FORMS))})"
)
_BEGINS: Final = Beginnings(
    (
        *(*(month[:3] for month in _MONTHS), *_WEEKDAYS, "last", "this", "next", *_DAYS, *_NTH),
        *(f"{number} {unit}" for number in _NUMBERS for unit in _AGO),
        *("same", "that day", "that month", "that year", "a year", *_SEASONS),
        *(f"{number} years" for number in ("two", "three", "four", "five")),
        *("the " + which for which in (*_SEASONS, *_NTH, "last", "same", "q", "h", "year", "fol", "pre")),
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
        to_come = search_before(_TO_COME, text, match.start(), 120) is not None
        try:
            time = _FORMS[number][1](_Said(found, now, to_come, last))
        except ValueError:  # it needs the article's date, or names no day or period that there is
            continue
        last |= {length: time for length in (4, 7, 10) if len(time.start) >= length}
        yield Mark(match.start(), match.end(), time)
