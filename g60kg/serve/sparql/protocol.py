"""The SPARQL 1.1 Protocol at `/sparql`.

Goes in: a request. Comes out: the answer to its query, the success of its update, or, where it asks
nothing, the description of the service; who asks nothing with a browser is led to the editor.
Source: SPARQL 1.1 Protocol; SPARQL 1.1 Service Description, section 2.
"""

from http import HTTPStatus
from typing import Final

from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.asked import Asked, read_asked
from g60kg.serve.sparql.formats import GRAPHS, TABLES
from g60kg.serve.sparql.negotiate import preferred
from g60kg.serve.values import Request, Response

_OFFERS: Final = (*GRAPHS.media_types, "text/html")
_ANSWERS: Final = (*TABLES.media_types, *_OFFERS)


def sparql(site: Site, request: Request) -> Response:
    """Answer a request of the protocol."""
    asked = read_asked(request)
    if asked is None:
        return _described(site, request)
    if asked.kind == "update":
        from g60kg.serve.sparql.update import update

        return update(site, request, asked)
    _check_length(site, asked)
    if _wants_page(request, asked):
        from g60kg.serve.pages.editor import editor

        return editor(site, request)
    from g60kg.serve.sparql.query import query

    return query(site, request, asked)


def _wants_page(request: Request, asked: Asked) -> bool:
    """Whether a browser asks, and of the whole graph: the editor's page can show no other answer."""
    if request.method != "GET" or asked.format or asked.has_dataset:
        return False
    return preferred(request.header("accept"), _ANSWERS) == "text/html"


def _described(site: Site, request: Request) -> Response:
    accept = request.header("accept")
    if preferred(accept, _OFFERS) == "text/html":
        from g60kg.serve.pages.links import link

        headers = (("Location", link(site, request, "editor")), ("Vary", "Accept"))
        return Response(status=HTTPStatus.SEE_OTHER, headers=headers)
    from g60kg.serve.sparql.service import service

    return service(site, request)


def _check_length(site: Site, asked: Asked) -> None:
    size, most = len(asked.text.encode()), site.limits.query_bytes
    if size > most:
        detail = f"the query is {size:,} bytes long, and may be {most:,.0f}; shorten it"
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
