"""What is compared: a claim that was just read with what a graph holds, two things with one another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import Claimed
from g60kg.describe.entity import Measured, figures_about
from g60kg.describe.facts import Fact, Group, Namer, Way, groups_of
from g60kg.describe.figures import Figure, figure_of
from g60kg.describe.lookup import Memo
from g60kg.store import Store
from g60kg.terms import G60

_MOST: Final = 500
"""So many figures of a thing are compared with one that is read."""
_SHOWN: Final = 20
"""So many facts of a property of each of two things are compared."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands to a graph.

    `kind` is `new`, `confirms`, `differs` (`other` is the figure that is held, the newest of them), or
    `open`: it is no plain fact, and waits for a person or for its time.
    """

    kind: str
    other: Figure | None = None

    @property
    def year(self) -> str:
        """The year of the figure that is held, or in which it was reported."""
        return self.other.when[:4] if self.other else ""


def standing(store: Store, claim: Claimed) -> Standing:
    """Return how a claim stands to a graph that does not hold it."""
    if not claim.is_fact:
        return Standing("open")
    if claim.figure is None:
        is_held = any(store.match(claim.subject, claim.predicate, claim.object))
        return Standing("confirms" if is_held else "new")
    held = sorted(_alike(store, claim.subject, claim.figure), key=lambda each: each.order)
    if any(each.number == claim.figure.number for each in held):
        return Standing("confirms")
    return Standing("differs", held[-1]) if held else Standing("new")


def _alike(store: Store, thing: NamedNode, figure: Figure) -> Iterator[Figure]:
    """Yield the figures held of a thing that differ in value and time alone."""
    for quad in islice(store.match(None, G60.statisticOf, thing), _MOST):
        each = figure_of(store, quad.subject)
        is_alike = each and (each.measure, each.unit) == (figure.measure, figure.unit) and _same(each, figure)
        if each and is_alike and any(store.match(thing, each.measure, each.node)):
            yield each


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures of a measure have the same limits; beside things, one may lack words."""
    (things, others), (words, other_words) = (
        [{made(term) for _, term in each.kind if isinstance(term, kind)} for each in (one, other)]
        for kind, made in ((NamedNode, str), (Literal, lambda term: term.value.casefold()))
    )
    return things == others and (words == other_words or bool(things and not (words and other_words)))


def figure_before(store: Store, claim: Claimed, year: str) -> Figure | None:
    """Return the last figure held that differs from that of a claim in value and time alone, by a year."""
    found = _alike(store, claim.subject, claim.figure) if claim.figure else ()
    return max((each for each in found if each.when[:4] <= year), key=lambda each: each.order, default=None)


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
    ways: tuple[Way, Way] = ("out", "in")
    for way in ways:
        sides = [groups_of(store, thing, way, name, shown=_SHOWN) for thing in (one, other)]
        first, second = ({each.predicate: each for each in side if not each.is_borrowed} for side in sides)
        for predicate in dict.fromkeys((*first, *second)):
            none = Group(predicate, (), 0)
            own, others = first.get(predicate, none), second.get(predicate, none)
            both: dict[object, Fact] = {}
            for group, thing in ((own, other), (others, one)):
                for fact in group.facts:
                    if _has(store, thing, fact, way):
                        both.setdefault(_end(fact, way), fact)
            only, rest = (
                replace(each, facts=tuple(fact for fact in each.facts if _end(fact, way) not in both))
                for each in (own, others)
            )
            yield FactsBeside(way, Group(predicate, tuple(both.values()), len(both)), only, rest)


def _end(fact: Fact, way: Way) -> object:
    return fact.object if way == "out" else fact.subject


def _has(store: Store, thing: NamedNode, fact: Fact, way: Way) -> bool:
    """Whether a thing stands in a fact of another in the place of this."""
    ends = (thing, fact.object) if way == "out" else (fact.subject, thing)
    return any(store.match(ends[0], fact.predicate, ends[1]))


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
