"""The W3C's cases of the service description, over HTTP."""

from typing import Any, Final

import httpx
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.term import Node

from tests.serve.sparql.w3c.cases import SUITES, entries, manifest, needs_suites

pytestmark = needs_suites
SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
_SCHEMA: Final = {
    SD.endpoint: (SD.Service, None),
    SD.supportedLanguage: (SD.Service, None),
    SD.resultFormat: (SD.Service, None),
    SD.inputFormat: (SD.Service, None),
    SD.feature: (SD.Service, None),
    SD.defaultEntailmentRegime: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}
"""The properties of the vocabulary that a description may have, with their domains and ranges."""


def _cases() -> list[str]:
    if not SUITES.is_dir():
        return []
    return [str(entry).rpartition("#")[2] for entry in entries(manifest("service-description"))]


CASES: Final = _cases()


@pytest.mark.parametrize("case", CASES)
def test_the_service_describes_itself(case: str, served: Any) -> None:
    endpoint = f"{served.url}/sparql"
    answer = httpx.get(endpoint, headers={"Accept": "text/turtle, application/rdf+xml;q=0.5"}, timeout=60)
    assert answer.status_code == 200
    graph = Graph().parse(data=answer.text, format="turtle", publicID=endpoint)
    _CHECKS[case](graph, URIRef(endpoint))


def _returns_rdf(graph: Graph, endpoint: URIRef) -> None:
    assert len(graph) > 0


def _has_endpoint(graph: Graph, endpoint: URIRef) -> None:
    assert list(graph.objects(None, SD.endpoint)) == [endpoint]


def _conforms(graph: Graph, endpoint: URIRef) -> None:
    used = [(s, p, o) for s, p, o in graph if str(p).startswith(str(SD))]
    assert used
    for subject, predicate, object_ in used:
        domain, range_ = _SCHEMA[URIRef(str(predicate))]
        assert _is_a(graph, subject, domain), (subject, domain)
        assert range_ is None or _is_a(graph, object_, range_), (object_, range_)


def _is_a(graph: Graph, node: Node, kind: URIRef) -> bool:
    return (node, RDF.type, kind) in graph


_CHECKS: Final = {
    "returns-rdf": _returns_rdf,
    "has-endpoint-triple": _has_endpoint,
    "conforms-to-schema": _conforms,
}
