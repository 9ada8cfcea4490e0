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
"""Seconds that it may take to open the graph anew."""


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
    """A worker process, and the generation and version of what it has open; `is_free`: it waits."""

    def __init__(self, process: Process) -> None:
        self.process, self.generation, self.version, self.is_free = process, 0, "", False

    @property
    def is_alive(self) -> bool:
        """Whether the process has not ended, as far as is known."""
        return self.process.returncode is None

    async def ask(self, request: Request) -> Answered:
        """Return the answer to a request; raises `EOFError` or `OSError` where the worker ends."""
        *parts, version, seconds = await self._exchange(request_parts(request))
        return Answered(Response(*parts), version, seconds, version != self.version)

    async def open(self, parts: tuple[Any, ...] | None = None) -> None:
        """Let the worker open the graph, for the first time by these parts, or anew; raises as `ask` does.

        Raises `G60Error` where it cannot, and it goes on as before.
        """
        async with asyncio.timeout(_OPENING if parts else _ANEW):
            said, told = await self._exchange(parts)
        if said != READY:
            raise G60Error(f"a worker could not start: {told}")
        self.version = told

    async def _exchange(self, value: Any) -> Any:
        """Send a value and return the one that comes back."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        if self.process.stdin.is_closing():
            raise EOFError
        self.process.stdin.write(frame(value))
        (length,) = LENGTH.unpack(await self.process.stdout.readexactly(LENGTH.size))
        return marshal.loads(await self.process.stdout.readexactly(length))

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        with suppress(ProcessLookupError):
            self.process.kill()


async def start_worker(service: Service, code: str) -> Worker:
    """Start a worker, and return it when it has opened the graph; raises `G60Error` where that cannot be."""
    command = (sys.executable, "-P", "-m", "g60kg.serve.worker")
    try:
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, limit=1 << 20)
    except OSError as error:
        raise G60Error(f"a worker could not start: no process or files for it ({error})") from None
    worker = Worker(process)
    try:
        await worker.open(service_parts(service, code))
    except BaseException as error:
        worker.kill()
        if isinstance(error, EOFError | OSError) and not isinstance(error, TimeoutError):
            raise G60Error("a worker could not start: it ended") from None
        raise
    return worker
