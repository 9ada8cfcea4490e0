"""What is around a thing: the things that a fact joins it to, each once.

What an article or the register says comes before what follows, and of a neighbour that something held joins,
nothing is shown that merely follows.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode, Quad

from g60kg.describe.facts import LAYERS, NAMED, Namer, layer_of
from g60kg.describe.lookup import grouped
from g60kg.store import Store
from g60kg.terms import G60, ID

Way = tuple[NamedNode, bool]
"""A property, and whether it leads from a thing or to it."""
MOST: Final = 24
"""So many edges of a thing are shown."""
_READ: Final = 300
"""So many facts are read from a thing, and as many to it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A fact that joins a thing to another: from it where `is_out`, else to it."""

    predicate: NamedNode
    other: NamedNode
    is_out: bool
    layer: str


@dataclass(frozen=True, slots=True)
class Around:
    """The edges of a thing that are shown, by property and name; how many there are of each property.

    `is_cut`: there are more facts than were read, so that the numbers are too small.
    """

    node: NamedNode
    edges: tuple[Edge, ...]
    totals: Mapping[Way, int]
    is_cut: bool = False

    @property
    def neighbours(self) -> tuple[NamedNode, ...]:
        """The things that its edges join it to, each once, in their order."""
        return tuple(dict.fromkeys(edge.other for edge in self.edges))


def around(
    store: Store, node: NamedNode, name: Namer, most: int = MOST, first: Collection[NamedNode] = ()
) -> Around:
    """Return what is around a thing; of more than `most` edges some of each property, those to `first`
    before others.
    """
    ways = [list(islice(each, _READ + 1)) for each in (store.match(node), store.match(None, None, node))]
    quads = (quad for way in ways for quad in way[:_READ])
    found: dict[NamedNode, list[Edge]] = {}

    def rank(edge: Edge) -> tuple[object, ...]:
        return LAYERS.index(edge.layer), not edge.is_out, edge.predicate.value, edge.other.value

    for edge in sorted(set(_edges(quads, node)), key=rank):  # the firmest and plainest first
        kept = found.setdefault(edge.other, [])
        is_known = any((each.predicate, each.is_out) == (edge.predicate, edge.is_out) for each in kept)
        if not kept or not (is_known or edge.layer == "inferred"):
            kept.append(edge)
    groups = _groups((edge for kept in found.values() for edge in kept), name, first)
    totals = {way: len(edges) for way, edges in groups.items()}
    shares = _shares(totals, most)
    shown = tuple(edge for way, edges in groups.items() for edge in edges[: shares[way]])
    return Around(node, shown, totals, any(len(way) > _READ for way in ways))


def _groups(edges: Iterable[Edge], name: Namer, first: Collection[NamedNode]) -> dict[Way, list[Edge]]:
    """Return edges by property: those from a thing first, and of each the firmest first."""
    groups = grouped(((edge.predicate, edge.is_out), edge) for edge in edges)

    def ordered(edges: list[Edge]) -> list[Edge]:
        called: Namer = name if len(edges) <= NAMED else str
        return sorted(
            edges, key=lambda e: (e.other not in first, e.layer == "inferred", called(e.other), e.other.value)
        )

    ways = sorted(groups, key=lambda way: (not way[1], name(way[0]), way[0].value))
    return {way: ordered(groups[way]) for way in ways}


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


def _edges(quads: Iterable[Quad], node: NamedNode) -> Iterator[Edge]:
    for quad in quads:
        other = quad.object if quad.subject == node else quad.subject
        if quad.predicate.value.startswith(G60.base) and isinstance(other, NamedNode):
            layer = layer_of(quad.graph_name)
            if layer != "axiom" and other != node and other.value.startswith(ID.base):
                yield Edge(quad.predicate, other, quad.subject == node, layer)
