"""Small plots: bars beside their names, a line through points in time.

Goes in: values with their texts. Comes out: a `Bars` or a `Line` whose parts have their places.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 480.0, 200.0
_BAR, _STEP = 18.0, 52.0
_LETTERS = 14.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 12.0, 12.0, 30.0, 30.0


@dataclass(frozen=True, slots=True)
class Datum:
    """A value to be drawn: its name, its number, the number as a reader sees it, and where it leads."""

    name: str
    number: Decimal
    shown: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it draws, the base line of its name, its top, and its length."""

    datum: Datum
    text_y: float
    y: float
    length: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars, the longest first, below their title."""

    title: str
    width: float
    height: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a line: what it draws, where it is, and how its text is held."""

    datum: Datum
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line through values in the order of time, below its title."""

    title: str
    width: float
    height: float
    points: str
    base: float
    marks: tuple[Mark, ...]


def bars(title: str, data: Sequence[Datum]) -> Bars:
    """Return a plot of values as bars from zero; values below zero have no length.

    >>> drawn = bars("", [Datum("a", Decimal(1), "1"), Datum("b", Decimal(2), "2")])
    >>> [(bar.datum.name, bar.length) for bar in drawn.bars]
    [('b', 480.0), ('a', 240.0)]
    """
    ordered = sorted(data, key=lambda datum: (-datum.number, datum.name))
    most = max((datum.number for datum in ordered), default=Decimal(0))
    drawn = (
        Bar(datum, place * _STEP + _LETTERS, place * _STEP + 1.6 * _LETTERS, _length(datum.number, most))
        for place, datum in enumerate(ordered)
    )
    return Bars(title, WIDTH, len(ordered) * _STEP, tuple(drawn))


def _length(number: Decimal, most: Decimal) -> float:
    return round(float(max(number, Decimal(0)) / most) * WIDTH, 1) if most > 0 else 0


def line(title: str, data: Sequence[Datum]) -> Line:
    """Return a plot of values in the order given, from zero (or the least, where that is below) up.

    >>> [mark.anchor for mark in line("", [Datum(str(n), Decimal(n), str(n)) for n in range(3)]).marks]
    ['start', 'middle', 'end']
    """
    marks = tuple(_mark(datum, place, data) for place, datum in enumerate(data))
    points = " ".join(f"{mark.x:g},{mark.y:g}" for mark in marks)
    return Line(title, WIDTH, HEIGHT, points, _height(Decimal(0), data), marks)


def _mark(datum: Datum, place: int, data: Sequence[Datum]) -> Mark:
    last = len(data) - 1
    x = _LEFT + (WIDTH - _LEFT - _RIGHT) * (place / last if last else 0.5)
    anchor = "middle" if 0 < place < last or not last else "end" if place else "start"
    return Mark(datum, round(x, 1), _height(datum.number, data), anchor)


def _height(number: Decimal, data: Sequence[Datum]) -> float:
    """Return how far from the top a number stands."""
    numbers = [Decimal(0), *(datum.number for datum in data)]
    least, most = min(numbers), max(numbers)
    part = float((number - least) / (most - least)) if most > least else 0
    return round(HEIGHT - _BOTTOM - part * (HEIGHT - _TOP - _BOTTOM), 1)
