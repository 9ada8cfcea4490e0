"""Many files at once: the same results in the same order, whatever fails, however many processes."""

import multiprocessing
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.archive import archive
from g60kg.article import Article
from g60kg.errors import ArticleError, G60Error
from g60kg.kg import KnowledgeGraph
from g60kg.kg.claims import read_claims
from g60kg.kg.many import FEW, Done, default_jobs, over_files
from g60kg.kg.overlays import Overlays
from g60kg.kg.texts import Source
from g60kg.model import Claim
from g60kg.store import DiskStore

from .own import write_own

COUNT = 30


def length(article: Article, overlays: Overlays) -> int:
    return len(article.text)


def die(article: Article, overlays: Overlays) -> None:
    if article.id == "n3":
        os.kill(os.getpid(), signal.SIGKILL)


def fail(article: Article, overlays: Overlays) -> None:
    raise ZeroDivisionError


def begin(overlays: Overlays) -> None:
    """Stand for a worker's loading of what reads."""


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers begin at once, where no text is read."""
    monkeypatch.setattr("g60kg.kg.many._start", begin)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Return files of which the fourth and the last cannot be used."""
    for number in range(COUNT):
        text = f"Wuhu covers an area of {number + 1},026 square kilometers.\n" * (number % 7 + 1)
        (tmp_path / f"n{number}.txt").write_text("" if number == 3 else text)
    return [*(str(tmp_path / f"n{number}.txt") for number in range(COUNT)), str(tmp_path / "absent.txt")]


def test_processes_change_nothing(files: list[str]) -> None:
    alone = list(over_files(files, read_claims, Overlays(), {"date": "2024-01-01"}, 1))
    together = list(over_files(files, read_claims, Overlays(), {"date": "2024-01-01"}, 2))
    assert [done.file for done in together] == files
    assert [done.value for done in together] == [done.value for done in alone]
    assert [str(done.error) for done in together] == [str(done.error) for done in alone]
    assert sum(done.value is not None for done in together) == COUNT - 1


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_failing_file_is_named_and_the_rest_done(files: list[str], jobs: int) -> None:
    failed = [done for done in over_files(files, length, Overlays(), {}, jobs) if done.error]
    assert [done.file for done in failed] == [files[3], files[-1]]
    for done in failed:
        assert isinstance(done.error, ArticleError)
        assert done.error.path is not None
        assert str(done.error).startswith(f"{done.file}: ")


@pytest.mark.usefixtures("unread")
def test_articles_at_hand_go_with_files(files: list[str]) -> None:
    sources: list[Source] = [Article("given", "12345"), files[0]]
    assert [done.file for done in over_files(sources, length, Overlays(), {}, 2)] == ["given", files[0]]


def test_workers_read_with_the_users_own_folders(tmp_path: Path) -> None:
    register, frames = write_own(tmp_path)
    (tmp_path / "news.txt").write_text("Wuhu praises Hefei.")
    overlays = Overlays.from_folders(register, frames)
    [done] = over_files([str(tmp_path / "news.txt")], read_claims, overlays, {}, 2)
    assert done.value is not None
    assert {claim.pattern for claim in done.value[1]} == {"praises"}


@pytest.mark.usefixtures("unread")
def test_few_results_wait(files: list[str]) -> None:
    """Files are taken up as results are taken away, so that memory stays flat."""
    taken: list[str] = []

    def sources() -> Iterator[str]:
        for file in files:
            taken.append(file)
            yield file

    results = over_files(sources(), length, Overlays(), {}, 2)
    assert next(iter(results)) == Done(files[0], len(Path(files[0]).read_text()))
    assert len(taken) == 8
    assert len(list(results)) == len(files) - 1


@pytest.mark.usefixtures("unread")
def test_results_left_alone_end_the_workers(files: list[str]) -> None:
    results = iter(over_files(files, length, Overlays(), {}, 2))
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert list(results) == []


@pytest.mark.usefixtures("unread")
def test_a_worker_that_is_killed_is_named(files: list[str]) -> None:
    with pytest.raises(G60Error, match=r"n\d.*: a worker was ended from outside; give fewer --jobs"):
        list(over_files([*files[:3], *files[4:5], Article("n3", "x")], die, Overlays(), {}, 2))


def _end_at_once(overlays: Overlays) -> None:
    os._exit(1)


