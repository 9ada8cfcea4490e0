"""An entity: names, kinds, facts by property, figures, claims that are no facts, and what links to it.

And two of them side by side.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import Claimed, claims_of, qualified_claims
from g60kg.describe.facts import Fact, Group, Namer, Way, groups_of, layers_of
from g60kg.describe.figures import Figure, Series, figure_of, series_of
from g60kg.describe.lookup import Memo, grouped, iris, literals, node, nodes, subjects
from g60kg.store import UNION, Store
from g60kg.terms import DCTERMS, G60, ID, RDF, RDFS, SCHEMA, SKOS

SHOWN: Final = 10
"""So many facts of a property stand on the page of an entity; the rest is a link away."""
_MOST_FIGURES: Final = 30
_BESIDE: Final = 20
"""So many facts of a property of each of two things are compared."""
_LIMITING: Final = (G60.industry, G60.region, G60.phase)
"""What leads from figures of other things to a thing that limits them."""


@dataclass(frozen=True, slots=True)
class GarbledName:
    """A wrong name that stands in texts; `reason` says why it is wrong, where that is known."""

    name: Literal
    reason: str


@dataclass(frozen=True, slots=True)
class KindOf:
    """A class that a thing belongs to, and the layers that say so."""

    term: NamedNode
    layers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with the claims that state it; `of` is what it measures."""

    figure: Figure
    of: NamedNode
    claims: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity.

    `kinds` are those it is said to be of first, then what follows; `qualified` are claims that are no plain
    facts; `limited` are the figures of others that it limits.
    """

    node: NamedNode
    names: tuple[Literal, ...]
    also: tuple[Literal, ...]
    garbled: tuple[GarbledName, ...]
    kinds: tuple[KindOf, ...]
    is_candidate: bool
    sources: tuple[str, ...]
    same: tuple[NamedNode, ...]
    groups: tuple[Group, ...]
    figures: tuple[Measured, ...]
    series: tuple[Series, ...]
    qualified: tuple[Claimed, ...]
    limited: tuple[Measured, ...]
    incoming: tuple[Group, ...]

    @property
    def slug(self) -> str:
        """What names it in an address."""
        return self.node.value.removeprefix(ID.base)


def entity_of(
    store: Store, entity: NamedNode, name: Namer, reasons: Mapping[str, str] | None = None
) -> Entity | None:
    """Return what is known of an entity; None where nothing is.

    `reasons` are those for which the register calls names garbled; the repairs of articles add theirs.
    """
    if not any(store.match(entity, graph=UNION)) and not any(store.match(object=entity, graph=UNION)):
        return None
    store = Memo.over(store)
    figures, limited = figures_about(store, entity), _figures(store, entity, *_LIMITING)
    types = grouped((quad.object, quad.graph_name) for quad in store.match(entity, RDF.type))
    own = (it for it in types if isinstance(it, NamedNode) and it.value.startswith(G60.base))
    kinds = (KindOf(term, layers_of(types[term])) for term in own)
    return Entity(
        entity,
        literals(store, entity, SKOS.prefLabel),
        literals(store, entity, SKOS.altLabel),
        _garbled(store, entity, reasons or {}),
        tuple(sorted(kinds, key=lambda kind: ("inferred" in kind.layers, name(kind.term)))),
        any(store.match(entity, G60.status, G60.Candidate, UNION)),
        tuple(each.value for each in literals(store, entity, DCTERMS.source)),
        nodes(store, entity, SCHEMA.sameAs),
        groups_of(store, entity, "out", name, shown=SHOWN),
        figures,
        series_of(each.figure for each in figures),
        qualified_claims(store, entity, limited),
        _measured(store, limited),
        groups_of(store, entity, "in", name, shown=SHOWN),
    )


def _garbled(store: Store, entity: NamedNode, known: Mapping[str, str]) -> tuple[GarbledName, ...]:
    """Return the wrong names of a thing, each with the reason that its repairs or the register give."""
    reasons = dict(known) | {
        surface.value: comment.value
        for repair in subjects(store, G60.repairedTo, entity)
        for surface in literals(store, repair, G60.surface)
        for comment in literals(store, repair, RDFS.comment)
    }
    hidden = literals(store, entity, SKOS.hiddenLabel)
    return tuple(GarbledName(each, reasons.get(each.value, "")) for each in hidden)


def figures_about(store: Store, entity: NamedNode) -> tuple[Measured, ...]:
    """Return the figures of a thing with their claims, by measure and time; of very many some."""
    return _measured(store, _figures(store, entity))


def _figures(store: Store, entity: NamedNode, *names: NamedNode) -> tuple[NamedNode, ...]:
    """Return the figures of a thing, or those that lead to it by some properties; of very many some."""
    ways = (store.match(None, name, entity, UNION) for name in names or (G60.statisticOf,))
    return iris(quad.subject for quads in ways for quad in islice(quads, _MOST_FIGURES))


def _measured(store: Store, found: Iterable[object]) -> tuple[Measured, ...]:
    """Return figures with their claims, by measure and time; those after a change behind those before."""
    measured = []
    for figure in (figure_of(store, each) for each in found):
        if figure and (of := node(store, figure.node, G60.statisticOf)):
            claims = claims_of(store, subjects(store, RDF.object, figure.node))
            if said := tuple(each for each in claims if each.is_fact):
                measured.append(Measured(figure, of, said))

    def place(measured: Measured) -> tuple[str, ...]:
        it = measured.figure
        kind = str([limit for limit in it.kind if limit[0] != G60.change])
        is_after = any(name == G60.change and term.value == "after" for name, term in it.limits)
        return str(it.measure), kind, str(it.unit), it.order, str(is_after), it.value, it.node.value

    return tuple(sorted(measured, key=place))


@dataclass(frozen=True, slots=True)
class FactsBeside:
    """The facts of one property of two things: those that both have, as of one of them, and those of each."""

    way: Way
    both: Group
    one: Group
    other: Group


def facts_beside(store: Store, one: NamedNode, other: NamedNode, name: Namer) -> Iterator[FactsBeside]:
    """Yield the facts of two things by property, said, of the register or inferred."""
    store = Memo.over(store)
    ends: tuple[tuple[Way, int], ...] = (("out", 2), ("in", 0))
    for way, end in ends:
        sides = [groups_of(store, thing, way, name, shown=_BESIDE) for thing in (one, other)]
        groups = [{each.predicate: each for each in side if not each.is_borrowed} for side in sides]
        for predicate in dict.fromkeys(each for side in groups for each in side):
            own, others = (side.get(predicate, Group(predicate, (), 0)) for side in groups)
            both: dict[object, Fact] = {}
            for group, thing in ((own, other), (others, one)):
                for fact in group.facts:
                    subject, value = (thing, fact.object) if way == "out" else (fact.subject, thing)
                    if any(store.match(subject, predicate, value)):
                        both.setdefault(fact.triple[end], fact)
            only, rest = (
                replace(each, facts=tuple(fact for fact in each.facts if fact.triple[end] not in both))
                for each in (own, others)
            )
            yield FactsBeside(way, Group(predicate, tuple(both.values()), len(both)), only, rest)


def figures_beside(
    store: Store, one: NamedNode, other: NamedNode
) -> list[tuple[Figure, list[list[Measured]]]]:
    """Return the figures of two things by measure, unit and kind, what both have first, each with one."""
    alike: dict[object, list[list[Measured]]] = {}
    for place, thing in enumerate((one, other)):
        for each in figures_about(store, thing):
            key = each.figure.measure, each.figure.kind, each.figure.unit
            alike.setdefault(key, [[], []])[place].append(each)
    pairs = sorted(alike.values(), key=lambda pair: not all(pair))
    return [(next(each for found in pair for each in found).figure, pair) for pair in pairs]
