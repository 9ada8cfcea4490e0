"""Figures: what is counted or measured, with all that limits it, and the series that several make.

Goes in: statistic nodes. Comes out: a `Figure` each; a `Series` where figures differ in their time alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import NamedNode

from g60kg.serve.views.reading import literals, nodes, text
from g60kg.store import Store, Term
from g60kg.terms import G60, STATISTIC

Limit = tuple[NamedNode, Term]
"""What limits a claim or a figure: a property of it, and its value."""
TIMES: Final = ("date", "year", "startDate", "startYear", "endYear", "period")
_LIMITS: Final = (*TIMES, "industry", "region", "phase", "countedKind", "rank", "change", "stage")
_LEAST_POINTS: Final = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its plain decimal, its comparator (`exact`, `more than`, …), its unit, and its limits."""

    node: NamedNode
    measure: NamedNode | None
    value: str
    comparator: str
    unit: NamedNode | None
    limits: tuple[Limit, ...]

    @property
    def time(self) -> str:
        """When it was so, as ISO 8601 has it; empty where nothing says it."""
        return next((term.value for name, term in self.limits if _local(name) in TIMES), "")

    @property
    def times(self) -> tuple[Limit, ...]:
        """The limits that are times."""
        return tuple(limit for limit in self.limits if _local(limit[0]) in TIMES)

    @property
    def others(self) -> tuple[Limit, ...]:
        """The limits that are no times."""
        return tuple(limit for limit in self.limits if _local(limit[0]) not in TIMES)

    @property
    def number(self) -> Decimal | None:
        """The value as a number."""
        try:
            return Decimal(self.value)
        except InvalidOperation:
            return None


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one measure, unit and limits at several times, in the order of time."""

    measure: NamedNode
    unit: NamedNode | None
    limits: tuple[Limit, ...]
    figures: tuple[Figure, ...]


def figure_of(store: Store, node: object) -> Figure | None:
    """Return the figure that a node is; None where it is no statistic."""
    if not isinstance(node, NamedNode) or not node.value.startswith(STATISTIC.base):
        return None
    measure, unit = (next(iter(nodes(store, node, G60[name])), None) for name in ("measure", "unit"))
    values = text(store, node, G60.value), text(store, node, G60.comparator) or "exact"
    return Figure(node, measure, *values, unit, tuple(limits_of(store, node)))


def limits_of(store: Store, node: NamedNode) -> Iterator[Limit]:
    """Yield what limits a statistic or a claim, times first."""
    for name in _LIMITS:
        yield from ((G60[name], term) for term in nodes(store, node, G60[name]))
        yield from ((G60[name], term) for term in literals(store, node, G60[name]))


def series_of(figures: Iterable[Figure]) -> tuple[Series, ...]:
    """Return the series that figures make: those alike in all but time and value, at two times or more."""
    alike: dict[tuple[NamedNode, NamedNode | None, tuple[Limit, ...]], dict[str, Figure]] = {}
    for figure in figures:
        if figure.measure is not None and figure.time and figure.number is not None:
            key = figure.measure, figure.unit, figure.others
            alike.setdefault(key, {}).setdefault(figure.time, figure)
    return tuple(
        Series(*key, tuple(by_time[time] for time in sorted(by_time)))
        for key, by_time in sorted(alike.items(), key=str)
        if len(by_time) >= _LEAST_POINTS
    )


def _local(name: NamedNode) -> str:
    return name.value.removeprefix(G60.base)
