"""What is served where (`routes.yaml`), and the answer of one request, in a worker, whatever happens.

An error becomes the status that says so; a lasting answer that the client has already becomes 304 without
being made again. A function that answers is imported where it is called: in a worker, never in the front.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Final

import yaml

from g60kg.serve.problem import absent, problem, refusal
from g60kg.serve.site import Site
from g60kg.serve.values import Pairs, Request, Response

_LOG: Final = logging.getLogger("g60kg.serve")
Handler = Callable[[Site, Request], Response]


@dataclass(frozen=True, slots=True)
class Route:
    """A route. `answers` is `module:function` below `g60kg.serve`: from `Site` and `Request` to `Response`.

    `lasting`: the answer to GET depends on the graph and the request alone, so that it bears an ETag.
    `heavy`: the client says how much work it is, always or where it gives the parameter `heavy_with`; one
    worker is always kept for the others. `reads`: what is sent is a text, for the worker that reads texts.
    """

    name: str
    path: str
    answers: str
    methods: Sequence[str] = ("GET",)
    lasting: bool = True
    heavy: bool = False
    heavy_with: str = ""
    reads: bool = False

    def is_heavy(self, request: Request) -> bool:
        """Whether a request is heavy work."""
        return self.heavy or (bool(self.heavy_with) and request.value(self.heavy_with) is not None)


_READ: Final = yaml.safe_load(Path(__file__).with_name("routes.yaml").read_text("utf-8"))
ROUTES: Final = {name: Route(name, **parts) for name, parts in _READ.items()}
"""All that is served, by name; the first route that fits counts."""


def answer(site: Site, request: Request) -> Response:
    """Answer a request by the function of its route."""
    tag = tag_of(site.version, site.base, request)
    if known := unless_new(tag, request):
        return known
    try:
        response = _handler(ROUTES[request.route].answers)(site, request)
    except Exception as error:
        refused = refusal(error)
        if refused.status == 500:
            _LOG.exception("%s %s", request.method, request.url)
        if "text/html" in request.header("accept"):
            from g60kg.serve.pages.page import failure

            return failure(site, request, refused)
        return problem(refused)
    if not tag or response.status != 200:
        return response
    return replace(response, headers=(*response.headers, *_lasting_headers(tag)))


def unless_new(tag: str, request: Request) -> Response | None:
    """Return 304 to a client that has the answer of a tag already; else None."""
    if tag and tag in request.header("if-none-match"):
        return Response(status=304, headers=_lasting_headers(tag))
    return None


def _lasting_headers(tag: str) -> Pairs:
    """Return the headers of a lasting answer: keep it, and ask each time whether it is still so."""
    return (("ETag", tag), ("Cache-Control", "no-cache"), ("Vary", "Accept, Accept-Language"))


@cache
def _handler(name: str) -> Handler:
    module, function = name.split(":")
    handler: Handler = getattr(import_module(f"g60kg.serve.{module}"), function)
    return handler


def tag_of(version: str, base: str, request: Request) -> str:
    """Return the ETag of a lasting answer, empty for any other: the graph and these parts decide it."""
    if not (version and request.method == "GET" and ROUTES[request.route].lasting):
        return ""
    path, likes = sorted(request.path.items()), map(request.header, ("accept", "accept-language"))
    parts = (version, base, request.route, path, request.query, *likes)
    return f'"{blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


def handlers() -> Iterator[Handler]:
    """Yield the function of each route, imported when it is taken."""
    for route in ROUTES.values():
        yield _handler(route.answers)


def missing(site: Site, request: Request) -> Response:
    """Answer a request for what is not served."""
    raise absent("nothing is served at this address; begin at /")
