"""Changes to a server that runs: many at once, and one that never ends."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from g60kg.store import DiskStore
from tests.serve.sparql.conftest import TOKEN

pytestmark = pytest.mark.slow
ENDLESS = "INSERT { GRAPH <urn:g> { ?a ?b ?f } } WHERE { GRAPH ?x { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }"


@pytest.fixture
def server(request: pytest.FixtureRequest, own_store: Path, running: Callable[..., Any]) -> Iterator[Any]:
    """Run a server that takes changes, three requests at a time, over a copy of the packaged graph."""
    seconds = getattr(request, "param", "200")  # more than a change takes on a busy machine
    options = ("--writable", "--concurrent", "3", "--query-seconds", seconds)
    with running(own_store, own_store.parent / "log", *options, G60KG_TOKEN=TOKEN) as server:
        yield server


HASTY = pytest.mark.parametrize("server", ["4"], indirect=True)
"""For what never ends; what is asked beside it may come late on a busy machine, and is asked again."""


def change(server: Any, text: str) -> httpx.Response:
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
    return httpx.post(f"{server.url}/sparql", content=text, headers=headers, timeout=300)


def changed(server: Any, text: str) -> bool:
    """Return whether a change is made, at the first or a later time that it is asked for."""
    found = (change(server, text).status_code for _ in range(5))
    return next(status for status in found if status != 504) == 204


def count(server: Any, graph: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    answer = httpx.get(f"{server.url}/sparql", params={"query": query, "format": "csv"}, timeout=300)
    return int(answer.text.split()[1])


def test_changes_at_one_time_are_all_made(server: Any) -> None:
    def insert(number: int) -> int:
        return change(server, f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s{number}> a 1 }} }}").status_code

    with ThreadPoolExecutor(3) as pool:  # after each the workers open the store anew
        assert list(pool.map(insert, range(3))) == [204] * 3
    assert count(server, "urn:g") == 3


def test_a_change_is_seen_by_who_made_it(server: Any) -> None:
    for number in range(1, 3):
        assert change(server, f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> a {number} }} }}").status_code == 204
        assert [count(server, "urn:g") for _ in range(5)] == [number] * 5


@HASTY
def test_a_change_that_never_ends_is_stopped_and_changes_nothing(server: Any) -> None:
    before = DiskStore(server.store).manifest
    assert change(server, ENDLESS).status_code == 504
    assert DiskStore(server.store).manifest == before
    assert changed(server, "INSERT DATA { GRAPH <urn:g> { <urn:s> a 1 } }")
    assert count(server, "urn:g") == 1
    folders = {path.name for path in server.store.glob("quads-*")}
    assert DiskStore(server.store).manifest.quads in folders


@HASTY
def test_who_has_no_token_keeps_nobody_from_changing(server: Any) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    stranger = {"Authorization": "Bearer wrong"}

    def ask() -> int:
        form = {"query": endless}
        return httpx.post(f"{server.url}/sparql", data=form, headers=stranger, timeout=300).status_code

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(ask)
        time.sleep(0.5)
        assert changed(server, "INSERT DATA { GRAPH <urn:g> { <urn:s> a 1 } }")
        assert running.result() == 504
