"""Where an answer comes from: kept from before, known to the client, or made by a worker.

Goes in: a `Request` and its route. Comes out: its response. What lasts is kept until the graph changes, what
many ask for at one time is made once, and those who may change the graph are answered one after the other.
"""

import asyncio

from g60kg.serve.answer import tag_of, unless_new
from g60kg.serve.front.cache import Cache
from g60kg.serve.front.incoming import HungUp
from g60kg.serve.front.metrics import Metrics
from g60kg.serve.front.pool import Pool
from g60kg.serve.front.together import Together
from g60kg.serve.front.visit import Visit
from g60kg.serve.front.watch import Watch
from g60kg.serve.routes import Route
from g60kg.serve.token import has_token
from g60kg.serve.values import Request, Response


class Answers:
    """The answers of workers, and those kept."""

    def __init__(self, pool: Pool, cache: Cache, watch: Watch, metrics: Metrics, base: str) -> None:
        self._pool, self._cache, self._watch = pool, cache, watch
        self._metrics, self._base = metrics, base
        self._together = Together(pool)
        self._writing = asyncio.Lock()

    async def of(self, visit: Visit, route: Route, request: Request) -> Response:
        """Return the answer of a route; raises `Refused`, and `HungUp` where nobody waits for it any more."""
        tag = tag_of(self._pool.staff.version, self._base, request)
        if known := unless_new(tag, request):
            return known
        kept = self._cache.get(tag) if tag else None
        if kept is not None:
            self._metrics.hit()
            return kept
        return await self._made(visit, route, request, tag)

    async def _made(self, visit: Visit, route: Route, request: Request, tag: str) -> Response:
        """Return a worker's answer; who may change the graph is answered one after the other."""
        if request.method != "GET" and has_token(request):
            async with self._writing:
                return await self._worked(visit, route, request, tag)
        return await self._worked(visit, route, request, tag)

    async def _worked(self, visit: Visit, route: Route, request: Request, tag: str) -> Response:
        """Return a worker's answer; where it has changed the graph, when the change is served to all."""
        answer = self._together.ask(tag, route, request, visit.client)
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
