"""`g60kg evaluate`."""

import json
from pathlib import Path

import pytest

from tests.running import Run

TEXT = "Wuhu covers an area of 6,026 square kilometers.\n"
AREA = {"measure": "area", "value": 6026, "unit": "km2", "comparator": "exact", "of": "Wuhu"}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a folder with one text and its gold file, of whose two facts one is found."""
    (tmp_path / "news.txt").write_text(TEXT)
    facts = {"relations": [["Wuhu", ["partOf"], "Anhui"]], "statistics": [AREA], "exhaustive": True}
    (tmp_path / "news.gold.json").write_text(json.dumps({"article": "news.txt"} | facts))
    return tmp_path


def test_it_prints_tables(g60kg: Run, gold: Path) -> None:
    found = g60kg("evaluate", gold)
    assert found.status == 0
    assert "news        0/1         1/1    0/0   0.500      1.000       1      0" in found.out
    assert "missed" not in found.out


def test_verbose_lists_what_was_missed(g60kg: Run, gold: Path) -> None:
    assert '  missed relation: ["Wuhu", ["partOf"], "Anhui"]' in g60kg("evaluate", gold, "--verbose").out


def test_json_is_whole(g60kg: Run, gold: Path) -> None:
    found = json.loads(g60kg("evaluate", gold, "--format", "json").out)
    assert found["recall"] == {"found": 1, "total": 2, "share": 0.5}
    assert found["texts"][0]["missed"] == [{"part": "relations", "fact": ["Wuhu", ["partOf"], "Anhui"]}]


@pytest.mark.parametrize(("least", "status"), [("0.5", 0), ("0.51", 1), ("0", 0), ("1", 1)])
def test_too_little_recall_is_status_1(g60kg: Run, gold: Path, least: str, status: int) -> None:
    found = g60kg("evaluate", gold, "--min-recall", least)
    assert found.status == status
    assert found.out.startswith("text ")
    assert found.err == ("" if status == 0 else f"recall 0.500 is below {float(least)}\n")


def test_it_reads_with_frames_of_ones_own(g60kg: Run, gold: Path) -> None:
    (gold / "own").mkdir()
    (gold / "own" / "mine.yaml").write_text("- id: area\n  meaning: x\n")
    found = g60kg("evaluate", gold, "--frames", gold / "own")
    assert (found.status, found.out) == (2, "")
    assert "mine.yaml:1: a frame has no 'roles'; add" in found.err


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("absent",), "absent: no such folder; name a folder of *.gold.json files"),
        ((".",), "holds no *.gold.json file"),
        ((".", "--min-recall", "2"), "'--min-recall': 2.0 is not in the range"),
        ((".", "--jobs", "0"), "'--jobs': 0 is not in the range"),
    ],
)
def test_unusable_input_is_one_line(
    g60kg: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], part: str
) -> None:
    monkeypatch.chdir(tmp_path)
    found = g60kg("evaluate", *arguments)
    assert (found.status, found.out, found.err.count("\n")) == (2, "", 1)
    assert part in found.err
