"""Stores of every kind: the two that are embedded, and those behind real servers."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from g60kg.store.remote import RemoteStore
from tests.contract import servers
from tests.query.conftest import fixture_quads


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Oxigraph's server, which holds what a test puts into it."""
    yield from started(servers.oxigraph, tmp_path_factory)


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Virtuoso, which holds what a test puts into it."""
    yield from started(servers.virtuoso, tmp_path_factory)


@pytest.fixture(scope="session")
def comunica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Comunica over the small corridor."""

    def over(folder: Path) -> AbstractContextManager[str]:
        folder.mkdir()
        serialize(fixture_quads(), str(folder / "graph.nq"), RdfFormat.N_QUADS)
        return servers.comunica(folder / "graph.nq")

    yield from started(over, tmp_path_factory)


def started(
    server: Callable[[Path], AbstractContextManager[str]], folders: pytest.TempPathFactory
) -> Iterator[str]:
    """Run a server for the session, or skip what needs it."""
    for last in (False, True):
        try:
            with server(folders.mktemp("server") / "data") as url:
                yield url
                return
        except servers.Lacking as error:
            pytest.skip(f"left out, {error}")
        except servers.Unstarted:
            if last:
                raise


@pytest.fixture(scope="session")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the project's own server, which holds what a test puts into it."""
    yield from started(servers.ours, tmp_path_factory)


def as_writer(patch: pytest.MonkeyPatch) -> None:
    """Give the token of the project's own server."""
    patch.setenv("G60KG_TOKEN", servers.TOKEN)


def as_dba(patch: pytest.MonkeyPatch) -> None:
    """Give the credentials of Virtuoso's administrator."""
    patch.setenv("G60KG_USER", "dba")
    patch.setenv("G60KG_PASSWORD", "dba")


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give those of Virtuoso's administrator."""
    as_dba(monkeypatch)


def emptied(url: str) -> RemoteStore:
    """Return the store behind a server, holding nothing."""
    store = RemoteStore(url)
    names = [row[0] for row in store.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")]
    own = [name for name in names if name and name.value not in store.kind.own]
    store.update(*(f"DROP SILENT GRAPH {name}" for name in own))
    return store
