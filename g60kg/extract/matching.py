"""Forms on sentences: what each slot holds.

Goes in: a compiled form and a sentence's skeleton. Comes out: matches, each with the marks or the text that
its slots hold. Nothing is concluded here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from . import pieces
from .compile import Compiled
from .kinds import FIGURES, FILLER, NAME, TIMES
from .marks import Described, Mark
from .reading import Sentence
from .syntax import Slot

_COMPARED: Final = re.compile(
    r" (?:(?:fewer|more|less|higher|lower|larger|smaller|longer|shorter) than|short of)\b"
)
"""Behind a figure, it makes a difference of it: "300 companies fewer than"."""
_ENDING_IN_TIME: Final = re.compile(
    rf",? (?:{FILLER}|(?:(?:in|on|by|since|during|at|for) )?(?:the )?(?:end of )?[{TIMES}]),?$"
)
TEXTS: Final = frozenset(["text", *pieces.TEXTS])
"""Kinds of slots that hold text."""

_PARTING: Final = re.compile(rf";(?! (?:and )?[{FIGURES}])")
_BE: Final = re.compile(r" (?:is|are|was|were|be|been|being|has|have|had)\b")


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with what it holds: marks, or a run `start:end` of the view's text."""

    slot: Slot
    marks: tuple[Mark, ...] = ()
    run: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a sentence, at `start:end` of the skeleton.

    `begin` is where its own words begin, behind the auxiliaries before them; `subject` where the name stands
    that is the subject of its first verb.
    """

    sentence: Sentence
    start: int
    end: int
    begin: int
    filled: Mapping[str, Filled]
    subject: int | None


def find(compiled: Compiled, codes: Mapping[str, str], sentence: Sentence) -> Iterable[Match]:
    """Return the matches of a form; `codes` leads from a kind to its code characters."""
    if compiled.rest is not None and compiled.rest.search(sentence.skeleton) is None:
        return ()
    first = compiled.expression.search(sentence.skeleton)
    return _from(first, compiled, codes, sentence) if first is not None else ()


def _from(
    first: re.Match[str], compiled: Compiled, codes: Mapping[str, str], sentence: Sentence
) -> Iterator[Match]:
    """Yield the first match and those behind it."""
    found: re.Match[str] | None = first
    while found is not None:
        match = _match(found, compiled, codes, sentence)
        if match is not None:
            yield match
        found = compiled.expression.search(sentence.skeleton, max(found.end(), found.start() + 1))


def _match(
    match: re.Match[str], compiled: Compiled, codes: Mapping[str, str], sentence: Sentence
) -> Match | None:
    """Return what a match is of a form, if it is one."""
    begin, end = _trim(match)
    if _COMPARED.match(sentence.skeleton, end):
        return None
    if compiled.earlier and not compiled.earlier.search(sentence.skeleton, _clause(sentence, begin), begin):
        return None
    start = _lead(sentence.skeleton, begin)
    if start >= end:
        return None
    filled = {
        slot.name: _fill(match, group, slot, codes, sentence, compiled.described.get(slot.kind, ""))
        for group, slot in compiled.groups
        if match[group]
    }
    is_subject = compiled.predicated and _BE.match(sentence.skeleton, match.end(compiled.predicated))
    group = compiled.subject or (compiled.predicated if is_subject else None)
    subject = match.start(group) if group else -1
    return Match(sentence, start, end, begin, filled, subject if subject >= 0 else None)


def _lead(skeleton: str, begin: int) -> int:
    """Return where the words begin that may stand before a match and belong to it."""
    before = skeleton[begin - 1] if begin else ""
    if before == " ":
        word = skeleton[skeleton.rfind(" ", 0, begin - 1) + 1 : begin - 1]
        if word.lstrip('"(') not in pieces.LEAD_ENDS:
            return begin
    elif before != '"':
        return begin
    lead = pieces.LEAD.search(skeleton, max(0, begin - 40), begin)
    return lead.start() if lead else begin


def _clause(sentence: Sentence, before: int) -> int:
    """Return where the part of a sentence begins that no semicolon parts from a place; one before a further
    figure parts nothing: "has 20 shops; 30 firms".
    """
    ends = (found.end() for found in _PARTING.finditer(sentence.skeleton))
    return max((end for end in ends if end <= before), default=0)


def _trim(match: re.Match[str]) -> tuple[int, int]:
    """Leave out blanks, stops and an unpaired quotation mark around a match."""
    text = match.group()
    lead = len(text) - len(text.lstrip(" ,;:"))
    text = text.strip(" ,;:.")
    if text.count('"') % 2:
        lead += len(text) - len(text.lstrip('" '))
        text = text.strip('" ')
    return match.start() + lead, match.start() + lead + len(text)


def _fill(
    match: re.Match[str],
    group: str,
    slot: Slot,
    codes: Mapping[str, str],
    sentence: Sentence,
    things: str,
) -> Filled:
    start, end = match.span(group)
    if slot.kind in TEXTS:
        text = sentence.skeleton[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(_ENDING_IN_TIME.sub("", text).rstrip(" ,"))
        return Filled(slot, (), (sentence.view_start(start), sentence.view_end(end)))
    spans = [(start, end)]
    if slot.many:
        spans = _members(match, group, codes[slot.kind], things)
    marks = tuple(_marked(sentence, first, last) for first, last in spans)
    typed = [mark for mark in marks if mark.code != NAME]
    return Filled(slot, marks if typed or slot.unknown else ())


def _marked(sentence: Sentence, start: int, end: int) -> Mark:
    """Return the mark at a place, or one for the words there that describe something."""
    mark = sentence.at.get(start) if end == start + 1 else None
    return mark if mark is not None else described_at(sentence, start, end)


def described_at(sentence: Sentence, start: int, end: int) -> Mark:
    """Return the mark of words of a sentence that describe something."""
    first, last = sentence.view_start(start), sentence.view_end(end)
    return Mark(first, last, "", Described(sentence.skeleton[start:end]))


@lru_cache(maxsize=512)
def _member(codes: str, described: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the expressions of the first member of a list and of each later one."""
    described = f"|{described}" if described else ""
    measured = pieces.MEASURED if described else ""
    held = rf"[{re.escape(codes)}{NAME}]{described}"
    item = rf"(?:{pieces.DETERMINER}){measured}{pieces.KIN}{pieces.INTRO}(?:.'s )?(?P<member>{held})"
    return re.compile(item), re.compile(f"(?:{pieces.BETWEEN}){item}")


def _members(match: re.Match[str], group: str, codes: str, described: str) -> list[tuple[int, int]]:
    """Return where the members of a captured list stand, without the places said of them."""
    member, later = _member(codes, described)
    start, end = match.span(group)
    first = member.match(match.string, start, end)
    rest = later.finditer(match.string, first.end() if first else start, end)
    return [found.span("member") for found in ([first] if first else []) + list(rest)]