def _is_absent(overlays: Overlays) -> None:
    """Stand for what a new process cannot import."""


def test_workers_that_end_as_they_start_are_told(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("g60kg.kg.many._start", _end_at_once)
    with pytest.raises(G60Error, match=r"^the processes that read files end as they start; give --jobs 1$"):
        list(over_files(files, length, Overlays(), {}, 2))


def test_workers_that_cannot_import_are_told(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "only_here", sys.modules[__name__])
    monkeypatch.setattr(_is_absent, "__module__", "only_here")
    monkeypatch.setattr("g60kg.kg.many._start", _is_absent)
    with pytest.raises(G60Error, match="the processes that read files end as they start"):
        list(over_files(files, length, Overlays(), {}, 2))


@pytest.mark.usefixtures("unread")
def test_a_pool_that_broke_before_a_file_is_handed_on_is_told(files: list[str]) -> None:
    def sources() -> Iterator[Source]:
        yield Article("n3", "x")
        while multiprocessing.active_children():  # until the workers have ended
            time.sleep(0.05)
        yield from files

    with pytest.raises(G60Error, match=r"n0\.txt: a worker was ended from outside"):
        list(over_files(sources(), die, Overlays(), {}, 2))


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_program_costs_no_other_file(files: list[str], jobs: int) -> None:
    found = list(over_files(files, fail, Overlays(), {}, jobs))
    said = f"{files[0]}: not read, by a fault of g60kg: ZeroDivisionError: "
    assert re.match(rf"{re.escape(said)}.*\(test_many\.py, line \d+\)", str(found[0].error))
    assert len(found) == len(files)


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_done_is_not_done_again(files: list[str], jobs: int) -> None:
    done = Done("held", 7)
    found = list(over_files([files[0], done, files[1]], length, Overlays(), {}, jobs))
    assert [each.file for each in found] == [files[0], "held", files[1]]
    assert found[1] is done


def test_articles_that_are_held_are_not_read_again(
    monkeypatch: pytest.MonkeyPatch, changing: KnowledgeGraph
) -> None:
    articles = [each.article for each in archive(3)]
    assert [done.value for done in changing.add_many(articles[:2], jobs=1)] == [True, True]
    read: list[Article] = []

    def note(article: Article, overlays: Overlays) -> tuple[Article, tuple[Claim, ...]]:
        read.append(article)
        return article, ()

    monkeypatch.setattr("g60kg.kg.many.read_claims", note)
    assert [done.value for done in changing.add_many(articles, jobs=1)] == [False, False, True]
    assert read == articles[2:]


def test_few_files_stay_in_one_process() -> None:
    assert default_jobs(FEW) == 1
    assert 1 <= default_jobs(FEW + 1) <= FEW + 1


def test_many_articles_in_one_step_give_the_graph_of_one_after_the_other(
    another: Callable[[], KnowledgeGraph],
) -> None:
    articles = [each.article for each in (*archive(6), *archive(2))]
    one, many = (another() for _ in range(2))
    new = [one.add(each) for each in articles]
    done = list(many.add_many(articles, jobs=1, batch=4))
    assert [each.value for each in done] == new == [True] * 6 + [False] * 2
    assert [each.file for each in done] == [each.id for each in articles]
    assert set(one.store.match()) == set(many.store.match())
    assert one.summary.counts == many.summary.counts


def test_what_many_steps_added_is_put_into_few_files(
    own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, compact = list[int](), DiskStore.compact

    def compacted(store: DiskStore) -> None:
        before.append(len(store.manifest.files))
        compact(store)

    monkeypatch.setattr(DiskStore, "compact", compacted)
    kg = KnowledgeGraph.open(own_store)
    assert isinstance(kg.store, DiskStore)
    assert all(done.value for done in kg.add_many([each.article for each in archive(3)], jobs=1, batch=1))
    assert len(before) == 1
    assert len(kg.store.manifest.files) < before[0]


def test_a_name_that_another_text_has_is_refused_and_the_rest_go_in(changing: KnowledgeGraph) -> None:
    first, second, third = (each.article for each in archive(3))
    done = list(changing.add_many([first, replace(second, id=first.id), third], jobs=1))
    assert [each.value for each in done] == [True, None, True]
    assert "another article is named" in str(done[1].error)
