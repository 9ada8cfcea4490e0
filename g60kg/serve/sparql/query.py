"""Answering a query, here or by the server that keeps the graph."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from itertools import islice
from typing import Any

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)
from pyoxigraph import Store as Engine

from g60kg.errors import StoreError
from g60kg.query import Rows
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import GRAPHS, TABLES
from g60kg.serve.sparql.protocol import Asked, base_of, dataset_options
from g60kg.serve.sparql.written import Sink, write_triples
from g60kg.serve.values import Request, Response
from g60kg.store import DiskStore, MemoryStore, Store, query_form, used_prefixes
from g60kg.store.mistakes import mistake, unanswerable


def store_of(site: Site) -> DiskStore | MemoryStore:
    """Return the store of a site, to be written to; raises `Refused` (501) where another server keeps it."""
    store = site.kg.store
    if isinstance(store, DiskStore | MemoryStore):
        return store
    raise Refused(HTTPStatus.NOT_IMPLEMENTED, "this graph is kept by another server; change it there")


def engine_of(site: Site) -> Engine | None:
    """Return the engine that holds the graph, to be read from; None where another server keeps it."""
    store = site.kg.store
    return store.engine if isinstance(store, DiskStore | MemoryStore) else None


def holds(site: Site, name: NamedNode) -> bool:
    """Whether there is a graph of this name."""
    engine = engine_of(site)
    return engine.contains_named_graph(name) if engine is not None else name in site.kg.store.graphs()


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


def found_elsewhere(
    store: Store, asked: Asked, limits: Limits
) -> QuerySolutions | QueryBoolean | Iterator[Triple]:
    """Return what a query finds.

    Raises `Refused` (501) where the request names a dataset: say it by FROM, or ask the other server.
    """
    if asked.has_dataset:
        detail = "this graph is kept by another server; name its graphs by FROM in the query"
        raise Refused(HTTPStatus.NOT_IMPLEMENTED, detail)
    form = query_form(asked.text)
    if form == "ask":
        return _parsed(json.dumps({"head": {}, "boolean": store.ask(asked.text)}))
    if form != "select":
        return store.construct(asked.text)
    selection = store.select(asked.text)
    rows = tuple(islice(selection.rows, int(limits.rows) + 1))
    return _parsed(Rows(selection.columns, rows).to_json())


def _parsed(text: str) -> QuerySolutions | QueryBoolean:
    return parse_query_results(text, QueryResultsFormat.JSON)


def query(site: Site, request: Request, asked: Asked) -> Response:
    """Answer a query.

    Raises `SparqlError` for one that does not parse or cannot be evaluated, `UpdateRefused` for an update
    and for a SERVICE, `LimitError` for an answer that is too large, `Refused` (406) where no format suits.
    """
    make = _table if query_form(asked.text) in ("select", "ask") else _graph
    return make(site, request, asked)


def _table(site: Site, request: Request, asked: Asked) -> Response:
    form, kind = TABLES.chosen(request.header("accept"), asked.format)
    with answering(asked.text):
        found = _found(site, request, asked)
        sink = _sink(found, form.engine, site.limits)
        found.serialize(sink, form.engine)
    return _response(sink.whole(), kind)


def _graph(site: Site, request: Request, asked: Asked) -> Response:
    form, kind = GRAPHS.chosen(request.header("accept"), asked.format)
    with answering(asked.text):
        body = write_triples(_found(site, request, asked), form.engine, site.limits)
    return _response(body, kind)


def _found(site: Site, request: Request, asked: Asked) -> Any:
    engine = engine_of(site)
    if engine is None:
        return found_elsewhere(site.kg.store, asked, site.limits)
    base = base_of(site, request, "/sparql")
    return engine.query(
        asked.text, base_iri=base, prefixes=used_prefixes(asked.text), **dataset_options(asked)
    )


def _sink(found: Any, form: Any, limits: Limits) -> Sink:
    return Sink(limits, None if isinstance(found, QueryBoolean) else form)


def _response(body: bytes, kind: str) -> Response:
    return Response(body, kind, headers=(("Vary", "Accept"), ("Server", "g60kg")))  # by which clients know it
