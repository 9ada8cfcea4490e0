"""Times: years, months, days and periods, and those that are relative to the article's date.

Goes in: the text of a view and the article's date. Comes out: marks of times, in order. A relative time
("last October", "five years ago") is computed from the article's date by a named rule; without that date
it is no mark.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from g60kg.text import relative
from g60kg.text.marks import Mark, Time
from g60kg.text.periods import BEGINNINGS, FORMS, MONTH, YEAR, Told, read_period
from g60kg.text.scanning import Beginnings, scan
from g60kg.text.words import any_of

_MONTH: Final = MONTH
_YEAR: Final = YEAR
_WHICH: Final = r"(?P<{0}>first|second|third|fourth|last|first (?:two|three)) (?P<{1}>half|quarters?)"
_MANY: Final = rf"(?P<{{0}}>first (?:{any_of(relative.NUMBERS)}|1?\d(?= ))) (?P<{{1}}>months)"
_IN: Final = (
    r"(?:(?<=[Ii]n )|(?<=[Bb]y )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=end of )|(?<=early )|(?<=late )"
    r"|(?<=[Mm]id-)|(?<=beginning of )|(?<=start of )|(?<=middle of )|(?<=[Ff]rom )|(?<=[Aa]fter )"
    r"|(?<=[Bb]efore )|(?<=[Dd]uring )|(?<=[Tt]hroughout ))"
)
_DURING: Final = r"(?:(?<=[Ii]n )|(?<=uring )|(?<=[Ff]or )|(?<=[Oo]ver ))"
_BETWEEN: Final = r"(?<=[Bb]etween )"
_COUNTED: Final = r"(?! million| billion| companies| enterprises| firms| projects| people| percent)"
_PREPOSITION: Final = (
    r"(?:(?<=[Ii]n )|(?<=[Bb]y )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=[Oo]f )|(?<=[Ff]or )|(?<=[Ff]rom ))"
)
_ON_DAY: Final = r"(?:(?<=[Oo]n )|(?<=[Ll]ast )|(?<=[Ss]ince )|(?<=[a-z]ed ))"
_TO_COME: Final = re.compile(
    r"\b(?:will|shall|would|is to|are to|to be|next|due|plans? to|set to|scheduled"
    r"|slated|expected|expects?|aims?|hopes?|opens|begins|starts|takes place|deadline)\b[^.]*$"
    r"|\b(?:[Bb]y|[Uu]ntil|[Ff]rom|[Bb]efore|[Aa]fter)(?: the)?"
    r"(?: (?:end|start|beginning|middle) of| early| late)? $"
)
"""Before a time, it says that the time is still to come."""
_COUNTS: Final = r" (?:companies|enterprises|firms|businesses|projects|people|residents|workers|employees)\b"
"""Behind four digits without a preposition, what they count: "has 2000 companies"."""
_FORMS: Final = (
    *FORMS,
    rf"(?P<from>{_YEAR})(?: ?[-/] ?| to )(?P<to>{_YEAR}|\d\d)(?![\d%-]|,\d|\.\d){_COUNTED}",
    rf"{_BETWEEN}(?P<between>{_YEAR}) and (?P<until>{_YEAR})(?![\d%-]|,\d|\.\d)",
    rf"(?P<both>{_YEAR}) and (?P<next>{_YEAR})(?![\d%-]|,\d|\.\d)",
    rf"(?P<iso>{_YEAR}-\d\d-\d\d)(?!\d)",
    rf"(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<dyear>{_YEAR}))?"
    rf"(?![\d,]\d|\w){_COUNTED}",
    rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month2>{_MONTH})(?:,? (?P<dyear2>{_YEAR}))?(?!\w)",
    rf"(?P<month3>{_MONTH})(?:,? (?:of )?(?P<dyear3>{_YEAR}))(?!\w)",
    rf"(?P<monthof>{_MONTH}) (?:of )?(?P<which>last|this) year(?!\w)",
    rf"(?i:last|this past) (?P<latest>{_MONTH})(?!\w)",
    rf"{_IN}(?P<month4>{_MONTH})(?!\w)",
    rf"(?i:(?P<ago>\d{{1,3}}|{any_of(relative.NUMBERS)}) "
    r"(?P<unit>(?:year|decade|month|week|day)s?) ago(?!\w))",
    r"(?i:(?<!the )(?P<word>(?:last|this|next) (?:year|month)|yesterday)(?!\w))",
    r"(?P<today>today|tomorrow)(?!\w)",
    rf"(?i:(?:the )?(?:{_WHICH.format('nth', 'piece')}|{_MANY.format('first', 'months')}) of (?:the year )?"
    rf"(?P<ofyear>{_YEAR}|last year|this year|the year)(?!\w))",
    rf"{_DURING}(?i:the (?:{_WHICH.format('nth2', 'piece2')}|{_MANY.format('first2', 'months2')}))(?!\w| of)",
    rf"{_ON_DAY}(?P<weekday>{any_of(day.capitalize() for day in relative.WEEKDAYS)})(?!\w| ?[A-Z])",
    rf"(?:{_PREPOSITION}|(?!{_YEAR}{_COUNTS}))(?P<plain>{_YEAR})(?![\d%]|,\d|\.\d|-[a-z]|\w| years? ago)",
)
_NTH: Final = ("first", "second", "third", "fourth", "last")
_AGO: Final = ("year", "decade", "month", "week", "day")
_PERIODS: Final = frozenset(re.compile("|".join(FORMS)).groupindex)
_BEGINS: Final = Beginnings(
    (
        *(*relative.MONTHS, *(month[:3] for month in relative.MONTHS), *relative.WEEKDAYS),
        *(f"{number} {unit}" for number in relative.NUMBERS for unit in _AGO),
        *("the " + nth for nth in _NTH),
        *BEGINNINGS,
        *(*_NTH, "this", "next", "yesterday", "today", "tomorrow"),
    ),
    digits=True,
)
"""What every form begins with."""
_TIME: Final = re.compile(
    rf"(?:(?<![\w.,$¥/-])|(?<=[Mm]id-)|(?<=[Ee]nd-)|(?<=[Ee]arly-)|(?<=[Ll]ate-))(?:{'|'.join(_FORMS)})"
)


def time_marks(text: str, today: str | None) -> Iterator[Mark]:
    """Yield the times of a view's text, in order; `today` is the article's date (ISO 8601) or None.

    >>> [mark.meaning.start for mark in time_marks("In 2017 and last October", "2022-12-25")]
    ['2017', '2022-10']
    """
    now = date.fromisoformat(today) if today else None
    for match in scan(_TIME, _BEGINS.places(text), text):
        found = {name: part for name, part in match.groupdict().items() if part is not None}
        if "weekday" in found and _tells_of_the_future(text, match.start()):
            continue
        if "both" in found and int(found["next"]) != int(found["both"]) + 1:
            yield from (Mark(*match.span(name), Time(found[name])) for name in ("both", "next"))
        elif (time := _read(found, now, _tells_of_the_future(text, match.start()))) is not None:
            yield Mark(match.start(), match.end(), time)


def _tells_of_the_future(text: str, start: int) -> bool:
    """Tell whether the sentence before a time speaks of what is to come."""
    return _TO_COME.search(text, max(0, start - 120), start) is not None


def _read(found: Mapping[str, str], now: date | None, to_come: bool) -> Time | None:
    """Return the time of a match by the first of its groups."""
    if next(iter(found)) in _PERIODS:
        return read_period(found, Told(now, to_come))
    readers: dict[str, Callable[[], Time | None]] = {
        "from": lambda: _period(found["from"], found["to"]),
        "between": lambda: _period(found["between"], found["until"]),
        "both": lambda: _period(found["both"], found["next"]),
        "iso": lambda: relative.iso_day(found["iso"]),
        "month": lambda: relative.month_or_day(
            found["month"], found.get("dyear"), now, found["day"], to_come
        ),
        "day2": lambda: relative.month_or_day(
            found["month2"], found.get("dyear2"), now, found["day2"], to_come
        ),
        "month3": lambda: relative.month_or_day(found["month3"], found["dyear3"], now),
        "month4": lambda: relative.month_or_day(found["month4"], None, now, None, to_come),
        "monthof": lambda: relative.month_of_year(found["monthof"], found["which"], now),
        "latest": lambda: relative.latest_month(found["latest"], now),
        "ago": lambda: relative.ago(found["ago"], found["unit"], now),
        "weekday": lambda: relative.weekday(found["weekday"], now),
        "word": lambda: relative.word(found["word"], now),
        "today": lambda: relative.word(found["today"], now),
        "nth": lambda: relative.part_of_year(found["nth"], found["piece"], found["ofyear"], now),
        "first": lambda: relative.part_of_year(found["first"], found["months"], found["ofyear"], now),
        "nth2": lambda: relative.part_of_year(found["nth2"], found["piece2"], None, now, to_come),
        "first2": lambda: relative.part_of_year(found["first2"], found["months2"], None, now),
        "plain": lambda: Time(found["plain"]),
    }
    return readers[next(iter(found))]()


def _period(start: str, end: str) -> Time | None:
    end = start[:2] + end if len(end) == 2 else end
    return Time(start, end) if start < end else None
