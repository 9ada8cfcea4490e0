"""The W3C's cases of updates, as requests of the protocol, without a server between.

What an update leaves is read back in one query: every named graph, and the union of all, since the graph
without a name has no name to be asked by; that in which the store keeps it is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)
from rdflib import RDF, RDFS, Graph
from rdflib.term import Node

from g60kg.store.union import UNNAMED
from tests.serve.sparql.conftest import Asker
from tests.serve.sparql.w3c.cases import (
    MF,
    SUITES,
    UT,
    entries,
    iri_of,
    manifest,
    name_of,
    needs_suites,
    parameters,
    path_of,
)

pytestmark = needs_suites
_GROUPS: Final = (
    "add",
    "basic-update",
    "clear",
    "copy",
    "delete",
    "delete-data",
    "delete-insert",
    "delete-where",
    "drop",
    "move",
    "update-silent",
)
_SYNTAX: Final = ("syntax-update-1", "syntax-update-2")
_UNION: Final = "urn:union"
_ALL: Final = "SELECT ?g ?s ?p ?o { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } }"
State = tuple[tuple[str, Path], ...]


@dataclass(frozen=True)
class Change:
    """A case: an update, and the graphs before and after it; the one without a name is named by nothing."""

    name: str
    kind: str
    text: Path
    before: State = ()
    after: State = ()


def _changes(groups: tuple[str, ...]) -> Iterator[Change]:
    for group in groups if SUITES.is_dir() else ():
        graph = manifest(group)
        for entry in entries(graph):
            action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
            kind = str(graph.value(entry, RDF.type)).rpartition("#")[2]
            text = path_of(graph.value(action, UT.request) or action)
            yield Change(name_of(group, entry), kind, text, _state(graph, action), _state(graph, result))


def _state(graph: Graph, node: Node | None) -> State:
    default = [("", path_of(each)) for each in graph.objects(node, UT.data)]
    named = [
        (str(graph.value(each, RDFS.label)), path_of(graph.value(each, UT.graph)))
        for each in graph.objects(node, UT.graphData)
    ]
    return (*default, *named)


def _block(name: str, path: Path) -> str:
    triples = "\n".join(f"{quad.triple} ." for quad in _triples(path))
    return f"GRAPH <{name}> {{ {triples} }}" if name else triples


def _triples(path: Path) -> Iterator[Quad]:
    yield from parse(path=str(path), format=RdfFormat.TURTLE, base_iri=iri_of(path))


def _expected(state: State) -> Dataset:
    return _canonical(
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(graph))
        for name, path in state
        for quad in _triples(path)
        for graph in (_UNION, *([name] if name else []))
    )


def _held(writer: Asker) -> Dataset:
    found = parse_query_results(writer.query(_ALL).body, QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    rows = (row for row in map(tuple, found) if row[0] != UNNAMED)
    return _canonical(Quad(s, p, o, g or NamedNode(_UNION)) for g, s, p, o in rows)


def _canonical(quads: Iterator[Quad]) -> Dataset:
    found = Dataset(quads)
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found


CHANGES: Final = list(_changes((*_GROUPS, *_SYNTAX)))
_REFUSED: Final = (400, 403)
"""What a broken update gets: 403, where it has a LOAD, too."""


def _of(kind: str) -> list[Any]:
    return parameters([case for case in CHANGES if case.kind.startswith(kind)])


@pytest.mark.parametrize("case", _of("UpdateEvaluationTest"))
def test_an_update_leaves_what_it_should(case: Change, writer: Asker) -> None:
    before = "\n".join(_block(name, path) for name, path in case.before)
    assert writer.update(f"DROP ALL ; INSERT DATA {{ {before} }}").status == 204
    answer = writer.update(f"BASE <{iri_of(case.text)}>\n{case.text.read_text()}")
    assert answer.status == 204, answer.body
    assert _held(writer) == _expected(case.after)


@pytest.mark.parametrize("case", _of("Positive"))
def test_good_syntax_is_taken(case: Change, writer: Asker) -> None:
    answer = writer.update(case.text.read_text())
    assert answer.status == 204 or b"cannot be evaluated" in answer.body, answer.body


@pytest.mark.parametrize("case", _of("Negative"))
def test_bad_syntax_is_refused(case: Change, writer: Asker) -> None:
    assert writer.update(case.text.read_text()).status in _REFUSED
