"""Workers' processes, as the front has them: forked, asked, told to open the graph anew, ended.

They are forked from one process that has imported all and opened nothing (`g60kg/serve/worker.py`), so that
one starts in the time that the graph takes to open, and they share the memory of what was imported.
"""

import asyncio
import marshal
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from g60kg.errors import G60Error
from g60kg.serve.values import Request, Response
from g60kg.serve.worker import FAILED, LENGTH, READY, frame, request_parts

_OPENING: Final = 300.0
"""Seconds that a worker may take to open the graph, and what it is forked from to import what answers."""
_ANEW: Final = 10.0
"""Seconds that it may take to open the graph anew."""
_NOT_STARTED: Final = "a worker could not start: {}"


@dataclass(frozen=True, slots=True)
class Answered:
    """A worker's answer: of which version of the graph it is, and how many seconds it took.

    `changed`: the worker itself has made that version.
    """

    response: Response
    version: str
    seconds: float
    changed: bool


class Worker(asyncio.Protocol):
    """A worker process at the other end of a socket, and the generation and version of what it has open.

    `is_free`: it waits. A stream of asyncio would copy large answers once more.
    """

    def __init__(self) -> None:
        self.process, self.generation, self.version, self.is_free = 0, 0, "", False
        self._awaited: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._received = bytearray()

    def connection_made(self, transport: Any) -> None:
        """Begin."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take a part of a frame: the worker sends one, and then waits."""
        self._received += data
        size = len(self._received) - LENGTH.size
        if size >= 0 and size == LENGTH.unpack_from(self._received)[0]:
            value = marshal.loads(memoryview(self._received)[LENGTH.size :])
            self._received = bytearray()
            if not self._awaited.done():
                self._awaited.set_result(value)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        if not self._awaited.done():
            self._awaited.set_exception(EOFError())

    @property
    def is_alive(self) -> bool:
        """Whether the process has not ended, as far as is known."""
        return not self._transport.is_closing()

    async def ask(self, request: Request) -> Answered:
        """Return the answer to a request; raises `EOFError` where the worker ends."""
        *parts, version, seconds = await self._exchange(request_parts(request))
        return Answered(Response(*parts), version, seconds, version != self.version)

    async def open(self, parts: tuple[Any, ...] | None = None) -> None:
        """Let the worker open the graph, for the first time by these parts, or anew.

        Raises `G60Error` where it cannot, and goes on as before; one that takes too long is ended.
        """
        try:
            async with asyncio.timeout(_OPENING if parts else _ANEW):
                if parts:
                    self.process = await self._awaited
                said, told = await self._exchange(parts)
        except (EOFError, TimeoutError) as error:
            self.kill()
            said, told = FAILED, "it took too long" if isinstance(error, TimeoutError) else "it ended"
        if said != READY:
            raise G60Error(_NOT_STARTED.format(told))
        self.version = told

    async def _exchange(self, value: Any) -> Any:
        """Send a value and return the one that comes back."""
        if not self.is_alive:
            raise EOFError
        self._awaited = asyncio.get_running_loop().create_future()
        self._transport.write(frame(value))
        return await self._awaited

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        if self.process and self.is_alive:
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)
        self._transport.abort()


class Nursery:
    """The process from which workers are forked; where it has ended, the next worker gets another."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._lock = asyncio.Lock()

    async def start(self, parts: tuple[Any, ...]) -> Worker:
        """Start a worker, and return it when it has opened the graph; raises `G60Error` where it cannot."""
        try:
            own, its = socket.socketpair()
            with its:
                await self._hand_over(its)
            own.setblocking(False)
            _, worker = await asyncio.get_running_loop().create_unix_connection(Worker, sock=own)
        except OSError as error:
            raise G60Error(_NOT_STARTED.format(f"no process or files for it ({error})")) from None
        try:
            await worker.open(parts)
        except BaseException:
            worker.kill()
            raise
        return worker

    async def _hand_over(self, its: socket.socket) -> None:
        """Hand a worker's end of a socket to the process, which is started where there is none."""
        async with self._lock:
            if self._process is None or self._process.returncode is not None:
                command = (sys.executable, "-P", "-m", "g60kg.serve.worker")
                self._control, stdin = socket.socketpair()
                with stdin:
                    self._process = await asyncio.create_subprocess_exec(*command, stdin=stdin.fileno())
        with suppress(ConnectionError):  # it has just ended, and so ends what is asked of it
            socket.send_fds(self._control, [b"1"], [its.fileno()])

    async def close(self) -> None:
        """End the process; its workers go on."""
        if self._process is not None:
            self._control.close()
            await self._process.wait()
