"""Figures and answers as pictures, in the words of a page: bars, and lines over time.

An answer is drawn only where it suits: figures of one unit, one column of values, each of a thing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.figures import Figure, Series
from g60kg.query import Rows
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.saying import figure_words
from g60kg.store import Term

Stated = tuple[NamedNode, Figure]
"""A figure and the thing that it is of."""
Cells = Mapping[str, Term | None]
"""A row of an answer by its columns."""
_LEAST, _MOST = 3, 25
_VALUES: Final = ("value", "claims", "facts", "members", "triples", "articles")
"""Columns that hold what can be compared."""


WIDTH: Final = 480.0
HEIGHT: Final = 200.0
_FLAT: Final = 4
"""Values that change by less than this part of themselves look flat above zero."""
_SIDE, _END = 12.0, 30.0
"""What is left free beside a line, and above and below it."""


@dataclass(frozen=True, slots=True)
class Datum:
    """A value to be drawn: its name, its number, the number as a reader sees it, and where it leads."""

    name: str
    number: Decimal
    shown: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Values to be drawn as bars from zero, the largest (`most`) first, below their title."""

    title: str
    data: tuple[Datum, ...]

    @property
    def most(self) -> Decimal:
        """The number of the longest bar."""
        return max([Decimal(0), *(datum.number for datum in self.data)]) or Decimal(1)


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


def bars(title: str, data: Iterable[Datum]) -> Bars:
    """Return a plot of values as bars."""
    return Bars(title, tuple(sorted(data, key=lambda datum: (-datum.number, datum.name))))


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
        return round(HEIGHT - _END - part * (HEIGHT - 2 * _END), 1)

    def mark(place: int, datum: Datum) -> Mark:
        x = _SIDE + (WIDTH - 2 * _SIDE) * (place / last if last else 0.5)
        anchor = "middle" if 0 < place < last or not last else "end" if place else "start"
        return Mark(datum, round(x, 1), down(datum.number), anchor)

    return Line(
        title,
        down(max(least, Decimal(0))),
        least,
        tuple(mark(place, datum) for place, datum in enumerate(data)),
    )


def plotted(page: Page, figures: Iterable[Stated]) -> tuple[list[Bars], list[Stated]]:
    """Return plots of figures of one thing, measure and unit that differ in one limit alone; and the rest.

    Each bar is named by its limit, with its year where these differ.
    """
    alike: dict[object, list[tuple[NamedNode, NamedNode, Figure]]] = {}
    rest: list[Stated] = []
    for thing, figure in figures:
        limits = [(name, term) for name, term in figure.others if isinstance(term, NamedNode)]
        if len(limits) != 1 or figure.number is None or figure.measure is None:
            rest.append((thing, figure))
            continue
        ((name, limit),) = limits
        alike.setdefault((thing, figure.measure, figure.unit, name), []).append((limit, thing, figure))
    plots: list[Bars] = []
    for found in alike.values():
        if len(found) < _LEAST:
            rest += [(thing, figure) for _, thing, figure in found]
            continue
        (_, thing, first), data = found[0], list[Datum]()
        has_years = len({figure.when[:4] for _, _, figure in found}) > 1
        for limit, _, figure in found:
            said = f"{page.label(limit)} {figure.when[:4] if has_years else ''}".rstrip()
            data.append(replace(_drawn(page, figure, said), href=page.address(limit)))
        title = page.t("plot.title", measure=page.label(first.measure), thing=page.label(thing))
        plots.append(bars(title, data))
    return plots, rest


def line_of(page: Page, series: Series) -> Line:
    """Return the plot of figures over time."""
    kind = (page.label(term) for _, term in series.limits)
    title = page.t("figure.plot", measure=page.t("home.comma").join([page.label(series.measure), *kind]))
    return line(title, [_drawn(page, figure, figure.when) for figure in series.figures])


def _drawn(page: Page, figure: Figure, name: str) -> Datum:
    words = figure_words(figure.comparator, figure.value, figure.unit, page.language)
    return Datum(name, figure.number or Decimal(0), words)


def picture(page: Page, rows: Rows) -> Bars | Line | None:
    """Return rows as bars, or as a line where one thing differs in time; None where they make no picture."""
    column = next((name for name in _VALUES if name in rows.columns), None)
    if column is None or not _LEAST <= len(rows) <= _MOST:
        return None
    cells: list[Cells] = [dict(zip(rows.columns, row, strict=True)) for row in rows.terms]
    if any(len({row.get(name) for row in cells}) > 1 for name in ("unit", "measure")):
        return None
    title, data = page.t("question.picture"), [each for row in cells if (each := _datum(page, row, column))]
    if len(data) < len(cells):
        return None
    named = ([row[name] for name in row if name not in ("article", "claim")] for row in cells)
    things = {tuple(term for term in terms if isinstance(term, NamedNode)) for terms in named}
    years = (row.get("year") for row in cells)
    dated = {it.value: each for it, each in zip(years, data, strict=True) if isinstance(it, Literal)}
    is_said = not any(Literal("reported") in row.values() for row in cells)
    if is_said and len(things) == 1 and len(dated) == len(cells):  # one thing, alike but for a year said
        return line(title, [replace(dated[year], name=year) for year in sorted(dated)])
    return bars(title, data)


def _datum(page: Page, cells: Cells, column: str) -> Datum | None:
    """Return the value of a row as it is drawn, below what the row is of; None where it is no number."""
    value, (first, *others) = cells[column], cells.values()
    if not isinstance(value, Literal) or first is None:
        return None
    try:
        number = Decimal(value.value)
    except InvalidOperation:
        return None
    comparator = cells.get("comparator")
    said = comparator.value if isinstance(comparator, Literal) else ""
    words = figure_words(said, value.value, cells.get("unit"), page.language)
    names = page.names
    limits = [each for each in others if names.kind(each) and names.group(each) == "concept"][:1]
    limits += [each for each in (cells.get("countedKind"),) if each not in (None, Literal(""))]
    return Datum(" · ".join(map(page.label, [first, *limits])), number, words, page.address(first))
