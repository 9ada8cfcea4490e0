"""Queries that end after a time, and a store that is closed or changed by another process."""

import math
import multiprocessing
import os
import signal
import threading
from pathlib import Path

import pytest
from pyoxigraph import Quad

from g60kg.errors import LimitError, ParameterError, SparqlError, StoreError, UpdateRefused
from g60kg.store import DiskStore, MemoryStore, Store, open_store, write_store
from g60kg.store.bounded import BoundedStore
from g60kg.terms import G60, GRAPH, ID

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FACTS = [Quad(ID[f"place-{n}"], G60.partOf, ID.anhui, GRAPH.register) for n in range(2000)]


@pytest.fixture(scope="module", params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    if request.param == "memory":
        return MemoryStore(FACTS)
    return write_store(tmp_path_factory.mktemp("bounded") / "store", FACTS, {})


def test_the_answers_are_the_same(store: Store) -> None:
    bounded, text = BoundedStore(store, 60), "SELECT ?b ?a { ?a g60:partOf ?b } ORDER BY ?a"
    selection, expected = bounded.select(text, {"b": ID.anhui}), store.select(text, {"b": ID.anhui})
    assert (selection.columns, [*selection.rows]) == (expected.columns, [*expected.rows])
    assert bounded.ask("ASK { id:place-1 g60:partOf id:anhui }")
    assert set(bounded.construct("CONSTRUCT WHERE { ?a g60:partOf ?b }")) == {quad.triple for quad in FACTS}
    assert len([*bounded.match(None, G60.partOf)]) == len(FACTS)
    assert bounded.graphs() == store.graphs()


@pytest.mark.parametrize(
    ("text", "error"),
    [("SELECT * {", SparqlError), ("INSERT DATA {}", UpdateRefused), ("ASK {}", SparqlError)],
)
def test_errors_are_the_same(store: Store, text: str, error: type[Exception]) -> None:
    with pytest.raises(error) as plain:
        store.select(text)
    with pytest.raises(error) as apart:
        BoundedStore(store, 60).select(text)
    assert (str(apart.value), vars(apart.value)) == (str(plain.value), vars(plain.value))


def test_a_query_is_ended_by_its_time(store: Store) -> None:
    with pytest.raises(LimitError, match=r"longer than 0\.5 s, and was ended; ask for less"):
        BoundedStore(store, 0.5).select(ENDLESS)
    assert BoundedStore(store, 60).ask("ASK {}")


def test_a_query_is_ended_by_an_interrupt(store: Store) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it in the background
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        BoundedStore(store, 600).select(ENDLESS)
    timer.join()
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("seconds", [0, -1, math.nan, math.inf, True, "5"])
def test_no_time(seconds: float) -> None:
    with pytest.raises(ParameterError, match="no time limit"):
        BoundedStore(MemoryStore(), seconds)


def test_a_reader_follows_what_another_writes(tmp_path: Path) -> None:
    writer = write_store(tmp_path / "store", FACTS[:1], {"named": "first"})
    reader = DiskStore(tmp_path / "store")
    assert not reader.follow()
    rows = reader.select("SELECT ?a { ?a g60:partOf ?b }").rows
    writer.apply(add=FACTS[1:2], about={"named": "second"})
    assert len([*rows]) == 1  # what was begun goes on with what it began with
    assert len([*reader.match()]) == 1
    assert reader.follow()
    assert (len([*reader.match()]), reader.about["named"]) == (2, "second")
    assert not reader.follow()
    (tmp_path / "store" / "manifest.json").unlink()
    assert not reader.follow()
    assert len([*reader.match()]) == 2


def test_a_closed_store_is_let_go(tmp_path: Path) -> None:
    store = write_store(tmp_path / "store", FACTS, {})
    store.close()
    store.close()
    for ask in (lambda: store.select("SELECT * { ?s ?p ?o }"), store.graphs, lambda: [*store.match()]):
        with pytest.raises(StoreError, match="this store is closed; open it again"):
            ask()
    assert len([*open_store(tmp_path / "store").match()]) == len(FACTS)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("SELECT * { ?whole ^g60:partOf ?part }", ("whole", "part")),
        ("SELECT ?part ?whole { ?whole ^g60:partOf ?part }", ("part", "whole")),
        ("SELECT * { ?whole ^g60:partOf ?part { SELECT ?part { ?part ?a ?b } } }", ("whole", "part")),
    ],
)
def test_columns_stand_as_in_the_text(store: Store, text: str, columns: tuple[str, ...]) -> None:
    selection = store.select(text)
    row = dict(zip(selection.columns, next(selection.rows), strict=True))
    assert selection.columns == columns
    assert row["whole"] == ID.anhui
