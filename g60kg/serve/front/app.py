"""The front's application: each request bounded, answered, counted and logged.

An answer is made here, kept from before, known to the client, or made by a worker. Those who may change the
graph are answered one after the other.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from http import HTTPStatus
from math import inf
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request as Asked
from starlette.routing import compile_path
from starlette.types import Receive, Scope, Send

from g60kg.serve.front import messages
from g60kg.serve.front.pool import Pool
from g60kg.serve.front.process import Answered
from g60kg.serve.problem import FAILED, Refused, absent, busy
from g60kg.serve.site import PREFIX, ROUTES, Route, assets_folder, has_token, tag_of, unless_new
from g60kg.serve.values import Request, Response, Service, in_json

_LOG: Final = logging.getLogger("g60kg.serve")
_OPERATION: Final = frozenset(("health", "ready", "metrics"))
"""What is for who operates the server: pages of other hosts may not read it."""
_NEVER: Final = (("Cache-Control", "no-store"),)
_ROBOTS: Final = b"User-agent: *\nDisallow: /sparql\nDisallow: /complete\nDisallow: /search\nDisallow: /why\n"
_PART: Final = 1 << 17
_UNREAD: Final = 1 << 29
"""Bytes of answers that wait for clients to read them; beyond it a further one is refused."""
_GONE: Final = 499
"""The status of a request whose client hung up before it was answered (as nginx has it)."""


_OWN: Final = (
    Route("assets", f"{PREFIX}{{name:path}}", ""),
    Route("assets", f"/{messages.ICON}", ""),
    *(Route(name, f"/{name}", "") for name in ("health", "ready", "metrics")),
    Route("robots", "/robots.txt", ""),
)
"""What is answered here, by the front itself; all else by workers."""
_PLACES: Final = [(route, compile_path(route.path)[0]) for route in (*_OWN, *ROUTES.values())]


class Front:
    """The application that uvicorn runs; `readers` is the pool that reads texts."""

    def __init__(self, service: Service, pool: Pool, readers: Pool) -> None:
        self.limits, self._base = service.limits, service.base
        self._prefix = urlsplit(service.base).path
        self._pool, self._readers = pool, readers
        self._cache = messages.answers_kept(int(service.limits.cache_bytes))
        self._assets = messages.assets(assets_folder())
        self._own: dict[str, Callable[[Request], Response]] = {
            "assets": self._asset,
            "health": self._health,
            "ready": self._ready,
            "metrics": lambda _: messages.counts(),
            "robots": lambda _: Response(_ROBOTS),
        }
        self._writing = asyncio.Lock()
        self._bodies = self._unread = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, count and log it; the connection ends it where the client hangs up."""
        began, asked, connection = time.perf_counter(), Asked(scope, receive), scope["connection"]
        told = scope["told"] = {
            "client": scope["client"][0] if scope["client"] else "-",
            "method": scope["method"],
            "path": scope["raw_path"].decode("latin-1"),
            "route": "-",
            "work_ms": 0.0,
            "status": _GONE,
            "bytes": 0,
        }
        connection.task, connection.deadline = asyncio.current_task(), inf
        try:
            await self.send(await self._answer(asked), asked, send)
        except asyncio.CancelledError:
            told["cut"] = True
        messages.tell(told, time.perf_counter() - began)

    async def _answer(self, asked: Asked) -> Response:
        """Return the answer to a request, also where that fails."""
        try:
            return await self._routed(asked)
        except Refused as error:
            refused = error
        except asyncio.CancelledError:
            if asked.scope["connection"].is_lost:
                raise
            refused = busy("the server stops")
        except Exception:
            _LOG.exception("%s", asked.scope["raw_path"])
            refused = FAILED
        return messages.refused_page(refused, asked, self._base)

    async def _routed(self, asked: Asked) -> Response:
        """Find the route of a request, and return its answer; raises `Refused`."""
        path = asked.scope["path"]
        inner = path.removeprefix(self._prefix) or "/"  # with the path of the base, or without
        path = inner if inner.startswith("/") else path
        found = ((route, pattern.match(path)) for route, pattern in _PLACES)
        missing = (ROUTES["missing"], dict[str, str]())
        route, values = next(((route, match.groupdict()) for route, match in found if match), missing)
        asked.scope["told"]["route"] = route.name
        request = messages.read_head(asked, route.name, values)
        allowed = ", ".join((*route.methods, "HEAD", "OPTIONS"))
        if asked.method == "OPTIONS":
            pairs = (("Allow", allowed), ("Access-Control-Allow-Methods", allowed))
            return Response(status=204, headers=(*pairs, *messages.HEADERS_OF["preflight"].items()))
        if asked.method not in (*route.methods, "HEAD") and route.name != "missing":
            detail = f"the method {asked.method} is not served here; use one of: {allowed}"
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, detail, (("Allow", allowed),))
        if route.name in self._own:
            return self._own[route.name](request)
        return await self._worked(route, request, asked)

    async def _worked(self, route: Route, request: Request, asked: Asked) -> Response:
        """Return the answer of a worker's route: the client has it, it was kept, or it is made now."""
        tag = tag_of(self._pool.version, self._base, request)
        if known := unless_new(tag, request):
            return known
        key = f"{tag} {request.gzip}" if tag else ""
        if kept := self._cache.get(key):
            messages.HITS.inc()
            return kept
        body, told = bytearray(), asked.scope["told"]
        try:
            if request.method != "GET":
                await self._read_body(asked, self._largest(route, request), body)
                request = replace(request, body=bytes(body))
            answered = await self._made(told["client"], route, request)
        finally:
            self._bodies -= len(body)
        told["work_ms"] = round(answered.seconds * 1000, 2)
        if tag and answered.response.status == 200 and answered.version == self._pool.version:
            self._cache.put(key, answered.response)
        return answered.response

    def _largest(self, route: Route, request: Request) -> int:
        """Return how many bytes the body of a request may have."""
        limits = self.limits
        small = limits.read_bytes if route.reads else limits.longest_query
        return int(limits.upload_bytes if has_token(request) else min(small, limits.upload_bytes))

    async def _read_body(self, asked: Asked, most: int, body: bytearray) -> None:
        """Read a body; raises `Refused` where it is too large (413), or all bodies together are (503).

        Who still sends would not read the answer: the rest is thrown away.
        """
        connection, refused, received = asked.scope["connection"], None, 0
        too_large = Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {most} bytes")
        if int(asked.headers.get("content-length", "0")) > most:
            raise too_large
        connection.wait()
        async for part in asked.stream():
            connection.wait()
            received += len(part)
            if received > most:
                refused = too_large
            elif self._bodies + len(part) > self.limits.bodies_bytes:
                refused = busy("too many bodies wait; try again soon", 10)
            if refused is None:
                self._bodies += len(part)
                body += part
            else:
                self._bodies -= len(body)
                body.clear()
        if refused is not None:
            raise refused
        connection.deadline = inf

    async def _made(self, client: str, route: Route, request: Request) -> Answered:
        """Return a worker's answer; where it has changed the graph, when the change is served to all.

        Who may change the graph is answered one after the other; the worker that reads texts keeps other
        writers away by itself.
        """
        reads = route.reads and request.method != "GET"
        pool = self._readers if reads else self._pool
        writes = not reads and request.method != "GET" and has_token(request)
        async with self._writing if writes else nullcontext():
            answered = await pool.ask(request, client, heavy=not reads and route.is_heavy(request))
            if answered.changed:
                for each in (self._pool, self._readers):
                    each.renew()
                    await each.served()
        return answered

    def _asset(self, request: Request) -> Response:
        """Answer with a script, a style, or a picture."""
        found = self._assets.get((request.path.get("name", messages.ICON), request.gzip))
        if found is None:
            raise absent("nothing is served at this address; begin at /")
        tag = dict(found.headers)["ETag"].removeprefix("W/")
        known = tag in request.header("if-none-match")
        return Response(status=304, headers=found.headers) if known else found

    def _health(self, _: Request) -> Response:
        """Say whether the server can answer: it lives, and so does a worker."""
        if any(each.is_alive for each in self._pool.workers):
            return Response(b"the server lives\n", headers=_NEVER)
        return Response(b"no worker runs; the log says why\n", status=503, headers=_NEVER)

    def _ready(self, _: Request) -> Response:
        """Say whether a worker has the graph open, and which version of it."""
        pool, is_ready = self._pool, bool(self._pool.ready)
        said = {"ready": is_ready, "workers": len(pool.workers), "version": pool.version}
        return replace(in_json(said, status=200 if is_ready else 503), headers=_NEVER)

    async def send(self, response: Response, asked: Asked, send: Send) -> None:
        """Send a response, unless too much waits to be read."""
        told, connection = asked.scope["told"], asked.scope["connection"]
        body = b"" if asked.method == "HEAD" else response.body
        if self._unread + len(body) > _UNREAD:
            refused = busy("too many large answers wait to be read; try again soon", 10)
            response = messages.refused_page(refused, asked, self._base)
            body = response.body
        headers = messages.headers_of(response, shared=told["route"] not in _OPERATION)
        told |= {"status": response.status, "bytes": len(body)}
        self._unread += len(body)
        try:
            await send({"type": "http.response.start", "status": response.status, "headers": headers})
            for start in range(0, max(len(body), 1), _PART):
                connection.wait()
                part, more = body[start : start + _PART], start + _PART < len(body)
                await send({"type": "http.response.body", "body": part, "more_body": more})
        finally:
            self._unread -= len(body)
            connection.wait()
