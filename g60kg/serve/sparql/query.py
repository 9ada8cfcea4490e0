"""Answering a query, here or by the server that keeps the graph, in a table or a graph of a bounded size.

The engine writes a table piece by piece and is stopped where it is, so that a million rows are never made,
neither by the engine nor in Python.
"""

import csv
import json
from http import HTTPStatus
from io import BytesIO, StringIO
from typing import Any, Final

from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

from g60kg.query import Rows
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import TABLES, rdf, too_large, too_many
from g60kg.serve.sparql.protocol import Asked, base_of
from g60kg.serve.values import Request, Response
from g60kg.store import DiskStore, MemoryStore, query_form, used_prefixes
from g60kg.store.engine import reading

_HEADERS: Final = (("Vary", "Accept"), ("Server", "g60kg"))  # by which clients know it


def store_of(site: Site) -> DiskStore | MemoryStore:
    """Return the store of a site, to be written to; raises `Refused` (501) where another server keeps it."""
    store = site.kg.store
    if isinstance(store, DiskStore | MemoryStore):
        return store
    raise Refused(HTTPStatus.NOT_IMPLEMENTED, "this graph is kept by another server; change it there")


def query(site: Site, request: Request, asked: Asked) -> Response:
    """Answer a query.

    Raises `SparqlError` for one that does not parse or cannot be evaluated, `UpdateRefused` for an update
    and for a SERVICE, `LimitError` for an answer that is too large, `Refused`: 406 where no format suits, 501
    where another server keeps the graph and the request names a dataset.
    """
    accept = request.header("accept")
    if query_form(asked.text) not in ("select", "ask"):
        with reading("the store", asked.text):
            return rdf(_found(site, request, asked), site.limits, accept, asked.format, _HEADERS)
    table, kind = TABLES.chosen(accept, asked.format)
    with reading("the store", asked.text):
        found = _found(site, request, asked)
        sink = Sink(site.limits)
        found.serialize(sink, table.engine)
    body = sink.getvalue()
    if not isinstance(found, QueryBoolean) and has_more_rows(body, table.engine, site.limits.rows):
        raise too_many(site.limits.rows, "rows")
    return Response(body, kind, headers=_HEADERS)


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


class Sink(BytesIO):
    """A stream that takes an answer, up to the size that one may have."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits

    def write(self, data: Any) -> int:
        """Take a piece; raises `LimitError` where the answer is too large now."""
        if self.tell() + len(data) > self._limits.answer_bytes:
            raise too_large(self._limits)
        return super().write(data)


_BETWEEN: Final = {
    QueryResultsFormat.JSON: b"},{",
    QueryResultsFormat.XML: b"<result>",
    QueryResultsFormat.CSV: b"\r\n",
    QueryResultsFormat.TSV: b"\n",
}
"""What a table has once for each row, or once more or less, and its texts may have."""


def has_more_rows(body: bytes, form: QueryResultsFormat, most: float) -> bool:
    """Whether a table has more rows than so many; it is read where a quick count does not tell."""
    if body.count(_BETWEEN[form]) < most:
        return False
    if form == QueryResultsFormat.CSV:
        return sum(1 for _ in csv.reader(StringIO(body.decode(), newline=""))) - 1 > most
    found: Any = parse_query_results(body, form)
    return sum(1 for _ in found) > most
