from pathlib import Path
from shutil import rmtree

import pytest

from benchmarks.export import TASKS, measured, page, prepare, quads, timed
from g60kg.terms import article_graph, claims_graph


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
def test_every_way_runs(tmp_path: Path) -> None:
    prepare(1000, tmp_path)
    runs, made = {}, []
    for name, task in TASKS.items():
        (tmp_path / "out").mkdir()
        runs[name] = [timed(task, tmp_path)]
        made += [path.name for path in (tmp_path / "out").iterdir()]
        for folder in ("out", "loaded"):
            rmtree(tmp_path / folder, ignore_errors=True)
    text = page(runs, 1000, 1)
    assert "own load : our bulk load" in text
    assert text.count("| export, ") == len(made) == 13
    assert measured(1000, 1, ["own dump"]).keys() == {"own dump"}  # each in a process of its own
