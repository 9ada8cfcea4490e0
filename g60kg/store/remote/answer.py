"""From what a server answers to terms.

Goes in: a `Body`. Comes out: rows, a bool, or triples, parsed by pyoxigraph while they come. A web
page, an answer that was cut, and one of a format that nobody asked for are a `StoreError`.
"""

from collections.abc import Iterator
from typing import IO, Any, Final, TypeVar, cast

from pyoxigraph import (
    Literal,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
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
    found: Any = None
    with body:
        try:
            found = parse_query_results(_opened(body, kind), _format(_RESULTS, body, url))
            if not isinstance(found, QuerySolutions):
                raise StoreError(f"{url}: answers a SELECT without rows", mend="is this a SPARQL endpoint?")
            yield from _ordered(found, columns)
        except (SyntaxError, OSError) as error:
            if "after the end of the bindings array" not in str(error):  # as Comunica's `metadata`
                raise _failure(url, error) from None
        finally:
            found = None  # only this thread may drop it, and a traceback would keep it


def read_bool(body: Body, url: str, kind: Kind) -> bool:
    """Return the answer of an ASK, which Virtuoso gives as a row that holds 0 or 1."""
    found: Any = None
    with body:
        try:
            found = parse_query_results(_opened(body, kind), _format(_RESULTS, body, url))
            return bool(found) if isinstance(found, QueryBoolean) else any(map(_is_yes, found))
        except (SyntaxError, OSError) as error:
            raise _failure(url, error) from None
        finally:
            found = None


def read_triples(body: Body, url: str) -> Iterator[Triple]:
    """Yield the triples of a CONSTRUCT or DESCRIBE."""
    with body:
        try:
            for quad in parse(cast("IO[bytes]", body), _format(_GRAPHS, body, url)):
                yield quad.triple
        except (SyntaxError, OSError) as error:
            raise _failure(url, error) from None


def _ordered(found: QuerySolutions, columns: tuple[str, ...]) -> Iterator[Row]:
    """Return the rows with their columns as they were asked for."""
    names = tuple(variable.value for variable in found.variables)
    if names == columns:
        return map(tuple, found)
    places = [names.index(name) if name in names else -1 for name in columns]
    return map(lambda row: tuple(row[place] if place >= 0 else None for place in places), found)  # noqa: C417


def _is_yes(solution: QuerySolution) -> bool:
    return any(isinstance(term, Literal) and term.value in ("1", "true") for term in solution)


def _failure(url: str, error: Exception) -> StoreError:
    """Return what goes wrong while an answer is read; where it came from is let go."""
    error.__traceback__ = None
    if isinstance(error, SyntaxError):
        message = f"{url}: the answer is broken or was cut off: {error}"
        return StoreError(message, mend="try again, or ask for less")
    if isinstance(error, TimeoutError):
        return StoreError(f"{url}: the answer stalls", mend="try later, or raise G60KG_TIMEOUT")
    return StoreError(f"{url}: the answer was cut off: {error}", mend="try again")


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
