"""The time of a statement.

Goes in: a match in a sentence. Comes out: the mark of its time: within the match, right behind it, or at the
head of the sentence; and the forms in which a time stands in a claim.
"""

import re
from typing import Final

from ..model import Resolution, Value
from .kinds import ENTITIES, FIGURES, FILLER, PERIOD, TIMES
from .marks import Mark, Pronoun, Time
from .matching import Match
from .reading import Reading

_BEFORE: Final = (
    r"(?:(?:between|from|in|on|by|as of|as at|during|at|for|over|early in|late in) )?"
    r"(?:(?:the )?end of )?(?:the )?"
)
_LEADING: Final = re.compile(rf"[\"' ]*{_BEFORE}(?P<time>[{TIMES}])")
_PLACE: Final = rf"(?: (?:in|at|of) (?:the )?[{ENTITIES}])?"
_FOLLOWING: Final = re.compile(rf"{_PLACE}(?: [{FILLER}])*,? {_BEFORE}(?P<time>[{TIMES}])")
_ASIDE: Final = re.compile(
    r"[^,;.]{1,80}(?P<said>, (?:a|an|the|one of|which|who|founded|co-founded|established|set up|opened"
    r"|launched|built|created|based|headquartered|located|listed)\b[^,;.]*,)"
)
"""What is said of the subject within commas, whose time is not that of the statement."""
_CHAINED: Final = re.compile(r"(?:including|among|of which|as well as)\b")
_JUST_BEFORE: Final = re.compile(rf"(?P<time>[{TIMES}]),? ?$")
_RIGHT_BEFORE: Final = re.compile(
    rf"(?:\b(?:which|who|that|and|but)|[{ENTITIES}]|,) (?:in|by|on|as of|at) (?:the end of )?"
    rf"(?P<time>[{TIMES}]),? $"
)
"""A time between a subject and its verb: "Songjiang, which in 2010 had …"."""
_RELATIVE: Final = re.compile(r"\b(?:which|who|where) $")
_WITHIN: Final = re.compile(rf"[{TIMES}]")
_BASE: Final = re.compile(
    rf"\b(?:than|from|against|versus|compared (?:with|to)|(?<=percent )over|[{FIGURES}] (?:on|over))"
    r"(?: (?:in|at|that|those|of|the|a|same|level|figure|period|end|first|half))* $"
)
"""What stands before a time that a figure is compared with: "4 percent more than in 2020"."""


def time_of(match: Match, claimed: frozenset[str]) -> Mark | None:
    """Return the mark of the time that a match's clause is said of, but one that a claimed slot holds."""
    sentence = match.sentence
    held = [mark for name in claimed if name in match.filled for mark in match.filled[name].marks]
    aside = _ASIDE.match(sentence.skeleton, match.start, match.end)
    for within in _WITHIN.finditer(sentence.skeleton, match.start, match.end):
        if aside is not None and aside.start("said") <= within.start() < aside.end():
            continue
        if sentence.at[within.start()] not in held and not _is_base(sentence.skeleton, within.start()):
            return sentence.at[within.start()]
    found = _FOLLOWING.match(sentence.skeleton, match.end)
    if found is None or (_is_base(sentence.skeleton, found.start("time")) and found["time"] != PERIOD):
        found = (
            _of_chain(match)
            or _right_before(match)
            or (None if _is_relative(match) else _LEADING.match(sentence.skeleton))
        )
    return sentence.at[found.start("time")] if found else None


def _of_chain(match: Match) -> re.Match[str] | None:
    """Return the time right before a match that goes on with a count: "by the end of 2023, including …"."""
    skeleton = match.sentence.skeleton
    if not _CHAINED.match(skeleton, match.start):
        return None
    return _JUST_BEFORE.search(skeleton, max(0, match.start - 4), match.start)


def _right_before(match: Match) -> re.Match[str] | None:
    """Return the time right before a match that begins with its verb."""
    return _RIGHT_BEFORE.search(match.sentence.skeleton, max(0, match.start - 40), match.start)


def _is_relative(match: Match) -> bool:
    """Tell whether a match is said aside of a name: the time at the sentence's head is not its own."""
    first = match.sentence.at.get(match.start)
    if first is not None and isinstance(first.meaning, Pronoun):
        return first.meaning.word.lower() == "whose"
    return _RELATIVE.search(match.sentence.skeleton, max(0, match.start - 12), match.start) is not None


def _is_base(skeleton: str, at: int) -> bool:
    """Tell whether what is said is compared with a time, and not said of it."""
    return _BASE.search(skeleton, max(0, at - 60), at) is not None


def time_resolution(mark: Mark, reading: Reading) -> Resolution | None:
    """Return how a relative time was computed; None for one that stands in the text."""
    assert isinstance(mark.meaning, Time)
    if mark.meaning.rule is None:
        return None
    start, end = reading.view.span(mark.start, mark.end)
    return Resolution(reading.article.text[start:end], mark.meaning.rule, start, end)


def time_qualifier(time: Time) -> tuple[str, str]:
    """Return a time as a qualifier: its name and its lexical form."""
    if time.end is not None:
        return "period", f"{time.start}/{time.end}"
    return ("year" if len(time.start) == 4 else "date"), time.start


def time_value(time: Time, end: bool) -> Value:
    """Return a time, or the end of a period, as a literal of the datatype that its form has."""
    lexical = (time.end if end else time.start) or time.start
    datatype = {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(lexical), "xsd:date")
    return Value(lexical, datatype)
