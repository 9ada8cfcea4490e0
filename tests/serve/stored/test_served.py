"""The stored queries from a real server."""

import pytest

from g60kg.kg import KnowledgeGraph
from tests.serve.conftest import Served, Serving


@pytest.fixture(scope="module")
def kg(served: Served) -> KnowledgeGraph:
    return KnowledgeGraph.open(served.store)


def test_a_query_answers_as_the_library_does(served: Served, kg: KnowledgeGraph) -> None:
    values = {"industry": "人工智能"}
    rows = kg.query("companies-by-industry", limit=None, offset=0, timeout=None, **values)
    answered = served.get("/queries/companies-by-industry.json", params=values)
    assert (answered.status_code, answered.text) == (200, rows.to_json())
    assert answered.headers["X-Total-Count"] == str(len(rows))
    listed = served.get("/queries/companies-by-industry", params=values, headers={"Accept": "text/csv"})
    assert listed.content.decode() == rows.to_csv()


def test_pages_of_other_hosts_may_read_it(served: Served) -> None:
    answer = served.get("/queries/member-cities.json", headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Total-Count" in answer.headers["Access-Control-Expose-Headers"]


def test_a_large_answer_is_refused_and_its_pages_are_not(serve: Serving) -> None:
    with serve("--rows", "100", store=":memory:") as server:  # a graph that is built as it is served
        refused = server.get("/queries/names.csv")
        assert (refused.status_code, refused.headers["Content-Type"]) == (422, "application/problem+json")
        assert server.get("/queries/names.csv?limit=100").status_code == 200
        assert server.get("/queries/names.csv?limit=101").status_code == 400
