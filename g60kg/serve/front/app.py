"""The front's application: each request bounded, handed on, answered, counted and logged.

Goes in: requests as ASGI has them. Comes out: responses. What the front cannot answer itself
goes to workers.
"""

import logging
import time
from http import HTTPStatus
from typing import Any, Final

from g60kg.serve.front.answers import Answers
from g60kg.serve.front.coding import coded
from g60kg.serve.front.incoming import HungUp, Scope, read_request
from g60kg.serve.front.outgoing import Outgoing
from g60kg.serve.front.own import OPERATION, Own, refused_page
from g60kg.serve.front.places import Places, read_path
from g60kg.serve.front.rate import Rate
from g60kg.serve.front.visit import Visit, visit_of
from g60kg.serve.limits import Limits
from g60kg.serve.problem import FAILED, Refused
from g60kg.serve.routes import Route
from g60kg.serve.values import Response

_LOG: Final = logging.getLogger("g60kg.serve")
_CORS: Final = (
    ("Access-Control-Allow-Headers", "Accept, Accept-Language, Authorization, Content-Type, If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
)


class Front:
    """The application that a server of ASGI runs."""

    def __init__(
        self, places: Places, own: Own, answers: Answers, outgoing: Outgoing, limits: Limits, base: str = ""
    ) -> None:
        self._places, self._own, self._answers, self._outgoing = places, own, answers, outgoing
        self._limits, self._base = limits, base
        self._prefix = base.split("://", 1)[-1].partition("/")[2].rstrip("/")
        self._rate = Rate(limits.rate, limits.burst)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer one request."""
        visit = visit_of(scope)
        try:
            response = await self._answered(visit, receive)
        except HungUp:
            self._outgoing.logged(visit, 499, 0)
            return
        await self._outgoing.send(visit, response, send)

    async def _answered(self, visit: Visit, receive: Any) -> Response:
        try:
            return await self._answer(visit, receive)
        except Refused as refused:
            return refused_page(refused, visit.accept, self._base)
        except HungUp:
            raise
        except Exception:
            _LOG.exception("%s", visit.scope["raw_path"])
            return refused_page(FAILED, visit.accept, self._base)

    async def _answer(self, visit: Visit, receive: Any) -> Response:
        path = self._path(visit)
        found = self._own.answer(path, gzip=visit.gzip)
        if found is None or found[0] not in OPERATION:
            self._check_rate(visit)
        if found is not None:
            visit.route = found[0]
            _check_method(visit.method, ("GET",))
            return _unless_known(visit, found[1])
        route, values = self._places.find(path)
        visit.route = route.name
        if visit.method == "OPTIONS":
            return _options(route)
        if route.name != "missing":
            _check_method(visit.method, route.methods)
        request = await read_request(visit.scope, receive, route, values, self._limits)
        return coded(await self._answers.of(visit, route, request), gzip=visit.gzip)

    def _path(self, visit: Visit) -> str:
        """Return the path asked for, below the path of the base where it is given."""
        path = read_path(visit.scope["raw_path"])
        if self._prefix and f"{path}/".startswith(f"/{self._prefix}/"):
            return path[len(self._prefix) + 1 :] or "/"
        return path

    def _check_rate(self, visit: Visit) -> None:
        wait = self._rate.wait(visit.client, time.monotonic())
        if wait:
            headers = (("Retry-After", str(int(wait) + 1)),)
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "too many requests in a short time; wait", headers)


def _check_method(method: str, methods: tuple[str, ...]) -> None:
    if method not in (*methods, "HEAD"):
        text = _allowed(methods)
        detail = f"the method {method} is not served here; use one of: {text}"
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, detail, (("Allow", text),))


def _allowed(methods: tuple[str, ...]) -> str:
    """Return what may be done where these methods are served, GET always among them."""
    return ", ".join((*methods, "HEAD", "OPTIONS"))


def _options(route: Route) -> Response:
    """Return what a client may do at a route, also from a page of another host."""
    text = _allowed(route.methods)
    return Response(status=204, headers=(("Allow", text), ("Access-Control-Allow-Methods", text), *_CORS))


def _unless_known(visit: Visit, response: Response) -> Response:
    """Return a response, or 304 where the client has it."""
    tag = next((value for name, value in response.headers if name == "ETag"), "").removeprefix("W/")
    if tag and tag in visit.header(b"if-none-match"):
        return Response(status=304, headers=response.headers)
    return response
