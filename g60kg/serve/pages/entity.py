"""The page of an entity: all that is known of it, each fact with what supports it.

Goes in: `/page/SLUG`; with `of=PROPERTY` (and `way=in`), all facts of one property, page by page. Comes out:
a page.
"""

from typing import Final

from pyoxigraph import NamedNode

from g60kg.errors import UnknownName
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.paging import page_number
from g60kg.serve.pages.plots import line_of
from g60kg.serve.pages.render import render
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.serve.views.entity import entity_of
from g60kg.serve.views.facts import Way, groups_of
from g60kg.serve.views.finding import nearest_names
from g60kg.terms import G60, ID, PREFIXES, iri

SIZE: Final = 50
"""Facts of one property on a page."""


def entity(site: Site, request: Request) -> Response:
    """Return the page of an entity; raises `UnknownName` with the nearest names."""
    node = _node(site, request.path["slug"])
    chosen = request.value("of")
    if chosen:
        return _one_property(site, request, node, chosen)
    page = Page(site, request)
    found = entity_of(site.kg.store, node, page.names.of, site.kg.summary.overlays)
    if found is None:
        raise _unknown(site, request.path["slug"])
    series = [line_of(page, each) for each in found.series]
    return render(site, request, "entity.html", page=page, it=found, series=series)


def _one_property(site: Site, request: Request, node: NamedNode, chosen: str) -> Response:
    """Return the page of all facts of one property of an entity."""
    property_ = _property(chosen)
    way: Way = "in" if request.value("way") == "in" else "out"
    number = page_number(request)
    page = Page(site, request)
    groups = groups_of(
        site.kg.store, node, way, page.names.of, shown=SIZE, skip=(number - 1) * SIZE, only=property_.value
    )
    if not groups:
        raise _unknown(site, chosen)
    shown = {"node": node, "group": groups[0], "way": way}
    return render(site, request, "entity-group.html", page=page, it=shown, page_number=number, size=SIZE)


def _node(site: Site, slug: str) -> NamedNode:
    try:
        return ID[slug]
    except ValueError as error:
        raise _unknown(site, slug) from error


def _property(name: str) -> NamedNode:
    prefix, _, _ = name.partition(":")
    try:
        return iri(name) if prefix in PREFIXES else G60[name]
    except ValueError as error:
        raise UnknownName(name) from error


def _unknown(site: Site, slug: str) -> UnknownName:
    return UnknownName(slug, nearest_names(site.kg.store, slug.replace("-", " ")))
