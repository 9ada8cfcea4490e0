"""The pool: worker processes, and which request goes to which.

A request gets an answer, or a `Refused` that says why there is none: too many wait, it took too long, its
worker ended. A worker that ends is replaced; where none can be started, it is tried again, ever less often.
Heavy requests never have the last place, and one client never all those of heavy ones. Where the store has
changed, workers that wait open it anew, others are started for those that work, and the places go to the new
when enough of them are ready.
"""

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from http import HTTPStatus
from typing import Any, Final
from weakref import WeakValueDictionary

from g60kg.errors import G60Error
from g60kg.serve.front.process import Answered, Worker, start_worker
from g60kg.serve.limits import Service
from g60kg.serve.problem import Refused, busy
from g60kg.serve.values import Request

_LOG: Final = logging.getLogger("g60kg.serve")
_HUNG_UP: Final = 1.0
"""Seconds after which the work for a client that has hung up is ended."""
_BEYOND: Final = 2
"""Places beyond the number of processors: as many endless queries as there are leave room for SPARQL."""
_AGAIN: Final = 1.0
_LONGEST: Final = 30.0
"""Seconds before a worker that could not start is tried again: at first, and at most."""
_NONE: Final = -1
"""The generation of a worker that has changed the store itself."""
_STARTING: Final = 5


