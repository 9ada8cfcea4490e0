"""The front's application: each request bounded, answered, counted and logged.

An answer is made here, kept from before, known to the client, or made by a worker. Those who may change the
graph are answered one after the other.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import Final

from starlette.requests import Request as Asked
from starlette.routing import BaseRoute, Mount, Router
from starlette.routing import Route as Place
from starlette.types import ASGIApp, Receive, Scope, Send

from g60kg.serve.answer import ROUTES, Route, tag_of, unless_new
from g60kg.serve.front.connection import longest_query
from g60kg.serve.front.messages import (
    HITS,
    ICON,
    answers_kept,
    assets,
    check_head,
    counts,
    headers_of,
    read_head,
    refused_page,
    tell,
    wants_gzip,
)
from g60kg.serve.front.pool import Pool
from g60kg.serve.front.process import Answered
from g60kg.serve.limits import Service
from g60kg.serve.problem import FAILED, Refused, busy
from g60kg.serve.site import PREFIX, assets_folder, has_token
from g60kg.serve.values import Request, Response, in_json

_LOG: Final = logging.getLogger("g60kg.serve")
_OPERATION: Final = frozenset(("health", "ready", "metrics"))
"""What is for who operates the server: pages of other hosts may not read it."""
_CORS: Final = (
    ("Access-Control-Allow-Headers", "Accept, Accept-Language, Authorization, Content-Type, If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
)
_NEVER: Final = (("Cache-Control", "no-store"),)
_DISCARDED: Final = 64 << 20
"""Bytes of a body that may come after it was refused."""
_ROBOTS: Final = b"User-agent: *\nDisallow: /sparql\nDisallow: /complete\nDisallow: /search\nDisallow: /why\n"
_PART: Final = 1 << 17
_LARGE: Final = 1 << 20
_UNREAD: Final = 1 << 29
"""Bytes of large answers that wait for clients to read them; beyond it a further one is refused."""
_GONE: Final = 499
"""The status of a request whose client hung up before it was answered (as nginx has it)."""
Make = Callable[[Asked], Awaitable[Response]]


@dataclass(slots=True)
class Visit:
    """One request on its way, and what is logged of it; `work` are the seconds that a worker took."""

    client: str
    accept: str
    route: str = "-"
    work: float = 0.0
    status: int = _GONE
    sent: int = 0


class Front:
    """The application that uvicorn runs; `readers` is the pool that reads texts."""

    def __init__(self, service: Service, pool: Pool, readers: Pool) -> None:
        self._limits, self._base = service.limits, service.base
        self._pool, self._readers = pool, readers
        self._cache = answers_kept(int(service.limits.cache_bytes))
        self._assets = assets(assets_folder())
        self._writing = asyncio.Lock()
        self._bodies = self._unread = 0
        self._router = Router(self._places())

    def _places(self) -> list[BaseRoute]:
        """Return all that is served, also below the path of the base where that has one."""
        own: tuple[tuple[str, str, Make], ...] = (
            (f"{PREFIX}{{path:path}}", "assets", self._asset),
            (f"/{ICON}", "assets", self._asset),
            ("/health", "health", self._health),
            ("/ready", "ready", self._ready),
            ("/metrics", "metrics", self._counts),
            ("/robots.txt", "robots", self._robots),
        )
        places: list[BaseRoute] = [self._place(*each) for each in own]
        places += [
            self._place(each.path, each.name, partial(self._worked, each), each.methods)
            for each in ROUTES.values()
        ]
        prefix = self._base.split("://", 1)[-1].partition("/")[2].rstrip("/")
        if not prefix:
            return places
        home = self._place(f"/{prefix}", "home", partial(self._worked, ROUTES["home"]))
        return [home, Mount(f"/{prefix}", routes=places), *places]

    def _place(self, path: str, name: str, make: Make, methods: Sequence[str] = ("GET",)) -> Place:
        """Return a route of Starlette that answers for wrong methods."""

        async def answered(asked: Asked) -> ASGIApp:
            asked.scope["visit"].route = name
            allowed = ", ".join((*methods, "HEAD", "OPTIONS"))
            if asked.method == "OPTIONS":
                pairs = (("Allow", allowed), ("Access-Control-Allow-Methods", allowed), *_CORS)
                return partial(self.send, Response(status=204, headers=pairs))
            if asked.method not in (*methods, "HEAD") and name != "missing":
                detail = f"the method {asked.method} is not served here; use one of: {allowed}"
                raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, detail, (("Allow", allowed),))
            return partial(self.send, await make(asked))

        place = Place(path, answered)
        place.methods = None  # any: which are wrong is told above
        return place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, count and log it; the connection ends it where the client hangs up."""
        began, asked, connection = time.perf_counter(), Asked(scope), scope["connection"]
        client = scope["client"][0] if scope["client"] else "-"
        visit = scope["visit"] = Visit(client, asked.headers.get("accept", ""))
        connection.task = asyncio.current_task()
        try:
            await self._answer(visit, asked, receive, send)
        except asyncio.CancelledError:
            connection.is_lost = True
        path, work = scope["raw_path"].decode("latin-1"), round(visit.work * 1000, 2)
        told = {"method": scope["method"], "path": path, "route": visit.route, "work_ms": work}
        told |= {"cut": True} if connection.is_lost else {}
        tell(visit.client, visit.status, time.perf_counter() - began, visit.sent, **told)

    async def _answer(self, visit: Visit, asked: Asked, receive: Receive, send: Send) -> None:
        """Answer one request, also where that fails."""
        try:
            check_head(asked)
            await self._router(asked.scope, receive, send)
        except Exception as error:
            if not isinstance(error, Refused):
                _LOG.exception("%s", asked.scope["raw_path"])
            refused = error if isinstance(error, Refused) else FAILED
            await self.send(refused_page(refused, visit.accept, self._base), asked.scope, receive, send)

    async def _worked(self, route: Route, asked: Asked) -> Response:
        """Return the answer of a worker's route: the client has it, it was kept, or it is made now."""
        request = read_head(asked, route.name)
        tag = tag_of(self._pool.version, self._base, request)
        if known := unless_new(tag, request):
            return known
        key = f"{tag} {request.gzip}" if tag else ""
        if kept := self._cache.get(key):
            HITS.inc()
            return kept
        body = bytearray()
        try:
            if request.method != "GET":
                await self._read_body(asked, self._most(route, request), body)
                request = replace(request, body=bytes(body))
            answered = await self._made(asked.scope["visit"].client, route, request)
        finally:
            self._bodies -= len(body)
        asked.scope["visit"].work = answered.seconds
        if tag and answered.response.status == 200 and answered.version == self._pool.version:
            self._cache.put(key, answered.response)
        return answered.response

    def _most(self, route: Route, request: Request) -> int:
        """Return how many bytes the body of a request may have."""
        limits = self._limits
        most = limits.read_bytes if route.reads else longest_query(limits)
        return int(limits.upload_bytes if has_token(request) else min(most, limits.upload_bytes))

    async def _read_body(self, asked: Asked, most: int, body: bytearray) -> None:
        """Read a body; raises `Refused` where it is too large (413), or all bodies together are (503)."""
        too_large = Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {most} bytes")
        said = asked.headers.get("content-length", "0")
        if not said.isdigit() or int(said) > most:
            raise too_large
        refused, received = None, 0
        idle, now = self._limits.idle_seconds, asyncio.get_running_loop().time
        try:
            async with asyncio.timeout(idle) as patience:
                async for part in asked.stream():
                    patience.reschedule(now() + idle)
                    received += len(part)
                    if received > most:
                        refused = too_large
                    elif self._bodies + len(part) > self._limits.bodies_bytes:
                        refused = busy("too many bodies wait; try again soon", 10)
                    if refused is None:
                        self._bodies += len(part)
                        body += part
                    else:  # who still sends would not read the answer: the rest is thrown away
                        self._bodies -= len(body)
                        body.clear()
                    if received > most + _DISCARDED:
                        raise TimeoutError
        except TimeoutError:
            asked.scope["connection"].hang_up()
            raise asyncio.CancelledError from None
        if refused is not None:
            raise refused

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

    async def _asset(self, asked: Asked) -> Response:
        """Answer with a script, a style, or a picture."""
        found = self._assets.get((asked.path_params.get("path", ICON), wants_gzip(asked)))
        if found is None:
            raise Refused(HTTPStatus.NOT_FOUND, "nothing is served at this address; begin at /")
        tag = dict(found.headers)["ETag"].removeprefix("W/")
        known = tag in asked.headers.get("if-none-match", "")
        return Response(status=304, headers=found.headers) if known else found

    async def _health(self, _: Asked) -> Response:
        """Say whether the server can answer: it lives, and so does a worker."""
        if any(each.is_alive for each in self._pool.workers):
            return Response(b"the server lives\n", headers=_NEVER)
        return Response(b"no worker runs; the log says why\n", status=503, headers=_NEVER)

    async def _ready(self, _: Asked) -> Response:
        """Say whether a worker has the graph open, and which version of it."""
        pool = self._pool
        said = {"ready": pool.is_ready, "workers": len(pool.workers), "version": pool.version}
        return replace(in_json(said, status=200 if pool.is_ready else 503), headers=_NEVER)

    async def _counts(self, _: Asked) -> Response:
        return counts()

    async def _robots(self, _: Asked) -> Response:
        return Response(_ROBOTS)

    async def send(self, response: Response, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a response; a large one only where not too many wait to be read.

        Who does not read for too long is hung up on.
        """
        visit: Visit = scope["visit"]
        held = len(response.body) if len(response.body) >= _LARGE else 0
        if held and self._unread + held > _UNREAD:
            refused = busy("too many large answers wait to be read; try again soon", 10)
            response, held = refused_page(refused, visit.accept, self._base), 0
        headers = headers_of(response, shared=visit.route not in _OPERATION)
        body = b"" if scope["method"] == "HEAD" else response.body
        self._unread += held
        visit.status, visit.sent = response.status, len(body)
        try:
            await send({"type": "http.response.start", "status": response.status, "headers": headers})
            for start in range(0, max(len(body), 1), _PART):
                more = start + _PART < len(body)
                part = body[start : start + _PART]
                async with asyncio.timeout(self._limits.idle_seconds):
                    await send({"type": "http.response.body", "body": part, "more_body": more})
        except TimeoutError:
            scope["connection"].hang_up()
        finally:
            self._unread -= held
