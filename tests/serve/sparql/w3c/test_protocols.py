"""The W3C's cases of the protocol, the Graph Store Protocol and the service description, over HTTP."""

from collections.abc import Iterator
from typing import Final

import httpx
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, parse
from rdflib import Graph
from rdflib.term import Node

from g60kg.store import write_store
from tests.serve.conftest import serving
from tests.serve.sparql.w3c.cases import SUITES, entries, manifest, name_of, needs_suites, parameters
from tests.serve.sparql.w3c.exchange import Exchange, exchanges

pytestmark = [needs_suites, pytest.mark.slow]
_TOKEN: Final = "a long text that nobody guesses"
_MANIFESTS: Final = (
    ("protocol", "manifest.ttl"),
    ("graph-store-protocol", "manifest-direct.ttl"),
    ("graph-store-protocol", "manifest-indirect.ttl"),
)
_FORMATS: Final = {
    "boolean": ("application/sparql-results+json",),
    "tabular": ("application/sparql-results+json",),
    "RDF": ("text/turtle",),
}
_DATA: Final = "http://kasei.us/2009/09/sparql/data/data{}.rdf"


class Spoken:
    """A case: its name, and what is said."""

    def __init__(self, group: str, graph: Graph, entry: Node) -> None:
        self.name = name_of(group, entry)
        self.exchanges = exchanges(graph, entry)


def _cases() -> list[Spoken]:
    if not SUITES.is_dir():
        return []
    graphs = [(group, manifest(group, file)) for group, file in _MANIFESTS]
    return [Spoken(group, graph, entry) for group, graph in graphs for entry in entries(graph)]


CASES: Final = _cases()


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Serve the data of the protocol's cases, to be changed by who has the token."""
    folder = tmp_path_factory.mktemp("protocol")
    write_store(folder / "store", _data(), {})
    options = ("--writable",)
    with serving(folder / "store", folder / "log", *options, G60KG_TOKEN=_TOKEN) as server:
        headers = {"Authorization": f"Bearer {_TOKEN}", "Host": "www.example"}
        with httpx.Client(base_url=server.url, timeout=120, headers=headers) as client:
            yield client


def _data() -> Iterator[Quad]:
    for number in (1, 2, 3):
        file, graph = SUITES / "protocol" / f"data{number}.nt", NamedNode(_DATA.format(number))
        for quad in parse(path=str(file), format=RdfFormat.N_TRIPLES):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)


@pytest.mark.parametrize("case", parameters(CASES))
def test_what_is_said_is_answered_as_the_suite_has_it(case: Spoken, endpoint: httpx.Client) -> None:
    location = ""
    if case.name.startswith("graph-store"):
        endpoint.post("/sparql", data={"update": "DROP ALL"}).raise_for_status()
    for each in case.exchanges:
        path = each.path.replace("/sparql/", "/sparql").replace("/gsp", "/graphs", 1)
        answer = endpoint.request(
            each.method, path.replace("$LOCATION$", location), headers=each.headers, content=each.body
        )
        assert each.is_right(answer.status_code), (each.method, path, answer.status_code, answer.text)
        location = answer.headers.get("location", location)
        _compare(each, answer)


def _compare(each: Exchange, answer: httpx.Response) -> None:
    kind = answer.headers.get("content-type", "")
    if each.format:
        assert kind.startswith(_FORMATS[each.format])
    if each.boolean is not None:
        assert answer.json()["boolean"] is each.boolean
    if each.answer_type:
        assert kind == each.answer_type
    if each.answer:
        assert _graph(answer.text) == _graph(each.answer)


def _graph(text: str) -> Dataset:
    found = Dataset(parse(text, RdfFormat.TURTLE, base_iri="http://www.example/"))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return found
