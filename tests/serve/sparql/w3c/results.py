"""Comparing answers, as the suites mean it.

Goes in: the file of a result that should come, and a response. Comes out: two values that are equal when the
answers are: the same rows as often, blank nodes named alike or not, numbers and truths by value and
datatype (the engine keeps no other), and in the order of the file where the query orders.
"""

import csv
import io
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    parse,
    parse_query_results,
)

ACCEPTS: Final = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".ttl": "text/turtle",
    ".rdf": "application/rdf+xml",
    ".set": "application/sparql-results+json",
}
_SET: Final = ".set"
"""A table that the suites write as a graph (the vocabulary of DAWG's result sets)."""
_TABLES: Final = {
    _SET: QueryResultsFormat.JSON,
    ".srx": QueryResultsFormat.XML,
    ".srj": QueryResultsFormat.JSON,
    ".tsv": QueryResultsFormat.TSV,
}
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_EXACT: Final = frozenset(("integer", "decimal"))
_INEXACT: Final = frozenset(("double", "float"))
_ROW: Final = NamedNode("http://example.org/row")


def meaning(body: bytes, ending: str, base: str, *, ordered: bool) -> Any:
    """Return what an answer says, comparably."""
    if ending in (".ttl", ".rdf"):
        form = RdfFormat.TURTLE if ending == ".ttl" else RdfFormat.RDF_XML
        return _canonical([_plain(quad) for quad in parse(body, form, base_iri=base)])
    if ending == ".csv":
        return _table(*_csv(body), ordered=ordered)
    found = parse_query_results(body, _TABLES[ending])
    if isinstance(found, QueryBoolean):
        return bool(found)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    rows = [{name: row[name] for name in names if row[name] is not None} for row in found]
    return _table(names, rows, ordered=ordered)


def _table(names: list[str], rows: list[dict[str, Any]], *, ordered: bool) -> tuple[list[str], Any]:
    """Return a table as its names and as a graph of rows, in which blank nodes can be compared."""
    quads = []
    for number, row in enumerate(rows):
        node = BlankNode(f"row{number}")
        quads.append(Quad(node, _ROW, Literal(number if ordered else 0)))
        quads += [Quad(node, NamedNode(f"{_ROW.value}/{name}"), _value(row[name])) for name in row]
    return sorted(names), _canonical(quads)


def _csv(body: bytes) -> tuple[list[str], list[dict[str, Any]]]:
    lines = list(csv.reader(io.StringIO(body.decode(), newline="")))
    rows = [{name: _cell(cell) for name, cell in zip(lines[0], line, strict=True)} for line in lines[1:]]
    return lines[0], rows


def _cell(text: str) -> BlankNode | Literal:
    return BlankNode(text[2:]) if text.startswith("_:") else Literal(text)


def _canonical(quads: list[Quad]) -> list[str]:
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, found))


def _plain(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, _value(quad.object), quad.graph_name)


def _value(term: Any) -> Any:
    """Return a term, a number in one way of writing it."""
    if not isinstance(term, Literal):
        return term
    kind = term.datatype.value.removeprefix(_XSD)
    try:
        if kind == "boolean":
            return Literal(term.value in ("true", "1"))
        if kind in _EXACT:
            return Literal(str(Decimal(term.value).normalize()), datatype=term.datatype)
        if kind in _INEXACT:
            return Literal(str(float(term.value)), datatype=term.datatype)
    except (InvalidOperation, ValueError):
        return term
    return term


def form_of(path: Path) -> str:
    """Return the form that an answer is wanted in, to be compared with a file."""
    return _SET if path.suffix == ".ttl" and b"ResultSet" in path.read_bytes() else path.suffix


def expected(path: Path, base: str, *, ordered: bool) -> Any:
    """Return what the file of a result says."""
    if form_of(path) == _SET:
        return _table(*_set(Store(), path, base), ordered=ordered)
    return meaning(path.read_bytes(), path.suffix, base, ordered=ordered)


def _set(store: Store, path: Path, base: str) -> tuple[list[str], list[dict[str, Any]]]:
    store.load(path=str(path), format=RdfFormat.TURTLE, base_iri=base)
    names = [row["name"].value for row in _select(store, "SELECT ?name { ?set rs:resultVariable ?name }")]
    rows: dict[str, dict[str, Any]] = {}
    for row in _select(store, _SOLUTIONS):
        found = rows.setdefault(str(row["solution"]), {})
        if row["name"] is not None:
            found[row["name"].value] = row["value"]
    return names, list(rows.values())


_SOLUTIONS: Final = """
SELECT ?solution ?name ?value {
  ?set rs:solution ?solution OPTIONAL { ?solution rs:binding [ rs:variable ?name ; rs:value ?value ] }
}
"""


def _select(store: Store, text: str) -> Any:
    return store.query(text, prefixes={"rs": "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"})
