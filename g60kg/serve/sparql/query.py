"""Answering a query, here or by the server that keeps the graph, and writing answers, of a bounded size.

The engine writes piece by piece and is stopped where it is, so that a million rows are never made, neither
by the engine nor in Python. Rows of a table are counted in the bytes: a quick count of what ends or parts
rows is never too small; where it goes beyond the limit the texts are cut out and it is counted again.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import IO, Any, Final, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse_query_results,
    serialize,
)

from g60kg.errors import ExportError, LimitError, StoreError
from g60kg.export import rdfxml_triples, without_escapes
from g60kg.query import Rows
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import GRAPHS, TABLES
from g60kg.serve.sparql.protocol import Asked, base_of
from g60kg.serve.values import Request, Response
from g60kg.store import DiskStore, MemoryStore, query_form, used_prefixes
from g60kg.store.lexer import mistake, unanswerable
from g60kg.terms import PREFIXES


def store_of(site: Site) -> DiskStore | MemoryStore:
    """Return the store of a site, to be written to; raises `Refused` (501) where another server keeps it."""
    store = site.kg.store
    if isinstance(store, DiskStore | MemoryStore):
        return store
    raise Refused(HTTPStatus.NOT_IMPLEMENTED, "this graph is kept by another server; change it there")


@contextmanager
def answering(text: str, noun: str = "query") -> Iterator[None]:
    """Turn the engine's errors at a text into the project's.

    Raises `SparqlError` for a text that does not parse or cannot be evaluated, `StoreError` for the rest.
    """
    try:
        yield
    except SyntaxError as error:
        raise mistake(text, error, noun) from error
    except (ValueError, RuntimeError) as error:
        raise unanswerable(error) from error
    except OSError as error:
        raise StoreError(f"the store cannot be read: {error}") from error


def query(site: Site, request: Request, asked: Asked) -> Response:
    """Answer a query.

    Raises `SparqlError` for one that does not parse or cannot be evaluated, `UpdateRefused` for an update
    and for a SERVICE, `LimitError` for an answer that is too large, `Refused`: 406 where no format suits, 501
    where another server keeps the graph and the request names a dataset.
    """
    accept = request.header("accept")
    if query_form(asked.text) in ("select", "ask"):
        table, kind = TABLES.chosen(accept, asked.format)
        with answering(asked.text):
            found = _found(site, request, asked)
            sink = Sink(site.limits, None if isinstance(found, QueryBoolean) else table.engine)
            found.serialize(sink, table.engine)
        body = sink.whole()
    else:
        graph, kind = GRAPHS.chosen(accept, asked.format)
        with answering(asked.text):
            body = write_triples(_found(site, request, asked), graph.engine, site.limits)
    return Response(body, kind, headers=(("Vary", "Accept"), ("Server", "g60kg")))  # by which clients know it


def _found(site: Site, request: Request, asked: Asked) -> Any:
    store = site.kg.store
    if isinstance(store, DiskStore | MemoryStore):
        base = base_of(site, request, "/sparql")
        return store.engine.query(
            asked.text, base_iri=base, prefixes=used_prefixes(asked.text), **asked.options
        )
    if asked.has_dataset:
        detail = "this graph is kept by another server; name its graphs by FROM in the query"
        raise Refused(HTTPStatus.NOT_IMPLEMENTED, detail)
    form = query_form(asked.text)
    if form not in ("select", "ask"):
        return store.construct(asked.text)
    if form == "ask":
        text = json.dumps({"head": {}, "boolean": store.ask(asked.text)})
    else:
        text = Rows.of(store.select(asked.text), int(site.limits.rows) + 1).to_json()
    return parse_query_results(text, QueryResultsFormat.JSON)


@dataclass(frozen=True, slots=True)
class Mark:
    """What there is one of for each row, `spare` times beside; `texts` are what may hold it by accident, up
    to where the answer ends as yet."""

    text: bytes
    spare: int = 0
    texts: re.Pattern[bytes] | None = None


_MARKS: Final = {
    QueryResultsFormat.JSON: Mark(b"},{", -1, re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)),
    QueryResultsFormat.XML: Mark(b"<result>"),
    QueryResultsFormat.CSV: Mark(b"\r\n", 1, re.compile(rb'"[^"]*+"?')),
    QueryResultsFormat.TSV: Mark(b"\n", 1),
}


class Sink:
    """A stream that takes an answer; with `table`, its rows are counted."""

    __slots__ = ("_body", "_bytes", "_counted", "_mark", "_rows", "_seen")

    def __init__(self, limits: Limits, table: QueryResultsFormat | None = None) -> None:
        self._body = bytearray()
        self._bytes, self._rows = limits.answer_bytes, limits.rows
        self._mark = _MARKS[table] if table else None
        self._seen = self._counted = 0

    def write(self, data: bytes) -> int:
        """Take a piece; raises `LimitError` where the answer is too large now."""
        self._body += data
        if len(self._body) > self._bytes:
            raise LimitError(
                f"the answer is larger than {self._bytes:,.0f} bytes", mend="ask for less, or add LIMIT"
            )
        if self._mark:
            self._count(self._mark)
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is in memory."""

    def whole(self) -> bytes:
        """Return the whole answer."""
        return bytes(self._body)

    def _count(self, mark: Mark) -> None:
        self._seen += self._body.count(mark.text, max(self._counted - len(mark.text) + 1, 0))
        self._counted = len(self._body)
        if self._seen - mark.spare <= self._rows:
            return
        if mark.texts:
            self._seen = mark.texts.sub(b"", self._body).count(mark.text)
        if self._seen - mark.spare > self._rows:
            raise too_many(self._rows, "rows")


