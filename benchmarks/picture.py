"""Measures as a picture: seconds by triples, both on logarithmic scales, as SVG.

Goes in: measures. Comes out: the text of an SVG file, one line for each engine, named at its right.
"""

from collections.abc import Iterable
from math import ceil, floor, log10
from typing import Final

from benchmarks.report import LABELS, Measure

_COLOURS: Final = {
    "load": "#888888",
    "owlrl": "#922b21",
    "memory": "#2471a3",
    "bulk": "#117a65",
    "nemo": "#b9770e",
    "reasonable": "#7d3c98",
    "thousand": "#c2185b",
    "article": "#e84393",
}
_DASHED: Final = ("thousand", "article")
_WIDTH: Final = 900
_HEIGHT: Final = 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 290, 30, 50


def draw(measures: Iterable[Measure]) -> str:
    """Return the picture.

    >>> draw([Measure("bulk", 1000, 1.0, 100, 5), Measure("bulk", 10_000, 2.0, 100, 5)]).count("<polyline")
    1
    """
    known = sorted((each for each in measures if each.engine in _COLOURS), key=lambda each: each.size)
    scale = Scale(known)
    lines = [
        line for engine in sorted({each.engine for each in known}) for line in _line(engine, known, scale)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
            ' font-family="sans-serif" font-size="12">',
            "<title>Seconds of reasoning by number of triples</title>",
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
            *scale.grid(),
            *lines,
            *_names(known, scale),
            "</svg>",
            "",
        ]
    )


class Scale:
    """From triples and seconds to places in the picture."""

    def __init__(self, known: list[Measure]) -> None:
        self._left, self._right = _powers(each.size for each in known)
        self._low, self._high = _powers(each.seconds for each in known)

    def place(self, size: float, seconds: float) -> tuple[float, float]:
        """Return the place of a point, from the left and from the top."""
        across = (log10(size) - self._left) / (self._right - self._left)
        up = (log10(seconds) - self._low) / (self._high - self._low)
        x = _LEFT + across * (_WIDTH - _LEFT - _RIGHT)
        y = _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM)
        return round(x, 1), round(y, 1)

    def grid(self) -> Iterable[str]:
        """Yield the lines and numbers of the scales."""
        for power in range(self._left, self._right + 1):
            x, top = self.place(10**power, 10**self._high)
            _, bottom = self.place(10**power, 10**self._low)
            yield f'<line x1="{x}" y1="{top}" x2="{x}" y2="{bottom}" stroke="#dddddd"/>'
            yield f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{10**power:,}</text>'
        for power in range(self._low, self._high + 1):
            left, y = self.place(10**self._left, 10**power)
            right, _ = self.place(10**self._right, 10**power)
            yield f'<line x1="{left}" y1="{y}" x2="{right}" y2="{y}" stroke="#dddddd"/>'
            yield f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{10**power:g} s</text>'
        middle = (_LEFT + _WIDTH - _RIGHT) // 2
        yield f'<text x="{middle}" y="{_HEIGHT - 8}" text-anchor="middle">triples held</text>'


def _powers(values: Iterable[float]) -> tuple[int, int]:
    """The powers of ten that the values lie between."""
    logarithms = [log10(value) for value in values] or [0.0]
    low, high = floor(min(logarithms)), ceil(max(logarithms))
    return low, max(low + 1, high)


def _line(engine: str, known: list[Measure], scale: Scale) -> Iterable[str]:
    points = [scale.place(each.size, each.seconds) for each in known if each.engine == engine]
    path = " ".join(f"{x},{y}" for x, y in points)
    dashes = ' stroke-dasharray="6 3"' if engine in _DASHED else ""
    yield f'<polyline points="{path}" fill="none" stroke="{_COLOURS[engine]}" stroke-width="2"{dashes}/>'
    yield from (f'<circle cx="{x}" cy="{y}" r="3" fill="{_COLOURS[engine]}"/>' for x, y in points)


def _names(known: list[Measure], scale: Scale) -> Iterable[str]:
    """Name each line to its right, from the lowest up, none over another; dots lead from line to name."""
    ends = {each.engine: scale.place(each.size, each.seconds) for each in known}
    below, left = float(_HEIGHT), _WIDTH - _RIGHT + 12
    for engine, (x, y) in sorted(ends.items(), key=lambda end: -end[1][1]):
        below = min(y + 4, below - 16)
        colour = _COLOURS[engine]
        ends_at = f'x1="{x + 5}" y1="{y}" x2="{left - 3}" y2="{round(below - 4, 1)}"'
        yield f'<line {ends_at} stroke="{colour}" stroke-dasharray="1 4"/>'
        yield f'<text x="{left}" y="{round(below, 1)}" fill="{colour}">{LABELS[engine]}</text>'
