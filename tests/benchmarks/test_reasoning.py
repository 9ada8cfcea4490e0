import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.picture import draw
from benchmarks.report import Measure, page, table

_ROOT = Path(__file__).parents[2]
_MEASURES = [
    Measure("load", 1_000_000, 3.0, 700, 0),
    Measure("bulk", 100_000, 1.0, 200, 90_000),
    Measure("bulk", 1_000_000, 4.5, 700, 900_000),
    Measure("article", 1_000_000, 0.045, 1500, 300),
]


def test_the_table_has_an_engine_a_row_and_a_size_a_column() -> None:
    head, _, load, bulk, article = table(_MEASURES).splitlines()
    assert head == "| engine | 100k | 1M |"
    assert load.endswith("|  | 3.0 (700 MB) |")
    assert bulk.endswith("| 1.0 (200 MB) | 4.5 (700 MB) |")
    assert article.endswith("|  | 0.045 (1,500 MB) |")


def test_ratios_come_from_the_measures() -> None:
    text = page(_MEASURES)
    assert "| bulk : loading, 1M triples | 1.5 |" in text
    assert "| increment of one article : bulk, 1M triples | 0.01 |" in text
    assert "| bulk, 1M : 100k | 4.5 |" in text
    assert "owlrl : in memory" not in text


def test_the_picture_names_every_engine_once() -> None:
    picture = draw(_MEASURES)
    assert picture.count("<polyline") == 3
    assert picture.count("compiled rules, bulk") == 1


@pytest.mark.slow
def test_engines_run_side_by_side_and_agree(tmp_path: Path) -> None:
    kept = tmp_path / "measures.json"
    engines = ["memory", "bulk"]
    command = [sys.executable, "-m", "benchmarks.reasoning", "--sizes", "1000", "--repeat", "1"]
    done = subprocess.run(
        [*command, "--keep", str(kept), "--engines", *engines],
        cwd=_ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("| engine | 1k |")
    measures = json.loads(kept.read_text())
    assert len({measure["inferred"] for measure in measures}) == 1
    assert [measure["engine"] for measure in measures] == engines
