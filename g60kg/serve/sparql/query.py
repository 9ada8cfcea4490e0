"""Answering a query, here or by the server that keeps the graph, and the engine's errors in our words.

A `SparqlError` names line and column and shows what stands there; a prefix that nobody declared, which the
engine's parser takes for something else, is named as such.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from itertools import pairwise
from typing import Any, Final

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    parse_query_results,
)

from g60kg.errors import SparqlError, StoreError
from g60kg.query import Rows
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import GRAPHS, TABLES
from g60kg.serve.sparql.protocol import Asked, base_of
from g60kg.serve.sparql.written import Sink, write_triples
from g60kg.serve.values import Request, Response
from g60kg.store import DiskStore, MemoryStore, query_form, used_prefixes
from g60kg.store.lexer import tokens
from g60kg.terms import PREFIXES

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SENTENCE: Final = re.compile(
    r"(?:expected (?:one of )?)?((?:The|An?|It|Not|No|Invalid|Relative) [^\[\"]+[^\[\", ])"
)
_SHOWN: Final = 40


def mistake(text: str, error: SyntaxError, noun: str = "query") -> SparqlError:
    """Return the error of a text that does not parse.

    >>> str(mistake("ASK { ?s ?p }", SyntaxError("error at 1:13: expected one of …")))
    "the query does not parse near line 1, column 13, at '}'"
    """
    found = _PLACE.match(str(error))
    if prefix := _undeclared(text):
        where, name = prefix
        mend = f"write PREFIX {name}: <…> before the {noun}"
        return SparqlError(f"the prefix {name}: at {_spot(text, where)} is not declared", mend=mend)
    if not found:
        return SparqlError(f"the {noun} does not parse: {_sentence(str(error)) or 'it is no SPARQL'}")
    line, column = int(found[1]), int(found[2])
    said = _sentence(found[3])
    message = f"the {noun} does not parse near line {line}, column {column}, {_shown(text, line, column)}"
    return SparqlError(f"{message}: {said}" if said else message)


def _undeclared(text: str) -> tuple[int, str] | None:
    """Return where a prefix is used that is neither known nor declared, and the prefix."""
    words = list(tokens(text))
    declared = {after.text.partition(":")[0] for word, after in pairwise(words) if word.keyword == "PREFIX"}
    known = declared | set(PREFIXES) | {"_"}
    for word in words:
        name = word.text.partition(":")[0]
        if word.kind == "name" and name not in known:
            return word.start, name
    return None


def _spot(text: str, start: int) -> str:
    line = text.count("\n", 0, start)
    return f"line {line + 1}, column {start - text.rfind(chr(10), 0, start)}"


def _shown(text: str, line: int, column: int) -> str:
    """Return what stands at a place, or before it; the parser may be a word ahead of the mistake."""
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    before, after = here[: column - 1].strip(), here[column - 1 :].strip()
    return f"at {after[:_SHOWN]!r}" if after else f"after {before[-_SHOWN:]!r}"


def _sentence(said: str) -> str:
    """Return what the parser says in words, where it does; lists of what it expected help nobody."""
    found = _SENTENCE.match(said)
    return found[1][0].lower() + found[1][1:] if found else ""


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
        raise SparqlError(f"the query cannot be evaluated: {error}") from error
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
