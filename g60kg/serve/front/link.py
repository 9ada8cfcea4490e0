"""The front's end of a worker: a process, and the socket to it.

Goes in: requests. Comes out: what the worker answered, told to who asked. What becomes of the
worker itself (ready, ended) is told to its owner.
"""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from g60kg.serve.frames import Frames, frame, request_parts
from g60kg.serve.front.joined import Joined
from g60kg.serve.values import Request, Response
from g60kg.serve.worker import Setting, setting_parts

_READY: Final = "ready"


@dataclass(frozen=True, slots=True)
class Answered:
    """A worker's answer: of which version of the graph it is, and how many seconds it took.

    `changed`: the worker itself has made that version.
    """

    response: Response
    version: str
    seconds: float
    changed: bool


class Owner(Protocol):
    """Who is told what becomes of a worker."""

    def ready(self, link: "Link") -> None:
        """Take a worker that has opened the graph."""

    def lost(self, link: "Link") -> None:
        """Do without a worker that has ended."""


class Link(asyncio.Protocol):
    """A worker process. `version` is that of the graph it holds, empty until it is ready."""

    def __init__(self, owner: Owner, process: subprocess.Popen[bytes], generation: int) -> None:
        self.generation = generation
        self.version = ""
        self.is_ready = False
        self.said = ""
        self._owner = owner
        self._process = process
        self._frames = Frames()
        self._answered: Callable[[Link, Answered], None] | None = None

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def tell(self, setting: Setting) -> None:
        """Send the worker what it is to serve."""
        self._transport.write(frame(setting_parts(setting)))

    def ask(self, request: Request, answered: "Callable[[Link, Answered], None]") -> None:
        """Send a request to a worker that is ready; its answer is told, in the order of the requests."""
        self._answered = answered
        self._transport.write(frame(request_parts(request)))

    def kill(self) -> None:
        """End the process at once, whatever it does; its owner is told when it has ended."""
        self._process.kill()

    def close(self) -> None:
        """Let the process end when it has nothing to do."""
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin (asyncio calls this)."""
        self._transport = Joined(cast(asyncio.Transport, transport))

    def data_received(self, data: bytes) -> None:
        """Take what the worker sends (asyncio calls this)."""
        for value in self._frames.feed(data):
            self._take(value)

    def connection_lost(self, error: Exception | None) -> None:
        """Take note that the process has ended (asyncio calls this)."""
        self._process.kill()
        with suppress(RuntimeError):  # there are no threads any more where the server itself ends
            asyncio.get_running_loop().run_in_executor(None, self._process.wait)
        self._owner.lost(self)

    def _take(self, value: Any) -> None:
        if value[0] == _READY:
            self.is_ready, self.version = True, value[1]
            self._owner.ready(self)
        elif isinstance(value[0], str):
            self.said = value[1]
        elif self._answered is not None:
            *parts, version, seconds = value
            self._answered(self, Answered(Response(*parts), version, seconds, version != self.version))


async def start_worker(owner: Owner, setting: Setting, generation: int) -> Link:
    """Start a worker process and its link."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    command = [sys.executable, "-P", "-m", "g60kg.serve.worker", str(theirs.fileno())]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[theirs.fileno()]
        )
    finally:
        theirs.close()
    link = Link(owner, process, generation)
    await asyncio.get_running_loop().create_unix_connection(lambda: link, sock=ours)
    link.tell(setting)
    return link
