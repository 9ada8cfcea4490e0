"""The pool: worker processes, which request goes to which, and which state of the store they have open.

A request gets an answer, or a `Refused` that says why there is none: too many wait, it took too long, its
worker ended. Heavy requests never have the last place, and one client never all those of heavy ones.

Each change of the store begins a *generation*. One free worker opens it first; when it can, its generation
serves, and the others follow as they become free. Where it cannot, or none can be started, the old ones go
on, and it is tried again, ever less often.
"""

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from http import HTTPStatus
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from g60kg.errors import G60Error
from g60kg.serve.front.process import Answered, Nursery, Worker
from g60kg.serve.problem import Refused, busy
from g60kg.serve.values import Request, Service
from g60kg.serve.worker import service_parts
from g60kg.store.manifest import NAME

_LOG: Final = logging.getLogger("g60kg.serve")
_LOOK: Final = 0.5
"""Seconds between looks whether another build has taken the store's place, or a worker has ended."""
_PATIENCE: Final = 30.0
"""Seconds that who has changed the graph waits until the change is served."""
_HUNG_UP: Final = 1.0
"""Seconds after which the work for a client that has hung up is ended."""
_BEYOND: Final = 2
"""Places beyond the number of processors: as many endless queries as there are leave room for SPARQL."""
_AGAIN: Final = (1.0, 30.0)
"""Seconds before a worker that could not start is tried again: at first, and at most."""
ENDS: Final = ("time", "crash", "hung up")
"""Why workers end with a request."""
V = TypeVar("V")


