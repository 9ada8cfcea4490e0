"""Many files at once: the same work on each article, on all cores, the results in the order of the files.

At most a few results wait, so that memory does not grow with the number of files. Workers are started afresh,
never forked: a store's threads do not survive a fork.
"""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from g60kg.article import Article
from g60kg.errors import G60Error
from g60kg.kg import stages
from g60kg.kg.change import add_all, compact, is_text_held
from g60kg.kg.claims import read_claims
from g60kg.kg.overlays import Overlays
from g60kg.kg.stages import PACKAGED, Progress
from g60kg.kg.texts import Source, name_of, read_source
from g60kg.model import Claim
from g60kg.store import DiskStore, Store

if TYPE_CHECKING:
    from g60kg.evaluate import Evaluation
    from g60kg.kg.graph import KnowledgeGraph

T = TypeVar("T")
Work = Callable[[Article, Overlays], T]

FEW: Final = 20
"""Up to so many files one process is quicker than starting several."""
_PART: Final = 10
_LARGEST: Final = 500
"""To a large store a part of what it holds is added in one step, for its files are merged after a few steps;
but no more than fits into the memory."""
_WAITING: Final = 4
"""How many files for each worker are under way or wait to be taken."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What came of a file: a value, or why there is none; `notice` says why nobody has read it."""

    file: str
    value: T | None = None
    error: G60Error | None = None
    notice: str | None = None

    def needed(self) -> T:
        """Return the value; raise the error where there is none."""
        if self.error is not None:
            raise self.error
        assert self.value is not None
        return self.value


def default_jobs(files: int) -> int:
    """Return how many processes so many files are worth: one for few, else one for each core.

    >>> default_jobs(3)
    1
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 1 if files <= FEW else min(files, cores)


def over_files(
    sources: "Iterable[Source | Done[T]]",
    work: Work[T],
    overlays: Overlays,
    known: Mapping[str, str | None],
    jobs: int = 1,
) -> Iterator[Done[T]]:
    """Yield what `work` makes of each article, in the order given; `work` is a function of a module.

    What is done already is yielded as it is. A file that cannot be used gives a `Done` with its error, and
    the others go on. Raises `G60Error` where the workers cannot start, or one was ended from outside.
    """
    stages.extractor(overlays)
    do = partial(_do, work=work, overlays=overlays, known=known)
    return map(do, sources) if jobs <= 1 else _in_parallel(sources, do, overlays, jobs)


def _in_parallel(
    sources: "Iterable[Source | Done[T]]", do: "Callable[[Source], Done[T]]", overlays: Overlays, jobs: int
) -> Iterator[Done[T]]:
    waiting: deque[Done[T] | tuple[str, Future[Done[T]]]] = deque()
    pool = ProcessPoolExecutor(jobs, get_context("forkserver"), _start, (overlays,))
    began, name, left = pool.submit(os.getpid), "", iter(sources)
    try:
        while True:
            for source in islice(left, jobs * _WAITING - len(waiting)):
                if isinstance(source, Done):
                    waiting.append(source)
                else:
                    name = name_of(source)
                    waiting.append((name, pool.submit(do, source)))
            if not waiting:
                return
            first = waiting.popleft()
            if not isinstance(first, Done):
                name, future = first
                first = future.result()
            yield first
    except (BrokenProcessPool, EOFError, ConnectionError) as error:  # also of what starts the processes
        if began.done() and began.exception() is None:
            raise G60Error(f"{name}: a worker was ended from outside", mend="give fewer --jobs") from error
        raise G60Error("the processes that read files end as they start", mend="give --jobs 1") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start(overlays: Overlays) -> None:
    """Make a worker ready: it holds what reads, and leaves an interrupt to the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stages.extractor(overlays)


def _do(
    source: "Source | Done[T]", work: Work[T], overlays: Overlays, known: Mapping[str, str | None]
) -> Done[T]:
    if isinstance(source, Done):
        return source
    name = name_of(source)
    try:
        article = read_source(source, known)
        return Done(name, work(article, overlays), notice=stages.extractor(overlays).unread(article))
    except G60Error as error:
        return Done(name, error=error)
    except MemoryError:
        raise
    except Exception as error:  # one text must not cost the others
        place = extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno})"
        said = f"{name}: not read, by a fault of g60kg: {fault}"
        return Done(name, error=G60Error(said, mend="leave it out, and report it"))


def add_many(
    kg: "KnowledgeGraph",
    sources: Iterable[Path | Source],
    known: Mapping[str, Any],
    jobs: int | None,
    batch: int,
    report: Progress,
) -> Iterator[Done[bool]]:
    """Add articles to a graph, `batch` of them in one step; see `KnowledgeGraph.add_many`."""
    files = [str(each) if isinstance(each, Path) else each for each in sources]
    new = _unless_held(kg.store, files, known)
    results = over_files(new, read_claims, kg.summary.overlays, known, jobs or default_jobs(len(files)))
    start, count, steps = time.monotonic(), 0, 0
    while True:
        step = min(kg.summary.counts.get("articles", 0) // _PART, _LARGEST)
        if not (part := list(islice(results, max(batch, step)))):
            break
        read = [done.value for done in part if done.value is not None]
        kg.summary, outcomes = add_all(kg.store, kg.summary, read, report)
        count, steps = count + len(part), steps + any(each is True for each in outcomes)
        if count < len(files):
            pace = count / (time.monotonic() - start)
            left = (len(files) - count) / pace
            shown = f"{left / 60:.0f} min" if left >= 60 else f"{left:.0f} s"
            report(f"{count:,} of {len(files):,} files, {pace:.1f} a second, {shown} left")
        found = iter(outcomes)
        for done in part:
            outcome = done.error if done.value is None else next(found)
            name = done.file if done.value is None else done.value[0].id
            value = outcome if isinstance(outcome, bool) else None
            yield Done(name, value, outcome if isinstance(outcome, G60Error) else None, done.notice)
    if steps > 1 and isinstance(kg.store, DiskStore):
        compact(kg.store, report)


def _unless_held(
    store: Store, sources: Iterable[Source], known: Mapping[str, str | None]
) -> "Iterator[Source | Done[tuple[Article, tuple[Claim, ...]]]]":
    """Yield what is to be read; of an article that is held, that it need not be."""
    for source in sources:
        with suppress(G60Error):  # it is told by who reads it
            article = read_source(source, known)
            if is_text_held(store, article):
                yield Done(name_of(source), (article, ()))
                continue
        yield source


def evaluate_folder(
    folder: str | Path, overlays: Overlays = PACKAGED, jobs: int | None = None
) -> "Evaluation":
    """Extract the texts of a folder's gold files, and score the claims against them.

    Raises `GoldError` for an unusable gold file, `ArticleError` for an unusable text.
    """
    from g60kg.evaluate import Evaluation, read_golds, score

    golds = read_golds(folder)
    articles = (Article.from_file(gold.article, date=gold.date, url=gold.url) for gold in golds)
    results = over_files(articles, read_claims, overlays, {}, jobs or default_jobs(len(golds)))
    pairs = zip(golds, results, strict=True)
    return Evaluation(tuple(score(gold, done.needed()[1]) for gold, done in pairs))
