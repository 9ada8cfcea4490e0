"""Shapes and words: the hull of points, a smooth line through them, how wide a text is and where."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

Point = tuple[float, float]
_NARROW, _WIDE = 0.53, 1.0
_STEPS = 16


def hull(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the corners of the smallest convex shape around points (Andrew's monotone chain).

    >>> hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)])
    ((0, 0), (2, 0), (2, 2), (0, 2))
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return tuple(ordered)
    return (*_half(ordered)[:-1], *_half(ordered[::-1])[:-1])


def _half(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def closed(points: Sequence[Point]) -> str:
    """Return the path of a shape with these corners.

    >>> closed([(0, 0), (10, 0.25)])
    'M0 0L10 0.2Z'
    """
    return f"M{'L'.join(map(_place, points))}Z"


def smooth(points: Sequence[Point]) -> str:
    """Return the path of a smooth line through points (Catmull-Rom, as cubic Bézier curves).

    >>> smooth([(0, 0), (6, 6)])
    'M0 0C1 1 5 5 6 6'
    """
    around = [points[0], *points, points[-1]]
    parts = [f"M{_place(points[0])}"]
    for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False):
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        parts.append(f"C{_place(first)} {_place(second)} {_place(end)}")
    return "".join(parts)


def along(points: Sequence[Point]) -> Iterator[Point]:
    """Yield points all along the straight lines from each point to the next.

    >>> list(along([(0, 0), (16, 0)]))[:2]
    [(0.0, 0.0), (1.0, 0.0)]
    """
    for (x, y), (to_x, to_y) in pairwise(points):
        for step in range(_STEPS):
            part = step / _STEPS
            yield x + (to_x - x) * part, y + (to_y - y) * part


def width(text: str) -> float:
    """Return about how wide a text is, in ems.

    >>> width("湖州") > width("Hu")
    True
    """
    return sum(_WIDE if east_asian_width(letter) in "WF" else _NARROW for letter in text)


def _place(point: Point) -> str:
    return f"{round(point[0], 1):g} {round(point[1], 1):g}"


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
