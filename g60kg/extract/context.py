"""What a pattern's open slots hold by the context that it names.

Goes in: the steps of a pattern's `context`, and a match. Comes out: the part that the first step finds which
gives one:

    subject KIND         the subject of the clause, where it is certain; with `?` also a name that nothing
                         types, as the first of the classes
    sentence KIND        the one entity of a kind in the sentence
    previous KIND        what the sentence before speaks of
    before KIND          the nearest entity of a kind before the match, unless its sentence names several
    within SLOT KIND     the one entity whose name stands within the name that a slot holds
"""

from collections.abc import Mapping, Sequence

from ..model import Entity, Resolution
from .anaphora import fits, nearest
from .kinds import Kinds
from .matching import Match
from .names import Names
from .parts import Part, standing_for
from .reading import Reading
from .referents import Referent, only_one, subject_of, topic_before
from .subject import Clauses


def from_context(
    steps: Sequence[tuple[str, str]],
    match: Match,
    slots: Mapping[str, list[Part]],
    reading: Reading,
    clauses: Clauses,
    names: Names,
) -> list[Part]:
    """Return the entity that the context gives for an open slot, by the first step that gives one."""
    for where, kind in steps:
        if where.startswith("within "):
            found = _within_name(slots.get(where.removeprefix("within "), []), kind, clauses.kinds, names)
            if found:
                return found
            continue
        named = _named(where, kind, match, reading, clauses)
        if named is not None:
            return [standing_for(named, "", reading)]
    return []


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
