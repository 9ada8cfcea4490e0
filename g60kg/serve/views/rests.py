"""The facts that a row of an answer rests on: those that hold between its things.

Goes in: a store and a row. Comes out: facts, those that are held before those that follow, at most a few; of
the facts between the same two things only the first, the others being its inverse or wider.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.serve.views.facts import layers_of
from g60kg.serve.views.figures import Figure, figure_of
from g60kg.serve.views.supports import Triple
from g60kg.store import Store, Term
from g60kg.terms import G60, ID, RDF, RDFS, SCHEMA, SKOS, XSD

_MOST: Final = 3
_FIGURES: Final = 100
_NAMINGS: Final = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, RDFS.label)


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that a row rests on, and the layers that hold it."""

    triple: Triple
    layers: tuple[str, ...]


class Rests:
    """What the rows of one answer rest on; the figures of a thing are read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._figures: dict[NamedNode, tuple[Figure, ...]] = {}

    def of(self, row: Sequence[Term | None]) -> tuple[Held, ...]:
        """Return facts that hold between the things of a row, those held before those that follow."""
        things = [each for each in dict.fromkeys(row) if isinstance(each, NamedNode) and _is_thing(each)]
        others = [each for each in dict.fromkeys(row) if each is not None and not _is_text(each)]
        found: dict[Triple, set[object]] = {}
        for thing in things:
            for triple, graph in (*self._between(thing, others), *self._measured(thing, others)):
                found.setdefault(triple, set()).add(graph)
        held = [Held(triple, layers_of(graphs)) for triple, graphs in found.items()]
        held.sort(key=lambda each: ("inferred" in each.layers, each.triple[1] == RDF.type))
        return tuple(_without_inverses(held))

    def _between(self, thing: NamedNode, others: Sequence[Term]) -> Iterator[tuple[Triple, object]]:
        """Yield the facts from a thing to the others, with the graphs that hold them."""
        for other in others:
            for quad in self._store.match(thing, None, other) if other != thing else ():
                if quad.predicate not in _NAMINGS and not quad.predicate.value.startswith(SCHEMA.base):
                    yield (thing, quad.predicate, other), quad.graph_name

    def _measured(self, thing: NamedNode, others: Sequence[Term]) -> Iterator[tuple[Triple, object]]:
        """Yield the figures of a thing whose value stands in the row, with all things that limit them.

        Where there is only one with that value, it is meant.
        """
        values = {each.value for each in others if isinstance(each, Literal)}
        fitting = [each for each in self._figures_of(thing) if each.value in values] if values else []
        whole = [each for each in fitting if _things(each) <= set(others)]
        for each in whole or (fitting if len(fitting) == 1 else ()):
            assert each.measure is not None
            for quad in self._store.match(thing, each.measure, each.node):
                yield (thing, each.measure, each.node), quad.graph_name

    def _figures_of(self, thing: NamedNode) -> tuple[Figure, ...]:
        if thing not in self._figures:
            nodes = islice(self._store.match(None, G60.statisticOf, thing), _FIGURES)
            found = (figure_of(self._store, quad.subject) for quad in nodes)
            self._figures[thing] = tuple(each for each in found if each and each.measure is not None)
        return self._figures[thing]


def _things(figure: Figure) -> set[Term]:
    """Return the things that limit a figure."""
    return {term for _, term in figure.limits if isinstance(term, NamedNode)}


def _without_inverses(held: Sequence[Held]) -> Iterator[Held]:
    """Yield facts, of those between the same two things only the first: the rest are its inverse or wider."""
    seen: set[frozenset[str]] = set()
    for each in held:
        ends = frozenset((str(each.triple[0]), str(each.triple[2])))
        if ends not in seen and len(seen) < _MOST:
            seen.add(ends)
            yield each


def _is_thing(term: NamedNode) -> bool:
    return term.value.startswith(ID.base)


def _is_text(term: Term) -> bool:
    return isinstance(term, Literal) and (term.language is not None or term.datatype == XSD.string)