class Pool:
    """Workers that answer requests, `places` of them at one time; `version` is that of the graph served.

    `code` is the digest of what the answers are made with. One that `is_lazy` starts no worker before it is
    asked, and none beyond its places.
    """

    def __init__(self, service: Service, code: str, nursery: Nursery, *, is_lazy: bool = False) -> None:
        self._limits = limits = service.limits
        self.places = int(limits.concurrent) or (os.cpu_count() or 1) + _BEYOND
        self.workers: list[Worker] = []
        self.killed: Counter[str] = Counter()
        self.version = ""
        self.waiting = self.running = self.started = 0
        self._folder, self._parts, self._nursery = service.folder, service_parts(service, code), nursery
        self._is_lazy, self._size = is_lazy, 0 if is_lazy else self.places + 1
        self._seen = self._manifest()
        self._newest, self._serving = 1, 0
        self._change = asyncio.Event()
        heavy = max(1, self.places - 1)
        self._place, self._heavy = asyncio.Semaphore(self.places), asyncio.Semaphore(heavy)
        self._share = max(1, heavy - 1)
        self._shares: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    @property
    def ready(self) -> list[Worker]:
        """The workers that have the graph open that is served."""
        return [each for each in self.workers if each.is_alive and each.generation == self._serving]

    async def ask(self, request: Request, client: str, *, heavy: bool) -> Answered:
        """Return the answer of a worker; where this is cancelled, its work is ended. Raises `Refused`."""
        if self.waiting >= self._limits.waiting:
            raise busy("too many requests wait; try again soon")
        if not self._is_lazy and not self._serving:
            raise busy("the server is starting; try again soon", 5)
        if not self._size:
            self._size = self.places
            self._tell()
        share = self._shares.setdefault(client, asyncio.Semaphore(self._share))
        self.waiting += 1
        async with AsyncExitStack() as held:
            try:
                async with asyncio.timeout(self._limits.wait_seconds):
                    for gate in (share, self._heavy, self._place) if heavy else (self._place,):
                        await held.enter_async_context(gate)
                    worker = await self._until(self._next)
                    assert worker is not None
            except TimeoutError:
                raise busy("no worker became free in time") from None
            finally:
                self.waiting -= 1
            return await self._worked(worker, request)

    def _next(self) -> Worker | None:
        """Return the worker for the next request, if one is free: the same ones work, and are warm."""
        return next((each for each in self.ready if each.is_free), None)

    async def _worked(self, worker: Worker, request: Request) -> Answered:
        """Return the answer of a free worker, which then is free again, or ended; raises `Refused`."""
        worker.is_free, why = False, "time"
        answer = asyncio.ensure_future(worker.ask(request))
        self.running += 1
        try:
            await asyncio.wait([answer], timeout=self._limits.query_seconds)
        except asyncio.CancelledError:
            why = "hung up"
            await asyncio.wait([answer], timeout=_HUNG_UP)
            raise
        finally:
            self.running -= 1
            is_answered = answer.done() and not answer.exception()
            if is_answered and answer.result().changed:  # it holds the new state under the name of the old
                worker.generation = 0
                self.renew()
            if not is_answered:
                self.killed["crash" if answer.done() else why] += 1
                answer.cancel()
                worker.kill()
            worker.is_free = True
            self._tell()
        if is_answered:
            return answer.result()
        if answer.done():
            _LOG.warning("worker %d ended at %s", worker.process, request.url)
            detail = "the request ended its worker: it takes more memory or depth than one may; ask for less"
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, detail)
        detail = f"the request took more than {self._limits.query_seconds:g} seconds and was stopped"
        raise Refused(HTTPStatus.GATEWAY_TIMEOUT, f"{detail}; ask for less")

    async def keep(self) -> None:
        """Keep so many workers, with the newest generation open, for ever.

        Raises `G60Error` where none has ever started.
        """
        now, pause, resting, tried = asyncio.get_running_loop().time, 0.0, 0.0, 0

        def due() -> list[Worker | None]:
            """Return what is to open the store, None for a worker to be started; a failure has a rest after
            it, unless a new build may mend it.
            """
            self.workers = [each for each in self.workers if each.is_alive]
            if now() < resting and self._newest == tried:
                return []
            old = [each for each in self.workers if each.is_free and each.generation != self._newest]
            old = old if self._serving == self._newest else old[-1:]  # one, until that could
            lacking, most = self._size - len(self.workers), 1 if pause else os.cpu_count() or 1
            return [*old, *[None] * min(lacking, most)]

        while True:
            self.renew()
            if not (opening := await self._until(due, _LOOK)):
                continue
            tried = self._newest
            for each in filter(None, opening):
                each.is_free = False
            if all(await asyncio.gather(*map(self._open, opening))):
                pause = 0.0
                continue
            if not self.started and not self._is_lazy:
                raise G60Error(
                    "the processes that answer end as they start", mend="see what they wrote above"
                )
            pause = min(max(_AGAIN[0], 2 * pause), _AGAIN[1])
            resting = now() + pause

    async def _open(self, worker: Worker | None) -> bool:
        """Let a worker, or one that is started, open the store and wait; return whether it could."""
        generation = self._newest
        try:
            if worker is None:
                worker = await self._nursery.start(self._parts)
                self.workers.append(worker)
                self.started += 1
            else:
                await worker.open()
        except G60Error as error:
            _LOG.error("%s", error)
            return False
        else:
            worker.generation = generation
            if generation > self._serving and worker.is_alive:
                if self.version not in ("", worker.version):
                    _LOG.info("the store was replaced: %s is served now", worker.version)
                self._serving, self.version = generation, worker.version
            return True
        finally:
            if worker is not None:
                worker.is_free = True
            self._tell()

    def renew(self) -> None:
        """Begin a generation where the store is another than when this was last asked."""
        if (found := self._manifest()) not in (None, self._seen):
            self._seen = found
            self._newest += 1
            self._tell()

    def _manifest(self) -> tuple[int, int, int] | None:
        """Return what tells one manifest of the store from another; None where there is none now."""
        with suppress(OSError):
            if self._folder:
                found = (self._folder / NAME).stat()
                return found.st_mtime_ns, found.st_ino, found.st_size
        return None

    async def served(self, seconds: float | None = _PATIENCE) -> None:
        """Wait, but not for ever, until the newest generation is served."""
        newest = self._newest
        await self._until(lambda: not self._size or self._serving >= newest, seconds)

    def _tell(self) -> None:
        """Let who waits for a change look whether it has come."""
        self._change.set()
        self._change = asyncio.Event()

    async def _until(self, found: Callable[[], V], seconds: float | None = None) -> V:
        """Wait until a function returns something true, or for so long, and return what it does."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not found():
                    await self._change.wait()
        return found()
