"""Running the front: from a socket and a store to the end of the last request, and its connections.

A connection is uvicorn's, with bounds on the head of a request and on how long a client may be silent. Heads
are refused that are too large (431, 414) or malformed (400); who sends no head in time, or has too many
connections, is hung up on. A signal ends the front: all that runs is answered, or ended in time.
"""

import asyncio
import os
import re
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final, cast

import uvicorn
from uvicorn.loops.auto import auto_loop_factory
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from g60kg.serve.front.app import Front
from g60kg.serve.front.messages import HEADERS_OF, headers_of, show_pool, tell
from g60kg.serve.front.pool import Pool
from g60kg.serve.front.process import Nursery
from g60kg.serve.log import LogThread
from g60kg.serve.problem import Refused, problem
from g60kg.serve.site import package_digest
from g60kg.serve.values import Limits, Service

_LAST: Final = 2.0
"""Seconds for answering those whose work was ended."""
_LINE: Final = 8
"""Texts that wait to be read."""
_FILES: Final = 128
"""Files that the server opens beside its connections: its workers' pipes, the log, the store."""
_PATH: Final = 65_535
"""Bytes of a path that httptools takes apart."""
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")
_WHY: Final = {
    HTTPStatus.BAD_REQUEST: "this is no request of HTTP/1.1",
    HTTPStatus.REQUEST_URI_TOO_LONG: "the address is too long; send the query by POST",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "the head of the request is too large",
}


class Connection(HttpToolsProtocol):
    """A connection that is bounded by the limits of the application; `task` is what answers its request.

    When it waits for the client, it is hung up on at its `deadline`.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.limits: Limits = cast(Front, self.config.app).limits
        self.task: asyncio.Task[Any] | None = None
        self.url, self.is_lost = b"", False
        self._in_line = self._in_head = True
        self._is_stopping, self._received = False, 0
        self._status = HTTPStatus.BAD_REQUEST
        self.wait()

    def wait(self) -> None:
        """Give the client its time: for a head, the next part of a body, or for reading."""
        self.deadline = self.loop.time() + self.limits.idle_seconds

    @property
    def host(self) -> str:
        """The address of the client."""
        return self.client[0] if self.client else "-"

    def connection_made(self, transport: Any) -> None:
        """Begin; too many connections, in all or of one address, are refused by closing.

        A server that is trusted to stand in front may have as many as there are.
        """
        super().connection_made(transport)
        limits, config = self.limits, self.config
        is_trusted = config.proxy_headers and self.host in config.forwarded_allow_ips
        same = sum(each.host == self.host for each in self.connections if isinstance(each, Connection))
        most = limits.connections if is_trusted else limits.client_connections
        if len(self.connections) > limits.connections or same > most:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """End, and let the task that answers end."""
        self.is_lost = True
        if self.task is not None:
            self.task.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """End, when a request of which a part has come is answered."""
        self._is_stopping = True
        if not (self._in_head and self._received):
            super().shutdown()

    def data_received(self, data: bytes) -> None:
        """Take bytes, as far as the head is bounded; in its first line those beyond ASCII are encoded.

        People type addresses as they are read, and some clients send them so.
        """
        self._received += len(data)
        if self._in_line:
            line, end, rest = data.partition(b"\n")
            data = _BEYOND_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest
            self._in_line = not end
        super().data_received(data)
        most = self.limits.longest_query
        is_large = self._in_head and self._received > most + self.limits.head_bytes
        if is_large and not self.transport.is_closing():
            self._status = HTTPStatus(414 if len(self.url) > most else 431)
            self.send_400_response("")

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; what comes after the body is not wanted."""
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Hand the request over, unless its head is too large; its query is longer than httptools takes."""
        self._in_head = False
        self.url, _, query = self.url.partition(b"?")
        is_long = len(self.url) > _PATH or len(query) > self.limits.longest_query
        size = sum(len(name) + len(value) for name, value in self.headers)
        if is_long or size > self.limits.head_bytes:
            self._status = HTTPStatus(414 if is_long else 431)
            raise ValueError(_WHY[self._status])
        super().on_headers_complete()
        self.scope["query_string"] = query
        self.scope["connection"] = self  # type: ignore[typeddict-unknown-key]
        if self._is_stopping:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """End a request: another may follow."""
        self._in_line = self._in_head = True
        self._received = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request of HTTP, or one too large: answer it, and hang up."""
        status = self._status
        if self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.abort()
            return
        response = problem(Refused(status, _WHY[status]))
        headers = (*self.server_state.default_headers, *headers_of(response), (b"connection", b"close"))
        lines = b"".join(b"%b: %b\r\n" % pair for pair in headers)
        self.transport.write(STATUS_LINE[status] + lines + b"\r\n" + response.body)
        self.transport.close()
        tell({"client": self.host, "route": "-", "status": status.value, "bytes": 0}, 0)


