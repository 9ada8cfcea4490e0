"""What passes over the socket between the front and a worker: frames, each a length and a value.

Goes in: plain values (text, bytes, numbers, tuples, dicts). Comes out: bytes, and the values again. Both ends
are of one version of Python and of this package, so `marshal` serves, which is quick and makes nothing but
plain values.
"""

import marshal
import socket
from collections.abc import Iterator
from struct import Struct
from typing import Any, Final

from g60kg.serve.values import Request, Response

_LENGTH: Final = Struct(">Q")
_PART: Final = 1 << 20


def frame(value: Any) -> bytes:
    """Return a value as a frame.

    >>> list(Frames().feed(frame(("ready", 3)) + b"\\0"))
    [('ready', 3)]
    """
    body = marshal.dumps(value)
    return _LENGTH.pack(len(body)) + body


class Frames:
    """The values in a stream of bytes that comes in pieces."""

    __slots__ = ("_bytes",)

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[Any]:
        """Yield the values that are whole now."""
        self._bytes += data
        while len(self._bytes) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._bytes)[0]
            if len(self._bytes) < end:
                return
            with memoryview(self._bytes) as view:
                value = marshal.loads(view[_LENGTH.size : end])
            del self._bytes[:end]
            yield value


def receive(link: socket.socket) -> Any:
    """Wait for a frame and return its value; raises `EOFError` where the other side has ended."""
    (length,) = _LENGTH.unpack(_exactly(link, _LENGTH.size))
    return marshal.loads(_exactly(link, length))


def values_from(link: socket.socket) -> Iterator[Any]:
    """Yield the values that come, and None before each wait; raises `EOFError` where the other side ends."""
    frames = Frames()
    while True:
        yield None
        data = link.recv(_PART)
        if not data:
            raise EOFError("the other side has ended")
        yield from frames.feed(data)


def _exactly(link: socket.socket, length: int) -> bytearray:
    found = bytearray()
    while len(found) < length:
        part = link.recv(min(length - len(found), _PART))
        if not part:
            raise EOFError("the other side has ended")
        found += part
    return found


def request_parts(request: Request) -> tuple[Any, ...]:
    """Return a request as plain values."""
    return (
        request.route,
        request.method,
        request.path,
        request.query,
        request.headers,
        request.body,
        request.url,
    )


def response_parts(response: Response) -> tuple[Any, ...]:
    """Return a response as plain values."""
    headers = tuple((str(name), str(value)) for name, value in response.headers)
    return (bytes(response.body), str(response.media_type), int(response.status), headers)
