"""Memory stays flat: five times the graph, and about as much memory, measured in processes of their own.

What is held at one time is a tenth or less of what it is otherwise, so that small graphs show it.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = r"""
import re, sys
from pyoxigraph import Quad
from benchmarks.corridor import corridor
from g60kg.export import export_quads, rdf, view
from g60kg.terms import ARTICLE, CLAIM, REPAIR, article_graph, claims_graph

rdf.PART, view._QUADS, view._MEMORY = 10_000, 20_000, "128MB"
BEHIND = (CLAIM.base, ARTICLE.base, REPAIR.base)


def quads(count):
    for t in corridor(count):
        graph = claims_graph("x") if t.subject.value.startswith(BEHIND) else article_graph("x")
        yield Quad(t.subject, t.predicate, t.object, graph)


export_quads(quads(int(sys.argv[1])), sys.argv[2], sys.argv[3])
status = open("/proc/self/status").read()  # of this program alone, whatever the one before it took
print(int(re.search(r"VmHWM:\s+(\d+)", status)[1]))
"""
FORMATS = ["parquet", "graphml", "neo4j", "nanopubs", "cube"]
LIMIT = 300
"""Megabytes that no export may pass: what DuckDB is allowed here, and what Python and its parts take."""


def peak(count: int, path: Path, format_: str) -> float:
    """Return the peak of an export's memory, in megabytes."""
    command = [sys.executable, "-c", CODE, str(count), str(path), format_]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


@pytest.mark.slow
@pytest.mark.parametrize("format_", FORMATS)
def test_memory_is_bounded(format_: str, tmp_path: Path) -> None:
    # the number ends between two claims of the synthetic corridor
    assert peak(300_030, tmp_path / "large", format_) < LIMIT


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["nquads", "turtle", "ntriples", "jsonld", "rdfxml"])
def test_lines_take_no_more_memory_for_five_times_as_many(format_: str, tmp_path: Path) -> None:
    small, large = (peak(count, tmp_path / str(count), format_) for count in (60_000, 300_000))
    assert large < 1.3 * small
