"""What a server answers: read as it comes, turned into terms, and never taken for whole when it was cut.

A web page, an answer that was cut, and one of a format that nobody asked for are a `StoreError`.
"""

import io
from collections.abc import Iterator
from time import monotonic
from typing import IO, Any, Final, TypeVar, cast

import httpx
from pyoxigraph import (
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from g60kg.errors import StoreError
from g60kg.store.base import Row
from g60kg.store.remote.server import Kind, kind_of

F = TypeVar("F")

_SLOWEST: Final = 256
"""Bytes a second: who sends fewer through a whole time limit is not heard to the end."""
_BOOLEAN: Final = b'"datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": '
_MENDED: Final = (
    (b'"type": "bnode", "value": "nodeID://', b'"type": "bnode", "value": "'),
    (_BOOLEAN + b'"1"', _BOOLEAN + b'"true"'),
    (_BOOLEAN + b'"0"', _BOOLEAN + b'"false"'),
)
"""What Virtuoso writes in its results, and what it should; none can stand inside a value."""


class Body(io.RawIOBase):
    """What a server sends after its headers; reading it raises `OSError` where it was cut or stalls."""

    def __init__(self, response: httpx.Response, url: str, timeout: float) -> None:
        self._response, self._parts, self._left = response, response.iter_raw(), b""
        self._timeout, self._since, self._got = timeout, monotonic(), 0
        self.url = url
        self.type = content_type(response)
        self.kind: Kind = kind_of(response.headers.get("Server", ""))
        self.most_rows: str = response.headers.get("X-SPARQL-MaxRows", "")

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there, as much as fits, and return how much; see `io.RawIOBase`."""
        if not self._left:
            self._left = self._next()
        part, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def _next(self) -> bytes:
        """Return what comes next, nothing at the end."""
        try:
            found = next(self._parts, b"")
        except httpx.ReadTimeout as error:
            raise TimeoutError from error
        except httpx.HTTPError as error:
            raise ConnectionError("the connection was cut") from error
        self._got += len(found)
        if monotonic() - self._since >= self._timeout:
            if self._got < _SLOWEST * self._timeout:
                raise TimeoutError
            self._since, self._got = monotonic(), 0
        return found

    def close(self) -> None:
        """Let the connection go; a second time does nothing."""
        self._response.close()
        super().close()


def content_type(response: httpx.Response) -> str:
    """Return the media type of an answer, without parameters."""
    return str(response.headers.get("Content-Type", "text/plain")).partition(";")[0].strip().lower()


def _mended(body: Body) -> IO[bytes]:
    """Return the results of a server whose lines need mending; it sends no more than a page."""
    text = body.readall()
    for wrong, right in _MENDED:
        text = text.replace(wrong, right)
    return io.BytesIO(text)


def read_rows(body: Body, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a SELECT, with these columns in this order."""
    found: Any = None
    with body:
        try:
            found = _results(body)
            if not isinstance(found, QuerySolutions):
                message = f"{body.url}: answers a SELECT without rows"
                raise StoreError(message, mend="is this a SPARQL endpoint?")
            names = tuple(variable.value for variable in found.variables)
            if names == columns:
                yield from map(tuple, found)
            else:
                for row in found:
                    yield tuple(row[name] if name in names else None for name in columns)
        except (SyntaxError, OSError) as error:
            if "after the end of the bindings array" not in str(error):  # as Comunica's `metadata`
                raise _failure(body.url, error) from None
        finally:
            found = None  # only this thread may drop it, and a traceback would keep it


def read_bool(body: Body) -> bool:
    """Return the answer of an ASK, which Virtuoso gives as a row that holds 0 or 1."""
    found: Any = None
    with body:
        try:
            found = _results(body)
            if isinstance(found, QueryBoolean):
                return bool(found)
            terms = [term for row in found for term in row]
            return any(isinstance(term, Literal) and term.value in ("1", "true") for term in terms)
        except (SyntaxError, OSError) as error:
            raise _failure(body.url, error) from None
        finally:
            found = None


def read_triples(body: Body) -> Iterator[Triple]:
    """Yield the triples of a CONSTRUCT or DESCRIBE."""
    with body:
        try:
            for quad in parse(cast("IO[bytes]", body), _known(RdfFormat.from_media_type(body.type), body)):
                yield quad.triple
        except (SyntaxError, OSError) as error:
            raise _failure(body.url, error) from None


def _results(body: Body) -> Any:
    """Return the answer of a SELECT or ASK as it comes."""
    opened = _mended(body) if body.kind.cuts else body
    format_ = QueryResultsFormat.from_media_type(body.type)
    lossy = format_ == QueryResultsFormat.CSV
    return parse_query_results(cast("IO[bytes]", opened), _known(None if lossy else format_, body))


def _known(format_: F | None, body: Body) -> F:
    """Return the format of an answer; raises `StoreError` where it is none of those that were asked for."""
    if format_ is None:
        what = "a web page" if body.type in ("text/html", "application/xhtml+xml") else body.type
        message = f"{body.url}: answers with {what}, not with SPARQL results"
        raise StoreError(message, mend="give the endpoint's URL")
    return format_


def _failure(url: str, error: Exception) -> StoreError:
    """Return what goes wrong while an answer is read; where it came from is let go."""
    error.__traceback__ = None
    if isinstance(error, SyntaxError):
        message = f"{url}: the answer is broken or was cut off: {error}"
        return StoreError(message, mend="try again, or ask for less")
    if isinstance(error, TimeoutError):
        return StoreError(f"{url}: the answer stalls", mend="try later, or raise G60KG_TIMEOUT")
    return StoreError(f"{url}: the answer was cut off: {error}", mend="try again")
