"""The graph around a thing, to be walked: drawn, with some of its neighbours unfolded, or as JSON."""

import json
from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.describe.around import Around, Edge, around, neighbours_of
from g60kg.describe.search import nearest_names
from g60kg.errors import UnknownName
from g60kg.serve.drawings.tree import Item, Tree, Twig, draw_tree
from g60kg.serve.linked.things import node_of
from g60kg.serve.pages.page import Page, PageNames
from g60kg.serve.problem import wrong
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.store import Store
from g60kg.terms import ID, curie

UNFOLDED: Final = 12
"""So many things may be unfolded at once."""
_MANY: Final = 20
_FEW: Final = 12
_DEEP: Final = 4


def neighbours(site: Site, request: Request) -> Response:
    """Return what is around a thing: a page, or nodes and edges for who asks for JSON.

    `open=SLUG`, as often as wanted, unfolds a neighbour. Raises `UnknownName` with the nearest names.
    """
    slug = request.path["slug"]
    node = node_of("id", slug)
    if node is None or not any(site.kg.store.match(node)):
        raise unknown(site, slug)
    page = Page(site, request)
    if "text/html" not in request.header("accept"):
        found = as_json(around(site.kg.store, node, page.names.of), page.names)
        body = json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"
        return Response(body, "application/json")
    unfolded = request.values("open")
    if len(unfolded) > UNFOLDED:
        raise wrong(f"open: at most {UNFOLDED} things are unfolded at once")
    return page.render("neighbours.html", node=node, unfolded=unfolded, **drawing(page))


def unknown(site: Site, slug: str) -> UnknownName:
    """Return the error of an address at which there is nothing, with the names that are most like it."""
    return UnknownName(slug, nearest_names(site.kg.store, slug.replace("-", " ")))


def drawing(page: Page) -> dict[str, Any]:
    """Return what a template needs to draw the graph around a thing."""

    def drawn(term: NamedNode, unfolded: Sequence[str] = ()) -> Tree:
        """Return the graph around a term; `unfolded` are the slugs of neighbours that are."""
        nodes = [node for slug in unfolded if (node := node_of("id", slug))]
        return walk(page.site.kg.store, page.names, term, nodes)

    def folded(unfolded: Sequence[str], slug: str) -> list[str]:
        """Return the slugs of what is unfolded once this one was folded, or unfolded if it was not."""
        kept = [each for each in unfolded if each != slug]
        return kept if slug in unfolded else [*kept, slug][-UNFOLDED:]

    return {"walk": drawn, "folded": folded}


def walk(store: Store, names: PageNames, root: NamedNode, unfolded: Collection[NamedNode] = ()) -> Tree:
    """Return the tree around a thing; what is unfolded and not in it changes nothing."""
    return draw_tree(_item(store, names, root, "said", unfolded, (root,)))


def _item(
    store: Store,
    names: PageNames,
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
            total = f"{found.totals[way]}{'+' if found.is_cut else ''}"  # not all facts may have been read
            said = f"{'' if way[1] else '← '}{names.of(way[0])}"
            twigs.append(Twig(said if total == str(known) else f"{said} {known}/{total}", tuple(kids)))
    return Item(node.value.removeprefix(ID.base), names.of(node), layer, tuple(twigs))


def as_json(found: Around, names: PageNames) -> dict[str, Any]:
    """Return what is around a thing as nodes and edges."""
    return {
        "node": found.node.value,
        "total": sum(found.totals.values()),
        "more": found.is_cut,
        "nodes": [_node(each, names) for each in (found.node, *neighbours_of(found.edges))],
        "edges": [_edge(found.node, edge, names) for edge in found.edges],
    }


def _node(node: NamedNode, names: PageNames) -> dict[str, Any]:
    kind = names.kind(node)
    return {
        "iri": node.value,
        "label": names.of(node),
        "kind": curie(kind) if kind else None,
        "group": names.group(node),
    }


def _edge(node: NamedNode, edge: Edge, names: PageNames) -> dict[str, Any]:
    ends = (node, edge.other) if edge.is_out else (edge.other, node)
    return {
        "source": ends[0].value,
        "predicate": curie(edge.predicate),
        "label": names.of(edge.predicate),
        "target": ends[1].value,
        "layer": edge.layer,
    }
