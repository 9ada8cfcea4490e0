"""Engines of reasoning side by side, over corridors of growing size.

Goes in: sizes, and how often to run. Comes out: a table on standard output, and with `--write` the page
`docs/benchmarks.md` and its picture. Each run is a process of its own, one at a time; seconds are medians.

    python -m benchmarks.reasoning --write              # 1k to 1M, some minutes
    python -m benchmarks.reasoning --write --ten-million
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from benchmarks.corridor import corridor
from benchmarks.picture import draw
from benchmarks.report import Measure, page, table
from g60kg.terms import article_graph

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
MOST: Final = {
    "owlrl": 10_000,
    "memory": 100_000,
    "reasonable": 100_000,
    "compile": 1_000,
    "rules": 1_000,
}
"""The largest corridor that an engine is given."""
LEAST: Final = {"thousand": 10_000, "article": 10_000}
ENGINES: Final = (
    "load",
    "compile",
    "rules",
    "owlrl",
    "memory",
    "bulk",
    "nemo",
    "reasonable",
    "thousand",
    "article",
)
_DOCS: Final = Path(__file__).parents[1] / "docs"


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description="Compare engines of reasoning.")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="triples of the corridors")
    parser.add_argument("--engines", nargs="+", default=ENGINES, choices=ENGINES)
    parser.add_argument("--repeat", type=int, default=3, help="runs of each; the median counts")
    parser.add_argument("--ten-million", action="store_true", help="bulk over 10 million triples, once")
    parser.add_argument("--keep", type=Path, help="a file of measures, read and added to")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its picture")
    asked = parser.parse_args()
    measures = _read(asked.keep)
    for measure in _measures(asked.sizes, asked.engines, asked.repeat, asked.ten_million):
        measures[measure.engine, measure.size] = measure
        if asked.keep:
            asked.keep.write_text(json.dumps([each.to_json() for each in measures.values()], indent=1))
    print(table(measures.values()))
    if asked.write:
        (_DOCS / "images").mkdir(parents=True, exist_ok=True)
        (_DOCS / "benchmarks.md").write_text(page(measures.values()))
        (_DOCS / "images" / "reasoning.svg").write_text(draw(measures.values()))


def _read(path: Path | None) -> dict[tuple[str, int], Measure]:
    known = json.loads(path.read_text()) if path and path.exists() else []
    return {(each["engine"], each["size"]): Measure(**each) for each in known}


def _measures(sizes: Iterable[int], engines: Iterable[str], repeat: int, ten: bool) -> Iterator[Measure]:
    for size in sizes:
        fit = [each for each in engines if LEAST.get(each, 0) <= size <= MOST.get(each, size)]
        yield from _size(size, fit, repeat)
    if ten:
        yield from _size(10_000_000, ["load", "bulk"], 1)


def _size(size: int, engines: Iterable[str], repeat: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory(prefix="g60kg-benchmark-") as folder:
        path = Path(folder) / "corridor.nt"
        serialize(corridor(size), str(path), RdfFormat.N_TRIPLES)
        quads = (_quad(triple, article_graph("synthetic")) for triple in corridor(size))
        serialize(quads, str(path.with_suffix(".nq")), RdfFormat.N_QUADS)
        for engine in engines:
            yield measure(engine, size, path, repeat)


def measure(engine: str, size: int, path: Path, repeat: int) -> Measure:
    """Run an engine so many times, each in a process of its own."""
    runs = [_run(engine, path) for _ in range(repeat)]
    print(f"{engine} {size:,}: {[round(run['seconds'], 3) for run in runs]}", file=sys.stderr)
    middle = {key: median(run[key] for run in runs) for key in ("seconds", "megabytes", "inferred")}
    return Measure(engine, size, middle["seconds"], round(middle["megabytes"]), round(middle["inferred"]))


def _run(engine: str, path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.engines", engine, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _quad(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


if __name__ == "__main__":
    main()
