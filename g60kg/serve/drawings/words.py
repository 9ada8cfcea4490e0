"""Where the words beside marks stand, so that none covers another or a mark.

Goes in: marks with their texts. Comes out: for each text its place: right, left, below or above its mark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from g60kg.serve.drawings.shapes import Point, width

_GAP = 9.0


@dataclass(frozen=True, slots=True)
class Word:
    """A text at a point; `anchor` is where on it the text is held: `start`, `middle` or `end`."""

    x: float
    y: float
    anchor: str
    box: tuple[float, float, float, float]
    """Left, top, right and bottom."""


def words(
    marks: Sequence[Point], texts: Sequence[str], size: float, bounds: Point, avoid: Sequence[Point] = ()
) -> tuple[Word, ...]:
    """Return where the text of each mark stands, in letters of a size, within a picture of these bounds.

    `avoid` are further points that no text should cover.
    """
    taken = [(x - _GAP / 2, y - _GAP / 2, x + _GAP / 2, y + _GAP / 2) for x, y in (*marks, *avoid)]
    placed: list[Word] = []
    for mark, text in zip(marks, texts, strict=True):
        others = [*taken, *(word.box for word in placed)]
        best = min(_choices(mark, width(text) * size, size), key=lambda word: _cost(word, others, bounds))
        placed.append(best)
    return tuple(placed)


def _choices(mark: Point, wide: float, size: float) -> Iterator[Word]:
    """Yield the places for a text beside a mark, the best looking first."""
    x, y = mark
    for up, across in (
        (0.35, 1),
        (0.35, -1),
        (1.35, 0),
        (-0.6, 0),
        (1.1, 1),
        (-0.4, 1),
        (1.1, -1),
        (-0.4, -1),
    ):
        left = x + _GAP if across > 0 else x - _GAP - wide if across < 0 else x - wide / 2
        base = y + up * size
        anchor = {1: "start", -1: "end", 0: "middle"}[across]
        at = {1: left, -1: left + wide, 0: x}[across]
        yield Word(round(at, 1), round(base, 1), anchor, (left, base - size, left + wide, base + size * 0.25))


def _cost(word: Word, others: Sequence[tuple[float, float, float, float]], bounds: Point) -> float:
    """Return how much a text covers, and how far it leaves the picture."""
    left, top, right, bottom = word.box
    outside = max(0, -left) + max(0, right - bounds[0]) + max(0, -top) + max(0, bottom - bounds[1])
    covered = sum(
        max(0, min(right, r) - max(left, x)) * max(0, min(bottom, b) - max(top, t)) for x, t, r, b in others
    )
    return covered + 100 * outside
