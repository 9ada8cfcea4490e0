"""Many writers at once, and writers that are killed: nothing that was said to be done is lost."""

import multiprocessing
import os
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode

from g60kg import Article, KnowledgeGraph
from g60kg.errors import ParameterError, StoreBusy
from g60kg.kg import stages
from g60kg.kg.change import WAIT, patience
from g60kg.model import Claim
from g60kg.store import DiskStore
from g60kg.store.base import has_blank
from g60kg.temporary import writing
from tests.contract.conftest import started
from tests.contract.servers import oxigraph
from tests.kg.deeds import (
    PACKAGED,
    START,
    State,
    check_export,
    ended,
    names,
    note,
    possible,
    said,
    state_of,
)
from tests.sizes import size


def add(place: str, article: Article, claims: tuple[Claim, ...]) -> bool:
    return KnowledgeGraph.open(place).add(article, claims)


def remove(place: str, article: str) -> None:
    KnowledgeGraph.open(place).remove(article)


def build(place: str) -> None:
    KnowledgeGraph.build(place, validate=False)


def confirm(place: str, claim: str) -> None:
    KnowledgeGraph.open(place).decide(claim, "confirmed")


@pytest.fixture
def store(own_store: Path) -> Path:
    return own_store


@pytest.mark.timeout(size(300, 3600))
def test_all_that_many_processes_add_is_there(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("G60KG_WAIT", "3000")
    count = size(4, 32)
    before = names(KnowledgeGraph.open(store))
    with ProcessPoolExecutor(count, START) as processes:
        done = [processes.submit(add, str(store), *said(number)) for number in range(count)]
        assert all(each.result() for each in done)
    held = KnowledgeGraph.open(store)
    assert names(held) == before | {f"n{number}" for number in range(count)}
    assert set(held.summary.added) == {f"n{number}" for number in range(count)}
    again = KnowledgeGraph.build(store, validate=False)
    assert set(again.store.match()) == set(held.store.match())
    assert again.summary.counts == held.summary.counts


def test_adding_removing_deciding_and_building_go_together(store: Path) -> None:
    kg = KnowledgeGraph.open(store)
    before = names(kg)
    claims = sorted(each.claim for each in kg.describe("Songjiang District").said)[:2]
    kg.add(*said(0))
    with ProcessPoolExecutor(4, START) as processes:
        done: list[Future[Any]] = [
            processes.submit(add, str(store), *said(1)),
            processes.submit(build, str(store)),
            processes.submit(remove, str(store), "n0"),
            processes.submit(confirm, str(store), claims[0]),
            processes.submit(add, str(store), *said(2)),
            processes.submit(confirm, str(store), claims[1]),
        ]
        for each in done:
            each.result()
    again = KnowledgeGraph.build(store, validate=False)
    assert names(again) == before | {"n1", "n2"}
    assert [each.claim for each in stages.decisions_of(store)] in (claims, claims[::-1])


def test_updates_and_additions_go_together(store: Path) -> None:
    with ProcessPoolExecutor(4, START) as processes:
        done: list[Future[Any]] = [processes.submit(note, str(store), number) for number in range(3)]
        done += [processes.submit(add, str(store), *said(number)) for number in range(3)]
        for each in done:
            each.result()
    kg = KnowledgeGraph.open(store)
    assert len(list(kg.store.match(graph=NamedNode("urn:notes")))) == 3
    assert set(kg.summary.added) == {"n0", "n1", "n2"} == names(kg) - {PACKAGED}
    assert kg.summary.is_changed


def test_a_writer_waits_says_so_and_gives_up(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kg, told = KnowledgeGraph.open(store), list[str]()
    held, may_end = START.Event(), START.Event()
    other = START.Process(target=hold, args=(str(store), held, may_end))
    other.start()
    assert held.wait(200)
    monkeypatch.setenv("G60KG_WAIT", "0.2")
    with pytest.raises(StoreBusy, match="another process is writing to this store"):
        kg.add(*said(0), report=told.append)
    assert told == [f"{store}: waiting for another process that is writing to it"]
    monkeypatch.delenv("G60KG_WAIT")
    assert kg.add(*said(0), report=lambda line: may_end.set())
    other.join()


def hold(place: str, held: Event, may_end: Event) -> None:
    with writing(Path(place)):
        held.set()
        may_end.wait()


def test_how_long_to_wait_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    assert patience() == WAIT
    monkeypatch.setenv("G60KG_WAIT", "soon")
    with pytest.raises(ParameterError, match=r"\$G60KG_WAIT is 'soon'; give a number of seconds"):
        patience()


def test_what_a_killed_addition_or_removal_left_is_settled(store: Path) -> None:
    kg = KnowledgeGraph.open(store)
    kg.add(*said(0))
    kg.add(*said(1))
    shelf = store / "articles"
    kept = sorted(shelf.glob("*.json"))
    kept[0].rename(kept[0].with_suffix(".new"))  # as when it is killed before it takes the article back
    (shelf / "0123.new").write_text("{}")  # before it counts
    (shelf / ".4567.new.new").write_text("{")  # while it is written
    (store / ".manifest.json.new").write_text("{")
    kg.remove("n1")
    assert len(list(shelf.iterdir())) == 1
    assert not list(store.glob(".*"))
    assert names(KnowledgeGraph.build(store, reasoner="none", validate=False)) >= {"n0"}
    (shelf / "0123.new").write_text("{}")
    (store / "quads-9").mkdir()
    KnowledgeGraph.build(store, reasoner="none", validate=False)  # which has nothing to do
    assert (len(list(shelf.iterdir())), (store / "quads-9").exists()) == (1, False)


def test_an_update_settles_what_a_killed_writer_left(store: Path) -> None:
    KnowledgeGraph.open(store).add(*said(0))
    (store / "articles" / "0123.new").write_text("{}")
    note(str(store), 1)
    assert len(list((store / "articles").iterdir())) == 1


def test_every_so_many_additions_are_put_into_few_files(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("g60kg.kg.change.STEPS", 4)
    kg, files = KnowledgeGraph.open(store), list[int]()
    assert isinstance(kg.store, DiskStore)
    while kg.store.steps < 4:
        files.append(len(kg.store.manifest.files))
        kg.add(*said(kg.store.steps))
    assert len(kg.store.manifest.files) < files[-1]
    assert names(KnowledgeGraph.build(store, reasoner="none", validate=False)) == names(kg)


@pytest.mark.slow
@pytest.mark.timeout(size(1200, 20_000))
@pytest.mark.parametrize("part", range(size(1, 25)))
def test_what_was_said_to_be_done_outlives_kills(
    part: int, store: Path, tmp_path: Path, oxigraph_server: str
) -> None:
    order, news = random.Random(60 + part), [said(number) for number in range(40)]
    ground = [quad for quad in stages.ground_quads() if not has_blank(quad)]
    KnowledgeGraph.open(store).push(oxigraph_server)
    pushed = {quad for quad in KnowledgeGraph.open(store).store.match() if not has_blank(quad)}
    there, deeds = State(), Counter[str]()
    for kill in range(size(4, 20)):
        told = tmp_path / f"told{kill}"
        with ended(store, told, part * 1000 + kill, news, order.uniform(0, 3), oxigraph_server):
            deeds["kills"] += 1
        lines = told.read_text().splitlines()
        deeds.update(line.split()[1] for line in lines if line.startswith("?"))
        deeds.update(f"within {line.split()[1]}" for line in lines[-1:] if line.startswith("?"))
        found = state_of(store)
        assert found in possible(there, told), (kill, told.read_text())
        there = found
        check_export(tmp_path / "out.nq", ground)
    KnowledgeGraph.pull(oxigraph_server, tmp_path / "pulled")
    with KnowledgeGraph.open(tmp_path / "pulled") as pulled:
        assert {quad for quad in pulled.store.match() if not has_blank(quad)} == pushed
    for path in tmp_path.glob(".out.nq.*"):
        os.utime(path, (0, 0))  # the younger ones stay: who makes them may be about to lock them
    KnowledgeGraph.open(store).export(tmp_path / "out.nq")
    last = KnowledgeGraph.build(store, validate=False)
    assert state_of(store) == there.after("build", "all")
    left = {path.name for path in store.iterdir()} - {"articles", "decisions.yaml", "register"}
    assert left == {"manifest.json", last_generation(last)}
    assert len(list((store / "articles").iterdir())) == len(there.articles)
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith("told")} <= {
        *("own", "out.nq", "pulled")
    }
    print(dict(deeds))  # noqa: T201


@pytest.fixture
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from started(oxigraph, tmp_path_factory)


def last_generation(kg: KnowledgeGraph) -> str:
    assert isinstance(kg.store, DiskStore)
    return kg.store.manifest.quads


@pytest.fixture(autouse=True)
def no_process_left() -> Iterator[None]:
    yield
    assert not multiprocessing.active_children()
