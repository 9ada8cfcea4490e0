"""What an article that was just read says, beside what a graph holds: new, the same, or another value."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import Claimed
from g60kg.describe.figures import Figure, figure_of
from g60kg.store import Store
from g60kg.terms import G60

_MOST = 500
"""So many figures of a thing are compared with one that is read."""


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
