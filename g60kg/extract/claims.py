"""Statements to claims.

Goes in: a statement. Comes out: claims, one for each combination of what the slots hold, with the exact words
and every repair and resolution that they rest on.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from ..model import Claim, Entity, Qualifier, Resolution, Value
from .keys import claim_id
from .marks import Time
from .parts import Part
from .patterns import Template
from .statement import Statement

_TIMES = frozenset(["year", "date", "period"])
_EXCLUSIVE = frozenset(["g60:City", "g60:Municipality", "g60:Province"])
"""Of these a place lies in one alone."""


def claims_of(statement: Statement) -> Iterator[Claim]:
    """Yield the claims that a statement makes."""
    if not statement.slots:
        return
    for template in statement.pattern.claims:
        if not statement.is_open(template.subject) and not statement.is_open(template.object):
            yield from _of_template(statement, template)


def _of_template(statement: Statement, template: Template) -> Iterator[Claim]:
    limits = [(name, term) for name, term in template.qualifiers if not statement.is_open(term)]
    terms = [template.subject, template.object, *(term for _, term in limits)]
    for subject, object_, *values in product(*map(statement.parts, terms)):
        if not isinstance(subject.value, Entity) or isinstance(object_.value, Time):
            continue
        if not _is_same(subject.value, object_.value) and not _is_known_elsewhere(
            statement, template, subject, object_
        ):
            yield _claim(
                statement, template, subject, object_, list(zip([n for n, _ in limits], values, strict=True))
            )


def _is_same(one: Entity, other: Entity | Value) -> bool:
    """Tell whether two names name one thing: nothing is said of a thing and itself."""
    return isinstance(other, Entity) and one.iri == other.iri


def _is_known_elsewhere(statement: Statement, template: Template, subject: Part, object_: Part) -> bool:
    """Tell whether the register places a listed thing elsewhere: then what follows the list is not said of
    it; nor that it lies in a city or province that is none of its own.
    """
    predicate = statement.pattern.unless_known
    if predicate is None or not isinstance(subject.value, Entity) or not isinstance(object_.value, Entity):
        return False
    known = statement.grammar.known
    places = known.get((subject.value.iri, predicate), frozenset())
    if not places or object_.value.iri in places:
        return False
    if _EXCLUSIVE.intersection(object_.value.types) and object_.value.iri not in _all_above(
        known, subject.value.iri, predicate
    ):
        return True
    return statement.slots[template.subject.strip("{}")][-1] != subject


def _all_above(known: Mapping[tuple[str, str], frozenset[str]], iri: str, predicate: str) -> set[str]:
    """Return what a predicate leads to from an entity, step by step, by the register."""
    found: set[str] = set()
    waiting = [iri]
    while waiting:
        new = known.get((waiting.pop(), predicate), frozenset()) - found
        found |= new
        waiting += sorted(new)
    return found


def _claim(
    statement: Statement, template: Template, subject: Part, object_: Part, limits: Sequence[tuple[str, Part]]
) -> Claim:
    assert isinstance(subject.value, Entity)
    assert not isinstance(object_.value, Time)
    used = (subject, object_, *(part for _, part in limits))
    qualifiers, said = _qualifiers(statement, object_.value, limits)
    resolved = [part.resolution for part in used if part.resolution is not None]
    repairs = [part.repair for part in used if part.repair is not None]
    if said is not None:
        resolved.append(said)
    start, end = statement.with_subject if isinstance(object_.value, Entity) else statement.span
    article = statement.reading.article
    return Claim(
        id=claim_id(article.id, (start, end), subject.value, template.predicate, object_.value, qualifiers),
        article=article.id,
        pattern=statement.pattern.id,
        subject=subject.value,
        predicate=template.predicate,
        object=object_.value,
        qualifiers=qualifiers,
        quote=article.text[start:end],
        start=start,
        end=end,
        repairs=tuple(dict.fromkeys(repairs) if len(repairs) > 1 else repairs),
        resolved=tuple(dict.fromkeys(resolved) if len(resolved) > 1 else resolved),
    )


def _qualifiers(
    statement: Statement, value: Entity | Value, limits: Sequence[tuple[str, Part]]
) -> tuple[tuple[tuple[str, Qualifier], ...], Resolution | None]:
    """Return what limits a claim, sorted by name, and how its time was computed."""
    found: dict[str, Qualifier] = {name: _qualifier(part) for name, part in limits}
    resolution = None
    if statement.pattern.dated and _TIMES.isdisjoint(found) and (when := statement.when(value)):
        name, text, resolution = when
        found[name] = text
    if statement.modality:
        found["modality"] = statement.modality
    return tuple(sorted(found.items())), resolution


def _qualifier(part: Part) -> Qualifier:
    if isinstance(part.value, Entity):
        return part.value
    return part.value.start if isinstance(part.value, Time) else part.value.value
