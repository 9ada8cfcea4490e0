import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.export import page, quads
from g60kg.terms import article_graph, claims_graph

_ROOT = Path(__file__).parents[2]


def test_ratios_are_those_of_each_turn() -> None:
    runs = {
        "own dump": [(1.0, 10.0), (3.0, 10.0), (2.0, 10.0)],
        "nquads": [(2.0, 20.0), (3.0, 20.0), (8.0, 30.0)],
    }
    text = page(runs, 1000, 3)
    assert "| own dump : export to N-Quads | 0.50 | 0.50, 1.00, 0.25 |" in text
    assert "| Oxigraph's own dump | 2.00 | 10 MB |" in text
    assert "| export, nquads | 3.00 | 20 MB |" in text
    assert "our bulk load" not in text


def test_claims_stand_in_a_graph_of_their_own() -> None:
    graphs = {quad.graph_name for quad in quads(3000)}
    assert graphs == {article_graph("synthetic"), claims_graph("synthetic")}


@pytest.mark.slow
def test_every_way_runs() -> None:
    command = [sys.executable, "-m", "benchmarks.export", "--size", "1000", "--repeat", "1"]
    done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True)
    assert "own load : our bulk load" in done.stdout
    assert done.stdout.count("| export, ") == 13
