"""What an archive takes: to add, and to ask once it is there.

Run: `python -m benchmarks.scale [COUNT [JOBS]]`; prints seconds of the clock and, since others may use the
machine, of its processors. The articles are those of `benchmarks/archive.py`.
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

ASKED = {
    "companies-in-region": {"region": "Wuhu"},
    "companies-by-industry": {"industry": "biomedicine"},
    "facts-with-several-sources": {},
}


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
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    jobs = int(sys.argv[2]) if len(sys.argv) > 2 else None
    made = list(archive(count))
    size = sum(len(each.article.text.encode()) for each in made)
    print(f"{count:,} articles of {size / count:,.0f} bytes")
    with tempfile.TemporaryDirectory() as room:
        kg = KnowledgeGraph.build(Path(room, "store"), validate=False)
        timed("read, added and validated", lambda: grow(kg, made, jobs), count)
        assert isinstance(kg.store, DiskStore)
        print(
            f"{'store':>34}: {sum(kg.store.manifest.files.values()) / 1024 / count:.0f} KB for each article"
        )
        print(f"{'problems':>34}: {len(kg.summary.problems)}; {kg.summary.amounts}")
        more = iter(archive(2, seed=2))
        timed("one more article", lambda: kg.add(renamed(next(more))))
        park = next(quad.subject for quad in kg.store.match(None, G60.locatedIn, ID.wuhu))
        timed("why: a park lies in China", lambda: kg.why(park, G60.locatedIn, ID.china))
        timed("why: what many articles say", lambda: kg.why(ID["suzhou-anhui"], G60.partOf, ID.anhui))
        timed("describe Wuhu", lambda: kg.describe(ID.wuhu))
        timed("the page of Wuhu, its values", lambda: entity_of(kg.store, ID.wuhu, kg.name))
        timed("dedupe", kg.dedupe)
        for name, values in ASKED.items():
            timed(name, lambda name=name, values=values: kg.query(name, **values))  # type: ignore[misc]
        print(
            f"{'repeats found of those made':>34}: {len(kg.dedupe())} of {sum(bool(e.repeats) for e in made)}"
        )


def renamed(made: Made) -> Article:
    """Return the article under a name that the archive has not."""
    return Article(f"more-{made.article.id}", made.article.text, date=made.article.date)


if __name__ == "__main__":
    main()
