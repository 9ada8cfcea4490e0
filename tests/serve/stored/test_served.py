"""The stored queries from a real server."""

import httpx
import pytest

from g60kg.kg import KnowledgeGraph
from tests.serve.conftest import Served, Serving


@pytest.fixture(scope="module")
def kg(served: Served) -> KnowledgeGraph:
    return KnowledgeGraph.open(served.store)


def test_every_query_answers_as_the_library_does(served: Served, kg: KnowledgeGraph) -> None:
    with httpx.Client(base_url=served.url) as client:
        for stored in kg.catalogue:
            rows = kg.query(stored.name, limit=None, offset=0, timeout=None, **stored.example)
            answered = client.get(f"/queries/{stored.name}.json", params=stored.example)
            assert (answered.status_code, answered.text) == (200, rows.to_json()), stored.name
            assert answered.headers["X-Total-Count"] == str(len(rows))
            listed = client.get(
                f"/queries/{stored.name}", params=stored.example, headers={"Accept": "text/csv"}
            )
            assert listed.content.decode() == rows.to_csv()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_query_has_a_page(served: Served, kg: KnowledgeGraph, lang: str) -> None:
    with httpx.Client(
        base_url=served.url, headers={"Accept": "text/html", "Accept-Language": lang}
    ) as client:
        for stored in kg.catalogue:
            page = client.get(f"/queries/{stored.name}")
            assert (page.status_code, page.headers["Content-Language"]) == (200, lang), stored.name


def test_an_answer_that_the_client_has_is_not_sent_again(served: Served) -> None:
    first = served.get("/queries/member-cities.csv")
    again = served.get("/queries/member-cities.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = served.get("/queries/member-cities.tsv", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_links_lead_through_the_pages(served: Served, kg: KnowledgeGraph) -> None:
    lines: list[str] = []
    path: str | None = "/queries/names.jsonl?limit=400"
    while path:
        page = served.get(path)
        lines += page.text.splitlines()
        path = page.links.get("next", {}).get("url")
    assert lines == kg.query("names").to_jsonl().splitlines()


def test_pages_of_other_hosts_may_read_it(served: Served) -> None:
    answer = served.get("/queries/member-cities.json", headers={"Origin": "https://example.org"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "X-Total-Count" in answer.headers["Access-Control-Expose-Headers"]


def test_a_large_answer_is_refused_and_its_pages_are_not(serve: Serving) -> None:
    with serve("--rows", "100") as server:
        refused = server.get("/queries/names.csv")
        assert (refused.status_code, refused.headers["Content-Type"]) == (422, "application/problem+json")
        assert server.get("/queries/names.csv?limit=100").status_code == 200
        assert server.get("/queries/names.csv?limit=101").status_code == 400
