"""Answering one request, in a worker.

Goes in: a `Site` and a `Request`. Comes out: a `Response`, whatever happens: an error becomes the status that
says so, and a lasting answer that the client has already becomes 304 without being made again.
"""

import logging
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import blake2b
from http import HTTPStatus
from importlib import import_module
from typing import Final

from g60kg.serve.problem import Refused, problem, refusal
from g60kg.serve.routes import ROUTES, Route
from g60kg.serve.site import Site
from g60kg.serve.values import Pairs, Request, Response

_ROUTES: Final = {route.name: route for route in ROUTES}
_LOG: Final = logging.getLogger("g60kg.serve")
Handler = Callable[[Site, Request], Response]


def answer(site: Site, request: Request) -> Response:
    """Answer a request by the function of its route."""
    route = _ROUTES[request.route]
    lasts = route.lasting and request.method == "GET" and bool(site.version)
    tag = tag_of(site.version, site.base, request) if lasts else ""
    if tag and tag in request.header("if-none-match"):
        return Response(status=304, headers=lasting_headers(tag))
    response = _tried(site, request, route)
    if not tag or response.status != 200:
        return response
    headers = (*response.headers, *lasting_headers(tag))
    return Response(response.body, response.media_type, response.status, headers)


def lasting_headers(tag: str) -> Pairs:
    """Return the headers of a lasting answer: keep it, and ask each time whether it is still so."""
    return (("ETag", tag), ("Cache-Control", "no-cache"), ("Vary", "Accept, Accept-Language"))


def _tried(site: Site, request: Request, route: Route) -> Response:
    try:
        return _handler(route.answers)(site, request)
    except Exception as error:
        refused = refusal(error)
        if refused.status == 500:
            _LOG.exception("%s %s", request.method, request.url)
        if "text/html" in request.header("accept"):
            from g60kg.serve.pages.failure import failure

            return failure(site, request, refused)
        return problem(refused)


@cache
def _handler(name: str) -> Handler:
    module, function = name.split(":")
    handler: Handler = getattr(import_module(f"g60kg.serve.{module}"), function)
    return handler


def tag_of(version: str, base: str, request: Request) -> str:
    """Return the ETag of a lasting answer: the graph and these parts of the request decide it."""
    parts = (
        version,
        base,
        request.route,
        sorted(request.path.items()),
        request.query,
        request.header("accept"),
        request.header("accept-language"),
    )
    return f'"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


def handlers() -> Iterator[Handler]:
    """Yield the function of each route, imported when it is taken."""
    for route in ROUTES:
        yield _handler(route.answers)


def missing(site: Site, request: Request) -> Response:
    """Answer a request for what is not served."""
    raise Refused(HTTPStatus.NOT_FOUND, "nothing is served at this address; begin at /")
