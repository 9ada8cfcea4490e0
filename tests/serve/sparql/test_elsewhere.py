"""A server in front of another: the graph is behind a SPARQL endpoint, here one of our own."""

from typing import Any

import pytest

from g60kg import KnowledgeGraph
from g60kg.serve.site import Site
from tests.serve.sparql.conftest import TOKEN, Asker, detail

REGISTER = "https://w3id.org/g60kg/graph/register"
CITIES = """
SELECT ?c ?name { id:g60-corridor g60:memberCity ?c OPTIONAL { ?c skos:prefLabel ?name } } ORDER BY ?c ?name
"""


@pytest.fixture(scope="module")
def far(served: Any) -> Asker:
    """Return who asks a site whose graph another server keeps."""
    return Asker(Site(KnowledgeGraph.connect(f"{served.url}/sparql"), writable=True))


@pytest.mark.parametrize("short", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("text", [CITIES, "ASK { id:wuhu a g60:City }", "ASK { id:wuhu a g60:Company }"])
def test_tables_are_as_if_they_were_here(ask: Asker, far: Asker, text: str, short: str) -> None:
    assert far.query(text, ("format", short)).body == ask.query(text, ("format", short)).body


def test_graphs_are_as_if_they_were_here(ask: Asker, far: Asker) -> None:
    text = "CONSTRUCT { ?c a g60:City } { id:g60-corridor g60:memberCity ?c }"
    here, there = (set(each.query(text, ("format", "nt")).body.splitlines()) for each in (ask, far))
    assert here == there
    for query in (("graph", REGISTER), ("default", "")):
        here, there = (
            {
                line
                for line in each("graphs", "GET", query, ("format", "nt")).body.splitlines()
                if b"_:" not in line
            }
            for each in (ask, far)
        )
        assert here == there
    assert far("graphs", "GET", ("graph", "http://e/none")).status == 404


def test_limits_hold(far: Asker) -> None:
    answer = far.limited(rows=5).query(CITIES)
    assert (answer.status, "more than 5 rows" in detail(answer)) == (422, True)


def test_what_it_cannot_do_is_said(far: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("G60KG_TOKEN", TOKEN)
    assert far.query(CITIES, ("default-graph-uri", REGISTER)).status == 501
    assert far.update("CLEAR ALL").status == 501


def test_it_describes_itself(far: Asker) -> None:
    answer = far(accept="application/n-triples", host="here:1")
    assert b"sparql-service-description#endpoint> <http://here:1/sparql>" in answer.body
