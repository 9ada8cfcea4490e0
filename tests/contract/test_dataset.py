"""Which graphs a question sees, and answers in pages, on real servers."""

from collections import Counter
from urllib.parse import urlencode

import pytest
from pyoxigraph import DefaultGraph, Literal, Quad

from g60kg.errors import StoreError
from g60kg.store import MemoryStore
from g60kg.store.remote import RemoteStore, push
from g60kg.store.remote.store import LEDGER
from g60kg.terms import G60, GRAPH, ID
from tests.contract.conftest import emptied
from tests.contract.servers import VIRTUOSO_ROWS

ONE, TWO = GRAPH["one"], GRAPH["two"]
QUADS = [
    Quad(ID["a"], G60["partOf"], ID["b"], ONE),
    Quad(ID["b"], G60["partOf"], ID["c"], TWO),
    Quad(ID["c"], G60["motto"], Literal("三"), GRAPH["three"]),
]
SERVERS = ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.slow)]


@pytest.fixture(params=SERVERS)
def url(request: pytest.FixtureRequest, credentials: None) -> str:
    """Return the URL of a server that holds the quads."""
    found: str = request.getfixturevalue(request.param)
    push(MemoryStore(QUADS), emptied(found))
    return found


def test_the_url_chooses_graphs(url: str) -> None:
    names = urlencode([("default-graph-uri", ONE.value), ("default-graph-uri", TWO.value)])
    store = RemoteStore(f"{url}?{names}")
    assert store.graphs() == (ONE, TWO)
    assert set(store.match()) == set(QUADS[:2])
    assert list(store.select("SELECT ?z { id:a g60:partOf/g60:partOf ?z }").rows) == [(ID["c"],)]
    assert set(store.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows) == {(ONE,), (TWO,)}
    assert not store.ask("ASK { ?s g60:motto ?o }")
    assert not list(store.match(graph=GRAPH["three"]))


def test_the_ledger_is_no_part_of_the_store(url: str) -> None:
    store = RemoteStore(url)
    assert LEDGER not in store.graphs()
    assert not list(store.match(graph=LEDGER))
    assert set(store.match()) == set(QUADS)


def test_a_server_without_named_graphs(oxigraph: str) -> None:
    store = emptied(oxigraph)
    store.update(f"INSERT DATA {{ {QUADS[0].triple} }}")
    try:
        assert store.graphs() == ()
        assert list(store.match(ID["a"])) == [Quad(ID["a"], G60["partOf"], ID["b"], DefaultGraph())]
        assert list(store.select("SELECT ?o { id:a ?p ?o }").rows) == [(ID["b"],)]
    finally:
        store.update("DROP SILENT DEFAULT")


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_pages_of_any_size(size: int, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = MemoryStore(Quad(ID[f"n{n % 9}"], G60["count"], Literal(n), ONE) for n in range(25))
    push(here, emptied(url))
    monkeypatch.setenv("G60KG_PAGE_ROWS", str(size))
    store = RemoteStore(url)
    for text in (
        "SELECT ?n { ?s g60:count ?n }",
        "SELECT ?n ?s { ?s g60:count ?n } ORDER BY DESC(?n) LIMIT 20",
    ):
        found, wanted = list(store.select(text).rows), list(here.select(text).rows)
        assert Counter(found) == Counter(wanted)
        assert found == wanted or "ORDER" not in text
    assert set(store.match()) == set(here.match())


@pytest.mark.slow
def test_a_graph_that_virtuoso_would_cut_is_refused(virtuoso: str, credentials: None) -> None:
    store, most = emptied(virtuoso), VIRTUOSO_ROWS
    push(MemoryStore(Quad(ID[f"n{n}"], G60["count"], Literal(n), ONE) for n in range(most + 1)), store)
    text = "CONSTRUCT { ?s g60:count ?n } WHERE { ?s g60:count ?n }"
    with pytest.raises(StoreError, match=f"cuts graphs of more than {most} rows; ask a SELECT"):
        store.construct(text)
    assert sum(1 for _ in store.construct(f"{text} LIMIT 5")) == 5
    assert sum(1 for _ in store.select("SELECT ?s ?n { ?s g60:count ?n }").rows) == most + 1
