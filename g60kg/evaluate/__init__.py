"""Claims against gold files: which of the facts that a person noted are found (docs/extraction.md).

Goes in: a folder of gold files, claims of their articles. Comes out: an `Evaluation`.
"""

from g60kg.evaluate.gold import read_golds
from g60kg.evaluate.score import Evaluation, Score, score

__all__ = ["Evaluation", "Score", "read_golds", "score"]
