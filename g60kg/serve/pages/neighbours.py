"""The graph around a thing, to be walked: drawn, with some of its neighbours unfolded, or as JSON."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.describe.around import Around, around
from g60kg.errors import UnknownName
from g60kg.serve.linked.things import node_of
from g60kg.serve.pages.page import Page, PageNames
from g60kg.serve.problem import wrong
from g60kg.serve.site import Site, names_of
from g60kg.serve.values import Request, Response, in_json
from g60kg.store import Store
from g60kg.terms import ID, curie


@dataclass(frozen=True, slots=True)
class Item:
    """A thing in the tree: itself, the layer of the fact that leads to it, and its twigs.

    A twig is a property in words, with the things that it leads to.
    """

    node: NamedNode
    layer: str
    twigs: "tuple[tuple[str, tuple[Item, ...]], ...]"

    @property
    def slug(self) -> str:
        """What names it in an address."""
        return self.node.value.removeprefix(ID.base)


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
        return in_json(as_json(around(site.kg.store, node, page.names.of), page.names))
    unfolded = request.values("open")
    if len(unfolded) > UNFOLDED:
        raise wrong(f"open: at most {UNFOLDED} things are unfolded at once")
    return page.render("neighbours.html", node=node, unfolded=unfolded, **drawing(page))


def unknown(site: Site, slug: str) -> UnknownName:
    """Return the error of an address at which there is nothing, with the names that are most like it."""
    near = names_of(site).nearest(slug.replace("-", " "))
    return UnknownName(slug, [hit.name.value for hit in near])


def drawing(page: Page) -> dict[str, Any]:
    """Return what a template needs to show the graph around a thing: `walk` and `folded`."""

    def drawn(term: NamedNode, unfolded: Sequence[str] = ()) -> Item:
        """Return the tree around a term; `unfolded` are the slugs of neighbours that are."""
        nodes = [node for slug in unfolded if (node := node_of("id", slug))]
        return walk(page.site.kg.store, page.names, term, nodes)

    def folded(unfolded: Sequence[str], slug: str) -> list[str]:
        """Return the slugs of what is unfolded once this one was folded, or unfolded if it was not."""
        kept = [each for each in unfolded if each != slug]
        return kept if slug in unfolded else [*kept, slug][-UNFOLDED:]

    return {"walk": drawn, "folded": folded}


def walk(
    store: Store,
    names: PageNames,
    node: NamedNode,
    unfolded: Collection[NamedNode] = (),
    layer: str = "said",
    trail: tuple[NamedNode, ...] = (),
) -> Item:
    """Return the tree around a thing, to which `trail` led; what is unfolded, but not in it, is left out."""
    twigs: list[tuple[str, tuple[Item, ...]]] = []
    if not trail or (node in unfolded and len(trail) < _DEEP):
        found = around(store, node, names.of, _FEW if trail else _MANY, unfolded)
        edges = [edge for edge in found.edges if edge.other not in trail]
        for way, group in groupby(edges, key=lambda edge: (edge.predicate, edge.is_out)):
            kids = [walk(store, names, e.other, unfolded, e.layer, (*trail, node)) for e in group]
            known = sum(1 for edge in found.edges if (edge.predicate, edge.is_out) == way)
            total = f"{found.totals[way]}{'+' if found.is_cut else ''}"  # not all facts may have been read
            said = f"{'' if way[1] else '← '}{names.of(way[0])}"
            twigs.append((said if total == str(known) else f"{said} {known}/{total}", tuple(kids)))
    return Item(node, layer, tuple(twigs))


def as_json(found: Around, names: PageNames) -> dict[str, Any]:
    """Return what is around a thing as nodes and edges."""
    return {
        "node": found.node.value,
        "total": sum(found.totals.values()),
        "more": found.is_cut,
        "nodes": [
            {
                "iri": node.value,
                "label": names.of(node),
                "kind": curie(kind) if (kind := names.kind(node)) else None,
                "group": names.group(node),
            }
            for node in (found.node, *found.neighbours)
        ],
        "edges": [
            {
                "source": (found.node if edge.is_out else edge.other).value,
                "predicate": curie(edge.predicate),
                "label": names.of(edge.predicate),
                "target": (edge.other if edge.is_out else found.node).value,
                "layer": edge.layer,
            }
            for edge in found.edges
        ],
    }
