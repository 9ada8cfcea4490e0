"""What attacks on a server found once: each holds now."""

import os
import resource
import shutil
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest

from tests.serve.conftest import Served
from tests.serve.front.raw import asked, get, rest, status
from tests.serve.front.test_pool import ask, until, workers

Serve = Callable[..., Any]
LARGE = "SELECT * { ?a ?b ?c . ?d a ?e } LIMIT 40000"


def memory(process: int) -> int:
    """Return the bytes that a process has in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()


def failures(server: Served) -> list[str]:
    return [line["event"] for line in server.lines() if "could not start" in line.get("event", "")]


def test_without_files_to_open_it_says_so_and_tries_again(serve: Serve) -> None:
    with serve() as server, httpx.Client(base_url=server.url) as client:
        assert client.get("/health").status_code == 200
        process = server.process.pid
        before = resource.prlimit(process, resource.RLIMIT_NOFILE)
        resource.prlimit(process, resource.RLIMIT_NOFILE, (3, before[1]))
        for worker in workers(server):
            os.kill(worker, signal.SIGKILL)
        until(lambda: client.get("/health").status_code == 503)
        assert client.get("/ready").status_code == 503
        time.sleep(4)
        assert 1 <= len(failures(server)) <= 5
        assert any("no process or files for it" in each for each in failures(server))
        resource.prlimit(process, resource.RLIMIT_NOFILE, before)
        until(lambda: client.get("/ready").status_code == 200)
        assert client.get("/health").status_code == 200
        assert ask(server, "ASK {}") == 200


def test_a_broken_store_is_tried_less_and_less_often_while_the_old_is_served(
    serve: Serve, served_store: Path, tmp_path: Path
) -> None:
    store = Path(shutil.copytree(served_store, tmp_path / "own"))
    manifest = store / "manifest.json"
    text = manifest.read_text()
    with serve(store=store) as server:
        manifest.write_text("{")
        until(lambda: bool(failures(server)))
        time.sleep(5)
        assert len(failures(server)) <= 6
        assert ask(server, "ASK {}") == 200
        manifest.write_text(text)
        until(lambda: server.get("/ready").status_code == 200)


def test_bodies_that_wait_are_bounded_together(serve: Serve) -> None:
    size = 1_000_000
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer t0ken\r\nContent-Length: %d\r\n\r\n"
    options = ("--writable", "--bodies-bytes", "5e6", "--idle-seconds", "3")
    with serve(*options, G60KG_TOKEN="t0ken") as server, ExitStack() as stack:
        parts = urlsplit(server.url)
        before = memory(server.process.pid)
        links = [
            stack.enter_context(socket.create_connection((parts.hostname, parts.port))) for _ in range(60)
        ]
        for link in links:
            link.sendall(head % size + b"x" * (size - 1))
        time.sleep(1)
        assert memory(server.process.pid) - before < 40_000_000
        assert server.get("/health").status_code == 200
        found = Counter(bool(rest(link)) for link in links)
        assert sum(found.values()) == 60
        assert ask(server, "ASK {}") == 200


def test_without_the_token_a_body_is_small(served: Served) -> None:
    answer = asked(served, get("/sparql", "Content-Length: 7900000", method="POST"))
    assert status(answer) == 413
    token = "Authorization: Bearer t0ken"
    assert status(asked(served, get("/sparql", token, "Content-Length: 7900000", method="POST"))) == 413


def test_compressing_a_large_answer_makes_nobody_wait(served: Served) -> None:
    gzip = {"Accept-Encoding": "gzip", "Accept": "application/sparql-results+json"}
    with ThreadPoolExecutor(1) as pool:

        def longest_wait() -> float:
            before = len(served.lines())
            large = pool.submit(served.get, f"/sparql?query={quote(LARGE)}", headers=gzip)
            while not large.done():
                assert served.get("/health").status_code == 200
                time.sleep(0.02)
            answer = large.result()
            assert answer.status_code == 200
            assert answer.headers["content-encoding"] == "gzip"
            assert len(answer.content) > 10_000_000
            times = [line["ms"] for line in served.lines()[before:] if line.get("route") == "health"]
            return float(max(times))

        assert any(longest_wait() < 100 for _ in range(4))  # others on the machine may keep one waiting, too


@pytest.mark.parametrize("name", ["Accept", "Accept-Language"])
def test_what_a_client_likes_is_short(served: Served, name: str) -> None:
    long = ", ".join(f"text/x-{n}" for n in range(1000))
    assert served.get("/queries", headers={name: long}).status_code == 431
