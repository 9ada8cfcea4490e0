"""What is around a thing: the things that a fact joins it to, each once.

Goes in: a store and a thing. Comes out: its edges: those that an article or the register says before those
that follow, and of a neighbour that something held joins nothing that merely follows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from pyoxigraph import NamedNode, Quad

from g60kg.serve.views.facts import Namer
from g60kg.store import Store
from g60kg.terms import G60, GRAPH, ID, INFERRED_GRAPH, REGISTER_GRAPH

Way = tuple[NamedNode, bool]
"""A property, and whether it leads from a thing or to it."""
MOST: Final = 24
"""So many edges of a thing are shown."""
_READ: Final = 5000
_ARTICLES: Final = GRAPH["article/"].value


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact that joins a thing to another: from it where `is_out`, else to it."""

    predicate: NamedNode
    other: NamedNode
    is_out: bool
    layer: str


@dataclass(frozen=True, slots=True)
class Around:
    """The edges of a thing that are shown, by property and name; how many there are of each property."""

    node: NamedNode
    edges: tuple[Edge, ...]
    totals: Mapping[Way, int]


def around(store: Store, node: NamedNode, name: Namer, most: int = MOST) -> Around:
    """Return what is around a thing; of more than `most` edges some of each property."""
    found: dict[NamedNode, list[Edge]] = {}
    for edge in sorted(set(_edges(store, node)), key=_rank):
        kept = found.setdefault(edge.other, [])
        is_known = any((each.predicate, each.is_out) == (edge.predicate, edge.is_out) for each in kept)
        if not kept or not (is_known or edge.layer == "inferred"):
            kept.append(edge)
    groups = _groups([edge for kept in found.values() for edge in kept], name)
    totals = {way: len(edges) for way, edges in groups.items()}
    shares = _shares(totals, most)
    return Around(node, tuple(e for way, edges in groups.items() for e in edges[: shares[way]]), totals)


def _groups(edges: list[Edge], name: Namer) -> dict[Way, list[Edge]]:
    """Return edges by property: those from a thing first, and of each the firmest first."""
    groups: dict[Way, list[Edge]] = {}
    for edge in sorted(edges, key=lambda edge: _order(edge, name)):
        groups.setdefault((edge.predicate, edge.is_out), []).append(edge)
    return groups


def _shares(totals: Mapping[Way, int], most: int) -> dict[Way, int]:
    """Return how many edges of each property are shown: one of each in turn, until there are enough.

    >>> _shares({(G60.a, True): 9, (G60.b, True): 1, (G60.c, True): 9}, 6)[G60.c, True]
    2
    """
    shares = dict.fromkeys(totals, 0)
    while sum(shares.values()) < most and (open_ := [w for w in totals if shares[w] < totals[w]]):
        for way in open_[: most - sum(shares.values())]:
            shares[way] += 1
    return shares


def _edges(store: Store, node: NamedNode) -> Iterator[Edge]:
    quads = chain(islice(store.match(node), _READ), islice(store.match(None, None, node), _READ))
    for quad in quads:
        other = quad.object if quad.subject == node else quad.subject
        if quad.predicate.value.startswith(G60.base) and isinstance(other, NamedNode):
            layer = _layer(quad)
            if layer and other != node and other.value.startswith(ID.base):
                yield Edge(quad.predicate, other, quad.subject == node, layer)


def _layer(quad: Quad) -> str:
    graph = quad.graph_name
    if graph == INFERRED_GRAPH:
        return "inferred"
    if graph == REGISTER_GRAPH:
        return "register"
    return "said" if isinstance(graph, NamedNode) and graph.value.startswith(_ARTICLES) else ""


def _rank(edge: Edge) -> tuple[object, ...]:
    """Return how firm and plain an edge is, less being firmer."""
    layers = ("said", "register", "inferred")
    return layers.index(edge.layer), not edge.is_out, edge.predicate.value, edge.other.value


def _order(edge: Edge, name: Namer) -> tuple[object, ...]:
    place = (not edge.is_out, name(edge.predicate), edge.predicate.value)
    return (*place, edge.layer == "inferred", name(edge.other), edge.other.value)


def neighbours(edges: Iterable[Edge]) -> tuple[NamedNode, ...]:
    """Return the neighbours that edges join a thing to, each once, in their order."""
    return tuple(dict.fromkeys(edge.other for edge in edges))
