"""Many writers at once, and writers that are killed: nothing that was said to be done is lost."""

import multiprocessing
import os
import random
import re
import signal
import time
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
from g60kg.serve.limits import Limits
from g60kg.serve.site import Site
from g60kg.serve.sparql.update import change
from g60kg.store import DiskStore
from g60kg.store.lock import sweep, writing
from tests.sizes import size

TEXT = "Wuhu covers an area of {},026 square kilometers."
PACKAGED = "2023-07-11-g60-corridor"
Said = tuple[Article, tuple[Claim, ...]]
START = multiprocessing.get_context("forkserver")
START.set_forkserver_preload([__name__])  # so that each process begins with all imported


def said(number: int) -> Said:
    article = Article(f"n{number}", TEXT.format(number + 1), date="2024-01-01")
    return article, stages.claims_of(article)


def add(place: str, article: Article, claims: tuple[Claim, ...]) -> bool:
    return KnowledgeGraph.open(place).add(article, claims)


def remove(place: str, article: str) -> None:
    KnowledgeGraph.open(place).remove(article)


def build(place: str) -> None:
    KnowledgeGraph.build(place, validate=False)


def confirm(place: str, claim: str) -> None:
    KnowledgeGraph.open(place).decide(claim, "confirmed")


def note(place: str, number: int) -> None:
    """Change a store as an update over HTTP does."""
    site = Site(KnowledgeGraph.open(place), Limits(query_seconds=1200), writable=True)
    text = f"INSERT DATA {{ GRAPH <urn:notes> {{ <urn:n{number}> a <urn:Note> }} }}"
    change(site, lambda engine: engine.update(text))


def names(kg: KnowledgeGraph) -> set[str]:
    return {str(row.article) for row in kg.articles()}


@pytest.fixture
def store(own_store: Path) -> Path:
    return own_store


def test_all_that_many_processes_add_is_there(store: Path) -> None:
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
    assert names(KnowledgeGraph.build(store, validate=False)) >= {"n0"}


def test_a_folder_that_a_killed_build_left_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name in ("g60kg-build-old", "g60kg-build-held", "g60kg-build-young", "other"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0) if not name.endswith("young") else None)
    with writing(tmp_path / "g60kg-build-held"):
        sweep("g60kg-build-")
    assert {path.name for path in tmp_path.iterdir()} == {"g60kg-build-held", "g60kg-build-young", "other"}


def act(place: str, seed: int, told: str, news: list[Said]) -> None:
    """Change a store for ever, and write down what was done as soon as it is."""
    order = random.Random(seed)
    with open(told, "a", buffering=1) as file:
        file.write("begun\n")
        while True:
            kg = KnowledgeGraph.open(place)
            held = sorted(kg.summary.added)
            if held and order.random() < 0.4:
                gone = order.choice(held)
                file.write(f"?{gone}\n")
                kg.remove(gone)
                file.write(f"-{gone}\n")
            else:
                article, claims = order.choice([each for each in news if each[0].id not in held])
                kg.add(article, claims)
                file.write(f"+{article.id}\n")


def kill(store: Path, told: Path, seed: int, news: list[Said], steps: float) -> list[str]:
    """Return what a process says it has done that is killed so many steps after it began to change a store.

    A part of a step is a part of the time that the one before it took: whatever the load of the machine.
    """
    told.touch()
    process = START.Process(target=act, args=(str(store), seed, str(told), news))
    process.start()
    begun = last = time.monotonic()
    seen = 0
    while seen <= steps:
        assert process.is_alive()
        now = len(re.findall(r"^(?:begun|[+-].*)$", told.read_text(), re.MULTILINE))
        begun, last, seen = (last, time.monotonic(), now) if now > seen else (begun, last, seen)
        time.sleep(0.005)
    time.sleep(steps % 1 * (last - begun))
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    return told.read_text().splitlines()[1:]


@pytest.mark.slow
def test_what_was_said_to_be_done_outlives_kills(store: Path, tmp_path: Path) -> None:
    order, news = random.Random(60), [said(number) for number in range(40)]
    KnowledgeGraph.open(store).add(*news[0])
    there = {"n0"}
    for seed in range(size(6, 100)):
        unsure = ""
        for line in kill(store, tmp_path / f"told{seed}", seed, news, order.uniform(0, 3)):
            unsure = line[1:] if line[0] == "?" else ""
            there = there | {line[1:]} if line[0] == "+" else there - {line[1:]} if line[0] == "-" else there
        kg = KnowledgeGraph.open(store)
        held = set(kg.summary.added)
        assert held == names(kg) - {PACKAGED}
        assert there - {unsure} <= held, seed
        assert len(held - there) <= 1  # an addition that was killed before it said that it was done
        there = held
    del kg  # which holds its generation open
    last = KnowledgeGraph.build(store, validate=False)
    assert set(last.summary.added) == there
    assert len(list((store / "articles").iterdir())) == len(there)
    assert {path.name for path in store.iterdir()} == {"articles", "manifest.json", last_generation(last)}


def last_generation(kg: KnowledgeGraph) -> str:
    assert isinstance(kg.store, DiskStore)
    return kg.store.manifest.quads


@pytest.fixture(autouse=True)
def no_process_left() -> Iterator[None]:
    yield
    assert not multiprocessing.active_children()
