"""What a pattern's open slots hold by the context that it names.

Goes in: the steps of a pattern's `context`, and a match. Comes out: the part that the first step finds which
gives one:

    subject KIND         the subject of the clause, where it is certain; with `?` also a name that nothing
                         types, as the first of the classes
    sentence KIND        the one entity of a kind in the sentence
    previous KIND        what the sentence before speaks of
    before KIND          the nearest entity of a kind before the match, unless its sentence names several
    described KIND       what the words right before the match describe and do not name, or call again
    it KIND              the one thing that the sentence before describes, for a pronoun; where its subject
                         is of the kind, too, nothing is certain, and no further step is taken
    last KIND            the one thing that the sentence before describes
    within SLOT KIND     the one entity whose name stands within the name that a slot holds
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ..model import Entity, Resolution
from .anaphora import fits, nearest
from .described import Things
from .kinds import Kinds
from .matching import Filled, Match
from .names import Names
from .parts import Part, parts_of, standing_for
from .reading import Reading
from .referents import Referent, only_one, subject_of, topic_before
from .subject import Clauses
from .syntax import Slot

DESCRIBED_HERE: Final = "described right before"
"""The rule by which a match is said of what its sentence describes: it is as planned as the sentence says."""


def from_context(
    steps: Sequence[tuple[str, str]],
    match: Match,
    slots: Mapping[str, list[Part]],
    reading: Reading,
    clauses: Clauses,
    names: Names,
    things: Things,
) -> list[Part]:
    """Return the entity that the context gives for an open slot, by the first step that gives one."""
    for where, kind in steps:
        if where.startswith("within "):
            found = _within_name(slots.get(where.removeprefix("within "), []), kind, clauses.kinds, names)
            if found:
                return found
            continue
        if where in ("described", "it", "last"):
            rivals = next((other for step, other in steps if step == "subject"), kind)
            described = _described(where, (kind, rivals), match, reading, clauses, things)
            if described is None or described:
                return described or []
            continue
        named = _named(where, kind, match, reading, clauses)
        if named is not None:
            return [standing_for(named, "", reading)]
    return []


def _described(
    where: str, kinds: tuple[str, str], match: Match, reading: Reading, clauses: Clauses, things: Things
) -> list[Part] | None:
    """Return what is described and not named, in this sentence or one before, with where it stands; None
    where it may be that or another.
    """
    kind, rivals = kinds
    if where in ("it", "last"):
        find = things.pronoun if where == "it" else things.last
        mark, rule = find(match, kind, reading), "described in the sentence before"
        rival = None
        if where == "it" and mark is not None and not things.leads(match, mark, reading):
            rival = subject_of(match.sentence, match.begin, rivals, reading, clauses)
        if rival is not None:
            return None
    else:
        mark, rule = things.before(match, kind), DESCRIBED_HERE
        if mark is None:
            mark, rule = things.again(match, kind, reading), "described before"
    if mark is None:
        return []
    filled = Filled(Slot("thing", kind, described=True), (mark,))
    start, end = reading.view.span(mark.start, mark.end)
    said = Resolution(reading.article.text[start:end], rule, start, end)
    parts = parts_of(filled, match, reading, clauses, things.compiler.heads)
    return [replace(part, resolution=said) for part in parts]


def _named(where: str, kind: str, match: Match, reading: Reading, clauses: Clauses) -> Referent | None:
    sentence, kinds = match.sentence, clauses.kinds
    if where == "subject":
        unknown = kind.split("|")[0].rstrip("?") if kind.endswith("?") else None
        return subject_of(sentence, match.begin, kind.rstrip("?"), reading, clauses, unknown)
    if where == "previous":
        return topic_before(sentence, kind, reading, clauses)
    if where == "sentence":
        mark = only_one(sentence.at.values(), kind, kinds)
        return Referent(mark, f"only {kind} of the sentence") if mark else None
    mark = nearest(kinds, reading.entities, reading.spans, sentence.view_start(match.start), kind)
    return Referent(mark, f"nearest {kind}") if mark else None


def _within_name(parts: Sequence[Part], kind: str, kinds: Kinds, names: Names) -> list[Part]:
    """Return the one entity of a class whose name stands within the name of another: "Wuhu (Shanghai) …
    Center".
    """
    if len(parts) != 1 or not isinstance(parts[0].value, Entity):
        return []
    within = parts[0].value.label
    found = [mark for mark in names.marks(within, None, exclude=within) if fits(kinds, mark, kind)]
    if len(found) != 1 or not isinstance(found[0].meaning, Entity):
        return []
    place = parts[0].resolution
    span = (place.start, place.end) if place else (0, 0)
    return [Part(found[0].meaning, None, Resolution(within, f"the {kind} in the name", *span))]
