"""The end of a server, and a new store while it runs."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from g60kg import Article, KnowledgeGraph
from tests.serve.conftest import TOKEN, Served
from tests.serve.front.raw import connected, get, rest, status
from tests.serve.front.test_pool import ENDLESS, ask, children, until, workers

Serve = Callable[..., Any]
SECOND = "SELECT (COUNT(*) AS ?n) { { SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 700000 } }"
ARTICLES = "SELECT (COUNT(?a) AS ?n) { ?a a g60:Article }"


def count(server: Served) -> int:
    answer = server.get(f"/sparql?query={quote(ARTICLES)}", headers={"Accept": "text/csv"})
    return int(answer.text.split()[1])


def wait_until_running(server: Served) -> None:
    while not server.metric("g60kg_running"):
        time.sleep(0.02)


def test_a_signal_lets_what_runs_and_what_waits_end(serve: Serve) -> None:
    options = ("--stop-seconds", "60", "--concurrent", "1", "--wait-seconds", "60")
    with serve(*options) as server, ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(ask, server, f"{SECOND} # {number}") for number in range(2)]
        until(lambda: server.metric("g60kg_running") == server.metric("g60kg_waiting") == 1)
        own = server.process.pid
        for each in (own, *children(own), *workers(server)):  # as a terminal sends it
            os.kill(each, signal.SIGINT)
        assert [each.result() for each in asked] == [200, 200]
        assert server.process.wait(60) == 0


@pytest.mark.parametrize("part", ["GET /robots", "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Le"])
def test_a_request_of_which_a_part_has_come_is_answered_at_a_stop(serve: Serve, part: str) -> None:
    whole = {
        "GET": get("/robots.txt").replace(b"Connection: close\r\n", b""),
        "POST": b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nContent-Type: "
        b"application/x-www-form-urlencoded\r\n\r\nquery=ASK{}",
    }[part.split()[0]]
    with serve("--stop-seconds", "30") as server, connected(server) as link:
        link.sendall(whole[: len(part)])
        server.get("/health")
        server.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        link.sendall(whole[len(part) :])
        answer = rest(link)
        assert status(answer) == 200
        assert b"connection: close" in answer
        assert server.process.wait(30) == 0


def test_what_does_not_end_is_ended_in_time(serve: Serve) -> None:
    with serve("--stop-seconds", "0.9") as server, ThreadPoolExecutor(1) as pool:
        running = pool.submit(ask, server, ENDLESS)
        wait_until_running(server)
        before = workers(server)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert running.result() == 503
        assert time.monotonic() - began >= 0.9  # no sooner
        assert server.process.wait(30) == 0
        assert not [line for line in server.lines() if "trace" in line]
        assert before
        give_up = time.monotonic() + 30
        while any(Path(f"/proc/{pid}").exists() for pid in before):  # the system takes a moment to reap them
            assert time.monotonic() < give_up
            time.sleep(0.02)


def test_a_server_whose_workers_end_as_they_start_ends(served_store: Path) -> None:
    code = "import sys; sys.executable = '/bin/false'; from g60kg.cli import main; main()"
    command = [sys.executable, "-c", code, "--store", str(served_store), "serve", "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    *log, said = done.stderr.splitlines()
    assert said == "g60kg: the processes that answer end as they start; see what they wrote above"
    assert "a worker could not start: it ended" in log[0]


def test_while_workers_start_each_request_is_told_to_come_again(served_store: Path, tmp_path: Path) -> None:
    slow = tmp_path / "python"
    slow.write_text(
        f'#!/bin/sh\nwhile [ ! -e {tmp_path}/go ]; do sleep 0.1; done\nexec {sys.executable} "$@"\n'
    )
    slow.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"import sys; sys.executable = '{slow}'; from g60kg.cli import main; main()"
    command = [sys.executable, "-c", code, "--store", str(served_store), "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            transport = httpx.HTTPTransport(retries=9)
            with httpx.Client(transport=transport, base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                early = client.get("/")
                assert (early.status_code, "starting" in early.text) == (503, True)
                assert int(early.headers["retry-after"]) > 0
                (tmp_path / "go").touch()
                assert process.stdout is not None
                assert process.stdout.readline().startswith("serving")
                assert client.get("/").status_code == 200
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0


@pytest.mark.usefixtures("unvalidated")
def test_a_store_that_changes_is_served_without_a_lost_request(serve: Serve, own_store: Path) -> None:
    found: Counter[tuple[int, str]] = Counter()
    stop = threading.Event()
    options = ("--writable",)
    with serve(*options, store=own_store, G60KG_TOKEN=TOKEN) as server:
        before = count(server)
        first = server.get("/articles")
        assert server.get("/articles").headers["etag"] == first.headers["etag"]
        assert server.metric("g60kg_cache_hits_total") == 1

        def load() -> None:
            with httpx.Client(timeout=30) as client:
                while not stop.wait(0.05):
                    answer = client.get(f"{server.url}/sparql?query={quote(ARTICLES)}", headers=CSV)
                    found[answer.status_code, answer.text] += 1

        with ThreadPoolExecutor(2) as pool:
            tasks = [pool.submit(load) for _ in range(2)]
            for n in range(2):
                article = Article(f"new-{n}", f"Hefei covers {n + 5} square kilometers.")
                KnowledgeGraph.open(own_store).add(article)
                _until(lambda: count(server) == before + n + 1)  # noqa: B023
            stop.set()
            for task in tasks:
                task.result()
        assert {status for status, _ in found} == {200}
        assert max(int(text.split()[1]) for _, text in found) <= before + 2
        assert len(found) >= 2
        assert server.get("/articles").headers["etag"] != first.headers["etag"]
        _updates_are_served_when_they_are_answered(server)


CSV = {"Accept": "text/csv"}


def _until(true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never came")


def _updates_are_served_when_they_are_answered(server: Served) -> None:
    token = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    insert = "INSERT DATA { GRAPH <https://example.com/g> { <x:%d> a g60:Article } }"
    before = count(server)
    for n in range(2):
        processes = set(workers(server))
        answer = server.post("/sparql", content=insert % n, headers=token)
        assert answer.status_code in (200, 204), answer.text
        assert count(server) == before + n + 1
        assert processes & set(workers(server))  # who waits opens the store anew
    wrong = token | {"Authorization": "Bearer another"}
    assert server.post("/sparql", content=insert % 9, headers=wrong).status_code == 401
    assert count(server) == before + 2


def test_without_the_option_nothing_is_written(served: Served) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    answer = served.post("/sparql", content="INSERT DATA { <x:a> a <x:b> }", headers=headers)
    assert answer.status_code == 403
