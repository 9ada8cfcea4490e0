"""What is around a thing: the things that a fact joins it to, each once.

Goes in: a store and a thing. Comes out: its edges: those that an article or the register says before those
that follow, and of a neighbour that something held joins nothing that merely follows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from pyoxigraph import NamedNode, Quad

from g60kg.serve.views.facts import Namer
from g60kg.store import Store
from g60kg.terms import G60, GRAPH, ID, INFERRED_GRAPH, REGISTER_GRAPH

MOST: Final = 24
"""So many neighbours of a thing are shown."""
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
    """The edges of a thing that are shown, by property and name, and how many neighbours it has in all."""

    node: NamedNode
    edges: tuple[Edge, ...]
    total: int


def around(store: Store, node: NamedNode, name: Namer, most: int = MOST) -> Around:
    """Return what is around a thing; of more than `most` neighbours those that something held joins first."""
    found: dict[NamedNode, list[Edge]] = {}
    for edge in sorted(set(_edges(store, node)), key=_rank):
        kept = found.setdefault(edge.other, [])
        if not kept or edge.layer != "inferred":
            kept.append(edge)
    firm = sorted(found, key=lambda other: (found[other][0].layer == "inferred", name(other), other.value))
    edges = [edge for other in firm[:most] for edge in found[other]]
    return Around(node, tuple(sorted(edges, key=lambda edge: _order(edge, name))), len(found))


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
    return not edge.is_out, name(edge.predicate), edge.predicate.value, name(edge.other), edge.other.value


def neighbours(edges: Iterable[Edge]) -> tuple[NamedNode, ...]:
    """Return the neighbours that edges join a thing to, each once, in their order."""
    return tuple(dict.fromkeys(edge.other for edge in edges))
