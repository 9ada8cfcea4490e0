"""The counts of recorded replies are of what the verifier does."""

import json
from pathlib import Path

import pytest

from benchmarks.replies import main
from tests.extract.test_reply import CLAIM

TEXT = "Haier is in Wuhu. It will not build 30 plants. Haier is in Hefei, too."


def test_true_and_faulty_proposals_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "2023-01-01-haier.txt").write_text(TEXT, encoding="utf-8")
    wrong = {"quote": "Haier is in Suzhou.", "fault": "quote"}
    denied = {"quote": "It will not build 30 plants.", "fault": "modality"}
    count = {"figure": "30", "value": "30", "unit": "count", "comparator": "exact", "of": "plants"}
    denied |= {"subject": CLAIM["subject"] | {"mention": "It"}, "predicate": "count", "object": count}  # type: ignore[dict-item]
    (tmp_path / "2023-01-01-haier.json").write_text(json.dumps({"claims": [CLAIM, CLAIM | wrong]}))
    faulty = {"claims": [CLAIM | wrong, CLAIM | denied, CLAIM | {"fault": "none"}]}
    (tmp_path / "2023-01-01-haier.faulty.json").write_text(json.dumps(faulty))
    assert main([str(tmp_path), str(tmp_path), "--show"]) == 0
    said = capsys.readouterr().out
    assert "true proposals kept: 1 of 1 = 1.000" in said
    assert "faulty ones not accepted: 3 of 4 = 0.750" in said
    assert "modality: refused 0, mended 1, kept 0" in said
    assert "2023-01-01-haier.faulty.json [none] kept" in said


def test_without_a_folder_it_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
