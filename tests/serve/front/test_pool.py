"""Limits of work: time, memory, places; and workers that end."""

import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.serve.conftest import Served, serving
from tests.serve.front.raw import connected, get

Serve = Callable[..., Any]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
PATHS = "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?b (!<x:x>|^!<x:x>)* ?c }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f"
MILLION = "SELECT * { ?a ?b ?c . ?d a ?f } LIMIT 1000000"


def ask(server: Served, query: str) -> int:
    return server.get(f"/sparql?query={quote(query)}").status_code


def workers(server: Served) -> list[int]:
    """Return the processes of a server's workers."""
    return [worker for nursery in children(server.process.pid) for worker in children(nursery)]


def children(process: int) -> list[int]:
    """Return the processes that a process has started."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if place.read_text().rpartition(")")[2].split()[1:2] == [str(process)]:
                found.append(int(place.parent.name))
    return found


def elsewhere(address: str = "127.0.0.2") -> httpx.Client:
    """Return a client at another address of this machine."""
    return httpx.Client(transport=httpx.HTTPTransport(local_address=address), timeout=60)


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.1)


@contextmanager
def endless(server: Served, number: int, path: str = "/sparql", accept: str = "*/*") -> Iterator[None]:
    """Ask so many queries without end at one time; the client hangs up at the end, and all is quiet again."""
    with ExitStack() as stack:
        for each in range(number):  # alike ones would be answered as one
            link = stack.enter_context(connected(server))
            link.sendall(get(f"{path}?query={quote(f'{ENDLESS} # {each}')}", f"Accept: {accept}"))
        until(lambda: server.metric("g60kg_running") > 0)
        yield
    until(lambda: server.metric("g60kg_running") == server.metric("g60kg_waiting") == 0)


@pytest.fixture(scope="module")
def crowded(served_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Run a server that many ask at one time: it has places for four, three for what is heavy."""
    options = ("--concurrent", "4", "--wait-seconds", "60")
    with serving(served_store, tmp_path_factory.mktemp("log") / "log", *options) as server:
        yield server


