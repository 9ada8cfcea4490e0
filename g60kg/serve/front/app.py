"""The front's application: each request bounded, answered, counted and logged.

An answer is made here, kept from before, known to the client, or made by a worker. Those who may change the
graph are answered one after the other.
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from starlette.requests import ClientDisconnect
from starlette.requests import Request as Asked
from starlette.routing import BaseRoute, Mount, Router
from starlette.routing import Route as Place
from starlette.types import ASGIApp, Receive, Scope, Send

from g60kg.serve.answer import tag_of, unless_new
from g60kg.serve.front.connection import longest_query
from g60kg.serve.front.log import AccessLog, Metrics
from g60kg.serve.front.pool import Pool
from g60kg.serve.front.process import Answered
from g60kg.serve.front.reading import check_path, read_head
from g60kg.serve.front.replies import Assets, headers_of, refused_page
from g60kg.serve.limits import Service
from g60kg.serve.problem import FAILED, Refused, busy
from g60kg.serve.routes import ROUTES, Route
from g60kg.serve.site import PREFIX, assets_folder, has_token
from g60kg.serve.values import Kept, Request, Response, takes_gzip

_LOG: Final = logging.getLogger("g60kg.serve")
_OPERATION: Final = frozenset(("health", "ready", "metrics"))
"""What is for who operates the server: pages of other hosts may not read it."""
_CORS: Final = (
    ("Access-Control-Allow-Headers", "Accept, Accept-Language, Authorization, Content-Type, If-None-Match"),
    ("Access-Control-Max-Age", "86400"),
)
_NEVER: Final = (("Cache-Control", "no-store"),)
_ROBOTS: Final = b"User-agent: *\nDisallow: /sparql\nDisallow: /complete\nDisallow: /search\nDisallow: /why\n"
_PART: Final = 1 << 17
_LARGE: Final = 1 << 20
_UNREAD: Final = 1 << 29
"""Bytes of large answers that wait for clients to read them; beyond it a further one is refused."""
_GONE: Final = 499
Make = Callable[[Asked], Awaitable[Response]]


@dataclass(slots=True)
class Visit:
    """One request on its way: what is logged of it."""

    client: str
    accept: str
    route: str = "-"
    work: float = 0.0
    """Seconds that a worker took."""
    began: float = field(default_factory=time.perf_counter)


class Front:
    """The application that uvicorn runs; `changed` is awaited when a worker has changed the graph."""

    def __init__(
        self,
        service: Service,
        pool: Pool,
        readers: Pool,
        cache: Kept[Response],
        log: AccessLog,
        changed: Callable[[], Awaitable[None]],
    ) -> None:
        self._limits, self._base = service.limits, service.base
        self._pool, self._readers = pool, readers
        self._cache, self._log, self._changed = cache, log, changed
        self._metrics = Metrics(pool)
        self._assets = Assets(assets_folder())
        self._writing = asyncio.Lock()
        self._bodies = self._unread = 0
        self._router = Router(self._places())

    def _places(self) -> list[BaseRoute]:
        """Return all that is served, also below the path of the base where that has one."""
        places: list[BaseRoute] = [
            self._place(f"{PREFIX}{{path:path}}", "assets", self._asset),
            self._place("/favicon.ico", "assets", self._icon),
            self._place("/health", "health", self._health),
            self._place("/ready", "ready", self._ready),
            self._place("/metrics", "metrics", self._counts),
            self._place("/robots.txt", "robots", self._robots),
        ]
        for each in ROUTES:
            places.append(self._place(each.path, each.name, partial(self._worked, each), each.methods))
        prefix = self._base.split("://", 1)[-1].partition("/")[2].rstrip("/")
        if not prefix:
            return places
        home = self._place(f"/{prefix}", ROUTES[0].name, partial(self._worked, ROUTES[0]))
        return [home, Mount(f"/{prefix}", routes=places), *places]

    def _place(self, path: str, name: str, make: Make, methods: tuple[str, ...] = ("GET",)) -> Place:
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
        """Answer one request."""
        client, headers = scope["client"], Asked(scope).headers
        visit = Visit(client[0] if client else "-", headers.get("accept", ""))
        scope["visit"] = visit
        try:
            check_path(scope["raw_path"])
            await self._router(scope, receive, send)
        except ClientDisconnect:
            self._told(scope, _GONE, 0)
        except Exception as error:
            if not isinstance(error, Refused):
                _LOG.exception("%s", scope["raw_path"])
            refused = error if isinstance(error, Refused) else FAILED
            await self.send(refused_page(refused, visit.accept, self._base), scope, receive, send)

    async def _worked(self, route: Route, asked: Asked) -> Response:
        """Return the answer of a worker's route: the client has it, it was kept, or it is made now."""
        request = read_head(asked, route.name)
        tag = tag_of(self._pool.version, self._base, request)
        if known := unless_new(tag, request):
            return known
        key = f"{tag} {request.gzip}" if tag else ""
        if kept := self._cache.get(key):
            self._metrics.hit()
            return kept
        body = bytearray()
        try:
            if request.method != "GET":
                await self._read_body(asked, self._most(route, request), body)
                request = replace(request, body=bytes(body))
            answered = await _while_there(asked, self._made(asked.scope["visit"].client, route, request))
        finally:
            self._bodies -= len(body)
        asked.scope["visit"].work = answered.seconds
        if tag and answered.response.status == 200 and answered.version == self._pool.version:
            self._cache.put(key, answered.response)
        return answered.response

    def _most(self, route: Route, request: Request) -> int:
        """Return how many bytes the body of a request may have."""
        limits = self._limits
        most = int(limits.read_bytes) if route.reads else longest_query(limits)
        return int(limits.upload_bytes) if has_token(request) else min(most, int(limits.upload_bytes))

    async def _read_body(self, asked: Asked, most: int, body: bytearray) -> None:
        """Read a body; raises `Refused` where it is too large (413), or all bodies together are (503)."""
        too_large = Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {most} bytes")
        said = asked.headers.get("content-length", "0")
        if not said.isdigit() or int(said) > most:
            raise too_large
        refused: Refused | None = None
        idle, now = self._limits.idle_seconds, asyncio.get_running_loop().time
        try:
            async with asyncio.timeout(idle) as patience:
                async for part in asked.stream():
                    patience.reschedule(now() + idle)
                    if len(body) + len(part) > most:
                        refused = too_large
                    elif self._bodies + len(part) > self._limits.bodies_bytes:
                        refused = busy("too many bodies wait; try again soon", 10)
                    if refused is None:
                        self._bodies += len(part)
                        body += part
                    else:  # who still sends would not read the answer: the rest is thrown away
                        self._bodies -= len(body)
                        body.clear()
        except TimeoutError:
            asked.scope["connection"].hang_up()
            raise ClientDisconnect from None
        if refused is not None:
            raise refused

    async def _made(self, client: str, route: Route, request: Request) -> Answered:
        """Return a worker's answer; where it has changed the graph, when the change is served to all.

        The worker that reads texts keeps other writers away by itself.
        """
        if route.reads and request.method != "GET":
            answered = await self._readers.ask(request, client, heavy=False)
            if answered.changed:
                await self._changed()
            return answered
        if request.method == "GET" or not has_token(request):
            return await self._pool.ask(request, client, heavy=route.is_heavy(request))
        async with self._writing:
            answered = await self._pool.ask(request, client, heavy=route.is_heavy(request))
            if answered.changed:
                await self._changed()
            return answered

    async def _asset(self, asked: Asked) -> Response:
        found = self._assets.get(asked.path_params["path"], gzip=_gzip(asked))
        if found is None:
            raise Refused(HTTPStatus.NOT_FOUND, "nothing is served at this address; begin at /")
        return _unless_known(asked, found)

    async def _icon(self, asked: Asked) -> Response:
        return _unless_known(asked, self._assets.icon(gzip=_gzip(asked)))

    async def _health(self, _: Asked) -> Response:
        """Say whether the server can answer: it lives, and so does a worker."""
        if any(each.is_alive for each in self._pool.workers):
            return Response(b"the server lives\n", headers=_NEVER)
        return Response(b"no worker runs; the log says why\n", status=503, headers=_NEVER)

    async def _ready(self, _: Asked) -> Response:
        """Say whether a worker has the graph open, and which version of it."""
        pool = self._pool
        said = {"ready": pool.is_ready, "workers": len(pool.workers), "version": pool.version}
        body = json.dumps(said).encode() + b"\n"
        return Response(body, "application/json", 200 if pool.is_ready else 503, _NEVER)

    async def _counts(self, _: Asked) -> Response:
        return self._metrics.response()

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
        self._unread += held
        try:
            await send({"type": "http.response.start", "status": response.status, "headers": headers})
            body = b"" if scope["method"] == "HEAD" else response.body
            for start in range(0, max(len(body), 1), _PART):
                more = start + _PART < len(body)
                part = body[start : start + _PART]
                async with asyncio.timeout(self._limits.idle_seconds):
                    await send({"type": "http.response.body", "body": part, "more_body": more})
        except TimeoutError:
            scope["connection"].hang_up()
        finally:
            self._unread -= held
            self._told(scope, response.status, len(body))

    def refused(self, client: str, status: int) -> None:
        """Count and log what never became a request."""
        self._metrics.count("-", status, 0, 0)
        self._log.put({"client": client, "route": "-", "status": status})

    def _told(self, scope: Scope, status: int, sent: int) -> None:
        """Count and log a request that has its end."""
        visit: Visit = scope["visit"]
        seconds = time.perf_counter() - visit.began
        self._metrics.count(visit.route, status, seconds, sent)
        self._log.put(
            {
                "client": visit.client,
                "method": scope["method"],
                "path": scope["raw_path"].decode("latin-1"),
                "route": visit.route,
                "status": status,
                "bytes": sent,
                "ms": round(seconds * 1000, 2),
                "work_ms": round(visit.work * 1000, 2),
                **({"cut": True} if scope["connection"].is_lost else {}),
            }
        )


async def _while_there(asked: Asked, making: Coroutine[Any, Any, Answered]) -> Answered:
    """Return what is made, unless the client hangs up first; then it is no longer made."""
    made, gone = asyncio.ensure_future(making), asyncio.ensure_future(_gone(asked))
    try:
        await asyncio.wait((made, gone), return_when=asyncio.FIRST_COMPLETED)
        if made.done():
            return made.result()
        raise ClientDisconnect
    finally:
        gone.cancel()
        made.cancel()


async def _gone(asked: Asked) -> None:
    """Wait until the client hangs up."""
    while (await asked.receive())["type"] != "http.disconnect":
        continue


def _gzip(asked: Asked) -> bool:
    return takes_gzip(asked.headers.get("accept-encoding", ""))


def _unless_known(asked: Asked, response: Response) -> Response:
    """Return a response, or 304 where the client has it."""
    tag = next((value for name, value in response.headers if name == "ETag"), "").removeprefix("W/")
    if tag and tag in asked.headers.get("if-none-match", ""):
        return Response(status=304, headers=response.headers)
    return response
