"""A real server: `g60kg serve` in a process of its own, over the packaged graph; and asking without one."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from g60kg import KnowledgeGraph
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request, Response

TOKEN = "a-long-random-text"
_PATIENCE = 90.0
_USUAL = {"--concurrent": "1", "--query-seconds": "60"}
"""The machine may be busy."""
_WORKER = "from g60kg.serve import worker; worker._LATER = 1e6; worker.main()"
"""A worker that does not read the grammar beforehand, which takes it two seconds more."""


@dataclass(frozen=True)
class Served:
    """A server that runs: where, as which process, over which store, and its log."""

    url: str
    process: "subprocess.Popen[str]"
    store: Path
    log: Path

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Ask for a path, as one client does once."""
        return httpx.get(self.url + path, timeout=_PATIENCE, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """Post to a path, as one client does once."""
        return httpx.post(self.url + path, timeout=_PATIENCE, **options)

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines of the log so far."""
        time.sleep(0.3)
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def metric(self, name: str) -> float:
        """Return the value of a metric, named with its labels."""
        found = (line.rsplit(" ", 1) for line in self.get("/metrics").text.splitlines())
        return next((float(value) for key, value in found if key == name), 0.0)


Serving = Callable[..., Any]
Ask = Callable[..., Response]


@pytest.fixture(scope="session")
def served_store(packaged_store: Path) -> Path:
    """Return a store of the packaged graph; not to be changed."""
    return packaged_store


@contextmanager
def serving(store: Path | str, log: Path, *options: str, **environment: str) -> Iterator[Served]:
    """Run a server on a free port for as long as the context lasts, with the usual options or others."""
    python = log.with_name("python")
    python.write_text(f"#!/bin/sh\nexec {sys.executable} -P -c '{_WORKER}'\n")
    python.chmod(0o755)
    code = f"import sys; sys.executable = '{python}'; from g60kg.cli import main; main()"
    command = [sys.executable, "-c", code, "--store", str(store), "serve"]
    for name, value in _USUAL.items():
        options = options if name in options else (name, value, *options)
    with log.open("w") as err:
        process = subprocess.Popen(
            [*command, "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=err,
            text=True,
            env=os.environ | environment,
        )
    assert process.stdout is not None
    said = process.stdout.readline()
    assert said.startswith("serving"), log.read_text()
    try:
        yield Served(said.split()[-1], process, Path(store), log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)
        process.stdout.close()


@pytest.fixture(scope="session")
def served(served_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Run a server for the session; it is not to be written to."""
    log, options = tmp_path_factory.mktemp("log") / "log", ("--concurrent", "2")
    with serving(served_store, log, *options, G60KG_TOKEN=TOKEN) as server:
        yield server


@pytest.fixture
def serve(served_store: Path, tmp_path: Path) -> Callable[..., Any]:
    """Return a context that runs a server of its own, with options: `with serve("--rows", "1") as server`."""

    def start(*options: str, store: Path | str | None = None, **environment: str) -> Any:
        return serving(store or served_store, tmp_path / "log", *options, **environment)

    return start


@pytest.fixture(scope="session")
def site(packaged: KnowledgeGraph) -> Site:
    """Return a site over the packaged graph, in memory."""
    return Site(packaged, version="test")


@pytest.fixture(scope="session")
def ask(site: Site) -> Ask:
    """Return a function that asks: a route, an Accept header, the values of its places, and its query."""

    def asked(route: str, accept: str = "*/*", *pairs: tuple[str, str], **path: str) -> Response:
        return answer(site, Request(route, path=path, query=pairs, headers={"accept": accept}))

    return asked
