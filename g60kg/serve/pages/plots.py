"""Plots of figures, in the words of a page.

Goes in: a page and figures. Comes out: the plots to be drawn: bars of figures that differ in one limit, such
as companies by industry; a line of figures that differ in time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode

from g60kg.serve.drawings.plot import Bars, Datum, Line, bars, line
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.saying import figure_words
from g60kg.serve.views.figures import Figure, Series

Stated = tuple[NamedNode, Figure]
"""A figure and the thing that it is of."""
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Plotted:
    """Figures as plots, and those that make none."""

    plots: tuple[Bars, ...]
    rest: tuple[Stated, ...]


def plotted(page: Page, figures: Iterable[Stated]) -> Plotted:
    """Return plots of the figures of one thing, measure and unit that differ in one limit alone."""
    alike: dict[object, list[Stated]] = {}
    rest: list[Stated] = []
    for thing, figure in figures:
        limits = [limit for limit in figure.others if isinstance(limit[1], NamedNode)]
        is_plain = len(limits) == 1 and figure.number is not None and figure.measure is not None
        key = (thing, figure.measure, figure.unit, figure.times, limits[0][0]) if is_plain else None
        (alike.setdefault(key, []) if key else rest).append((thing, figure))
    plots = [found for found in alike.values() if len(found) >= _LEAST]
    rest += [each for found in alike.values() if len(found) < _LEAST for each in found]
    return Plotted(tuple(_bars(page, found) for found in plots), tuple(rest))


def _bars(page: Page, found: list[Stated]) -> Bars:
    thing, first = found[0]
    title = page.t("plot.title", measure=page.label(first.measure), thing=page.label(thing))
    return bars(title, [_datum(page, figure, _limit(figure)) for _, figure in found])


def line_of(page: Page, series: Series) -> Line:
    """Return the plot of figures over time."""
    title = page.t("figure.plot", measure=page.label(series.measure))
    return line(title, [_datum(page, figure, None) for figure in series.figures])


def _limit(figure: Figure) -> NamedNode | None:
    return next((term for _, term in figure.others if isinstance(term, NamedNode)), None)


def _datum(page: Page, figure: Figure, of: NamedNode | None) -> Datum:
    name = page.label(of) if of else figure.time
    words = figure_words(figure, page.language)
    return Datum(name, figure.number or Decimal(0), words, page.address(of))
