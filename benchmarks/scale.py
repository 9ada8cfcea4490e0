"""What an archive takes: to add, and to ask once it is there.

Run: `python -m benchmarks.scale [COUNT [JOBS]]` to make an archive of that many articles (those of
`benchmarks/archive.py`) and ask it, or `python -m benchmarks.scale STORE` to ask a store that is there and is
left as it is. Prints seconds of the clock and, since others may use the machine, of its processors.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.archive import Made, archive
from g60kg import Article, KnowledgeGraph
from g60kg.describe.entity import entity_of
from g60kg.store import DiskStore
from g60kg.terms import G60, ID


def spent() -> float:
    """Return the seconds of processors that this process and those it waited for have taken."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(kind)[:2]) for kind in kinds)


def timed(name: str, act: Callable[[], object], count: int = 0) -> None:
    """Print what a call takes: of two, the second."""
    for _ in range(1 if count else 2):
        clock, cpu = time.perf_counter(), spent()
        act()
        clock, cpu = time.perf_counter() - clock, spent() - cpu
    each = f"; {1000 * clock / count:.1f} and {1000 * cpu / count:.1f} ms for each article" if count else ""
    print(f"{name:>34}: {clock:8.2f} s, {cpu:8.2f} s of processors{each}", flush=True)


def grow(kg: KnowledgeGraph, made: list[Made], jobs: int | None) -> None:
    """Add all, and say after each fifth how it goes."""
    for number, _ in enumerate(kg.add_many([each.article for each in made], jobs=jobs), 1):
        if number % max(1, len(made) // 5) == 0:
            print(f"{number:>34,} articles: {spent():.0f} s of processors so far", flush=True)


def main() -> None:
    """Measure and print."""
    given = sys.argv[1] if len(sys.argv) > 1 else "100"
    if given.isdigit():
        _make(int(given), int(sys.argv[2]) if len(sys.argv) > 2 else None)
    else:
        _ask(KnowledgeGraph.open(given))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'memory of this process':>34}: {memory:.0f} MB")


def _make(count: int, jobs: int | None) -> None:
    """Add an archive to a new store, and ask it."""
    made = list(archive(count))
    size = sum(len(each.article.text.encode()) for each in made)
    print(f"{count:,} articles of {size / count:,.0f} bytes")
    with tempfile.TemporaryDirectory() as room:
        kg = KnowledgeGraph.build(Path(room, "store"), validate=False)
        timed("read, added and validated", lambda: grow(kg, made, jobs), count)
        print(f"{'problems':>34}: {len(kg.summary.problems)}")
        more = iter(archive(2, seed=2))
        timed("one more article", lambda: kg.add(renamed(next(more))))
        _ask(kg)
        found = f"{len(kg.dedupe())} of {sum(bool(each.repeats) for each in made)}"
        print(f"{'repeats found of those made':>34}: {found}")


def _ask(kg: KnowledgeGraph) -> None:
    """Ask what a user asks of a graph, of things that very many articles name."""
    assert isinstance(kg.store, DiskStore)
    held = sum(kg.store.manifest.files.values()) / 1024 / max(1, kg.summary.counts["articles"])
    print(f"{'store':>34}: {held:.0f} KB for each article; {kg.summary.amounts}")
    park = next(quad.subject for quad in kg.store.match(None, G60.locatedIn, ID.wuhu))
    timed("why: a park lies in China", lambda: kg.why(park, G60.locatedIn, ID.china))
    timed("why: what many articles say", lambda: kg.why(ID["suzhou-anhui"], G60.partOf, ID.anhui))
    for thing in (ID.wuhu, ID.hangzhou, ID.anhui):
        timed(f"describe {kg.name(thing)}", lambda thing=thing: kg.describe(thing))  # type: ignore[misc]
        page = lambda thing=thing: entity_of(kg.store, thing, kg.name)  # noqa: E731
        timed(f"the page of {kg.name(thing)}, its values", page)
    timed("dedupe", kg.dedupe)
    for query in kg.catalogue:
        if query.parameters:
            asked = lambda query=query: kg.query(query.name, limit=100, **query.example)  # noqa: E731
            timed(query.name, asked)


def renamed(made: Made) -> Article:
    """Return the article under a name that the archive has not."""
    return Article(f"more-{made.article.id}", made.article.text, date=made.article.date)


if __name__ == "__main__":
    main()
