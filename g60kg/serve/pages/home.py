"""The first page: what the graph holds, each thing a link.

Goes in: a `Site` and a `Request`. Comes out: a page: the corridor as a picture with its phases, companies and
parks, figures, newest claims, articles.
"""

from typing import Final

from pyoxigraph import NamedNode

from g60kg.serve.drawings.map import Map, draw_map, places
from g60kg.serve.pages.names import Names
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.plots import plotted
from g60kg.serve.pages.render import render
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.serve.views.overview import Overview, overview
from g60kg.terms import ID

_CARDS: Final = 12


def home(site: Site, request: Request) -> Response:
    """Return the first page."""
    held = overview(site) if site.version else overview.__wrapped__(site)
    page = Page(site, request)
    figures = plotted(page, held.figures)
    return render(
        site,
        request,
        "home.html",
        page=page,
        held=held,
        drawn=_map(held, page.names),
        thing=ID.__getitem__,
        cards=figures.rest[:_CARDS],
        plots=figures.plots,
        articles=tuple(site.kg.articles().to_dicts()),
    )


def _map(held: Overview, names: Names) -> Map | None:
    phases = [[_slug(city) for city in phase.cities] for phase in held.phases]
    return draw_map(phases, places(), lambda slug: names.of(ID[slug]))


def _slug(node: NamedNode) -> str:
    return node.value.removeprefix(ID.base)
