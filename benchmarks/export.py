"""Ways out and in, beside the engine's own: seconds, peak memory, and ratios.

Goes in: how many quads, and how often to run. Comes out: a table on standard output, and with `--write` the
page `docs/export/speed.md`. Each run is a process of its own, one at a time and by turns, so that what else
the machine does falls on all alike; seconds are medians, and ratios medians of the ratios of each turn.

    python -m benchmarks.export --write
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Final

from pyoxigraph import Quad, RdfFormat, serialize
from pyoxigraph import Store as Engine

from benchmarks.corridor import corridor
from g60kg import KnowledgeGraph
from g60kg.store import QuadFile, write_store
from g60kg.terms import ARTICLE, CLAIM, REPAIR, article_graph, claims_graph

_PAGE: Final = Path(__file__).parents[1] / "docs" / "export" / "speed.md"
_BEHIND: Final = (CLAIM.base, ARTICLE.base, REPAIR.base)
_ENDINGS: Final = {
    "nquads": "g.nq",
    "nquads-gz": "g.nq.gz",
    "turtle": "g.ttl",
    "trig": "g.trig",
    "rdfxml": "g.rdf",
    "jsonld": "g.jsonld",
    "nanopubs": "np.trig",
    "parquet": "tables",
    "csv": "tables",
    "neo4j": "neo4j",
    "cypher": "g.cypher",
    "graphml": "g.graphml",
    "gexf": "g.gexf",
}
_HEAD: Final = """# How fast the ways out are

{size:,} quads of a synthetic corridor (`benchmarks/corridor.py`), in a store on disk. Seconds and memory are
medians of {repeat} runs, each a process of its own; `python -m benchmarks.export --write` makes this page.
"""
_NOTE: Final = """
Oxigraph's own dump writes quads as they come. The exports are sorted, so that the same graph gives the same
bytes, hold the dataset's description, and take a file's place once they are complete and on disk. Tables and
property graphs join each fact with its claims first; what they hold in memory is bounded, whatever the size.
"""


def own_dump(folder: Path) -> None:
    """Dump by the engine itself."""
    store = KnowledgeGraph.open(folder / "store").store
    store.engine.dump(str(folder / "own.nq"), RdfFormat.N_QUADS)  # type: ignore[attr-defined]


def own_load(folder: Path) -> None:
    """Load by the engine itself."""
    engine = Engine(str(folder / "loaded"))
    engine.bulk_load(path=str(folder / "source.nq"), format=RdfFormat.N_QUADS)
    engine.flush()


def load(folder: Path) -> None:
    """Load as a build does."""
    write_store(folder / "loaded", (), {}, files=[QuadFile(folder / "source.nq")])


def export(format_: str) -> Callable[[Path], None]:
    """Return what exports in a format."""

    def run(folder: Path) -> None:
        name = None if format_ == "nquads-gz" else format_
        KnowledgeGraph.open(folder / "store").export(folder / "out" / _ENDINGS[format_], format=name)

    return run


TASKS: Final[dict[str, Callable[[Path], None]]] = {
    "own dump": own_dump,
    **{name: export(name) for name in _ENDINGS},
    "own load": own_load,
    "load": load,
}
LABELS: Final = {
    "own dump": "Oxigraph's own dump",
    "own load": "Oxigraph's own bulk load",
    "load": "our bulk load",
}
RATIOS: Final = {
    "own dump : export to N-Quads": ("own dump", "nquads"),
    "own load : our bulk load": ("own load", "load"),
}


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description="Time the ways out and in.")
    parser.add_argument("--size", type=int, default=1_000_030, help="quads; ends between two claims")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each; the median counts")
    parser.add_argument("--tasks", nargs="+", default=list(TASKS), choices=list(TASKS))
    parser.add_argument("--write", action="store_true", help="write docs/export/speed.md")
    parser.add_argument("--run", nargs=2, metavar=("TASK", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--prepare", nargs=2, metavar=("SIZE", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.prepare:
        prepare(int(asked.prepare[0]), Path(asked.prepare[1]))
        return
    if asked.run:
        print(json.dumps(timed(TASKS[asked.run[0]], Path(asked.run[1]))))
        return
    text = page(measured(asked.size, asked.repeat, asked.tasks), asked.size, asked.repeat)
    print(text)
    if asked.write:
        _PAGE.write_text(text)


def timed(task: Callable[[Path], None], folder: Path) -> tuple[float, float]:
    """Run a task in this process; return its seconds, and the peak of memory in megabytes."""
    start = time.perf_counter()
    task(folder)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(size: int, repeat: int, tasks: list[str]) -> dict[str, list[tuple[float, float]]]:
    """Return the runs of each task, by turns over one store."""
    runs: dict[str, list[tuple[float, float]]] = {task: [] for task in tasks}
    with tempfile.TemporaryDirectory(prefix="g60kg-benchmark-") as name:
        folder = Path(name)
        _alone("--prepare", str(size), name)  # a child's peak is never below what its parent holds
        for task in tasks * repeat:
            shutil.rmtree(folder / "out", ignore_errors=True)
            shutil.rmtree(folder / "loaded", ignore_errors=True)
            (folder / "out").mkdir()
            seconds, megabytes = json.loads(_alone("--run", task, name))
            print(f"{task}: {seconds:.2f} s, {megabytes:.0f} MB", file=sys.stderr)
            runs[task].append((seconds, megabytes))
    return runs


def prepare(size: int, folder: Path) -> None:
    """Make the store that all tasks read, and the file that it was loaded from."""
    serialize(quads(size), str(folder / "source.nq"), RdfFormat.N_QUADS)
    write_store(folder / "store", (), {}, files=[QuadFile(folder / "source.nq")])


def _alone(*arguments: str) -> str:
    """Run this module in a process of its own, and return what it prints."""
    command = [sys.executable, "-m", "benchmarks.export", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def quads(size: int) -> Iterator[Quad]:
    """Yield a synthetic corridor with its claims in a graph of their own."""
    for triple in corridor(size):
        behind = str(triple.subject)[1:].startswith(_BEHIND)
        graph = claims_graph("synthetic") if behind else article_graph("synthetic")
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def page(runs: dict[str, list[tuple[float, float]]], size: int, repeat: int) -> str:
    """Return the page."""
    lines = [
        _HEAD.format(size=size, repeat=repeat),
        "| what | seconds | peak memory |",
        "| --- | --- | --- |",
    ]
    for task, found in runs.items():
        seconds, megabytes = (median(run[part] for run in found) for part in (0, 1))
        lines.append(f"| {LABELS.get(task, f'export, {task}')} | {seconds:.2f} | {megabytes:,.0f} MB |")
    lines += ["", "| ratio | median | of each turn |", "| --- | --- | --- |"]
    for label, (one, other) in RATIOS.items():
        if one in runs and other in runs:
            ratios = [a[0] / b[0] for a, b in zip(runs[one], runs[other], strict=True)]
            each = ", ".join(f"{ratio:.2f}" for ratio in ratios)
            lines.append(f"| {label} | {median(ratios):.2f} | {each} |")
    return "\n".join(lines) + "\n" + _NOTE


if __name__ == "__main__":
    main()
