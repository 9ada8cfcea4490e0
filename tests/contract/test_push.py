"""Sending a graph to real servers and bringing it back."""

from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from g60kg.errors import StoreError
from g60kg.store import MemoryStore, write_store
from g60kg.store.remote import Move, RemoteStore, pull, push, sync
from g60kg.store.remote.store import LEDGER
from g60kg.terms import G60, GRAPH, ID
from tests.contract.conftest import as_dba, as_writer, emptied
from tests.store.faulty import Answer, Asked, Handler, serving

ONE, TWO, FOREIGN = GRAPH["article/one"], GRAPH["article/two"], NamedNode("http://example.com/graph")


def quads(graph: NamedNode, start: int, end: int) -> list[Quad]:
    return [
        Quad(ID[f"thing-{n}"], G60["motto"], Literal(f"第{n}", language="zh"), graph)
        for n in range(start, end)
    ]


SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in ("virtuoso", "ours")]


@pytest.fixture(params=["oxigraph", *SLOW])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> RemoteStore:
    """Return the store behind each server, holding nothing."""
    (as_writer if request.param == "ours" else as_dba)(monkeypatch)
    return emptied(request.getfixturevalue(request.param))


def did(moves: tuple[Move, ...]) -> list[tuple[str, int, int]]:
    return [(move.what, move.more, move.less) for move in moves if move.what != "kept"]


def test_what_is_there_is_not_sent_again(server: RemoteStore) -> None:
    here = MemoryStore([*quads(ONE, 0, 30), *quads(TWO, 0, 5)])
    assert did(push(here, server, dry_run=True)) == [("sent", 30, 0), ("sent", 5, 0)]
    assert server.graphs() == ()
    assert did(push(here, server)) == [("sent", 30, 0), ("sent", 5, 0)]
    assert set(server.match()) == set(here.match())
    assert [move.what for move in push(here, server)] == ["kept", "kept"]


def test_a_damaged_ledger_costs_nothing(server: RemoteStore) -> None:
    here = MemoryStore(quads(ONE, 0, 30))
    push(here, server)
    size = f"GRAPH {LEDGER} {{ ?g <http://rdfs.org/ns/void#triples> ?n }}"
    damaged = size.replace("?n", "'none'")
    server.update(f"DELETE {{ {size} }} INSERT {{ {damaged} }} WHERE {{ {size} }}")
    push(here, server)
    assert set(server.match()) == set(here.match())
    assert [move.what for move in push(here, server)] == ["kept"]


def test_an_increment_alone_is_sent(server: RemoteStore) -> None:
    here = MemoryStore([*quads(ONE, 0, 30), *quads(TWO, 0, 5)])
    push(here, server)
    here.apply(add=quads(ONE, 30, 33), remove=quads(ONE, 0, 1))
    assert did(push(here, server, dry_run=True)) == [("changed", 3, 1)]
    assert did(push(here, server)) == [("changed", 3, 1)]
    assert set(server.match()) == set(here.match())


def test_a_graph_that_is_no_more_is_dropped_and_others_are_left_alone(server: RemoteStore) -> None:
    server.apply(add=quads(FOREIGN, 0, 2))
    here = MemoryStore([*quads(ONE, 0, 3), *quads(TWO, 0, 5)])
    push(here, server)
    here.apply(remove=quads(TWO, 0, 5))
    assert did(push(here, server)) == [("dropped", 0, 5)]
    assert set(server.match()) == {*quads(ONE, 0, 3), *quads(FOREIGN, 0, 2)}
    assert did(push(here, server)) == []


def test_blank_nodes_are_replaced_whole(server: RemoteStore) -> None:
    def chain(length: int) -> list[Quad]:
        nodes: list[NamedNode | BlankNode] = [ID["start"], *(BlankNode(f"b{n}") for n in range(length))]
        return [Quad(a, G60["partOf"], b, ONE) for a, b in pairwise(nodes)]

    for length in (3, 5, 2):
        here = MemoryStore(chain(length))
        push(here, server)
        assert sum(1 for _ in server.match(graph=ONE)) == length
        assert did(push(here, server)) == []
        back, again = MemoryStore(), MemoryStore()
        pull(server, back)
        pull(server, again)
        assert set(back.match()) == set(again.match())
        assert len(list(back.match())) == length


