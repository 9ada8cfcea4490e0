"""From the URL that a user gives to those of the protocols."""

import pytest

from g60kg.store.remote.server import graph_url, origin, parse_address


@pytest.mark.parametrize(
    ("url", "query", "update", "graphs"),
    [
        ("http://h:7878", "/query", "/update", "/store"),
        ("http://h:7878/", "/query", "/update", "/store"),
        ("http://h:7878/query", "/query", "/update", "/store"),
        ("http://h:8890/sparql", "/sparql", "/sparql", "/sparql-graph-crud"),
        ("http://h:8890/sparql-auth", "/sparql-auth", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("http://h:3030/g60/sparql", "/g60/query", "/g60/update", "/g60/data"),
        ("http://h:3030/g60/query", "/g60/query", "/g60/update", "/g60/data"),
        ("http://h:7200/repositories/a", "/repositories/a", "/repositories/a/statements", None),
        ("http://h/rdf4j-server/repositories/a", "/rdf4j-server/repositories/a", None, None),
        ("http://h/blazegraph/namespace/kb/sparql", "/blazegraph/namespace/kb/sparql", None, ""),
        ("http://h/a/b/endpoint", "/a/b/endpoint", "/a/b/endpoint", ""),
        ("http://h/数据", "/%E6%95%B0%E6%8D%AE", None, ""),
    ],
)
def test_layouts(url: str, query: str, update: str | None, graphs: str | None) -> None:
    address = parse_address(url)
    base = url[: url.index("/", 8)] if "/" in url[8:] else url
    assert address.query == base + query
    assert update is None or address.update == base + update
    assert graphs is None or address.graphs == (base + graphs if graphs else "")


def test_repositories_have_graphs() -> None:
    address = parse_address("http://h/repositories/a")
    assert graph_url(address, "urn:x y") == "http://h/repositories/a/rdf-graphs/service?graph=urn%3Ax+y"


def test_the_url_may_name_graphs_and_more() -> None:
    address = parse_address("http://h/sparql?default-graph-uri=urn:a&default-graph-uri=urn:b&key=1")
    assert address.default == ("urn:a", "urn:b")
    assert address.extra == (("key", "1"),)
    assert address.query == "http://h/sparql"


def test_the_environment_says_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("G60KG_UPDATE_URL", "https://h/write")
    monkeypatch.setenv("G60KG_GRAPHS_URL", "https://h/graphs")
    address = parse_address("https://h/read")
    assert (address.query, address.update, address.graphs) == (
        "https://h/read",
        "https://h/write",
        "https://h/graphs",
    )


def test_origins() -> None:
    assert origin("http://H/x") == origin("http://h:80/")
    assert origin("https://h/") != origin("http://h:443/")
