"""Linked data from a real server, as clients of others read it."""

import httpx
import pytest
from rdflib import Graph, URIRef

from g60kg.kg import KnowledgeGraph
from g60kg.serve.linked.things import gather
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request
from g60kg.terms import G60, ID
from tests.serve.conftest import Served, Serving


@pytest.mark.parametrize("path", ["/id/wuhu", "/data/wuhu", "/ontology", "/.well-known/void", "/dataset"])
def test_rdflib_follows_an_address_to_its_data(served: Served, path: str) -> None:
    assert len(Graph().parse(served.url + path)) > 30


def test_rdflib_reads_what_the_graph_holds(served: Served) -> None:
    quads = gather(KnowledgeGraph.open(served.store).store, ID.wuhu, 10**6)
    read = Graph().parse(f"{served.url}/id/wuhu")
    assert len(read) == len({quad.triple for quad in quads})
    assert (URIRef(ID.wuhu.value), None, URIRef(G60.City.value)) in read


def test_a_browser_follows_an_address_to_its_page(served: Served) -> None:
    headers = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for path, end in (
        ("/id/wuhu", "/page/wuhu"),
        ("/article/2023-07-11-g60-corridor", "/articles/2023-07-11-g60-corridor"),
        ("/ontology", "/ontology"),
        ("/dataset", "/about"),
    ):
        page = served.get(path, headers=headers, follow_redirects=True)
        assert (page.status_code, page.url.path) == (200, end)
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"


def test_entities_of_the_graph_have_their_data(served: Served) -> None:
    kg = KnowledgeGraph.open(served.store)
    nodes = {str(row["entity"]) for row in kg.query("names")}
    slugs = sorted(node.removeprefix(ID.base) for node in nodes if node.startswith(ID.base))
    assert len(slugs) > 200
    with httpx.Client(base_url=served.url) as client:
        for slug in slugs[::10]:
            answer = client.get(f"/data/{slug}.nt")
            assert answer.status_code == 200
            assert f"<{ID.base}{slug}>" in answer.text


def test_a_base_says_where_it_is_served_and_rewrites_nothing(served: Served, serve: Serving) -> None:
    with serve("--base", "https://example.org/kg") as server:
        assert server.get("/kg").text == server.get("/kg/").text
        found = [server.get(path).status_code for path in ("/kg/health", "/health", "/kgx")]
        assert found == [200, 200, 404]
        assert server.get("/id/wuhu").headers["Location"] == "/kg/data/wuhu"
        assert server.get("/kg/id/wuhu").headers["Location"] == "/kg/data/wuhu"
        assert server.get("/data/wuhu.nq").content == served.get("/data/wuhu.nq").content
        assert "<https://example.org/kg/sparql>" in server.get("/data/dataset.nt").text
        assert server.get("/openapi.json").json()["servers"] == [{"url": "https://example.org/kg"}]


def test_a_graph_that_another_server_keeps_is_served_the_same(served: Served) -> None:
    near = Site(KnowledgeGraph.open(served.store), version="near")
    far = Site(KnowledgeGraph.connect(f"{served.url}/sparql"))
    for route, path, query in (
        ("thing-as", {"slug": "wuhu.nq"}, ()),
        ("thing-as", {"slug": "dataset.nt"}, ()),
        ("thing", {"slug": "nowhere"}, ()),
        ("ontology-as", {"format": "nt"}, ()),
        ("query-as", {"name": "companies-by-industry", "format": "json"}, (("industry", "人工智能"),)),
        ("complete", {}, (("text", "湖"), ("class", "g60:Region"))),
    ):
        request = Request(route, path=path, query=query)
        here, there = answer(near, request), answer(far, request)
        assert (there.status, there.body) == (here.status, here.body), path
