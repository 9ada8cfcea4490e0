"""Changes to a server that runs: many at once, and one that never ends."""

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from g60kg.store import DiskStore
from tests.serve.conftest import Served, serving
from tests.serve.sparql.conftest import TOKEN

pytestmark = pytest.mark.slow
ENDLESS = "INSERT { GRAPH <urn:g> { ?a ?b ?f } } WHERE { GRAPH ?x { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } }"


@pytest.fixture(scope="module")
def hasty(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Run a server that soon stops what never ends; what is asked beside it may come late."""
    folder = tmp_path_factory.mktemp("hasty")
    store = Path(shutil.copytree(packaged_store, folder / "store"))
    options = ("--writable", "--concurrent", "3", "--query-seconds", "4")
    with serving(store, folder / "log", *options, G60KG_TOKEN=TOKEN) as server:
        yield server


def change(server: Served, text: str) -> httpx.Response:
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
    return httpx.post(f"{server.url}/sparql", content=text, headers=headers, timeout=300)


def changed(server: Served, text: str) -> bool:
    """Return whether a change is made, at the first or a later time that it is asked for."""
    found = (change(server, text).status_code for _ in range(5))
    return next(status for status in found if status != 504) == 204


def count(server: Served, graph: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    for _ in range(10):
        answer = httpx.get(f"{server.url}/sparql", params={"query": query, "format": "csv"}, timeout=300)
        if answer.status_code == 200:
            return int(answer.text.split()[1])
        time.sleep(0.5)  # what never ends was just stopped: the places come back one by one
    raise AssertionError(answer.text)


def test_changes_at_one_time_are_all_made(writable: Served) -> None:
    def insert(number: int) -> int:
        return change(writable, f"INSERT DATA {{ GRAPH <urn:many> {{ <urn:s{number}> a 1 }} }}").status_code

    with ThreadPoolExecutor(3) as pool:  # after each the workers open the store anew
        assert list(pool.map(insert, range(3))) == [204] * 3
    assert count(writable, "urn:many") == 3


def test_a_change_is_seen_by_who_made_it(writable: Served) -> None:
    for number in range(1, 3):
        assert (
            change(writable, f"INSERT DATA {{ GRAPH <urn:seen> {{ <urn:s> a {number} }} }}").status_code
            == 204
        )
        assert [count(writable, "urn:seen") for _ in range(5)] == [number] * 5


def test_a_change_that_never_ends_is_stopped_and_changes_nothing(hasty: Served) -> None:
    before = DiskStore(hasty.store).manifest
    assert change(hasty, ENDLESS).status_code == 504
    assert DiskStore(hasty.store).manifest == before
    assert changed(hasty, "INSERT DATA { GRAPH <urn:g> { <urn:s> a 1 } }")
    assert count(hasty, "urn:g") == 1
    folders = {path.name for path in hasty.store.glob("quads-*")}
    assert DiskStore(hasty.store).manifest.quads in folders


def test_who_has_no_token_keeps_nobody_from_changing(hasty: Served) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    stranger = {"Authorization": "Bearer wrong"}

    def ask() -> int:
        form = {"query": endless}
        return httpx.post(f"{hasty.url}/sparql", data=form, headers=stranger, timeout=300).status_code

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(ask)
        time.sleep(0.5)
        assert changed(hasty, "INSERT DATA { GRAPH <urn:h> { <urn:s> a 1 } }")
        assert running.result() == 504
