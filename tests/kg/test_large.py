"""Large graphs: through files, by bulk, whole or not at all."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from g60kg import KnowledgeGraph
from g60kg.errors import StoreError
from g60kg.terms import INFERRED_GRAPH
from tests.kg.large import build, with_corridor

pytestmark = pytest.mark.slow
_ROOT = Path(__file__).parents[2]
_SIZE = 9_000


def _inferred(kg: KnowledgeGraph) -> set[object]:
    return set(kg.store.match(graph=INFERRED_GRAPH))


def test_both_engines_build_the_same_store(tmp_path: Path) -> None:
    count = 6_000
    bulk = build(tmp_path / "bulk", count, "400MB")
    with with_corridor(count):
        memory = KnowledgeGraph.build(tmp_path / "memory", validate=False)
    assert _inferred(bulk) == _inferred(memory)
    assert len(_inferred(bulk)) == bulk.summary.counts["inferred facts"] > count / 2
    assert bulk.summary.counts == memory.summary.counts
    assert set(bulk.store.match()) == set(memory.store.match())


def test_too_little_memory_leaves_the_store_as_it_was(
    own_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (room := tmp_path / "room").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    before = set(KnowledgeGraph.open(own_store).store.match())
    with pytest.raises(StoreError, match="10MB of memory is too little to reason in; allow more"):
        build(own_store, _SIZE, "10MB")
    assert set(KnowledgeGraph.open(own_store).store.match()) == before
    assert list(room.iterdir()) == []


def test_a_killed_build_leaves_the_store_as_it_was(own_store: Path, tmp_path: Path) -> None:
    before = set(KnowledgeGraph.open(own_store).store.match())
    for number, sign in enumerate(("g60kg.build.*/facts.nt", "g60kg.infer.*/*", "quads-2")):
        (room := tmp_path / str(number)).mkdir()
        _kill_when(own_store if sign.startswith("quads") else room, sign, own_store, room)
        assert set(KnowledgeGraph.open(own_store).store.match()) == before
    again = build(own_store, _SIZE)
    assert len(_inferred(again)) == again.summary.counts["inferred facts"] > _SIZE / 2
    assert len(list(own_store.glob("quads-*"))) <= 2


def test_a_disk_that_fills_leaves_the_store_as_it_was(own_store: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "room").mkdir()
    store = own_store
    before = set(KnowledgeGraph.open(store).store.match())
    with _start(store, folder, 2_000_000) as process:
        _, complaint = process.communicate(timeout=120)
    assert process.returncode == 2
    assert len(complaint.splitlines()) == 1
    assert any(words in complaint for words in ("cannot be written", "the disk is full"))
    assert list(folder.iterdir()) == []
    assert set(KnowledgeGraph.open(store).store.match()) == before
    assert len(list(store.glob("quads-*"))) == 1


def _kill_when(watched: Path, sign: str, store: Path, room: Path) -> None:
    """Kill a build as soon as it has made a file of this name."""
    with _start(store, room) as process:
        while not list(watched.glob(sign)):
            assert process.poll() is None
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)


def _start(store: Path, room: Path, limit: int = 0) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.kg.large", str(store), str(_SIZE), str(limit)],
        cwd=_ROOT,
        env={**os.environ, "TMPDIR": str(room), "PYTHONDONTWRITEBYTECODE": "1"},
        stderr=subprocess.PIPE,
        text=True,
    )
