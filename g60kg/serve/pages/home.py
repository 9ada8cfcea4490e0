"""The first page, what the graph holds, each thing a link; and the page that tells what the site is."""

from dataclasses import replace
from typing import Any, Final

from g60kg.describe.lookup import iris
from g60kg.describe.overview import Overview, overview
from g60kg.serve.linked.published import described
from g60kg.serve.pages.asking import tried
from g60kg.serve.pages.links import link, root
from g60kg.serve.pages.map import city_map, routes
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.plots import plotted
from g60kg.serve.site import Site, while_unchanged
from g60kg.serve.sparql.protocol import base_of
from g60kg.serve.values import Request, Response, see, table
from g60kg.terms import ID, SKOS

_CARDS: Final = 12
_TOLD: Final = ("query_seconds", "rows", "answer_bytes", "query_bytes", "upload_bytes")
"""The limits that a user may meet."""
_MAPPED: Final = 50_000
"""Addresses of a sitemap (sitemaps.org)."""
_COUNTED: Final = ("entities", "claims", "triples")


def home(site: Site, request: Request) -> Response:
    """Return the first page."""
    page, held = Page(site, request), _overview(site)
    plots, rest = plotted(page, held.figures)
    return page.render(
        "home.html",
        held=held,
        drawn=city_map(page, (phase.cities for phase in held.phases), routes()),
        cards=rest[:_CARDS],
        plots=plots,
        examples=tried(page),
        articles=tuple(site.kg.articles().to_dicts()),
        linked=page.linked("WebSite", site.base or "/", name="g60kg", description=page.t("site.promise")),
    )


@while_unchanged(2)
def _overview(site: Site) -> Overview:
    """Return what a site holds at a glance."""
    return overview(site.kg.store)


def about(site: Site, request: Request) -> Response:
    """Return the page about the site: the layers of truth, what the dataset holds, its limits."""
    held = described(site)
    told = (each for each in table() if each[0] in _TOLD)
    return Page(site, request).render(
        "about.html",
        held=held,
        counts=tuple((name, getattr(held, name)) for name in _COUNTED),
        limits=tuple((name, getattr(site.limits, name), unit) for name, _, unit, _ in told),
    )


def vocabulary(site: Site, request: Request) -> Response:
    """Lead to the page of the ontology, which documents the vocabulary."""
    return see(link(site, request, "ontology"))


def opensearch(site: Site, request: Request) -> Response:
    """Return what a browser needs to search here (OpenSearch 1.1)."""
    return xml_page(site, request, "opensearch.xml", "application/opensearchdescription+xml")


def sitemap(site: Site, request: Request) -> Response:
    """Return the addresses of the pages for crawlers: those of all, of articles, questions and entities."""
    routes = ("home", "ask", "queries", "articles", "changes", "review", "history", "ontology", "about")
    pages = [link(site, request, route) for route in routes]
    pages += [link(site, request, "query", name=stored.name) for stored in site.kg.catalogue]
    pages += [link(site, request, "article", id=row["article"]) for row in site.kg.articles().to_dicts()]
    things = iris(quad.subject for quad in site.kg.store.match(None, SKOS.prefLabel))
    slugs = sorted(each.value.removeprefix(ID.base) for each in things if each.value.startswith(ID.base))
    pages += [link(site, request, "entity", slug=slug) for slug in slugs[: _MAPPED - len(pages)]]
    return xml_page(site, request, "sitemap.xml", "application/xml", pages=pages)


def newest(site: Site) -> list[dict[str, Any]]:
    """Return the articles, by date and id, the newest first."""
    rows = site.kg.articles().to_dicts()
    return sorted(rows, key=lambda row: (str(row["date"] or ""), row["article"]), reverse=True)


def news(site: Site, request: Request) -> Response:
    """Return the newest articles as an Atom feed (RFC 4287)."""
    entries = [
        {"to": link(site, request, "article", id=row["article"]), "title": row["title"] or row["article"]}
        | {"at": f"{row['date']}T00:00:00Z" if row["date"] else "", "by": "", "text": ""}
        for row in newest(site)[:_CARDS]
    ]
    return xml_page(site, request, "feed.xml", "application/atom+xml", entries=entries, of="articles")


def xml_page(site: Site, request: Request, template: str, kind: str, **values: Any) -> Response:
    """Return a page of XML, whose addresses are whole."""
    host = base_of(site, request).removesuffix(root(site))
    made = Page(site, request).render(template, base=host, **values)
    return replace(made, media_type=f"{kind}; charset=utf-8")
