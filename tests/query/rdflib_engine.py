"""rdflib's memory store as a second engine for the stored queries.

Goes in: a Dataset, a query's text and bound terms. Comes out: `Rows`, as the project's own store gives
them. Values are joined by a VALUES clause outside the query, the portable form of a binding.
"""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib import BNode, Dataset, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.term import Identifier

from g60kg.query import Rows, StoredQuery, to_rdflib
from g60kg.store.base import Term


def to_dataset(quads: Iterable[Quad]) -> Dataset:
    dataset = Dataset(default_union=True)
    for quad in quads:
        terms: Any = tuple(map(to_rdflib, quad.triple))
        dataset.graph(URIRef(str(quad.graph_name)[1:-1])).add(terms)
    return dataset


def select(
    dataset: Dataset, query: StoredQuery, bindings: Mapping[str, tuple[NamedNode | Literal, ...]]
) -> Rows:
    result = dataset.query(bound(query, bindings))
    columns = tuple(str(name) for name in result.vars or ())
    rows = tuple(tuple(from_rdflib(row.get(name)) for name in result.vars or ()) for row in result.bindings)
    return Rows(columns, rows)


def from_rdflib(term: Identifier | None) -> Term | None:
    if term is None:
        return None
    if isinstance(term, RdflibLiteral):
        if term.language:
            return Literal(str(term), language=term.language)
        return Literal(str(term), datatype=NamedNode(str(term.datatype)) if term.datatype else None)
    return BlankNode(str(term)) if isinstance(term, BNode) else NamedNode(str(URIRef(term)))


def bound(query: StoredQuery, bindings: Mapping[str, tuple[NamedNode | Literal, ...]]) -> str:
    """Return a query with values joined outside it, as `queries/README.md` shows.

    What has a role is no variable: it only picks rows.
    """
    roles = {each.name for each in query.parameters if each.role}
    bindings = {name: terms for name, terms in bindings.items() if name not in roles}
    if not bindings:
        return query.text
    prologue, select_, rest = query.text.partition("\nSELECT")
    columns = " ".join(f"?{column.name}" for column in query.columns)
    names = " ".join(f"?{name}" for name in bindings)
    terms = " ".join(f"({' '.join(map(str, each))})" for each in product(*bindings.values()))
    return f"{prologue}\nSELECT {columns} {{ {{{select_}{rest}}} VALUES ({names}) {{ {terms} }} }}"
