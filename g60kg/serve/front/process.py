"""A worker's process, as the front has it: started, asked, told to open the graph anew, ended."""

import asyncio
import marshal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from g60kg.errors import G60Error
from g60kg.serve.limits import Service
from g60kg.serve.values import Request, Response
from g60kg.serve.worker import LENGTH, READY, frame, request_parts, service_parts

_OPENING: Final = 300.0
"""Seconds that a worker may take to open the graph, and to import what it answers with."""
_ANEW: Final = 10.0
"""Seconds that a worker that waits may take to open the graph anew."""
_FIRST: Final = 1
"""The generation before which none serves: its workers have imported all when they are ready."""
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

    async def open_anew(self) -> None:
        """Let the worker, which is idle, open the graph as it is now.

        Raises `G60Error` where it cannot, and goes on as before; `EOFError` and others where it ends.
        """
        async with asyncio.timeout(_ANEW):
            said, told = await self.exchange(None)
        if said != READY:
            raise G60Error(f"a worker could not start: {told}")
        self.version = told

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
