"""The answer of a question as a small graph, where its rows relate two things.

Goes in: a page and the table of an answer. Comes out: the drawn relation, or nothing where the rows hold
more, are too many, or relate no two things.
"""

from typing import Final

from pyoxigraph import NamedNode

from g60kg.serve.drawings.pairs import Pair, Pairs, draw_pairs
from g60kg.serve.pages.page import Page
from g60kg.serve.views.answers import Answer, AnswerRow
from g60kg.terms import ID

_LEAST: Final = 2
_MOST: Final = 40


def relation(page: Page, answer: Answer) -> Pairs | None:
    """Return the rows of an answer as a relation; None where they make none."""
    if len(answer.columns) != 2 or not _LEAST <= len(answer.rows) <= _MOST:
        return None
    pairs = [pair for row in answer.rows if (pair := _pair(row))]
    if len(pairs) < len(answer.rows):
        return None
    names = {key: page.label(ID[key]) for pair in pairs for key in (pair.left, pair.right)}
    return draw_pairs(pairs, names)


def _pair(row: AnswerRow) -> Pair | None:
    left, right = (cell.term for cell in row.cells)
    if not (isinstance(left, NamedNode) and isinstance(right, NamedNode)) or left == right:
        return None
    if not (left.value.startswith(ID.base) and right.value.startswith(ID.base)):
        return None
    layers = {layer for held in row.facts for layer in held.layers}
    layer = "inferred" if layers == {"inferred"} else "said"
    return Pair(left.value.removeprefix(ID.base), right.value.removeprefix(ID.base), layer)
