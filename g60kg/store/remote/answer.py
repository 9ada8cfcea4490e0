"""What a server answers: read as it comes, turned into terms, and never taken for whole when it was cut.

A web page, an answer that was cut, and one of a format that nobody asked for are a `StoreError`.
"""

import io
from collections.abc import Callable, Iterable, Iterator
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
from g60kg.store.remote.server import kind_of

T = TypeVar("T")

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
    """What a server sends after its headers; reading raises `StoreError` where it was cut or stalls."""

    def __init__(self, response: httpx.Response, url: str, timeout: float) -> None:
        self._response, self._parts, self._left = response, _heard(response, url, timeout), b""
        self.url = url
        self.type = content_type(response)
        self.kind = kind_of(response.headers.get("Server", ""))
        most = response.headers.get("X-SPARQL-MaxRows", "")
        self.most_rows = int(most) if most.isdecimal() else 0

    def readinto(self, buffer: Any) -> int:
        """Read what is there, as much as fits, and return how much; see `io.RawIOBase`."""
        found = self._left or next(self._parts, b"")
        part, self._left = found[: len(buffer)], found[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        """Let the connection go; a second time does nothing."""
        self._response.close()
        super().close()


def _heard(response: httpx.Response, url: str, timeout: float) -> Iterator[bytes]:
    """Yield what comes; next to nothing through a whole time limit is taken for nothing."""
    since, got = monotonic(), 0
    try:
        for part in response.iter_raw():
            got += len(part)
            if monotonic() - since >= timeout:
                if got < _SLOWEST * timeout:
                    raise httpx.ReadTimeout("too slow")
                since, got = monotonic(), 0
            yield part
    except httpx.TimeoutException:
        raise StoreError(f"{url}: the answer stalls", mend="try later, or raise G60KG_TIMEOUT") from None
    except httpx.HTTPError:
        raise StoreError(f"{url}: the answer was cut off: the connection was cut", mend="try again") from None


def content_type(response: httpx.Response) -> str:
    """Return the media type of an answer, without parameters."""
    return str(response.headers.get("Content-Type", "text/plain")).partition(";")[0].strip().lower()


def _whole(body: Body, items: Callable[[], Iterable[T]]) -> Iterator[T]:
    """Yield the items of a body, closed then; raise `StoreError` where it is broken, stalls or was cut.

    No error keeps its way: that would keep the engine's parser, which this thread alone may drop.
    """
    with body:
        try:
            yield from items()
        except StoreError as error:
            raise error.with_traceback(None) from None
        except SyntaxError as error:
            error.__traceback__ = None
            if "after the end of the bindings array" not in str(error):  # as Comunica's `metadata`
                message = f"{body.url}: the answer is broken or was cut off: {error}"
                raise StoreError(message, mend="try again, or ask for less") from None


def read_rows(body: Body, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a SELECT, with these columns in this order."""

    def rows() -> Iterable[Row]:
        found = _results(body)
        if not isinstance(found, QuerySolutions):
            raise StoreError(f"{body.url}: answers a SELECT without rows", mend="is this a SPARQL endpoint?")
        names = tuple(variable.value for variable in found.variables)
        if names == columns:
            return map(tuple, found)
        return (tuple(row[name] if name in names else None for name in columns) for row in found)

    return _whole(body, rows)


def read_bool(body: Body) -> bool:
    """Return the answer of an ASK, which Virtuoso gives as a row that holds 0 or 1."""

    def answers() -> Iterable[bool]:
        found = _results(body)
        if isinstance(found, QueryBoolean):
            return [bool(found)]
        return (isinstance(term, Literal) and term.value in ("1", "true") for row in found for term in row)

    return any(_whole(body, answers))


def read_triples(body: Body) -> Iterator[Triple]:
    """Yield the triples of a CONSTRUCT or DESCRIBE."""

    def triples() -> Iterable[Triple]:
        format_ = _known(RdfFormat.from_media_type(body.type), body)
        return (quad.triple for quad in parse(cast("IO[bytes]", body), format_))

    return _whole(body, triples)


def _results(body: Body) -> Any:
    """Return the answer of a SELECT or ASK as it comes; mended it is no longer than a page."""
    named = QueryResultsFormat.from_media_type(body.type)
    format_ = _known(None if named == QueryResultsFormat.CSV else named, body)
    if not body.kind.cuts:
        return parse_query_results(cast("IO[bytes]", body), format_)
    text = body.readall()
    for wrong, right in _MENDED:
        text = text.replace(wrong, right)
    return parse_query_results(text, format_)


def _known(format_: T | None, body: Body) -> T:
    """Return the format of an answer; raises `StoreError` where it is none of those that were asked for."""
    if format_ is None:
        what = "a web page" if body.type in ("text/html", "application/xhtml+xml") else body.type
        message = f"{body.url}: answers with {what}, not with SPARQL results"
        raise StoreError(message, mend="give the endpoint's URL")
    return format_
