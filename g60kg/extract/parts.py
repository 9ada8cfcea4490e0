"""What a slot of a match holds, as the subjects and objects of claims.

Goes in: a filled slot, or the name of one that a form left open. Comes out: parts, each with the repair and the
resolution that led to it. A name that nothing types becomes a candidate only where the pattern says of what class.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..model import Entity, Repair, Resolution, Value
from ..terms import ID, slug
from .anaphora import fits, nearest
from .candidates import candidate
from .kinds import Kinds
from .marks import Figure, Mark, Name, Pronoun, Time
from .matching import TEXTS, Filled, Match
from .names import Names
from .reading import Reading, Sentence
from .syntax import Slot
from .when import time_resolution

_AFTER_PREPOSITION: Final = re.compile(
    r"\b(?:in|at|of|from|by|to|for|with|on|along|near|through|into|under|across|between|and|than)"
    r" (?:(?:the|a|an|his|its|their|both) )?\"?$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """An entity, a value or a time, and how it was come by."""

    value: Entity | Value | Time
    repair: Repair | None = None
    resolution: Resolution | None = None
    at: int = -1


def parts_of(
    filled: Filled, match: Match, reading: Reading, kinds: Kinds, heads: Mapping[str, str]
) -> list[Part]:
    """Return what a slot holds; an empty list when nothing that it asks for."""
    if filled.run is not None:
        return [_text(filled.run, reading) if filled.slot.kind in TEXTS else _described(filled.run, reading, heads)]
    shared = _shared_class(filled.marks)
    return [
        part for mark in filled.marks for part in _of_mark(mark, filled.slot, shared, match, reading, kinds)
    ]


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
    mark: Mark, slot: Slot, shared: str | None, match: Match, reading: Reading, kinds: Kinds
) -> Iterator[Part]:
    meaning = mark.meaning
    if isinstance(meaning, Entity):
        yield Part(meaning, mark.repair, _in_text(mark.resolution, reading), mark.start)
    elif isinstance(meaning, Figure):
        yield from (Part(value, at=mark.start) for value in meaning.values)
    elif isinstance(meaning, Time):
        yield Part(meaning, None, time_resolution(mark, reading), mark.start)
    elif isinstance(meaning, Name):
        head = shared if slot.many and shared else slot.kind.split("|")[0] if slot.unknown else None
        if head is not None:
            start, end = reading.view.span(mark.start, mark.end)
            yield Part(candidate(meaning.text, reading.article.text[start:end], head), at=mark.start)
    elif isinstance(meaning, Pronoun):
        named = subject_within(match.sentence, mark, slot.kind, kinds)
        if named is not None:
            yield _standing_for(named, meaning.word, "subject of the sentence", reading)
        elif named := subject_before(match.sentence, slot.kind, reading, kinds):
            yield _standing_for(named, meaning.word, "subject of the sentence before", reading)


def _described(run: tuple[int, int], reading: Reading, heads: Mapping[str, str]) -> Part:
    """Return the candidate of a thing without a name: one for each article, since another may describe another."""
    start, end = reading.view.span(*run)
    text = reading.article.text[start:end]
    name = ID[slug(f"{text} {reading.article.id}")].value
    return Part(Entity(name, text, text, (f"g60:{heads[text.split()[-1].lower()]}",), candidate=True), at=run[0])


def from_context(
    steps: Sequence[tuple[str, str]],
    match: Match,
    slots: Mapping[str, list[Part]],
    reading: Reading,
    kinds: Kinds,
    names: Names,
) -> list[Part]:
    """Return the entity that the context gives for an open slot, by the first step that gives one."""
    for where, kind in steps:
        if where.startswith("within "):
            found = _within_name(slots.get(where.removeprefix("within "), []), kind, kinds, names)
            if found:
                return found
            continue
        named = _named_in_context(where, kind, match, reading, kinds)
        if named is not None:
            return [_standing_for(named, "", f"{where} {kind}", reading)]
    return []


def _within_name(parts: Sequence[Part], kind: str, kinds: Kinds, names: Names) -> list[Part]:
    """Return the one entity of a class whose name stands within the name of another: "Wuhu (Shanghai) … Center"."""
    if len(parts) != 1 or not isinstance(parts[0].value, Entity):
        return []
    within = parts[0].value.label
    found = [mark for mark in names.marks(within, None, exclude=within) if fits(kinds, mark, kind)]
    if len(found) != 1 or not isinstance(found[0].meaning, Entity):
        return []
    place = parts[0].resolution
    span = (place.start, place.end) if place else (0, 0)
    return [Part(found[0].meaning, None, Resolution(within, f"the {kind} in the name", *span))]


def _named_in_context(where: str, kind: str, match: Match, reading: Reading, kinds: Kinds) -> Mark | None:
    sentence = match.sentence
    if where == "previous":
        return subject_before(sentence, kind, reading, kinds)
    if where == "subject":
        first = next((m for m in sentence.at.values() if isinstance(m.meaning, Entity | Pronoun)), None)
        if first is not None and isinstance(first.meaning, Pronoun):
            return subject_before(sentence, kind, reading, kinds)
        return first if first is not None and fits(kinds, first, kind) else None
    if where == "clause":
        subject = clause_subject(sentence, sentence.view_start(match.start), kind, kinds)
        if subject is not None and isinstance(subject.meaning, Pronoun):
            return subject_before(sentence, kind, reading, kinds)
        return subject
    if where == "sentence":
        found = [mark for mark in sentence.at.values() if fits(kinds, mark, kind)]
        return found[0] if len({_iri(mark) for mark in found}) == 1 else None
    return nearest(kinds, reading.entities, reading.spans, sentence.view_start(match.start), kind)


def subject_within(sentence: Sentence, pronoun: Mark, kind: str, kinds: Kinds) -> Mark | None:
    """Return what a pronoun stands for within its sentence: for "whose" the entity before it, else the subject."""
    before = [(at, m) for at, m in sentence.at.items() if m.start < pronoun.start and isinstance(m.meaning, Entity)]
    assert isinstance(pronoun.meaning, Pronoun)
    if pronoun.meaning.word.lower() == "whose":
        before = before[-1:]
    else:
        before = [(at, mark) for at, mark in before if _is_free(sentence, at)][:1]
    return next((mark for _, mark in before if fits(kinds, mark, kind)), None)


def clause_subject(sentence: Sentence, before: int, kind: str, kinds: Kinds) -> Mark | None:
    """Return the last entity of a kind before a place in a sentence that stands after no preposition."""
    free = [
        mark
        for at, mark in sentence.at.items()
        if mark.end <= before and isinstance(mark.meaning, Entity | Pronoun) and _is_free(sentence, at)
    ]
    fitting = [mark for mark in free if isinstance(mark.meaning, Pronoun) or fits(kinds, mark, kind)]
    return fitting[-1] if fitting else None


def subject_before(sentence: Sentence, kind: str, reading: Reading, kinds: Kinds) -> Mark | None:
    """Return the subject of the sentence before: its first entity that stands after no preposition, if it fits."""
    if sentence.index == 0:
        return None
    before = reading.sentences[sentence.index - 1]
    free = [
        mark for at, mark in before.at.items() if isinstance(mark.meaning, Entity) and _is_free(before, at)
    ]
    pronoun = next((mark for mark in before.at.values() if isinstance(mark.meaning, Pronoun)), None)
    if pronoun is not None and (not free or pronoun.start < free[0].start):
        return subject_before(before, kind, reading, kinds)
    fitting = [mark for mark in free if fits(kinds, mark, kind)]
    if fitting and (fitting[0] is free[0] or len({_iri(mark) for mark in fitting}) == 1):
        return fitting[0]
    return None


def _is_free(sentence: Sentence, at: int) -> bool:
    return not _AFTER_PREPOSITION.search(sentence.skeleton, max(0, at - 24), at)


def _iri(mark: Mark) -> str:
    assert isinstance(mark.meaning, Entity)
    return mark.meaning.iri


def _standing_for(mark: Mark, surface: str, rule: str, reading: Reading) -> Part:
    assert isinstance(mark.meaning, Entity)
    entity = mark.meaning
    start, end = reading.view.span(mark.start, mark.end)
    said = surface or reading.article.text[start:end]
    standing = Entity(entity.iri, entity.label, said, entity.types, entity.candidate)
    return Part(standing, mark.repair, Resolution(surface, rule, start, end))


def _in_text(resolution: Resolution | None, reading: Reading) -> Resolution | None:
    if resolution is None:
        return None
    start, end = reading.view.span(resolution.start, resolution.end)
    return Resolution(resolution.surface, resolution.rule, start, end)
