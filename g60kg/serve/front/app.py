"""The front's application: each request bounded, handed on, answered, counted and logged.

Goes in: requests as ASGI has them. Comes out: responses. What a worker must answer goes through the pool;
what lasts is kept and given again until the graph changes.
"""

import asyncio
import logging
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from g60kg.serve.answer import lasting_headers, tag_of
from g60kg.serve.front.access import AccessLog
from g60kg.serve.front.cache import Cache
from g60kg.serve.front.coding import coded, takes_gzip
from g60kg.serve.front.headers import headers_of
from g60kg.serve.front.incoming import HungUp, Scope, read_request
from g60kg.serve.front.metrics import Metrics
from g60kg.serve.front.own import Own, refused_page
from g60kg.serve.front.places import Places, read_path
from g60kg.serve.front.pool import Pool
from g60kg.serve.front.rate import Rate
from g60kg.serve.front.together import Together
from g60kg.serve.front.watch import Watch
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused
from g60kg.serve.routes import Route
from g60kg.serve.values import Request, Response

_LOG: Final = logging.getLogger("g60kg.serve")
_PART: Final = 1 << 17
_CORS: Final = (
    ("Access-Control-Allow-Headers", "Accept, Accept-Language, Authorization, Content-Type, If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
)
_UNREAD: Final = frozenset(("health", "ready", "metrics"))
"""Routes that no rate bounds: who operates the server asks them."""


@dataclass(slots=True)
class Visit:
    """One request on its way: what is logged of it, and what its response is made with."""

    scope: Scope
    began: float
    client: str
    accept: str = ""
    gzip: bool = False
    route: str = "-"
    work: float = 0.0
    headers: dict[bytes, bytes] = field(default_factory=dict)


class Front:
    """The application that a server of ASGI runs."""

    def __init__(
        self,
        *,
        pool: Pool,
        places: Places,
        own: Own,
        metrics: Metrics,
        watch: Watch,
        cache: Cache,
        limits: Limits,
        log: AccessLog,
        base: str = "",
    ) -> None:
        self._pool, self._places, self._own, self._metrics = pool, places, own, metrics
        self._watch, self._cache, self._limits, self._log, self._base = watch, cache, limits, log, base
        self._prefix = base.split("://", 1)[-1].partition("/")[2].rstrip("/")
        self._rate = Rate(limits.rate, limits.burst)
        self._writing = asyncio.Lock()
        self._together = Together(pool)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer one request."""
        visit = _visit(scope)
        try:
            response = await self._answered(visit, receive)
        except HungUp:
            self._logged(visit, 499, 0)
            return
        await self._send(visit, response, send)

    async def _answered(self, visit: Visit, receive: Any) -> Response:
        try:
            return await self._answer(visit, receive)
        except Refused as refused:
            return refused_page(refused, visit.accept, self._base)
        except HungUp:
            raise
        except Exception:
            _LOG.exception("%s", visit.scope["raw_path"])
            return refused_page(_broken(), visit.accept, self._base)

    async def _answer(self, visit: Visit, receive: Any) -> Response:
        path = self._path(visit)
        found = self._own.answer(path, gzip=visit.gzip)
        if found is None or found[0] not in _UNREAD:
            self._check_rate(visit)
        if found is not None:
            visit.route = found[0]
            _check_method(visit.scope["method"], ("GET",))
            return _unless_known(visit, found[1])
        route, values = self._places.find(path)
        visit.route = route.name
        if visit.scope["method"] == "OPTIONS":
            return _options(route)
        if route.name != "missing":
            _check_method(visit.scope["method"], route.methods)
        request = await read_request(visit.scope, receive, route, values, self._limits)
        return coded(await self._asked(visit, route, request), gzip=visit.gzip)

    def _path(self, visit: Visit) -> str:
        """Return the path asked for, below the path of the base where it is given."""
        path = read_path(visit.scope["raw_path"])
        if self._prefix and path.startswith(f"/{self._prefix}/"):
            return path[len(self._prefix) + 1 :]
        return path

    def _check_rate(self, visit: Visit) -> None:
        wait = self._rate.wait(visit.client, time.monotonic())
        if wait:
            headers = (("Retry-After", str(int(wait) + 1)),)
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "too many requests in a short time; wait", headers)

    async def _asked(self, visit: Visit, route: Route, request: Request) -> Response:
        """Return the answer of a route: kept from before, known to the client, or made by a worker."""
        version = self._pool.staff.version
        lasts = route.lasting and request.method == "GET" and bool(version)
        tag = tag_of(version, self._base, request) if lasts else ""
        if tag and tag in request.header("if-none-match"):
            return Response(status=304, headers=lasting_headers(tag))
        kept = self._cache.get(tag) if tag else None
        if kept is not None:
            self._metrics.hit()
            return kept
        return await self._worked(visit, route, request, tag)

    async def _worked(self, visit: Visit, route: Route, request: Request, tag: str) -> Response:
        """Return a worker's answer; who may change the graph is answered one after the other."""
        if request.header("authorization"):
            async with self._writing:
                return await self._asked_pool(visit, route, request, tag)
        return await self._asked_pool(visit, route, request, tag)

    async def _asked_pool(self, visit: Visit, route: Route, request: Request, tag: str) -> Response:
        """Return a worker's answer; where it has changed the graph, when the change is served to all."""
        answer = self._together.ask(tag, request, visit.client, heavy=route.heavy)
        visit.scope["connection"].on_lost(answer.cancel)
        try:
            answered = await answer
        except asyncio.CancelledError:
            raise HungUp from None
        visit.work = answered.seconds
        if answered.changed:
            await self._watch.changed()
        elif tag and answered.response.status == 200 and answered.version == self._pool.staff.version:
            self._cache.put(tag, answered.response)
        return answered.response

    async def _send(self, visit: Visit, response: Response, send: Any) -> None:
        try:
            headers = headers_of(response, shared=visit.route not in _UNREAD)
        except ValueError as error:
            _LOG.error("%s: %s", visit.scope["path"], error)
            response = refused_page(_broken(), visit.accept, self._base)
            headers = headers_of(response, shared=False)
        body = response.body
        if response.status not in (204, 304):
            headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        if visit.scope["method"] == "HEAD":
            body = b""
        for start in range(0, len(body) - _PART, _PART):
            await send({"type": "http.response.body", "body": body[start : start + _PART], "more_body": True})
        last = max(0, (len(body) - 1) // _PART * _PART)
        await send({"type": "http.response.body", "body": body[last:]})
        self._logged(visit, response.status, len(body))

    def refused(self, client: str, status: int) -> None:
        """Count and log what never became a request."""
        self._metrics.count("-", status, 0, 0)
        self._log.put({"client": client, "route": "-", "status": status})

    def _logged(self, visit: Visit, status: int, sent: int) -> None:
        seconds = time.perf_counter() - visit.began
        self._metrics.count(visit.route, status, seconds, sent)
        self._log.put(
            {
                "client": visit.client,
                "method": visit.scope["method"],
                "path": visit.scope["raw_path"].decode("latin-1"),
                "route": visit.route,
                "status": status,
                "bytes": sent,
                "ms": round(seconds * 1000, 2),
                "work_ms": round(visit.work * 1000, 2),
                **({"cut": True} if visit.scope["connection"].is_lost else {}),
            }
        )


def _visit(scope: Scope) -> Visit:
    client = scope["client"]
    visit = Visit(scope, time.perf_counter(), client[0] if client else "-")
    for name, value in scope["headers"]:
        if name == b"accept":
            visit.accept = value.decode("latin-1")
        elif name == b"accept-encoding":
            visit.gzip = takes_gzip(value.decode("latin-1"))
    return visit


def _check_method(method: str, allowed: tuple[str, ...]) -> None:
    if method not in allowed and not (method == "HEAD" and "GET" in allowed):
        text = ", ".join((*allowed, *(("HEAD",) if "GET" in allowed else ()), "OPTIONS"))
        detail = f"the method {method} is not served here; use one of: {text}"
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, detail, (("Allow", text),))


def _options(route: Route) -> Response:
    """Return what a client may do at a route, also from a page of another host."""
    text = ", ".join((*route.methods, "HEAD", "OPTIONS"))
    return Response(status=204, headers=(("Allow", text), ("Access-Control-Allow-Methods", text), *_CORS))


def _unless_known(visit: Visit, response: Response) -> Response:
    """Return a response, or 304 where the client has it."""
    tag = next((value for name, value in response.headers if name == "ETag"), "").removeprefix("W/")
    known = next((value for name, value in visit.scope["headers"] if name == b"if-none-match"), b"")
    if tag and tag.encode() in known:
        return Response(status=304, headers=response.headers)
    return response


def _broken() -> Refused:
    return Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed at this request; others go on")
