"""Small plots: bars beside their names, a line through points in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 480.0, 200.0
_STEP = 52.0
_FLAT = 4
"""Values that change by less than this part of themselves look flat above zero."""
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
    """A bar: what it draws, how far down it begins, and its length."""

    datum: Datum
    top: float
    length: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars, the longest first, below their title."""

    title: str
    height: float
    bars: tuple[Bar, ...]
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a line: what it draws, where it is, and how its text is held."""

    datum: Datum
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line through values in the order of time, below its title; `base` is how far down `least` is, with
    which the axis begins.
    """

    title: str
    base: float
    least: Decimal
    marks: tuple[Mark, ...]
    width: float = WIDTH
    height: float = HEIGHT


def bars(title: str, data: Sequence[Datum]) -> Bars:
    """Return a plot of values as bars from zero; values below zero have no length.

    >>> drawn = bars("", [Datum("a", Decimal(1), "1"), Datum("b", Decimal(2), "2")])
    >>> [(bar.datum.name, bar.length) for bar in drawn.bars]
    [('b', 480.0), ('a', 240.0)]
    """
    ordered = sorted(data, key=lambda datum: (-datum.number, datum.name))
    most = max([Decimal(0), *(datum.number for datum in ordered)]) or Decimal(1)
    drawn = (
        Bar(datum, place * _STEP, round(max(float(datum.number / most), 0) * WIDTH, 1))
        for place, datum in enumerate(ordered)
    )
    return Bars(title, len(ordered) * _STEP, tuple(drawn))


def line(title: str, data: Sequence[Datum]) -> Line:
    """Return a plot of values in the order given, from zero up; where that would hide how they change, from
    a round number below them.

    >>> drawn = line("", [Datum(str(n), Decimal(n), str(n)) for n in (365, 370, 380)])
    >>> [mark.anchor for mark in drawn.marks], int(drawn.least)
    (['start', 'middle', 'end'], 360)
    """
    numbers, last = [datum.number for datum in data], len(data) - 1
    low, most = min(numbers), max(numbers)
    least, step = min(low, Decimal(0)), Decimal(10) ** (most - low).adjusted()
    if low > 0 and most - low < low / _FLAT:
        least = (low - step / 2) // step * step

    def down(number: Decimal) -> float:
        part = float((number - least) / (most - least)) if most > least else 0
        return round(HEIGHT - _BOTTOM - part * (HEIGHT - _TOP - _BOTTOM), 1)

    def mark(place: int, datum: Datum) -> Mark:
        x = _LEFT + (WIDTH - _LEFT - _RIGHT) * (place / last if last else 0.5)
        anchor = "middle" if 0 < place < last or not last else "end" if place else "start"
        return Mark(datum, round(x, 1), down(datum.number), anchor)

    return Line(
        title,
        down(max(least, Decimal(0))),
        least,
        tuple(mark(place, datum) for place, datum in enumerate(data)),
    )
