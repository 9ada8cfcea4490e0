"""What a slot of a match holds, as the subjects and objects of claims.

Goes in: a filled slot. Comes out: parts, each with the repair and the
resolution that led to it. A name that nothing types becomes a candidate only where the pattern says of what
class.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model import Entity, Repair, Resolution, Value
from ..terms import ID, slug
from .candidates import candidate
from .marks import Described, Figure, Mark, Name, Pronoun, Time
from .matching import Filled, Match
from .reading import Reading
from .referents import Referent, referent
from .subject import Clauses
from .syntax import Slot
from .vocabulary import CONCEPTS
from .when import time_resolution

_APPOSED = re.compile(r"(?: \([^)]*\))?, (?:an?|the|one of the) [^,;]{0,40}$")
"""What stands between a name and what describes the same thing."""


@dataclass(frozen=True, slots=True)
class Part:
    """An entity, a value or a time, and how it was come by."""

    value: Entity | Value | Time
    repair: Repair | None = None
    resolution: Resolution | None = None
    at: int = -1


def parts_of(
    filled: Filled, match: Match, reading: Reading, clauses: Clauses, heads: Mapping[str, str]
) -> list[Part]:
    """Return what a slot holds; an empty list when nothing that it asks for."""
    if filled.run is not None:
        return [_text(filled.run, reading)]
    parts: list[Part] = []
    for mark in filled.marks:
        if isinstance(mark.meaning, Entity):
            parts.append(Part(mark.meaning, mark.repair, _in_text(mark.resolution, reading), mark.start))
        else:
            parts += _of_mark(mark, filled, match, reading, clauses, heads)
    return parts


def _text(run: tuple[int, int], reading: Reading) -> Part:
    start, end = reading.view.span(*run)
    return Part(
        Value(reading.article.text[start:end].strip(), "rdf:langString", language=reading.article.language)
    )


def _shared_class(marks: Sequence[Mark]) -> str | None:
    """Return the one class that all typed members of a list have."""
    classes = {mark.meaning.types for mark in marks if isinstance(mark.meaning, Entity)}
    return next(iter(classes))[0].removeprefix("g60:") if len(classes) == 1 else None


def _of_mark(
    mark: Mark,
    filled: Filled,
    match: Match,
    reading: Reading,
    clauses: Clauses,
    heads: Mapping[str, str],
) -> Iterator[Part]:
    """Yield what a mark stands for that is no entity by itself."""
    meaning, slot = mark.meaning, filled.slot
    if isinstance(meaning, Figure):
        yield from (Part(value, at=mark.start) for value in meaning.values)
    elif isinstance(meaning, Time):
        yield Part(meaning, None, time_resolution(mark, reading), mark.start)
    elif isinstance(meaning, Name):
        shared = _shared_class(filled.marks) if slot.many else None
        head = shared if shared else slot.kind.split("|")[0] if slot.unknown else None
        if head is not None:
            start, end = reading.view.span(mark.start, mark.end)
            yield Part(candidate(meaning.text, reading.article.text[start:end], head), at=mark.start)
    elif isinstance(meaning, Described) and (slot.kind in CONCEPTS or not _is_apposed(mark, match, reading)):
        yield _described(mark, slot, reading, heads)
    elif isinstance(meaning, Pronoun):
        found = referent(match.sentence, mark, slot.kind, reading, clauses)
        if found is not None:
            yield standing_for(found, meaning.word, reading)


def _is_apposed(mark: Mark, match: Match, reading: Reading) -> bool:
    """Tell whether what is described is the thing named right before it: "the Songjiang Hub, a station …"."""
    before = _APPOSED.search(reading.view.text, max(0, mark.start - 60), mark.start)
    if before is None:
        return False
    named = (other for other in match.sentence.at.values() if other.end == before.start())
    return any(isinstance(other.meaning, Entity | Name) for other in named)


def _described(mark: Mark, slot: Slot, reading: Reading, heads: Mapping[str, str]) -> Part:
    """Return the candidate of what has no name: a field is one everywhere, a thing one in each article."""
    start, end = reading.view.span(mark.start, mark.end)
    text = reading.article.text[start:end]
    if slot.kind in CONCEPTS:
        return Part(candidate(text, text, slot.kind), at=mark.start)
    words = text.lower()
    head = heads[max((noun for noun in heads if words.endswith(noun)), key=len)]
    name = ID[slug(f"{text} {reading.article.id}")].value
    return Part(Entity(name, text, text, (f"g60:{head}",), candidate=True), at=mark.start)


def standing_for(referent: Referent, surface: str, reading: Reading) -> Part:
    """Return the part that a word, or nothing at all, stands for."""
    mark = referent.mark
    assert isinstance(mark.meaning, Entity)
    entity = mark.meaning
    start, end = reading.view.span(mark.start, mark.end)
    said = surface or reading.article.text[start:end]
    standing = Entity(entity.iri, entity.label, said, entity.types, entity.candidate)
    rule = referent.rule
    if (earlier := _in_text(mark.resolution, reading)) is not None:
        start, end, rule = earlier.start, earlier.end, f"{rule}, {earlier.rule}"
    return Part(standing, mark.repair, Resolution(surface, rule, start, end))


def _in_text(resolution: Resolution | None, reading: Reading) -> Resolution | None:
    if resolution is None:
        return None
    start, end = reading.view.span(resolution.start, resolution.end)
    return Resolution(resolution.surface, resolution.rule, start, end)