def too_many(most: float, what: str) -> LimitError:
    """Return the error of an answer with too many rows or triples."""
    return LimitError(f"the answer has more than {most:,.0f} {what}", mend="ask for less, or add LIMIT")


_PREFIXES: Final = PREFIXES | {"sd": "http://www.w3.org/ns/sparql-service-description#"}
_TURTLE_HEAD: Final = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML_HEAD: Final = re.compile(rb'(<\?xml[^>]*\?>\s*<rdf:RDF)((?: xmlns:[\w.-]+="[^"]*")+)')
_XML_NAME: Final = re.compile(rb' xmlns:([\w.-]+)="[^"]*"')


def write_triples(triples: Iterable[Triple], form: RdfFormat, limits: Limits) -> bytes:
    """Return triples in a format.

    Raises `LimitError` where there are too many, `Refused` (406) for what RDF/XML cannot write.
    """
    sink = Sink(limits)
    counted = _counted(triples, limits.rows)
    said = rdfxml_triples(counted) if form == RdfFormat.RDF_XML else counted
    try:
        serialize(said, cast("IO[bytes]", sink), form, prefixes=_PREFIXES)
    except ExportError as error:
        raise Refused(HTTPStatus.NOT_ACCEPTABLE, str(error)) from None
    return _ordered(sink.whole(), form)


def _counted(triples: Iterable[Triple], most: float) -> Iterator[Triple]:
    for number, triple in enumerate(triples):
        if number >= most:
            raise too_many(most, "triples")
        yield triple


def _ordered(body: bytes, form: RdfFormat) -> bytes:
    """Put the prefixes at the head in order, and leave out those that are not used."""
    if form == RdfFormat.RDF_XML:
        return _XML_HEAD.sub(lambda head: head[1] + _names(head[2], body[head.end() :]), body, count=1)
    head = _TURTLE_HEAD.match(body) if form in (RdfFormat.TURTLE, RdfFormat.TRIG) else None
    if not head:
        return body
    rest = without_escapes(body[head.end() :])
    lines = (line for line in sorted(head[0].splitlines(keepends=True)) if line.split()[1] in rest)
    return b"".join((*lines, rest))


def _names(names: bytes, rest: bytes) -> bytes:
    found = {name[1]: name[0] for name in _XML_NAME.finditer(names)}
    used = (name for name in sorted(found) if name == b"rdf" or name + b":" in rest)
    return b"".join(found[name] for name in used)