def serve(listener: socket.socket, service: Service, begun: Callable[[], None]) -> None:
    """Serve on a socket until SIGTERM or SIGINT; `begun` is called when a worker can answer.

    Until then every request is told to come again. Raises `G60Error` where no worker can start.
    """
    log = LogThread()
    service = replace(service, limits=_with_files(service.limits))
    try:
        with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
            runner.run(_served(listener, service, begun))
    finally:
        log.finish()


def _with_files(limits: Limits) -> Limits:
    """Return the limits with no more connections than there may be open files, having asked for enough."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = int(limits.connections) + _FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return replace(limits, connections=min(limits.connections, max(soft - _FILES, 1)))


async def _served(listener: socket.socket, service: Service, begun: Callable[[], None]) -> None:
    code, nursery = package_digest(), Nursery()
    # texts are read one at a time, few in line, in their own time
    slow = replace(service.limits, query_seconds=service.limits.read_seconds, concurrent=1, waiting=_LINE)
    pool = Pool(service, code, nursery)
    readers = Pool(replace(service, limits=slow), code, nursery, is_lazy=True)
    show_pool(pool)
    server = _Server(_config(Front(service, pool, readers), service))

    async def begin() -> None:
        await pool.served(None)
        begun()

    tasks = [asyncio.ensure_future(each) for each in (pool.keep(), readers.keep(), begin())]
    keeping = tasks[0]
    keeping.add_done_callback(server.end)
    try:
        await server.serve([listener])
        if running := server.server_state.tasks:
            await asyncio.wait(running, timeout=_LAST)
        if keeping.done():
            keeping.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for worker in (*pool.workers, *readers.workers):
            worker.kill()
        await nursery.close()


def _config(front: Front, service: Service) -> uvicorn.Config:
    """Return uvicorn's configuration.

    With a base another server stands in front, on this machine or where `$FORWARDED_ALLOW_IPS` says: the
    client is for whom that asks.
    """
    limits, is_behind = service.limits, bool(service.base)
    proxies = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1").replace(" ", "").split(",")
    return uvicorn.Config(
        front,
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        headers=list(HEADERS_OF["all"].items()),
        proxy_headers=is_behind,
        forwarded_allow_ips=proxies,
        timeout_keep_alive=max(1, int(limits.idle_seconds)),
        timeout_graceful_shutdown=limits.stop_seconds,  # type: ignore[arg-type]  # also parts of a second
    )


class _Server(uvicorn.Server):
    """uvicorn's server, which hangs up on silent clients, and ends with status 0 at a signal."""

    async def on_tick(self, counter: int) -> bool:
        """Hang up, several times a second, on whom it waits for too long."""
        now = asyncio.get_running_loop().time()
        for each in tuple(self.server_state.connections):
            if isinstance(each, Connection) and each.deadline < now:
                each.transport.abort()
        return await super().on_tick(counter)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End at the first signal; others change nothing."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.end)
        yield

    def end(self, *_: object) -> None:
        """Let the requests that run end, and begin no other."""
        self.should_exit = True
