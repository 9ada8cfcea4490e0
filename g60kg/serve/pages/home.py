"""The first page, what the graph holds, each thing a link; and the page that tells what the site is."""

from functools import lru_cache
from http import HTTPStatus
from typing import Final

from pyoxigraph import NamedNode

from g60kg.describe.overview import Overview, overview
from g60kg.serve.drawings.map import Map, draw_map, places
from g60kg.serve.limits import table
from g60kg.serve.pages.links import link
from g60kg.serve.pages.page import Page, render
from g60kg.serve.pages.plots import plotted
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.terms import ID

_CARDS: Final = 12
_TOLD: Final = ("query_seconds", "rows", "answer_bytes", "query_bytes", "upload_bytes", "rate", "burst")
"""The limits that a user may meet."""
_COUNTED: Final = ("entities", "claims", "triples")


def home(site: Site, request: Request) -> Response:
    """Return the first page."""
    held = _overview(site) if site.version else overview(site.kg.store)
    page = Page(site, request)
    figures = plotted(page, held.figures)
    return render(
        site,
        request,
        "home.html",
        page=page,
        held=held,
        drawn=_map(held, page),
        thing=ID.__getitem__,
        cards=figures.rest[:_CARDS],
        plots=figures.plots,
        articles=tuple(site.kg.articles().to_dicts()),
    )


@lru_cache(maxsize=2)
def _overview(site: Site) -> Overview:
    """Return what a site holds at a glance; made once for each version of a site."""
    return overview(site.kg.store)


def _map(held: Overview, page: Page) -> Map | None:
    phases = [[_slug(city) for city in phase.cities] for phase in held.phases]
    return draw_map(phases, places(), lambda slug: page.label(ID[slug]))


def _slug(node: NamedNode) -> str:
    return node.value.removeprefix(ID.base)


def about(site: Site, request: Request) -> Response:
    """Return the page about the site: the layers of truth, what the dataset holds, its limits."""
    held = site.kg.describe_dataset()
    told = (each for each in table() if each[0] in _TOLD)
    return render(
        site,
        request,
        "about.html",
        held=held,
        counts=tuple((name, getattr(held, name)) for name in _COUNTED),
        limits=tuple((name, getattr(site.limits, name), unit) for name, _, unit, _ in told),
    )


def vocabulary(site: Site, request: Request) -> Response:
    """Lead to the page of the ontology, which documents the vocabulary."""
    return Response(status=HTTPStatus.SEE_OTHER, headers=(("Location", link(site, request, "ontology")),))
