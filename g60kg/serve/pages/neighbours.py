"""The graph around a thing, to be walked.

Goes in: `/neighbours/SLUG`, and with `open=SLUG`, as often as wanted, the neighbours that are unfolded. Comes
out: a page with the drawn graph, or, for who asks for JSON, nodes and edges.
"""

import json
from http import HTTPStatus

from pyoxigraph import NamedNode

from g60kg.errors import UnknownName
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.render import render
from g60kg.serve.pages.walk import UNFOLDED, as_json
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.serve.views.around import around
from g60kg.serve.views.finding import nearest_names
from g60kg.terms import ID


def neighbours(site: Site, request: Request) -> Response:
    """Return what is around a thing; raises `UnknownName` with the nearest names."""
    node = _known(site, request.path["slug"])
    page = Page(site, request)
    if "text/html" not in request.header("accept"):
        found = as_json(around(site.kg.store, node, page.names.of), page.names)
        body = json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"
        return Response(body, "application/json")
    unfolded = request.values("open")
    if len(unfolded) > UNFOLDED:
        raise Refused(HTTPStatus.BAD_REQUEST, f"open: at most {UNFOLDED} things are unfolded at once")
    return render(site, request, "neighbours.html", node=node, unfolded=unfolded)


def _known(site: Site, slug: str) -> NamedNode:
    """Return the thing of a slug that the graph knows."""
    try:
        node = ID[slug]
    except ValueError as error:
        raise UnknownName(slug) from error
    if not any(site.kg.store.match(node)):
        raise UnknownName(slug, nearest_names(site.kg.store, slug.replace("-", " ")))
    return node
