"""The numbers of the development texts: they do not fall, and are those of the script that others use."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from g60kg.evaluate import Evaluation, Score
from g60kg.kg.claims import Claims
from g60kg.kg.many import evaluate_folder

SHARED = Path(__file__).parents[2].parent / "shared"
TEXTS = SHARED / "articles"
SCRIPT = SHARED / "score_claims.py"
NAMES = sorted(path.name.removesuffix(".gold.json") for path in TEXTS.glob("*.gold.json"))

pytestmark = pytest.mark.skipif(not NAMES, reason="no development texts beside the project")


@cache
def evaluation() -> Evaluation:
    return evaluate_folder(TEXTS)


FOUND = 0.94
"""Of all facts of these texts, the part that is found."""
IN_PART = {"2021-03-23-national-plan"}


def test_what_is_found_does_not_fall() -> None:
    recall = evaluation().recall
    assert recall.total == 130
    assert recall.share is not None
    assert recall.share >= FOUND
    assert {score.name for score in evaluation().scores if score.missed} <= IN_PART


def test_no_trap_is_stepped_into() -> None:
    assert not any(score.stepped for score in evaluation().scores)


@pytest.mark.skipif(not SCRIPT.is_file(), reason="no script beside the project")
@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_are_those_of_the_script(tmp_path: Path, name: str) -> None:
    [found] = [score for score in evaluation().scores if score.name == name]
    assert _printed(found) == _by_script(tmp_path, found)


@pytest.mark.skipif(not SCRIPT.is_file(), reason="no script beside the project")
@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_are_those_of_the_script_where_facts_are_missed(tmp_path: Path, name: str) -> None:
    """The claims of another text answer to some of the facts by chance: the same ones."""
    from g60kg.evaluate import score
    from g60kg.evaluate.gold import read_gold

    others = [claim for each in evaluation().scores if each.name != name for claim, _ in each.answering]
    found = score(read_gold(TEXTS / f"{name}.gold.json"), others[::2])
    assert _printed(found) == _by_script(tmp_path, found)


def _printed(score: Score) -> list[str]:
    """Return the lines of numbers that the script prints, of this score."""
    it = Evaluation((score,))
    parts = [f"{part}: {tally.found} of {tally.total}" for part, tally in it.by_part.items()]
    recall = f"recall {it.recall} = {it.recall.share or 0:.3f}"
    counts = f"claims {len(score.answering)}; traps stepped into {len(score.stepped)}"
    return [*parts, f"unmatched {len(score.unmatched)}, missed {len(score.missed)}", f"{recall}; {counts}"]


def _by_script(folder: Path, score: Score) -> list[str]:
    claims = folder / "claims.jsonl"
    claims.write_text(Claims(tuple(claim for claim, _ in score.answering)).to_jsonl(), encoding="utf-8")
    command = [sys.executable, str(SCRIPT), str(TEXTS / f"{score.name}.gold.json"), str(claims)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    counts = [sum(line.startswith(f"  {what}") for line in lines) for what in ("unmatched", "missed")]
    numbers = [line for line in lines if re.match(r"\w+: \d|recall", line)]
    return [*numbers[:-1], f"unmatched {counts[0]}, missed {counts[1]}", numbers[-1]]
