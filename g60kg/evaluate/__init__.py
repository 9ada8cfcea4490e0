"""Claims against gold files: which of the facts that a person noted are found (docs/extraction.md).

Goes in: a folder of gold files, claims of their articles. Comes out: an `Evaluation`.
"""

from g60kg.evaluate.gold import (
    Fact,
    Gold,
    RelationFact,
    StatisticFact,
    YearFact,
    read_gold,
    read_golds,
)
from g60kg.evaluate.report import Evaluation
from g60kg.evaluate.score import Score, Tally, score, states

__all__ = [
    "Evaluation",
    "Fact",
    "Gold",
    "RelationFact",
    "Score",
    "StatisticFact",
    "Tally",
    "YearFact",
    "read_gold",
    "read_golds",
    "score",
    "states",
]
