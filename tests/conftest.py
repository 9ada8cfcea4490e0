"""What holds for every test: it ends. And what many share: the packaged graph, a host never to be called."""

import gc
import os
import shutil
import signal
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings
from pyoxigraph import Quad
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from g60kg import KnowledgeGraph
from g60kg.store import MemoryStore
from tests.elsewhere import Host
from tests.sizes import size

settings.register_profile("usual", max_examples=size(30, 100), deadline=None)
settings.load_profile("usual")
_SLOW: Final = 1200
"""Seconds that a slow test may take; `timeout` in pyproject.toml is that of all others."""


_TOGETHER: Final = (
    *("tests/serve/front/", "tests/kg/test_spark.py", "tests/contract/", "tests/serve/pages/browser/"),
    *("tests/serve/sparql/", "tests/serve/"),
)
"""What one worker runs whole, over servers that are started once; it takes longest, and is begun first.

The front waits for four fifths of its time, SPARQL and the server for half: beside them runs what computes,
so that the processors are busy.
"""
_LONG: Final = ("tests/kg/", "tests/e2e/", "tests/benchmarks/", "tests/extract/", "tests/export/")
"""Rooms with files that take long: begun next, so that the last files are short ones."""
_OBJECTS: Final = 20_000
"""Objects made until those in a circle are looked for, which takes 7 % of all time at the usual 700."""


def pytest_configure() -> None:
    """Look for no objects in a circle while tests are found: they all stay. And let Ctrl-C reach what tests
    start: a shell has what it begins in the background ignore it, and all that is begun there.
    """
    gc.disable()
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Look for examples in the package alone: to import what stands beside tests takes seconds."""
    found = yield
    return [each for each in found if type(each) is pytest.Module]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_rank)
    for item in items:
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(_SLOW))


def pytest_collection_finish() -> None:
    """Keep what is there now, all tests among it, from being looked through again and again."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(_OBJECTS)


def _rank(item: pytest.Item) -> int:
    """Return when a test is begun: rooms in the order in which they are named, then all others."""
    rooms = (*_TOGETHER, *_LONG)
    return next((n for n, room in enumerate(rooms) if item.nodeid.startswith(room)), len(rooms))


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Gives each file whole to one worker, so that what its tests share is made once."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return next((room for room in _TOGETHER if path.startswith(room)), path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """Schedule in the order of collection."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.fixture(scope="session")
def packaged(packaged_store: Path) -> Iterator[KnowledgeGraph]:
    """Return the packaged graph in memory, as one worker built it for all; not to be changed."""
    built = KnowledgeGraph.open(packaged_store)
    kg = KnowledgeGraph(MemoryStore(built.store.match()), built.summary)
    before = len(kg)
    yield kg
    assert len(kg) == before


@pytest.fixture(scope="session")
def quads(packaged: KnowledgeGraph) -> list[Quad]:
    """Return the quads of the packaged graph."""
    return list(packaged.store.match())


@pytest.fixture(scope="session")
def packaged_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a store of the packaged graph, the same for all workers; not to be changed."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "packaged"
    KnowledgeGraph.build(folder, validate=False)  # who comes second waits, and finds it built
    before = (folder / "manifest.json").read_bytes()
    yield folder
    assert (folder / "manifest.json").read_bytes() == before


@pytest.fixture(scope="session")
def another(packaged: KnowledgeGraph) -> Callable[[], KnowledgeGraph]:
    """Return a function that gives the packaged graph in memory, to be changed, without building it."""
    return lambda: KnowledgeGraph(MemoryStore(packaged.store.match()), packaged.summary)


@pytest.fixture
def changing(another: Callable[[], KnowledgeGraph]) -> KnowledgeGraph:
    """Return the packaged graph in memory, to be changed."""
    return another()


@pytest.fixture
def own_store(packaged_store: Path, tmp_path: Path) -> Path:
    """Return a store of the packaged graph, built without validation, to be changed."""
    return Path(shutil.copytree(packaged_store, tmp_path / "own"))


@pytest.fixture
def unvalidated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds go without validation by shapes, which takes longer than all the rest."""
    for place in ("build", "change"):
        monkeypatch.setattr(f"g60kg.kg.{place}.problems_of", lambda *graph: ())


@pytest.fixture
def host() -> Iterator[Host]:
    """Return a host that counts who calls."""
    host = Host()
    yield host
    host.close()
