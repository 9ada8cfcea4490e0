"""The graph around a thing, with some of its neighbours unfolded.

Goes in: a store, names, a thing, and the things that are unfolded. Comes out: a drawn `Tree`, or the nodes
and edges as JSON has them.
"""

from collections.abc import Collection
from itertools import groupby
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.serve.drawings.tree import Item, Tree, Twig, draw_tree
from g60kg.serve.pages.names import Names
from g60kg.serve.views.around import Around, Edge, Way, around, neighbours
from g60kg.store import Store
from g60kg.terms import ID, curie

UNFOLDED: Final = 12
"""So many things may be unfolded at once."""
_MANY: Final = 20
_FEW: Final = 12
_DEEP: Final = 4


def walk(store: Store, names: Names, root: NamedNode, unfolded: Collection[NamedNode] = ()) -> Tree:
    """Return the tree around a thing; what is unfolded and not in it changes nothing."""
    return draw_tree(_item(store, names, root, "said", unfolded, (root,)))


def _item(
    store: Store,
    names: Names,
    node: NamedNode,
    layer: str,
    unfolded: Collection[NamedNode],
    trail: tuple[NamedNode, ...],
) -> Item:
    is_open = node == trail[0] or (node in unfolded and len(trail) <= _DEEP)
    twigs: list[Twig] = []
    if is_open:
        found = around(store, node, names.of, _FEW if len(trail) > 1 else _MANY)
        edges = [edge for edge in found.edges if edge.other not in trail]
        for way, group in groupby(edges, key=lambda edge: (edge.predicate, edge.is_out)):
            kids = [_item(store, names, e.other, e.layer, unfolded, (*trail, e.other)) for e in group]
            known = sum(1 for edge in found.edges if (edge.predicate, edge.is_out) == way)
            twigs.append(Twig(_said(names, way, known, _total(found, way)), tuple(kids)))
    return Item(_slug(node), names.of(node), layer, tuple(twigs))


def _total(found: Around, way: Way) -> str:
    """Return how many edges of a property there are; at least, where not all facts were read."""
    return f"{found.totals[way]}{'+' if found.is_cut else ''}"


def _said(names: Names, way: Way, shown: int, total: str) -> str:
    """Return a property in words, and where not all of its edges are shown, how many there are."""
    arrow = "" if way[1] else "← "
    return f"{arrow}{names.of(way[0])}{f' {shown}/{total}' if total != str(shown) else ''}"


def as_json(found: Around, names: Names) -> dict[str, Any]:
    """Return what is around a thing as nodes and edges."""
    return {
        "node": found.node.value,
        "total": sum(found.totals.values()),
        "more": found.is_cut,
        "nodes": [_node(each, names) for each in (found.node, *neighbours(found.edges))],
        "edges": [_edge(found.node, edge, names) for edge in found.edges],
    }


def _node(node: NamedNode, names: Names) -> dict[str, Any]:
    kind = names.kind(node)
    return {
        "iri": node.value,
        "label": names.of(node),
        "kind": curie(kind) if kind else None,
        "group": names.group(node),
    }


def _edge(node: NamedNode, edge: Edge, names: Names) -> dict[str, Any]:
    ends = (node, edge.other) if edge.is_out else (edge.other, node)
    return {
        "source": ends[0].value,
        "predicate": curie(edge.predicate),
        "label": names.of(edge.predicate),
        "target": ends[1].value,
        "layer": edge.layer,
    }


def is_slug(text: str) -> bool:
    """Whether a text makes the IRI of a thing."""
    try:
        ID[text]
    except ValueError:
        return False
    return bool(text)


def _slug(node: NamedNode) -> str:
    return node.value.removeprefix(ID.base)
