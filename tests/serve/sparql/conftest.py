"""Servers for the tests of the protocol, and sites that are asked without one."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from g60kg import KnowledgeGraph
from g60kg.serve.site import Site, answer
from g60kg.serve.values import TOKEN as VARIABLE
from g60kg.serve.values import Limits, Request, Response
from g60kg.store import MemoryStore
from tests.serve.conftest import Served, serving

TOKEN: Final = "a long text that nobody guesses"


@pytest.fixture(scope="session")
def writable(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Run a server that takes changes; each test writes to graphs of its own."""
    folder = tmp_path_factory.mktemp("writable")
    store = Path(shutil.copytree(packaged_store, folder / "store"))
    options = ("--writable", "--concurrent", "2", "--query-seconds", "200")
    with serving(store, folder / "log", *options, G60KG_TOKEN=TOKEN) as server:
        yield server


@pytest.fixture(scope="session")
def site(served_store: Path) -> Site:
    """Return a site over the packaged graph."""
    return Site(KnowledgeGraph.open(served_store))


class Asker:
    """Asks a site as a client would, without a server between."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def limited(self, **limits: float) -> "Asker":
        """Return one with other limits."""
        return Asker(replace(self.site, limits=replace(self.site.limits, **limits)))

    def __call__(
        self,
        route: str | tuple[str, dict[str, str]] = "sparql",
        method: str = "GET",
        *query: tuple[str, str],
        body: str | bytes = b"",
        **headers: str,
    ) -> Response:
        """Send a request; a route may have places, and names of headers are written with `_`."""
        name, path = (route, {}) if isinstance(route, str) else route
        sent = {key.replace("_", "-"): value for key, value in headers.items()}
        content = body.encode() if isinstance(body, str) else body
        return answer(self.site, Request(name, method, path, query, sent, content, f"/{name}"))

    def query(self, text: str, *query: tuple[str, str], **headers: str) -> Response:
        """Ask a query by GET."""
        return self("sparql", "GET", ("query", text), *query, **headers)

    def update(self, text: str, *query: tuple[str, str], **headers: str) -> Response:
        """Send an update as it is, with the token."""
        sent = {"authorization": f"Bearer {TOKEN}", "content_type": "application/sparql-update"}
        return self("sparql", "POST", *query, body=text, **(sent | headers))


def detail(response: Response) -> str:
    """Return what a refusal says."""
    assert response.media_type == "application/problem+json"
    return str(json.loads(response.body)["detail"])


@pytest.fixture(scope="session")
def ask(site: Site) -> Asker:
    """Return who asks the packaged graph."""
    return Asker(site)


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Asker:
    """Return who asks a small graph that can be changed."""
    monkeypatch.setenv(VARIABLE, TOKEN)
    first = Quad(NamedNode("http://e/a"), NamedNode("http://e/p"), Literal("1"), NamedNode("http://e/g"))
    store = MemoryStore([first])
    return Asker(Site(KnowledgeGraph(store), Limits(), writable=True))
