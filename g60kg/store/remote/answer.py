"""From what a server answers to terms.

Goes in: a `Body`. Comes out: rows, a bool, or triples, parsed by pyoxigraph while they come. A web
page, an answer that was cut, and one of a format that nobody asked for are a `StoreError`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final, TypeVar, cast

from pyoxigraph import (
    Literal,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from g60kg.errors import StoreError
from g60kg.store.base import Term
from g60kg.store.remote.body import Body, Mended
from g60kg.store.remote.kinds import Kind

Row = tuple[Term | None, ...]
F = TypeVar("F")

_RESULTS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
}
_GRAPHS: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "text/turtle": RdfFormat.TURTLE,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_BOOLEAN: Final = b'"datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": '
_MENDED: Final = (
    (b'"type": "bnode", "value": "nodeID://', b'"type": "bnode", "value": "'),
    (_BOOLEAN + b'"1"', _BOOLEAN + b'"true"'),
    (_BOOLEAN + b'"0"', _BOOLEAN + b'"false"'),
)
"""What Virtuoso writes in its results, and what it should; none can stand inside a value."""


def read_rows(body: Body, url: str, kind: Kind, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a SELECT, with these columns in this order."""
    with _told(url), _all_read():
        found = parse_query_results(_opened(body, kind), _format(_RESULTS, body, url))
        if not isinstance(found, QuerySolutions):
            raise StoreError(f"{url}: answers a SELECT without rows", mend="is this a SPARQL endpoint?")
        names = tuple(variable.value for variable in found.variables)
        if names == columns:
            yield from map(_row, found)
        else:
            places = [names.index(name) if name in names else None for name in columns]
            for row in map(_row, found):
                yield tuple(None if place is None else row[place] for place in places)


def _row(solution: object) -> Row:
    return tuple(solution)  # type: ignore[arg-type]


def read_bool(body: Body, url: str, kind: Kind) -> bool:
    """Return the answer of an ASK, which Virtuoso gives as a row that holds 0 or 1."""
    with _told(url):
        found = parse_query_results(_opened(body, kind), _format(_RESULTS, body, url))
        if isinstance(found, QueryBoolean):
            return bool(found)
        values = [term for solution in found for term in _row(solution)]
        return any(isinstance(value, Literal) and value.value in ("1", "true") for value in values)


def read_triples(body: Body, url: str) -> Iterator[Triple]:
    """Yield the triples of a CONSTRUCT or DESCRIBE."""
    with _told(url):
        found: Iterator[Quad] = parse(cast("IO[bytes]", body), _format(_GRAPHS, body, url))
        for quad in found:
            yield quad.triple


def _opened(body: Body, kind: Kind) -> IO[bytes]:
    """Return what a parser reads from; it needs no more than `read`."""
    return cast("IO[bytes]", Mended(body, _mended) if kind.cuts else body)


def _mended(text: bytes) -> bytes:
    for wrong, right in _MENDED:
        text = text.replace(wrong, right)
    return text


def _format(known: dict[str, F], body: Body, url: str) -> F:
    if body.type in known:
        return known[body.type]
    body.close()
    what = "a web page" if body.type in ("text/html", "application/xhtml+xml") else body.type
    raise StoreError(f"{url}: answers with {what}, not with SPARQL results", mend="give the endpoint's URL")


@contextmanager
def _all_read() -> Iterator[None]:
    """Let pass what a server writes after the last row, such as Comunica's `metadata`."""
    try:
        yield
    except SyntaxError as error:
        if "after the end of the bindings array" not in str(error):
            raise


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn what goes wrong while an answer is read into a `StoreError`."""
    try:
        yield
    except SyntaxError as error:
        message = f"{url}: the answer is broken or was cut off: {error}"
        raise StoreError(message, mend="try again, or ask for less") from error
    except TimeoutError as error:
        raise StoreError(f"{url}: the answer stalls", mend="try later, or raise G60KG_TIMEOUT") from error
    except OSError as error:
        raise StoreError(f"{url}: the answer was cut off: {error}", mend="try again") from error
