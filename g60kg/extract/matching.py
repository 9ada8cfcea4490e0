"""Forms on sentences: what each slot holds.

Goes in: a compiled form and a sentence's skeleton. Comes out: matches, each with the marks or the text that
its slots hold. Nothing is concluded here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from . import pieces
from .compile import Compiled
from .kinds import FILLER, NAME, TIMES
from .marks import Described, Mark
from .reading import Sentence
from .syntax import Slot

_COMPARED: Final = re.compile(r" (?:fewer|more|less|higher|lower|larger|smaller|longer|shorter) than\b")
"""Behind a figure, it makes a difference of it: "300 companies fewer than"."""
_ENDING_IN_TIME: Final = re.compile(
    rf",? (?:{FILLER}|(?:(?:in|on|by|since|during|at|for) )?(?:the )?(?:end of )?[{TIMES}]),?$"
)
TEXTS: Final = frozenset(["words", "adjectives", "kind", "phrase", "clause", "quote", "text"])
"""Kinds of slots that hold text."""


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


def find(compiled: Compiled, codes: Mapping[str, str], sentence: Sentence) -> Iterator[Match]:
    """Yield the matches of a form; `codes` leads from a kind to its code characters."""
    for match in compiled.expression.finditer(sentence.skeleton):
        start, end = _trim(match)
        if _COMPARED.match(sentence.skeleton, end):
            continue
        if compiled.earlier and not compiled.earlier.search(
            sentence.skeleton, _clause(sentence, start), start
        ):
            continue
        begin = start
        lead = pieces.LEAD.search(sentence.skeleton, max(0, start - 40), start)
        start = lead.start() if lead else start
        if start < end:
            filled = {
                slot.name: _fill(match, group, slot, codes, sentence, compiled.described.get(slot.kind, ""))
                for group, slot in compiled.groups
                if match[group]
            }
            subject = match.start(compiled.subject) if compiled.subject else -1
            yield Match(sentence, start, end, begin, filled, subject if subject >= 0 else None)


def _clause(sentence: Sentence, before: int) -> int:
    """Return where the part of a sentence begins that no semicolon parts from a place."""
    return sentence.skeleton.rfind(";", 0, before) + 1


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
        spans = _members(match, group, re.escape(codes[slot.kind]), things)
    marks = tuple(_marked(sentence, first, last) for first, last in spans)
    typed = [mark for mark in marks if mark.code != NAME]
    return Filled(slot, marks if typed or slot.unknown else ())


def _marked(sentence: Sentence, start: int, end: int) -> Mark:
    """Return the mark at a place, or one for the words there that describe something."""
    mark = sentence.at.get(start) if end == start + 1 else None
    if mark is not None:
        return mark
    first, last = sentence.view_start(start), sentence.view_end(end)
    return Mark(first, last, "", Described(sentence.skeleton[start:end]))


def _members(match: re.Match[str], group: str, codes: str, described: str) -> list[tuple[int, int]]:
    """Return where the members of a captured list stand, without the places said of them."""
    described = f"|{described}" if described else ""
    item = (
        rf"(?:{pieces.DETERMINER}){pieces.KIN}{pieces.INTRO}(?:.'s )?(?P<member>[{codes}{NAME}]{described})"
    )
    start, end = match.span(group)
    first = re.compile(item).match(match.string, start, end)
    later = re.compile(f"(?:{pieces.BETWEEN}){item}")
    rest = later.finditer(match.string, first.end() if first else start, end)
    return [member.span("member") for member in ([first] if first else []) + list(rest)]
