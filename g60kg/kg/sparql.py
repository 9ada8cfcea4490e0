"""Free SPARQL: what a query names that a store has nowhere, and triples as a graph of rdflib."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from g60kg.store import Store
from g60kg.store.lexer import tokens
from g60kg.terms import PREFIXES, RDF, curie, iri

if TYPE_CHECKING:
    from rdflib import Graph


_OURS: Final = ("g60:", "id:")


def unheld_names(store: Store, text: str) -> dict[str, tuple[str, ...]]:
    """Return the terms of the project that a query names and a store has nowhere, each with the nearest."""
    ours = {token.text for token in tokens(text) if token.kind == "name" and token.text.startswith(_OURS)}
    unheld = [name for name in sorted(ours) if not name.endswith(":") and not _is_held(store, iri(name))]
    subjects = {quad.subject for quad in store.match(None, RDF.type)} if unheld else ()
    known = sorted(curie(each) for each in subjects if isinstance(each, NamedNode))
    return {
        name: tuple(get_close_matches(name, [each for each in known if each[:2] == name[:2]], 3, 0.7))
        for name in unheld
    }


def _is_held(store: Store, term: NamedNode) -> bool:
    return any(map(any, (store.match(term), store.match(None, term), store.match(None, None, term))))


def to_graph(triples: list[Triple]) -> "Graph":
    """Return triples as a graph of rdflib."""
    from rdflib import Graph

    graph = Graph()
    for prefix, base in PREFIXES.items():
        graph.bind(prefix, base, replace=True)
    return graph.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")
