"""Claims against gold files: which of the facts that a person noted are found (docs/extraction.md)."""

from .facts import Fact, RelationFact, StatisticFact, YearFact
from .gold import Gold, read_gold, read_golds
from .match import states
from .report import Evaluation
from .score import Score, Tally, score

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
