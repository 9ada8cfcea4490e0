"""What it costs that the default graph counts as the merge of the named graphs.

Compares a store that keeps the union beside the graphs with one of the graphs alone, asked over Oxigraph's
own union. Run: `python -m benchmarks.union`; prints the ratio of the first to the second, medians of five.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, Store

from g60kg.kg import KnowledgeGraph, stored_queries
from g60kg.store import union

RUNS = 5


def median(act: Callable[[], object]) -> float:
    """Return the median of the seconds that some runs take."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def size(engine: Store, folder: Path) -> int:
    """Return the bytes that an engine takes on disk."""
    engine.backup(str(folder))
    return sum(path.stat().st_size for path in folder.iterdir())


def filled(quads: list[Quad], folder: Path, unite: bool) -> Store:
    """Return an engine with the quads, on disk."""
    engine = Store(str(folder))
    engine.bulk_extend(quads)
    if unite:
        union.unite(engine)
    engine.flush()
    return engine


def main() -> None:
    """Measure and print."""
    kg = KnowledgeGraph.build(validate=False)
    quads = list(kg.store.match())
    texts = [query.sparql for query in stored_queries()]
    with tempfile.TemporaryDirectory() as room:
        kept = filled(quads, Path(room, "kept"), unite=True)
        bare = filled(quads, Path(room, "bare"), unite=False)

        def ask(engine: Store, over_union: bool) -> None:
            for text in texts:
                list(engine.query(text, use_default_graph_as_union=over_union))  # type: ignore[arg-type]

        pairs = {
            "bytes on disk": (size(kept, Path(room, "a")), size(bare, Path(room, "b"))),
            "filling": (
                median(lambda: filled(quads, Path(tempfile.mkdtemp(dir=room)), unite=True)),
                median(lambda: filled(quads, Path(tempfile.mkdtemp(dir=room)), unite=False)),
            ),
            "all stored queries": (median(lambda: ask(kept, False)), median(lambda: ask(bare, True))),
            "data put in": (
                median(lambda: union.update(kept, "INSERT DATA { <a:a> <a:b> 1 }")),
                median(lambda: bare.update("INSERT DATA { <a:a> <a:b> 1 }")),
            ),
            "another update": (
                median(lambda: union.update(kept, "DELETE WHERE { <a:a> <a:b> ?any }")),
                median(lambda: bare.update("DELETE WHERE { <a:a> <a:b> ?any }")),
            ),
        }
        copies = sum(1 for _ in kept.quads_for_pattern(None, None, None, DefaultGraph()))
        print(f"{len(quads):,} quads, {copies:,} triples in their union")
        for name, (with_union, without) in pairs.items():
            print(f"{name:>20}: {with_union / without:.2f} times ({with_union:.4g} to {without:.4g})")


if __name__ == "__main__":
    main()
