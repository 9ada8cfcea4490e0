"""The pool: worker processes, and which request goes to which.

A request gets an answer, or a `Refused` that says why there is none: too many wait, it took too long, its
worker ended. A worker that ends is replaced; where none can be started, it is tried again, ever less often.
Heavy requests never have the last place, and one client never all those of heavy ones. Where the store has
changed, new workers are started, and take the places of the old when they are ready.
"""

import asyncio
import logging
import marshal
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from weakref import WeakValueDictionary

from g60kg.errors import G60Error
from g60kg.serve.limits import Service
from g60kg.serve.problem import Refused, busy
from g60kg.serve.values import Request, Response
from g60kg.serve.worker import LENGTH, READY, frame, request_parts, service_parts

_LOG: Final = logging.getLogger("g60kg.serve")
_HUNG_UP: Final = 1.0
"""Seconds after which the work for a client that has hung up is ended."""
_BEYOND: Final = 2
"""Places beyond the number of processors: as many endless queries as there are leave room for SPARQL."""
_AGAIN: Final = 1.0
_LONGEST: Final = 30.0
"""Seconds before a worker that could not start is tried again: at first, and at most."""
_OPENING: Final = 300.0
"""Seconds that a worker may take to open the graph, and to import what it answers with."""
_FIRST: Final = 1
"""The generation before which none serves: its workers have imported all when they are ready."""
_STARTING: Final = 5
_PART: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Answered:
    """A worker's answer: of which version of the graph it is, and how many seconds it took.

    `changed`: the worker itself has made that version.
    """

    response: Response
    version: str
    seconds: float
    changed: bool


class Worker:
    """A worker process that has opened the graph, of one `generation` of workers."""

    def __init__(self, process: Process, generation: int) -> None:
        self._process, self.generation, self.version = process, generation, ""

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process has not ended, as far as is known."""
        return self._process.returncode is None

    async def ask(self, request: Request) -> Answered:
        """Return the answer of a worker that is idle; raises `EOFError` where it ends."""
        *parts, version, seconds = await self.exchange(request_parts(request))
        return Answered(Response(*parts), version, seconds, version != self.version)

    async def exchange(self, value: Any) -> Any:
        """Send a value and return the one that comes back; raises `EOFError` where the worker ends."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if self._process.stdin.is_closing():
            raise EOFError
        self._process.stdin.write(frame(value))
        (length,) = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))
        return marshal.loads(await self._process.stdout.readexactly(length))

    async def gone(self) -> None:
        """Wait until the process has ended."""
        await self._process.wait()

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        with suppress(ProcessLookupError):
            self._process.kill()

    def close(self) -> None:
        """Let the process end when it has nothing to do."""
        if self._process.stdin is not None:
            self._process.stdin.close()


async def start_worker(service: Service, code: str, generation: int) -> Worker:
    """Start a worker, and return it when it has opened the graph; raises `G60Error` where that cannot be."""
    command = (sys.executable, "-P", "-m", "g60kg.serve.worker")
    try:
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, limit=_PART)
    except OSError as error:
        raise G60Error(f"a worker could not start: no process or files for it ({error})") from None
    worker = Worker(process, generation)
    try:
        async with asyncio.timeout(_OPENING):
            parts = service_parts(service, code, warm=generation == _FIRST)
            said, worker.version = await worker.exchange(parts)
    except BaseException as error:
        worker.kill()
        if isinstance(error, EOFError | OSError):
            raise G60Error("a worker could not start: it ended") from None
        raise
    if said != READY:
        raise G60Error(f"a worker could not start: {worker.version}")
    return worker


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
            elif answer.exception() or answer.result().changed or worker.generation != self._serving:
                worker.close()  # one that has changed the store holds the new state under the name of the old
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
                await self._lacking.wait()
                continue
            most = 1 if pause else min(lacking, os.cpu_count() or 1)
            starts = (self._start(self._newest) for _ in range(most))
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
        if generation == self._serving:
            self._idle.put_nowait(worker)
        elif generation == self._newest:
            self._fresh.append(worker)
            await self._change()
        else:
            worker.close()
        return True

    async def _outlive(self, worker: Worker) -> None:
        """See to it that a worker that has ended is replaced."""
        await worker.gone()
        self.workers.discard(worker)
        if worker in self._fresh:
            self._fresh.remove(worker)
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
        """Let those go that wait, and have ended or are of an old generation."""
        for worker in [self._idle.get_nowait() for _ in range(self._idle.qsize())][::-1]:
            if worker.is_alive and worker.generation == self._serving:
                self._idle.put_nowait(worker)
            else:
                worker.close()

    async def renew(self) -> None:
        """Start workers that open the store anew, and return when they serve."""
        self._newest += 1
        if not self._size:
            self._serving = self._newest
            return
        wanted = self._newest
        for worker in self._fresh:
            worker.close()
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
