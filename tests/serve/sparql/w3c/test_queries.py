"""The W3C's cases of queries and of results, over HTTP."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from g60kg.store import write_store
from tests.serve.conftest import serving
from tests.serve.sparql.w3c.cases import Case, cases, iri_of, needs_suites, parameters
from tests.serve.sparql.w3c.results import ACCEPTS, expected, form_of, meaning

pytestmark = needs_suites
_GROUPS: Final = (
    "aggregates",
    "bind",
    "bindings",
    "cast",
    "construct",
    "csv-tsv-res",
    "exists",
    "functions",
    "grouping",
    "json-res",
    "negation",
    "project-expression",
    "property-path",
    "service",
    "subquery",
    "syntax-fed",
    "syntax-query",
)
CASES: Final = cases(*_GROUPS)
ASKED: Final = [case for case in CASES if case.result]
_NOTHING: Final = "urn:nothing"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Serve all data of all cases, each file as the graph of its own address."""
    files = sorted({path for case in ASKED for path in (*case.default, *case.named)})
    folder = tmp_path_factory.mktemp("w3c")
    write_store(folder / "store", (quad for file in files for quad in _quads(file)), {})
    with (
        serving(folder / "store", folder / "log") as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        yield client


def _quads(file: Path) -> Iterator[Quad]:
    form = RdfFormat.RDF_XML if file.suffix == ".rdf" else RdfFormat.TURTLE
    graph = NamedNode(iri_of(file))
    for quad in parse(path=str(file), format=form, base_iri=graph.value, rename_blank_nodes=True):
        yield Quad(quad.subject, quad.predicate, quad.object, graph)


def _parameters(case: Case) -> tuple[tuple[str, str], ...]:
    """Return the dataset of a case: what its text names, else what its manifest does, else nothing."""
    if re.search(r"\bFROM\b", case.query):
        return ()
    default = [("default-graph-uri", iri_of(path)) for path in case.default]
    named = [("named-graph-uri", iri_of(path)) for path in case.named]
    return (*default, *named) or (("default-graph-uri", _NOTHING),)


@pytest.mark.parametrize("case", parameters(ASKED))
def test_an_answer_is_that_of_the_suite(case: Case, endpoint: httpx.Client) -> None:
    assert case.result
    form = form_of(case.result)
    ordered = bool(re.search(r"(?i)\bORDER\s+BY\b", case.query))
    answer = endpoint.post(
        "/sparql",
        params=_parameters(case),
        content=f"BASE <{case.base}>\n{case.query}",
        headers={"Content-Type": "application/sparql-query", "Accept": ACCEPTS[form]},
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(ACCEPTS[form])
    found = meaning(answer.content, form, case.base, ordered=ordered)
    assert found == expected(case.result, case.base, ordered=ordered)


@pytest.mark.parametrize("case", parameters([case for case in CASES if case.kind.startswith("Positive")]))
def test_good_syntax_is_taken(case: Case, endpoint: httpx.Client) -> None:
    answer = endpoint.get("/sparql", params={"query": case.query})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("case", parameters([case for case in CASES if case.kind.startswith("Negative")]))
def test_bad_syntax_is_refused(case: Case, endpoint: httpx.Client) -> None:
    answer = endpoint.get("/sparql", params={"query": case.query})
    assert answer.status_code == 400, answer.text
