"""One connection: uvicorn's, with bounds on what a client sends and on how long it may take.

Goes in: bytes of a client. Comes out: requests for the application, or a refusal: of heads that are too large
(431, 414), do not come to their end (408), or are malformed (400). A client that does not read is hung up on.
"""

import re
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from g60kg.serve.front.headers import headers_of
from g60kg.serve.front.joined import Joined
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused, problem

_ENCODED: Final = 3
"""Bytes that one byte of a query may take in an address."""
_ADDRESS: Final = 4096
_DISCARDED: Final = 64 << 20
_TOO_MUCH: Final = "the head of the request is too large"
_SLOWEST: Final = 1024
"""Bytes of a body that are to come in a second, on average."""
_PARSED: Final = 65_535
"""Bytes of an address that httptools takes apart; the queries of longer ones are set apart before."""
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")


class Connection(HttpToolsProtocol):
    """A connection that is bounded; `check` is to be called about once a second."""

    limits: ClassVar[Limits] = Limits()
    refused: ClassVar[list[Callable[[str, int], None]]] = []
    """Are told of each request that never reaches the application: its client, and the status."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.is_lost = False
        self._told: Callable[[], object] | None = None
        self._in_head = self._in_line = True
        self._complete = False
        self._received = 0
        self._begun = self._heard = time.monotonic()
        self._stuck: float | None = None
        self._status = HTTPStatus.BAD_REQUEST

    def on_lost(self, told: Callable[[], object]) -> None:
        """Call a function when the client hangs up; the last one given counts."""
        self._told = told

    def connection_made(self, transport: Any) -> None:
        """Begin; too many connections are refused by closing."""
        super().connection_made(Joined(transport))  # type: ignore[arg-type]
        if len(self.connections) > self.limits.connections:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self.is_lost = True
        super().connection_lost(exc)
        if self._told is not None:
            self._told()

    def data_received(self, data: bytes) -> None:
        """Take bytes, as far as they are bounded."""
        self._heard = time.monotonic()
        self._received += len(data)
        super().data_received(self._plain(data) if self._in_line else data)
        most = self._most_head if self._in_head else self._most_body
        if self._received > most and not self._complete and not self.transport.is_closing():
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def _plain(self, data: bytes) -> bytes:
        """Return bytes that begin in the first line of a request, with what is beyond ASCII there encoded.

        People type addresses as they are read, and some clients send them so.
        """
        line, end, rest = data.partition(b"\n")
        self._in_line = not end
        if line.isascii():
            return data
        return _BEYOND_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest

    @property
    def _most_address(self) -> float:
        return self.limits.query_bytes * _ENCODED + _ADDRESS

    @property
    def _most_head(self) -> float:
        return self._most_address + self.limits.head_bytes

    @property
    def _most_body(self) -> float:
        return self._most_head + max(_DISCARDED, 2 * self.limits.upload_bytes)

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._in_head, self._complete = True, False
        self._begun = self._heard
        self.scope["connection"] = self  # type: ignore[typeddict-unknown-key]

    def on_headers_complete(self) -> None:
        """Hand the request over, unless its head is too large."""
        self._in_head = False
        path, _, query = self.url.partition(b"?")
        if len(self.url) > self._most_address or len(path) > _PARSED:
            self._status = HTTPStatus.REQUEST_URI_TOO_LONG
            raise ValueError(_TOO_MUCH)
        if sum(len(name) + len(value) for name, value in self.headers) > self.limits.head_bytes:
            self._status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise ValueError(_TOO_MUCH)
        if sum(name == b"host" for name, _ in self.headers) != 1 and self.parser.get_http_version() == "1.1":
            raise ValueError("a request of HTTP/1.1 names its host, once")  # RFC 9112, section 3.2
        self._hand_over(path, query)

    def _hand_over(self, path: bytes, query: bytes) -> None:
        is_long = len(self.url) > _PARSED
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
        if not self._may_answer():
            self.transport.abort()
            return
        response = problem(Refused(status, _WHY[status], (("Connection", "close"),)))
        headers = [*self.server_state.default_headers, *headers_of(response, shared=False)]
        headers.append((b"content-length", str(len(response.body)).encode()))
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        first = f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode()
        self.transport.write(first + lines + b"\r\n" + response.body)
        self.transport.close()
        for told in self.refused:
            told(self.client[0] if self.client else "-", status.value)

    def _may_answer(self) -> bool:
        """Whether a refusal comes at its turn; the application then hears no more of the request."""
        if self.cycle is None or self.cycle.response_complete:
            return True
        if self.pipeline or self.cycle.response_started:
            return False
        self.cycle.disconnected = True
        self.cycle.message_event.set()
        return True

    def check(self, now: float) -> None:
        """Hang up on a client that is too slow: in sending a head or a body, or in reading."""
        most = self.limits.idle_seconds
        if self._is_stuck(now, most):
            self.transport.abort()
        elif self._in_head and not self._complete and now - self._begun > most:
            if self._received:
                self._refuse(HTTPStatus.REQUEST_TIMEOUT)
            else:
                self.transport.close()
        elif not self._in_head and not self._complete and self._is_slow(now, most):
            self.transport.abort()

    def _is_slow(self, now: float, most: float) -> bool:
        """Whether a body stands still, or trickles."""
        return now - self._heard > most or now - self._begun > most + self._received / _SLOWEST

    def _is_stuck(self, now: float, most: float) -> bool:
        """Whether a client has not read for too long what is to be sent."""
        waits = self.flow.write_paused or self.transport.is_closing()
        if not waits:
            self._stuck = None
        elif self._stuck is None:
            self._stuck = now
        return self._stuck is not None and now - self._stuck > most

    def resume_writing(self) -> None:
        """Take note that the client has read."""
        self._stuck = None
        super().resume_writing()


_WHY: Final = {
    HTTPStatus.BAD_REQUEST: "this is no request of HTTP/1.1",
    HTTPStatus.REQUEST_TIMEOUT: "the request did not come to its end in time",
    HTTPStatus.REQUEST_URI_TOO_LONG: "the address is too long; send the query by POST",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: _TOO_MUCH,
}
