"""Sixteen texts in our own words, with what they state.

No frame was written for those in `texts/apart`; once one is, its text moves to `texts`.
"""

from functools import cache
from pathlib import Path

import pytest

from g60kg.evaluate import Evaluation
from g60kg.kg.many import evaluate_folder

TEXTS = Path(__file__).parent / "texts"


@cache
def evaluation(folder: Path) -> Evaluation:
    return evaluate_folder(folder)


@pytest.mark.parametrize(("folder", "recall"), [(TEXTS, 0.87), (TEXTS / "apart", 0.88)])
def test_recall_does_not_fall(folder: Path, recall: float) -> None:
    found = evaluation(folder)
    assert len(found.scores) == 8
    assert found.recall.share is not None
    assert found.recall.share >= recall


@pytest.mark.parametrize(("folder", "most"), [(TEXTS, 20), (TEXTS / "apart", 17)])
def test_few_accepted_claims_answer_to_nothing_that_was_noted(folder: Path, most: int) -> None:
    """The notes are not exhaustive: many of these claims are true of their texts."""
    unmatched = [claim for score in evaluation(folder).scores for claim in score.unmatched]
    assert sum(claim.status == "accepted" for claim in unmatched) <= most
