"""Figures: what is counted or measured, with all that limits it, and the series that several make."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.lookup import Names, grouped, node, text
from g60kg.store import UNION, Store, Term
from g60kg.terms import G60, STATISTIC, curie, unit_form

Limit = tuple[NamedNode, Term]
"""What limits a claim or a figure: a property of it, and its value."""
TIMES: Final = ("date", "year", "startDate", "startYear", "endYear", "period")
_CONTEXT: Final = ("ofWhole", "base", "basePeriod", "event", "asWritten")
"""What is told of a figure, and tells it from no other."""
_OTHERS: Final = ("industry", "region", "phase", "countedKind", "rank", "change", "stage", *_CONTEXT)
REPORTED: Final = "reportedOn"
_LIMITS: Final = tuple(G60[name] for name in (*TIMES, REPORTED, *_OTHERS))
_LEAST_POINTS: Final = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its plain decimal, its comparator (`exact`, `more than`, …), its unit, and its limits.

    `concept` is that of what it counts, where the graph has one for the words of the article.
    """

    node: NamedNode
    measure: NamedNode | None
    value: str
    comparator: str
    unit: NamedNode | None
    limits: tuple[Limit, ...]
    concept: NamedNode | None = None

    @property
    def time(self) -> str:
        """When it was so, as ISO 8601 has it; empty where the text does not say it."""
        return next((term.value for _, term in self.times), "")

    @property
    def when(self) -> str:
        """When it was so, else when it was reported; empty where neither is known."""
        return self.time or self.reported

    @property
    def order(self) -> str:
        """What puts figures into the order of time: one of a year stands behind those of its days."""
        return self.when and f"{self.when}~"

    @property
    def times(self) -> tuple[Limit, ...]:
        """The times that the text states."""
        return tuple(limit for limit in self.limits if local(limit[0]) in TIMES)

    @property
    def reported(self) -> str:
        """When it was only reported, where the text does not say when it was so; else empty."""
        return next((term.value for name, term in self.limits if local(name) == REPORTED), "")

    @property
    def others(self) -> tuple[Limit, ...]:
        """The limits that are no times."""
        return tuple(limit for limit in self.limits if local(limit[0]) not in (*TIMES, REPORTED))

    @property
    def kind(self) -> tuple[Limit, ...]:
        """The limits that tell it from others of its measure, what it counts by its concept."""
        counted = tuple((name, term) for name, term in self.others if local(name) not in _CONTEXT)
        if self.concept is None:
            return counted
        return (*(limit for limit in counted if limit[0] != G60.countedKind), (G60.ofKind, self.concept))

    @property
    def number(self) -> Decimal | None:
        """The value as a number."""
        try:
            return Decimal(self.value)
        except InvalidOperation:
            return None

    def __str__(self) -> str:
        comparator = "" if self.comparator == "exact" else self.comparator
        words = comparator, plain_number(self.value), unit_text(self.unit)
        return " ".join(word for word in words if word)


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one measure, unit and kind (`limits`) at several times, in the order of time."""

    measure: NamedNode
    unit: NamedNode | None
    limits: tuple[Limit, ...]
    figures: tuple[Figure, ...]


def figure_of(store: Store, term: object) -> Figure | None:
    """Return the figure that a term is; None where it is no statistic."""
    if not isinstance(term, NamedNode) or not term.value.startswith(STATISTIC.base):
        return None
    measure, unit = (node(store, term, each) for each in (G60.measure, G60.unit))
    values = text(store, term, G60.value), text(store, term, G60.comparator) or "exact"
    return Figure(term, measure, *values, unit, tuple(limits_of(store, term)), node(store, term, G60.ofKind))


def limits_of(store: Store, term: NamedNode) -> Iterator[Limit]:
    """Yield what limits a statistic or a claim, times first."""
    pairs = ((quad.predicate, quad.object) for quad in store.match(term, None, None, UNION))
    held = grouped((name, it) for name, it in pairs if isinstance(it, NamedNode | Literal))
    for name in _LIMITS:
        found = sorted({*held.get(name, ())}, key=lambda it: (it.value, getattr(it, "language", None) or ""))
        yield from ((name, each) for each in sorted(found, key=lambda it: isinstance(it, Literal)))


def series_of(figures: Iterable[Figure]) -> tuple[Series, ...]:
    """Return the series that figures make: those alike in all but time and value, at two times or more.

    The time of one that does not say it is that of its report. Where two values are given for one time, they
    are not of one thing, and make no trend; nor do those of events.
    """
    alike: dict[tuple[NamedNode, NamedNode | None, tuple[Limit, ...]], dict[str, Figure]] = {}
    torn = set()
    for figure in figures:
        is_of_event = any(name == G60.event for name, _ in figure.others)
        if figure.measure is not None and figure.when and figure.number is not None and not is_of_event:
            key = figure.measure, figure.unit, figure.kind
            if alike.setdefault(key, {}).setdefault(figure.when, figure).number != figure.number:
                torn.add(key)
    return tuple(
        Series(*key, tuple(sorted(by_time.values(), key=lambda figure: figure.order)))
        for key, by_time in sorted(alike.items(), key=str)
        if len(by_time) >= _LEAST_POINTS and key not in torn
    )


def name_of(store: Store, term: object) -> str:
    """Return a term as a person reads it: a statistic as its figure, anything else by its name."""
    return str(figure_of(store, term) or Names(store).of(term))


def plain_number(number: str | Decimal) -> str:
    """Return a number in full, its thousands apart, without zeros that say nothing; other text as it is.

    >>> plain_number("45000000000"), plain_number("13.80"), plain_number("some")
    ('45,000,000,000', '13.8', 'some')
    """
    try:
        text = f"{Decimal(number):,f}"
    except InvalidOperation:
        return str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_text(unit: NamedNode | None) -> str:
    """Return the short name of a unit.

    >>> unit_text(NamedNode("http://qudt.org/vocab/unit/KiloM2"))
    'km²'
    """
    return unit_form(curie(unit).rpartition(":")[2], "symbol") if unit else ""


def local(name: NamedNode) -> str:
    """Return the name of a term of the ontology without its namespace."""
    return name.value.removeprefix(G60.base)
