"""Shapes: the hull of points, a smooth line through them, and how wide a text is.

Goes in: points, texts. Comes out: points, and paths as SVG writes them.
"""

from collections.abc import Iterable, Iterator, Sequence
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
