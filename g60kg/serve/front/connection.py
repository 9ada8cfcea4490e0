"""One connection: uvicorn's, with bounds on the head of a request and on how long a client may be silent.

Heads are refused that are too large (431, 414) or malformed (400). Who sends no head in time, or has too many
connections, is hung up on.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from g60kg.serve.front.messages import headers_of, tell
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused, problem

_PATH: Final = 65_535
"""Bytes of a path that httptools takes apart."""
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")
_WHY: Final = {
    HTTPStatus.BAD_REQUEST: "this is no request of HTTP/1.1",
    HTTPStatus.REQUEST_URI_TOO_LONG: "the address is too long; send the query by POST",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "the head of the request is too large",
}


class Connection(HttpToolsProtocol):
    """A connection that is bounded by the limits of the application; `task` is what answers its request."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        application: Any = self.config.app
        self.limits: Limits = application.limits
        self.task: asyncio.Task[Any] | None = None
        self.url, self.is_lost = b"", False
        self._in_line = self._in_head = True
        self._received = 0
        self._status = HTTPStatus.BAD_REQUEST

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
        self.timeout_keep_alive_task = self.loop.call_later(limits.idle_seconds, self.hang_up)

    def _unset_keepalive_if_required(self) -> None:
        """Give a client its time from the end of an answer to the end of the next head."""
        if self.cycle is not None and not self.cycle.response_complete:
            super()._unset_keepalive_if_required()

    def hang_up(self) -> None:
        """End at once, whatever is not yet sent."""
        self.is_lost = True
        self.transport.abort()

    timeout_keep_alive_handler = hang_up  # also on who has not read the last of an answer

    @asynccontextmanager
    async def patience(self) -> AsyncIterator[asyncio.Timeout]:
        """Hang up where nothing is heard of a client for too long; what is done for it is then cancelled."""
        try:
            async with asyncio.timeout(self.limits.idle_seconds) as patience:
                yield patience
        except TimeoutError:
            self.hang_up()
            raise asyncio.CancelledError from None

    def connection_lost(self, exc: Exception | None) -> None:
        """End, and let the task that answers end."""
        self.is_lost = True
        super()._unset_keepalive_if_required()
        if self.task is not None:
            self.task.cancel()
        super().connection_lost(exc)

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
            self._refuse(HTTPStatus(414 if len(self.url) > most else 431))

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self.scope["connection"] = self  # type: ignore[typeddict-unknown-key]

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
        self._unset_keepalive_if_required()

    def on_message_complete(self) -> None:
        """End a request: another may follow."""
        self._in_line = self._in_head = True
        self._received = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request of HTTP, or one too large."""
        self._refuse(self._status)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer what never reaches the application, and hang up."""
        if self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete:
            self.transport.abort()
            return
        response = problem(Refused(status, _WHY[status]))
        headers = (*self.server_state.default_headers, *headers_of(response), (b"connection", b"close"))
        lines = b"".join(b"%b: %b\r\n" % pair for pair in headers)
        self.transport.write(STATUS_LINE[status] + lines + b"\r\n" + response.body)
        self.transport.close()
        tell({"client": self.host, "route": "-", "status": status.value, "bytes": 0}, 0)