def test_a_change_there_is_noticed_and_mended(server: RemoteStore) -> None:
    here = MemoryStore(quads(ONE, 0, 10))
    push(here, server)
    server.apply(add=quads(ONE, 50, 52), remove=quads(ONE, 0, 2))
    assert did(push(here, server)) == [("changed", 2, 2)]
    server.wire.update(f"INSERT DATA {{ GRAPH {ONE} {{ {quads(ONE, 70, 71)[0].triple} }} }}")
    assert did(push(here, server)) == [("changed", 0, 1)]
    assert set(server.match()) == set(here.match())


def test_pull_brings_back_what_changed(server: RemoteStore, tmp_path: Path) -> None:
    there = MemoryStore([*quads(ONE, 0, 30), *quads(TWO, 0, 5)])
    push(there, server)
    here = write_store(tmp_path / "store", [*quads(ONE, 0, 30), *quads(TWO, 3, 9), *quads(FOREIGN, 0, 1)], {})
    assert did(pull(server, here, dry_run=True)) == [("changed", 3, 4)]
    assert len(list(here.match())) == 37
    assert did(pull(server, here)) == [("changed", 3, 4)]
    assert set(here.match()) == {*there.match(), *quads(FOREIGN, 0, 1)}
    assert did(pull(server, here)) == []


def forwarding(store: RemoteStore, fails: list[int], how: str) -> Answer:
    """Hand requests on to a server; of the writes, those whose number is in `fails` go wrong."""
    writes = iter(range(1000))

    def answer(handler: Handler, asked: Asked) -> None:
        number = next(writes) if b"query=" not in asked.body else -1
        if number in fails and how == "full":
            return handler.say(507, b"No space left on device", "text/plain")
        url = store.name + asked.path.removeprefix("/proxied")
        kept = {name: asked.headers[name] for name in ("Content-Type", "Accept") if name in asked.headers}
        try:
            with urlopen(Request(url, asked.body, kept, method=asked.method)) as found:
                status, body, type_ = (
                    found.status,
                    found.read(),
                    found.headers.get("Content-Type", "text/plain"),
                )
        except HTTPError as error:
            status, body, type_ = error.code, error.read(), "text/plain"
        if number in fails:
            return None  # it was done, and nobody hears of it
        with suppress(BrokenPipeError):
            handler.say(status, body, type_, Server=server_name(store))
        return None

    return answer


def server_name(store: RemoteStore) -> str:
    return store.kind.name


@pytest.mark.parametrize("how", ["full", "cut"])
def test_a_push_that_was_cut_goes_on(how: str, oxigraph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "_SENT", 10)
    here = MemoryStore([*quads(ONE, 0, 45), *quads(TWO, 0, 12), *quads(FOREIGN, 0, 3)])
    for fails in range(12):
        store = emptied(oxigraph)
        with serving(forwarding(store, [fails], how)) as proxy:
            through = RemoteStore(proxy.url.removesuffix("/sparql"))
            with pytest.raises(StoreError) as failure:
                push(here, through)
            assert "\n" not in str(failure.value)
            arrived = set(store.match())
            sent = sum(move.more for move in push(here, through))
        assert sent <= len(list(here.match())) - len(arrived)
        assert set(store.match()) == set(here.match())
        assert did(push(here, store)) == []


def _many() -> list[Quad]:
    return [quad for n in range(8) for quad in quads(GRAPH[f"article/{n:02}"], n, 2 * n + 3)]


@pytest.mark.parametrize("server", ["oxigraph", SLOW[0]], indirect=True)
def test_many_graphs_at_once_are_sent_as_one_by_one(server: RemoteStore) -> None:
    blank = Quad(BlankNode(), G60["motto"], Literal("x"), ONE)
    here = MemoryStore([*_many(), blank])
    moves = push(here, server, jobs=4)
    assert [move.graph for move in moves] == sorted(here.graphs(), key=lambda name: name.value)
    assert {quad for quad in server.match() if quad.graph_name != ONE} == set(_many())
    assert len(list(server.match(graph=ONE))) == 1
    assert did(push(here, server, jobs=4)) == []
    here.apply(add=quads(TWO, 0, 5), remove=_many()[:3])
    assert did(push(here, server, jobs=4)) == [("dropped", 0, 3), ("sent", 5, 0)]