class Pool:
    """Workers that answer requests, `places` of them at one time; `version` is that of the graph served.

    `code` is the digest of what the answers are made with. One that `is_lazy` starts no worker before it is
    asked, and none beyond its places.
    """

    def __init__(self, service: Service, code: str, *, is_lazy: bool = False) -> None:
        self.limits = limits = service.limits
        self.places = int(limits.concurrent) or (os.cpu_count() or 1) + _BEYOND
        self.workers: set[Worker] = set()
        self.killed: Counter[str] = Counter()
        self.version = ""
        self.running = self.started = 0
        self._service, self._code, self._is_lazy = service, code, is_lazy
        self._size = 0 if is_lazy else self.places + 1
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._fresh: list[Worker] = []
        self._spare: list[Worker] = []
        self._serving = self._newest = 0
        self._lacking, self._changed = asyncio.Event(), asyncio.Condition()
        heavy = max(1, self.places - 1)
        self._place, self._heavy = asyncio.Semaphore(self.places), asyncio.Semaphore(heavy)
        self._share = max(1, heavy - 1)
        self._shares: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._waits: set[asyncio.Timeout] = set()
        self._stopping = False
        self._tasks: set[asyncio.Task[Any]] = set()

    @property
    def waiting(self) -> int:
        """How many requests wait."""
        return len(self._waits)

    @property
    def is_ready(self) -> bool:
        """Whether a worker has the graph open."""
        return any(each.is_alive and each.generation == self._serving for each in self.workers)

    async def ask(self, request: Request, client: str, *, heavy: bool) -> Answered:
        """Return the answer of a worker; where this is cancelled, its work is ended. Raises `Refused`."""
        if self.waiting >= self.limits.waiting or self._stopping:
            raise busy("too many requests wait; try again soon")
        if not self._is_lazy and not self._serving:
            raise busy("the server is starting; try again soon", _STARTING)
        if not self._size:
            self._size = self.places
            self._lacking.set()
        async with AsyncExitStack() as held:
            wait = asyncio.timeout(self.limits.wait_seconds)
            self._waits.add(wait)
            try:
                async with wait:
                    for gate in self._gates(client, heavy=heavy):
                        await held.enter_async_context(gate)
                    worker = await self._idle.get()
            except TimeoutError:
                raise busy(_STOPS if self._stopping else "no worker became free in time") from None
            finally:
                self._waits.discard(wait)
            return await self._worked(worker, request)

    def _gates(self, client: str, *, heavy: bool) -> Iterator[asyncio.Semaphore]:
        """Yield what a request must pass: the share of its client, the places of heavy ones, those of all."""
        if heavy:
            yield self._shares.setdefault(client, asyncio.Semaphore(self._share))
            yield self._heavy
        yield self._place

    async def _worked(self, worker: Worker, request: Request) -> Answered:
        """Return the answer of an idle worker, which then waits for its next request, or is ended."""
        answer = asyncio.ensure_future(worker.ask(request))
        self.running += 1
        why = "time"
        try:
            await asyncio.wait([answer], timeout=self.limits.query_seconds)
            return self._result(worker, request, answer)
        except asyncio.CancelledError:
            why = "hung up"
            await asyncio.wait([answer], timeout=_HUNG_UP)
            raise
        finally:
            self.running -= 1
            if not answer.done():
                self.killed[why] += 1
                answer.cancel()
                worker.kill()
            elif answer.exception():
                worker.close()
            elif worker.generation != self._serving:
                self._spare.append(worker)
                self._lacking.set()
            elif answer.result().changed:  # it holds the new state under the name of the old: `renew` follows
                worker.generation = _NONE
                self._spare.append(worker)
            else:
                self._idle.put_nowait(worker)

    def _result(self, worker: Worker, request: Request, answer: "asyncio.Future[Answered]") -> Answered:
        """Return what came of a request; raises `Refused` where it took too long, or ended its worker."""
        if not answer.done():
            detail = f"the request took more than {self.limits.query_seconds:g} seconds and was stopped"
            raise Refused(HTTPStatus.GATEWAY_TIMEOUT, f"{detail}; ask for less")
        if answer.exception() is None:
            return answer.result()
        if self._stopping:
            raise busy(_STOPS)
        self.killed["crash"] += 1
        _LOG.warning("worker %d ended at %s", worker.pid, request.url)
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, _CRASHED)

    async def keep(self) -> None:
        """Keep so many workers of the newest generation, for ever.

        Raises `G60Error` where none has served yet and none can be started.
        """
        pause = 0.0
        while True:
            self._lacking.clear()
            lacking = self._size - sum(each.generation == self._newest for each in self.workers)
            if not lacking:
                while self._spare:
                    self._spare.pop().close()
                await self._lacking.wait()
                continue
            most = 1 if pause else min(lacking, os.cpu_count() or 1)
            starts = (self._begin(self._newest) for _ in range(most))
            if all(await asyncio.gather(*starts)):
                pause = 0.0
                continue
            if not self._serving and not self._is_lazy:
                raise G60Error(
                    "the processes that answer end as they start", mend="see what they wrote above"
                )
            pause = min(max(_AGAIN, 2 * pause), _LONGEST)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._lacking.wait()  # a new build may mend it

    async def _begin(self, generation: int) -> bool:
        """Let a worker that waits open the graph anew, or start one; return whether it is ready."""
        if self._spare:
            worker = self._spare.pop()
        elif self._serving != self._newest and not self._idle.empty():
            worker = self._idle.get_nowait()
        else:
            return await self._start(generation)
        try:
            await worker.open_anew()
        except G60Error as error:
            _LOG.error("%s", error)
            await self._admit(worker)
            return False
        except (OSError, EOFError):  # it has ended, or takes too long: one is started in its place
            worker.kill()
            await worker.gone()
            return True
        worker.generation = generation
        await self._admit(worker)
        return True

    async def _start(self, generation: int) -> bool:
        """Start a worker; return whether it is ready."""
        try:
            worker = await start_worker(self._service, self._code, generation)
        except (G60Error, TimeoutError) as error:
            _LOG.error("%s", error or "a worker could not start: it took too long")
            return False
        self.started += 1
        self.workers.add(worker)
        task = asyncio.ensure_future(self._outlive(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await self._admit(worker)
        return True

    async def _admit(self, worker: Worker) -> None:
        """Put an idle worker where those of its generation wait."""
        if not worker.is_alive:
            return
        if worker.generation == self._serving:
            self._idle.put_nowait(worker)
        elif worker.generation == self._newest:
            self._fresh.append(worker)
            await self._change()
        else:
            self._spare.append(worker)

    async def _outlive(self, worker: Worker) -> None:
        """See to it that a worker that has ended is replaced."""
        await worker.gone()
        self.workers.discard(worker)
        for waiting in (self._fresh, self._spare):
            if worker in waiting:
                waiting.remove(worker)
        self._sweep()
        self._lacking.set()
        await self._change()

    async def _change(self) -> None:
        """Let the newest generation serve once enough of it is ready, or none of the old is left."""
        old = any(each.generation == self._serving for each in self.workers)
        if not self._fresh or (len(self._fresh) < self.places and old):
            return
        fresh, self._fresh = self._fresh, []
        self._serving, self.version = fresh[0].generation, fresh[0].version
        for worker in fresh:
            self._idle.put_nowait(worker)
        self._sweep()
        async with self._changed:
            self._changed.notify_all()

    def _sweep(self) -> None:
        """Take those from what waits that have ended, and those of an old generation."""
        for worker in [self._idle.get_nowait() for _ in range(self._idle.qsize())][::-1]:
            if not worker.is_alive:
                continue
            if worker.generation == self._serving:
                self._idle.put_nowait(worker)
            else:
                self._spare.append(worker)
                self._lacking.set()

    async def renew(self) -> None:
        """Let the workers be of those that open the store anew, and return when they serve."""
        self._newest += 1
        if not self._size:
            self._serving = self._newest
            return
        wanted = self._newest
        self._spare += self._fresh
        self._fresh.clear()
        self._lacking.set()
        async with self._changed:
            await self._changed.wait_for(lambda: self._serving >= wanted)

    def stop(self) -> None:
        """End all requests and workers."""
        self._stopping = True
        for wait in self._waits:
            wait.reschedule(0)
        for worker in self.workers:
            worker.kill()


_STOPS: Final = "the server stops"
_CRASHED: Final = "the request ended its worker: it takes more memory or depth than one may; ask for less"
