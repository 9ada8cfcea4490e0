"""One connection: uvicorn's, with bounds on what a client sends and on how long it may be silent.

Heads are refused that are too large (431, 414) or malformed (400). Who is silent, stops sending a body, does
not read, or has too many connections is hung up on.
"""

import re
from asyncio import TimerHandle
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused, problem

_ADDRESS: Final = 4096
_DISCARDED: Final = 64 << 20
"""Bytes of a body that may come after it was refused."""
_PARSED: Final = 65_535
"""Bytes of an address that httptools takes apart; the queries of longer ones are set apart before."""
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")
_TOO_MUCH: Final = "the head of the request is too large"
_WHY: Final = {
    HTTPStatus.BAD_REQUEST: "this is no request of HTTP/1.1",
    HTTPStatus.REQUEST_URI_TOO_LONG: "the address is too long; send the query by POST",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: _TOO_MUCH,
}


def longest_query(limits: Limits) -> int:
    """Return how many bytes a query may take in an address or a form, where each byte may be three."""
    return int(limits.query_bytes) * 3 + _ADDRESS


class Connection(HttpToolsProtocol):
    """A connection that is bounded."""

    limits: ClassVar[Limits] = Limits()
    refused: ClassVar[list[Callable[[str, int], None]]] = []
    """Are told of each request that never reaches the application: its client, and the status."""
    trusted: ClassVar[frozenset[str]] = frozenset()
    """Addresses of servers that stand in front: they may have as many connections as there are."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.is_lost = False
        self._in_head = self._in_line = True
        self._complete = False
        self._received = 0
        self._late: TimerHandle | None = None
        self._status = HTTPStatus.BAD_REQUEST

    def connection_made(self, transport: Any) -> None:
        """Begin; too many connections, in all or of one address, are refused by closing."""
        super().connection_made(transport)
        host = self._host
        same = sum(each._host == host for each in self.connections if isinstance(each, Connection))
        most = self.limits.connections if host in self.trusted else self.limits.client_connections
        if len(self.connections) > self.limits.connections or same > most:
            transport.abort()
        self._await_head()

    def hang_up(self) -> None:
        """End at once, whatever is not yet sent."""
        self.is_lost = True
        self.transport.abort()

    def _await_head(self) -> None:
        """Give the head of a request its time."""
        self._be_patient()
        self._late = self.loop.call_later(self.limits.idle_seconds, self.hang_up)

    def _be_patient(self) -> None:
        if self._late is not None:
            self._late.cancel()

    @property
    def _host(self) -> str:
        return self.client[0] if self.client else "-"

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self.is_lost = True
        self._be_patient()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes, as far as they are bounded."""
        self._received += len(data)
        super().data_received(self._plain(data) if self._in_line else data)
        most = longest_query(self.limits) + self.limits.head_bytes
        if not self._in_head:
            most += max(_DISCARDED, 2 * self.limits.upload_bytes)
        if self._received > most and not self._complete and not self.transport.is_closing():
            long, large = HTTPStatus.REQUEST_URI_TOO_LONG, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            self._refuse(long if self._in_line else large)

    def _plain(self, data: bytes) -> bytes:
        """Return bytes that begin in the first line of a request, with what is beyond ASCII there encoded.

        People type addresses as they are read, and some clients send them so.
        """
        line, end, rest = data.partition(b"\n")
        self._in_line = not end
        if line.isascii():
            return data
        return _BEYOND_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._in_head, self._complete = True, False
        self._await_head()
        self.scope["connection"] = self  # type: ignore[typeddict-unknown-key]

    def on_headers_complete(self) -> None:
        """Hand the request over, unless its head is too large."""
        self._in_head = False
        self._be_patient()
        path, _, query = self.url.partition(b"?")
        is_long = len(self.url) > _PARSED
        if len(self.url) > longest_query(self.limits) or len(path) > _PARSED:
            self._status = HTTPStatus.REQUEST_URI_TOO_LONG
            raise ValueError(_TOO_MUCH)
        if sum(len(name) + len(value) for name, value in self.headers) > self.limits.head_bytes:
            self._status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise ValueError(_TOO_MUCH)
        if sum(name == b"host" for name, _ in self.headers) != 1 and self.parser.get_http_version() == "1.1":
            raise ValueError("a request of HTTP/1.1 names its host, once")  # RFC 9112, section 3.2
        if is_long:
            self.url = path
        super().on_headers_complete()
        if is_long:
            self.scope["query_string"] = query

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; what comes after the body is not wanted."""
        if self._in_head:
            super().on_header(name, value)

    def on_message_complete(self) -> None:
        """End a request."""
        self._complete = self._in_line = True
        self._received = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request of HTTP, or one too large."""
        self._refuse(self._status)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer what never reaches the application, and hang up."""
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            if self.pipeline or cycle.response_started:
                self.transport.abort()
                return
            cycle.disconnected = True  # the application hears no more of it
            cycle.message_event.set()
        response = problem(Refused(status, _WHY[status]))
        size = str(len(response.body)).encode()
        headers = [
            *self.server_state.default_headers,
            (b"content-type", response.media_type.encode()),
            (b"content-length", size),
            (b"connection", b"close"),
        ]
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        first = f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode()
        self.transport.write(first + lines + b"\r\n" + response.body)
        self.transport.close()
        for told in self.refused:
            told(self._host, status.value)
