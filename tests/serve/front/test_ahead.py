"""Requests that are sent to a worker ahead: none is lost with it, or waits for it."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import httpx

from tests.serve.conftest import Served
from tests.serve.front.test_pool import workers

Serve = Callable[..., Any]
CLIENTS = 12


def beset(server: Served, trouble: Callable[[], None]) -> tuple[Counter[int], float]:
    """Return how often each status came while many asked and there was trouble, and the longest to a 200."""
    found: Counter[int] = Counter()
    seconds = [0.0]
    numbers, stop = count(), threading.Event()

    def load() -> None:
        with httpx.Client(timeout=30) as client:
            while not stop.is_set():
                path = f"/queries/names?entity=Songjiang&limit=9&offset={next(numbers)}"
                answer = client.get(server.url + path)
                found[answer.status_code] += 1
                if answer.status_code == 200:
                    seconds.append(answer.elapsed.total_seconds())

    with ThreadPoolExecutor(CLIENTS) as pool:
        tasks = [pool.submit(load) for _ in range(CLIENTS)]
        trouble()
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
        assert found[200] > 100


def test_a_worker_that_stands_still_holds_one_request_up(serve: Serve) -> None:
    with serve("--rate", "0", "--concurrent", "3", "--query-seconds", "2") as server:

        def still() -> None:
            time.sleep(0.3)
            for worker in workers(server)[:2]:
                os.kill(worker, signal.SIGSTOP)
            time.sleep(3)

        found, longest = beset(server, still)
        assert set(found) <= {200, 504}
        assert 1 <= found[504] <= 2
        assert longest < 1.5
        assert found[504] == server.metric('g60kg_workers_ended{reason="time"}')
        assert found[200] > 100
        assert server.metric("g60kg_waiting") == 0
