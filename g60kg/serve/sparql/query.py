"""Answering a query.

Goes in: what was asked. Comes out: a response in the format that suits the client. The engine writes the
answer itself, into a sink that bounds it.
"""

from typing import Any

from pyoxigraph import QueryBoolean

from g60kg.serve.limits import Limits
from g60kg.serve.site import Site
from g60kg.serve.sparql.address import base_of
from g60kg.serve.sparql.asked import Asked
from g60kg.serve.sparql.dataset import dataset_options
from g60kg.serve.sparql.engine import answering, engine_of
from g60kg.serve.sparql.formats import GRAPHS, TABLES
from g60kg.serve.sparql.sink import Sink
from g60kg.serve.sparql.triples import write_triples
from g60kg.serve.values import Request, Response
from g60kg.store import query_form, used_prefixes


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
        from g60kg.serve.sparql.elsewhere import found_elsewhere

        return found_elsewhere(site.kg.store, asked, site.limits)
    base = base_of(site, request, "/sparql")
    return engine.query(
        asked.text, base_iri=base, prefixes=used_prefixes(asked.text), **dataset_options(asked)
    )


def _sink(found: Any, form: Any, limits: Limits) -> Sink:
    return Sink(limits, None if isinstance(found, QueryBoolean) else form)


def _response(body: bytes, kind: str) -> Response:
    return Response(body, kind, headers=(("Vary", "Accept"), ("Server", "g60kg")))  # by which clients know it
