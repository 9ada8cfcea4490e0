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


def facts_of_row(store: Store, row: Sequence[Term | None]) -> Iterator[Held]:
    """Yield facts that hold between the things of a row, those that are held before those that follow."""
    things = [each for each in dict.fromkeys(row) if isinstance(each, NamedNode) and _is_thing(each)]
    others = [each for each in dict.fromkeys(row) if each is not None and not _is_text(each)]
    found: dict[Triple, set[object]] = {}
    for thing in things:
        for other in others:
            for quad in store.match(thing, None, other) if other != thing else ():
                if quad.predicate not in _NAMINGS and not quad.predicate.value.startswith(SCHEMA.base):
                    found.setdefault((thing, quad.predicate, other), set()).add(quad.graph_name)
        for triple, graphs in _figures(store, thing, others):
            found.setdefault(triple, set()).update(graphs)
    held = sorted(
        (Held(triple, layers_of(graphs)) for triple, graphs in found.items()),
        key=lambda each: ("inferred" in each.layers, each.triple[1] == RDF.type),
    )
    yield from _without_inverses(held)


def _figures(store: Store, thing: NamedNode, others: Sequence[Term]) -> Iterator[tuple[Triple, set[object]]]:
    """Yield the figures of a thing whose value stands in the row, with all things that limit them.

    Where there is only one with that value, it is meant.
    """
    values = {each.value for each in others if isinstance(each, Literal)}
    nodes = islice(store.match(None, G60.statisticOf, thing), _FIGURES) if values else ()
    figures = (figure_of(store, quad.subject) for quad in nodes)
    fitting = [each for each in figures if each and each.measure and each.value in values]
    whole = [each for each in fitting if _things(each) <= set(others)]
    for each in whole or (fitting if len(fitting) == 1 else ()):
        assert each.measure is not None
        graphs: set[object] = {quad.graph_name for quad in store.match(thing, each.measure, each.node)}
        yield (thing, each.measure, each.node), graphs


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