@pytest.mark.parametrize("how", ["full", "cut"])
def test_of_many_at_once_one_that_fails_is_tried_again(how: str, oxigraph: str) -> None:
    store, here = emptied(oxigraph), MemoryStore(_many())
    with serving(forwarding(store, [7], how)) as proxy:
        push(here, RemoteStore(proxy.url.removesuffix("/sparql")), jobs=4)
    assert set(store.match()) == set(here.match())
    assert did(push(here, store)) == []


def test_of_many_at_once_one_that_fails_for_good_is_named_and_what_is_there_is_said(oxigraph: str) -> None:
    store, here = emptied(oxigraph), MemoryStore(_many())
    forward = forwarding(store, [], "")

    def refusing(handler: Handler, asked: Asked) -> None:
        if asked.path.startswith("/store") and "article%2F05" in asked.path:
            return handler.say(507, b"No space left on device", "text/plain")
        return forward(handler, asked)

    words = r"graph/article/05: .*No space left.*; \d+ of 8 graphs are there; push again"
    with serving(refusing) as proxy, pytest.raises(StoreError, match=words) as failure:
        push(here, RemoteStore(proxy.url.removesuffix("/sparql")), jobs=3)
    arrived = set(store.match())
    said = int(str(failure.value).partition(" of 8")[0].rpartition(" ")[2])
    assert said == len({quad.graph_name for quad in arrived}) >= 5
    assert sum(move.more for move in push(here, store)) == len(list(here.match())) - len(arrived)
    assert set(store.match()) == set(here.match())


def test_a_server_that_loses_triples_is_told_on(oxigraph: str) -> None:
    store, here = emptied(oxigraph), MemoryStore(quads(ONE, 0, 5))

    def losing(handler: Handler, asked: Asked) -> None:
        if asked.path.startswith("/store"):
            asked.body = asked.body.partition(b"\n")[2]
        forwarding(store, [], "")(handler, asked)

    words = "holds 4 of the 5 triples of .*graph/article/one; push again"
    with serving(losing) as proxy, pytest.raises(StoreError, match=words):
        push(here, RemoteStore(proxy.url.removesuffix("/sparql")))
    assert did(push(here, store)) == [("changed", 1, 0)]


def test_a_pull_that_was_cut_keeps_what_arrived(oxigraph: str) -> None:
    store = emptied(oxigraph)
    push(MemoryStore([*quads(ONE, 0, 20), *quads(TWO, 0, 5)]), store)

    def cutting(handler: Handler, asked: Asked) -> None:
        if f"GRAPH {TWO}" not in asked.text:
            forwarding(store, [], "")(handler, asked)

    here = MemoryStore()
    with serving(cutting) as proxy, pytest.raises(StoreError):
        pull(RemoteStore(proxy.url.removesuffix("/sparql")), here)
    assert set(here.match()) == set(quads(ONE, 0, 20))
    assert did(pull(store, here)) == [("sent", 5, 0)]


def test_a_server_without_the_graph_store_protocol(oxigraph: str) -> None:
    store, here = emptied(oxigraph), MemoryStore(quads(ONE, 0, 25))

    def lacking(handler: Handler, asked: Asked) -> None:
        if asked.path.startswith("/store"):
            handler.say(404, b"no such thing", "text/plain")
        else:
            forwarding(store, [], "")(handler, asked)

    with serving(lacking) as proxy:
        through = RemoteStore(proxy.url.removesuffix("/sparql"))
        assert did(push(here, through)) == [("sent", 25, 0)]
        through.put(ONE, [Triple(ID["a"], G60["partOf"], BlankNode("x"))], whole=True)
    assert sum(1 for _ in store.match(graph=ONE)) == 1