@pytest.fixture(scope="module")
def strict(served_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Run a server that soon ends what takes long."""
    options = ("--query-seconds", "4", "--concurrent", "3", "--wait-seconds", "60")
    with serving(served_store, tmp_path_factory.mktemp("log") / "log", *options) as server:
        yield server


def test_a_query_without_end_is_stopped(strict: Served) -> None:
    ended = 'g60kg_workers_ended{reason="time"}'
    for query in (ENDLESS, PATHS):
        before, began = strict.metric(ended), time.monotonic()
        assert ask(strict, query) == 504
        assert time.monotonic() - began < 15
        assert strict.metric(ended) == before + 1
        until(lambda: ask(strict, "ASK {}") == 200)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.2"])
def test_one_endless_query_keeps_nobody_waiting(crowded: Served, address: str) -> None:
    with endless(crowded, 1), elsewhere(address) as other:
        found = []
        for _ in range(20):
            answer = other.get(f"{crowded.url}/sparql", params={"query": "ASK {}"})
            assert answer.status_code == 200
            found.append(answer.elapsed.total_seconds())
        assert median(found) < 1.5  # it does not wait until one is stopped


def test_many_endless_queries_of_one_client_leave_room(crowded: Served) -> None:
    with endless(crowded, 6), elsewhere() as other:
        until(lambda: crowded.metric("g60kg_running") == 2)  # of three heavy places
        assert other.get(f"{crowded.url}/sparql", params={"query": "ASK {}"}).status_code == 200
        assert crowded.get("/queries/companies-by-industry?limit=1").status_code == 200
        assert crowded.metric("g60kg_waiting") > 0


def test_a_query_in_the_editor_is_heavy_work(crowded: Served) -> None:
    html = "text/html"
    with endless(crowded, 3, "/sparql/editor", html):
        until(lambda: crowded.metric("g60kg_running") == 2)
        assert crowded.get("/sparql/editor?shown", headers={"Accept": html}).status_code == 200
        until(lambda: crowded.metric("g60kg_waiting") == 1)


def test_who_hangs_up_frees_the_place(crowded: Served) -> None:
    ended = 'g60kg_workers_ended{reason="hung up"}'
    before = crowded.metric(ended)
    with endless(crowded, 2):
        until(lambda: crowded.metric("g60kg_running") == 2)
        assert crowded.metric(ended) == before
    assert crowded.metric(ended) == before + 2


def test_a_request_that_takes_too_much_memory_fails_alone(serve: Serve) -> None:
    options = ("--worker-bytes", "300000000", "--rows", "1e9")
    with serve(*options) as server:
        assert ask(server, SORTED) == 503
        assert ask(server, "ASK {}") == 200


def test_a_result_of_a_million_rows_is_refused(served: Served) -> None:
    assert ask(served, MILLION) == 422


def test_who_waits_too_long_or_with_too_many_is_told_when_to_come_again(serve: Serve) -> None:
    options = ("--waiting", "1", "--wait-seconds", "3")
    with serve(*options) as server, ThreadPoolExecutor(1) as pool, endless(server, 1):
        waits = pool.submit(server.get, "/sparql?query=ASK%20%7B%7D")
        until(lambda: server.metric("g60kg_waiting") == 1)
        too_many = server.get("/sparql?query=ASK%20%7B%7D")
        assert not waits.done()
        for busy in (too_many, waits.result()):
            assert busy.status_code == 503
            assert int(busy.headers["retry-after"]) > 0


def test_a_client_has_so_many_connections(serve: Serve) -> None:
    with serve("--client-connections", "20") as server, ExitStack() as stack, elsewhere() as other:
        links = [stack.enter_context(connected(server)) for _ in range(40)]
        time.sleep(0.5)
        assert sum(_is_closed(link) for link in links) == 20
        assert other.get(f"{server.url}/health").status_code == 200


def _is_closed(link: socket.socket) -> bool:
    link.setblocking(False)
    try:
        return link.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def test_a_query_too_deep_ends_at_most_its_own_worker(served: Served) -> None:
    deep = "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"
    assert served.post("/sparql", data={"query": deep}).status_code in (400, 503)
    assert ask(served, "ASK {}") == 200


def beset(server: Served, trouble: Callable[[], None]) -> tuple[Counter[int], float]:
    """Return how often each status came while many asked and there was trouble, and the longest to a 200."""
    found: Counter[int] = Counter()
    seconds = [0.0]
    numbers, stop = count(), threading.Event()

    def load() -> None:
        with httpx.Client(timeout=30) as client:
            while not stop.wait(0.1):
                path = f"/queries/names?entity=Songjiang&limit=9&offset={next(numbers)}"
                answer = client.get(server.url + path)
                found[answer.status_code] += 1
                if answer.status_code == 200:
                    seconds.append(answer.elapsed.total_seconds())

    with ThreadPoolExecutor(4) as pool:
        tasks = [pool.submit(load) for _ in range(4)]
        try:
            trouble()
        finally:
            stop.set()
        for task in tasks:
            task.result()
    return found, max(seconds)


def test_a_worker_that_ends_takes_one_request_with_it_and_is_replaced(crowded: Served) -> None:
    def kill() -> None:
        for _ in range(4):
            time.sleep(0.4)
            os.kill(workers(crowded)[0], signal.SIGKILL)
        time.sleep(0.4)

    found, _ = beset(crowded, kill)
    assert set(found) <= {200, 503}
    assert found[503] <= 4
    assert found[200] > 10
    until(lambda: crowded.metric("g60kg_workers") == crowded.metric("g60kg_places") + 1)
    assert len(workers(crowded)) == crowded.metric("g60kg_workers")


def test_where_what_workers_are_forked_from_ends_they_go_on_and_others_follow(serve: Serve) -> None:
    with serve() as server:
        until(lambda: server.metric("g60kg_workers") == server.metric("g60kg_places") + 1)
        (nursery,), before = children(server.process.pid), workers(server)
        os.kill(nursery, signal.SIGKILL)
        until(lambda: not children(server.process.pid))
        assert ask(server, "ASK {}") == 200
        os.kill(before[0], signal.SIGKILL)
        until(lambda: len(workers(server)) == 1)
        until(lambda: server.metric("g60kg_workers") == server.metric("g60kg_places") + 1)
        assert ask(server, "ASK {}") == 200
    until(lambda: not any(Path(f"/proc/{process}").exists() for process in before))


def test_a_worker_that_stands_still_holds_one_request_up(strict: Served) -> None:
    ended, stopped = 'g60kg_workers_ended{reason="time"}', list[int]()
    before = strict.metric(ended)

    def still() -> None:
        time.sleep(0.5)
        stopped.extend(workers(strict))
        for worker in stopped:  # whichever is asked next
            os.kill(worker, signal.SIGSTOP)
        until(lambda: strict.metric(ended) > before)
        until(lambda: strict.get("/queries/names?entity=Songjiang").status_code == 200)

    found, _ = beset(strict, still)
    assert set(found) <= {200, 504}
    assert found[504] <= strict.metric(ended) - before <= len(stopped)
    assert found[200] > 0
    assert strict.metric("g60kg_waiting") == 0
