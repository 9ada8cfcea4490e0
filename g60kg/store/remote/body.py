"""The body of an answer: read as it comes, closed by itself, and never taken for whole when it was cut.

Goes in: an HTTP response. Comes out: a `Body` with a `read` for parsers; what goes wrong on the way
is an `OSError` with a sentence.
"""

from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import Final

_CHUNK: Final = 1 << 16
_SLOWEST: Final = 256
"""Bytes a second: who sends fewer through a whole time limit is not heard to the end."""


class Body:
    """What a server sends, after its headers."""

    def __init__(self, response: HTTPResponse, timeout: float) -> None:
        self._response: HTTPResponse | None = response
        self._timeout = timeout
        self._since, self._got = monotonic(), 0
        self.type = (response.headers.get_content_type() or "").lower()
        self.server: str = response.headers.get("Server", "")
        self.most_rows: str = response.headers.get("X-SPARQL-MaxRows", "")

    def read(self, size: int = -1) -> bytes:
        """Return at most so many bytes, all that is left by default, nothing at the end.

        Raises `OSError` where the connection was cut or stalls.
        """
        if size < 0:
            return b"".join(iter(lambda: self.read(_CHUNK), b""))
        if self._response is None:
            return b""
        try:
            found = self._response.read1(size)
            if not found and self._response.length:
                raise ConnectionError("the connection was cut")
        except HTTPException as error:
            raise ConnectionError("the connection was cut") from error
        self._check_pace(len(found))
        if not found:
            self.close()
        return found

    def _check_pace(self, size: int) -> None:
        self._got += size
        if monotonic() - self._since < self._timeout:
            return
        if self._got < _SLOWEST * self._timeout:
            raise TimeoutError
        self._since, self._got = monotonic(), 0

    def close(self) -> None:
        """Let the connection go; a second time does nothing."""
        if self._response is not None:
            self._response.close()
            self._response = None

    def __enter__(self) -> "Body":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()


class Mended:
    """A body whose texts are replaced by others while it is read; none may hold a line's end."""

    def __init__(self, body: Body, mend: Callable[[bytes], bytes]) -> None:
        self._body, self._mend = body, mend
        self._rest, self._ready = b"", b""

    def read(self, size: int) -> bytes:
        """Return at most so many bytes; raises as `Body.read` does."""
        while not self._ready:
            found = self._body.read(_CHUNK)
            if not found:
                self._ready, self._rest = self._mend(self._rest), b""
                break
            lines, end, rest = (self._rest + found).rpartition(b"\n")
            self._ready, self._rest = self._mend(lines + end), rest
        given, self._ready = self._ready[:size], self._ready[size:]
        return given
