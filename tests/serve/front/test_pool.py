"""Limits of work: time, memory, places, rate; and workers that end."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from tests.serve.conftest import Served
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
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = place.read_text()
        except OSError:
            continue
        if text.rpartition(")")[2].split()[1:2] == [str(server.process.pid)]:
            found.append(int(place.parent.name))
    return found


def test_a_query_without_end_is_stopped(serve: Serve) -> None:
    with serve("--query-seconds", "2") as server:
        for number, query in enumerate((ENDLESS, PATHS), 1):
            began = time.monotonic()
            assert ask(server, query) == 504
            assert time.monotonic() - began < 10
            assert server.metric('g60kg_workers_ended{reason="time"}') == number
            assert ask(server, "ASK {}") == 200


def test_others_go_on_while_queries_without_end_run(serve: Serve) -> None:
    options = ("--query-seconds", "60", "--concurrent", "2", "--rate", "0", "--stop-seconds", "1")
    with serve(*options) as server, ThreadPoolExecutor(6) as pool:
        endless = [pool.submit(ask, server, ENDLESS) for _ in range(3)]
        time.sleep(0.5)
        for _ in range(10):
            assert server.get("/queries/companies-by-industry?limit=1").status_code in (200, 422)
        assert not any(each.done() for each in endless)
        server.process.terminate()
        assert {each.result() for each in endless} <= {503, 504}


def test_a_request_that_takes_too_much_memory_fails_alone(serve: Serve) -> None:
    with serve("--worker-bytes", "300000000", "--query-seconds", "60", "--rows", "1e9") as server:
        assert ask(server, SORTED) == 503
        assert ask(server, "ASK {}") == 200


def test_a_result_of_a_million_rows_is_refused(served: Served) -> None:
    assert ask(served, MILLION) == 422


def test_too_many_that_wait_are_told_when_to_come_again(serve: Serve) -> None:
    options = ("--query-seconds", "2", "--concurrent", "2", "--waiting", "1", "--rate", "0")
    with serve(*options) as server, ThreadPoolExecutor(4) as pool:
        running = [pool.submit(ask, server, ENDLESS) for _ in range(2)]
        time.sleep(0.7)
        busy = server.get("/sparql?query=ASK%20%7B%7D")
        assert busy.status_code == 503
        assert int(busy.headers["retry-after"]) > 0
        assert {each.result() for each in running} == {504}


def test_who_waits_too_long_is_told_when_to_come_again(serve: Serve) -> None:
    with serve("--query-seconds", "2", "--concurrent", "1", "--wait-seconds", "0.5") as server:
        thread = threading.Thread(target=ask, args=(server, ENDLESS))
        thread.start()
        time.sleep(0.5)
        busy = server.get("/sparql?query=ASK%20%7B%7D")
        assert busy.status_code == 503
        assert "retry-after" in busy.headers
        thread.join()


def test_a_client_has_a_rate(serve: Serve) -> None:
    with serve("--rate", "1", "--burst", "5") as server:
        with httpx.Client(base_url=server.url) as client:
            found = [client.get("/robots.txt") for _ in range(8)]
        assert [each.status_code for each in found[:5]] == [200] * 5
        assert found[-1].status_code == 429
        assert int(found[-1].headers["retry-after"]) >= 1
        assert server.get("/health").status_code == 200
        time.sleep(1.2)
        assert server.get("/robots.txt").status_code == 200


def test_who_hangs_up_frees_the_place(serve: Serve) -> None:
    with serve("--query-seconds", "60", "--concurrent", "1") as server:
        with connected(server) as link:
            link.sendall(get(f"/sparql?query={quote(ENDLESS)}"))
            time.sleep(0.5)
            assert server.metric("g60kg_running") == 1
        began = time.monotonic()
        assert ask(server, "ASK {}") == 200
        assert time.monotonic() - began < 30
        assert server.metric('g60kg_workers_ended{reason="hung up"}') == 1


def test_workers_that_are_killed_are_replaced_and_lose_their_own_request_alone(serve: Serve) -> None:
    with serve("--rate", "0", "--cache-bytes", "0") as server:
        found: Counter[int] = Counter()
        stop = threading.Event()

        def load() -> None:
            while not stop.is_set():
                found[ask(server, "SELECT ?a { ?a a ?b } LIMIT 5")] += 1

        with ThreadPoolExecutor(4) as pool:
            tasks = [pool.submit(load) for _ in range(4)]
            for _ in range(6):
                time.sleep(0.3)
                os.kill(workers(server)[0], signal.SIGKILL)
            stop.set()
            for task in tasks:
                task.result()
        assert found[200] > found[503]
        assert set(found) <= {200, 503}
        assert found[503] <= 6
        give_up = time.monotonic() + 60
        while server.metric("g60kg_workers") < server.metric("g60kg_places") + 1:
            assert time.monotonic() < give_up
            time.sleep(0.2)
        assert len(workers(server)) == server.metric("g60kg_workers")


def test_a_query_too_deep_ends_at_most_its_own_worker(served: Served) -> None:
    deep = "ASK { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }"
    assert served.post("/sparql", data={"query": deep}).status_code in (400, 503)
    assert ask(served, "ASK {}") == 200


def test_a_client_with_many_long_queries_gives_way_to_another(serve: Serve) -> None:
    options = ("--query-seconds", "30", "--concurrent", "4", "--wait-seconds", "60")
    other = httpx.Client(transport=httpx.HTTPTransport(local_address="127.0.0.2"), timeout=60)
    with serve(*options, "--stop-seconds", "1") as server, ThreadPoolExecutor(8) as pool, other:
        endless = [pool.submit(ask, server, ENDLESS) for _ in range(6)]
        time.sleep(1.5)
        began = time.monotonic()
        assert other.get(f"{server.url}/sparql?query=ASK%20%7B%7D").status_code == 200
        assert time.monotonic() - began < 10
        server.process.terminate()
        assert {each.result() for each in endless} <= {503, 504}


def beset(server: Served, trouble: Callable[[], None]) -> tuple[Counter[int], float]:
    """Return how often each status came while many asked and there was trouble, and the longest to a 200."""
    found: Counter[int] = Counter()
    seconds = [0.0]
    numbers, stop = count(), threading.Event()

    def load() -> None:
        with httpx.Client(timeout=30) as client:
            while not stop.wait(0.05):
                path = f"/queries/names?entity=Songjiang&limit=9&offset={next(numbers)}"
                answer = client.get(server.url + path)
                found[answer.status_code] += 1
                if answer.status_code == 200:
                    seconds.append(answer.elapsed.total_seconds())

    with ThreadPoolExecutor(8) as pool:
        tasks = [pool.submit(load) for _ in range(8)]
        try:
            trouble()
        finally:
            stop.set()
        for task in tasks:
            task.result()
    return found, max(seconds)


def test_a_worker_that_ends_takes_one_request_with_it(serve: Serve) -> None:
    with serve("--rate", "0", "--concurrent", "2") as server:

        def kill() -> None:
            for _ in range(4):
                time.sleep(0.4)
                os.kill(workers(server)[0], signal.SIGKILL)
            time.sleep(0.4)

        found, _ = beset(server, kill)
        assert set(found) <= {200, 503}
        assert found[503] <= 4
        assert found[200] > 10


def test_a_worker_that_stands_still_holds_one_request_up(serve: Serve) -> None:
    options = ("--rate", "0", "--concurrent", "3", "--query-seconds", "4", "--wait-seconds", "60")
    with serve(*options) as server:
        stopped = list[int]()

        def still() -> None:
            time.sleep(0.5)
            stopped.extend(workers(server))
            for worker in stopped:  # whichever is asked next
                os.kill(worker, signal.SIGSTOP)
            give_up = time.monotonic() + 60
            while server.metric('g60kg_workers_ended{reason="time"}') < 1:
                assert time.monotonic() < give_up
                time.sleep(0.3)
            while server.get("/queries/names?entity=Songjiang").status_code != 200:
                assert time.monotonic() < give_up

        found, _ = beset(server, still)
        assert set(found) <= {200, 504}
        assert found[504] <= server.metric('g60kg_workers_ended{reason="time"}') <= len(stopped)
        assert found[200] > 0
        assert server.metric("g60kg_waiting") == 0
