"""Answering from a graph that another server keeps.

Goes in: a query. Comes out: what the engine here would have found, to be written as its answers are: the rows
come over the wire, at most one more than may be given.
"""

import json
from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, Triple, parse_query_results

from g60kg.query import Rows
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused
from g60kg.serve.sparql.asked import Asked
from g60kg.store import Store, query_form


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
