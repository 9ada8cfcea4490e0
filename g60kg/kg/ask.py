"""Asking free SPARQL.

Goes in: a store and a text. Comes out: rows, a bool, or triples, by the form of the query.
"""

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, serialize

from g60kg.query import Rows
from g60kg.store import Store, query_form
from g60kg.terms import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph


def ask(store: Store, text: str) -> Rows | bool | list[Triple]:
    """Answer a SPARQL query; triples come each once.

    Raises `SparqlError` with the place, `UpdateRefused` for an update or a SERVICE.
    """
    form = query_form(text)
    if form == "select":
        return Rows.of(store.select(text))
    if form == "ask":
        return store.ask(text)
    return list(dict.fromkeys(store.construct(text)))


def to_graph(triples: list[Triple]) -> "Graph":
    """Return triples as a graph of rdflib."""
    from rdflib import Graph

    graph = Graph()
    for prefix, base in PREFIXES.items():
        graph.bind(prefix, base, replace=True)
    return graph.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
