"""Figures as a person reads them: number, unit, comparator and what limits them.

Goes in: a statistic node. Comes out: text such as `more than 100,000,000,000 CNY` and its limits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.kg.labels import Labels, Node
from g60kg.store import Store
from g60kg.terms import G60, RDF, UNIT, curie

LIMITS: Final = (
    "year",
    "date",
    "startDate",
    "startYear",
    "endYear",
    "industry",
    "region",
    "phase",
    "countedKind",
    "rank",
)
_SYMBOLS: Final = {
    UNIT.NUM.value: "",
    UNIT.PERCENT.value: "%",
    UNIT.FRACTION.value: "",
    UNIT.KiloM.value: "km",
    UNIT.KiloM2.value: "km²",
    UNIT.M2.value: "m²",
    UNIT.HA.value: "ha",
    G60.Mu.value: "mu",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words, and what limits it."""

    text: str
    limits: tuple[tuple[str, str], ...]


def figure_of(store: Store, node: Node, labels: Labels) -> Figure | None:
    """Return the figure that a node is, or None where it is no statistic."""
    if not isinstance(node, NamedNode) or not any(store.match(node, RDF.type, G60.Statistic)):
        return None
    number, comparator, unit = (_first(store, node, name) for name in ("value", "comparator", "unit"))
    words = [labels.of(comparator) if comparator else "", plain_number(number), unit_text(unit)]
    words = words[1:] if words[0] == "exact" else words
    return Figure(" ".join(word for word in words if word), tuple(limits_of(store, node, labels)))


def name_of(store: Store, term: object) -> str:
    """Return a term as a person reads it: a statistic as its figure, anything else by its name."""
    if not isinstance(term, NamedNode | Literal):
        return str(term)
    labels = Labels(store)
    figure = figure_of(store, term, labels)
    return figure.text if figure else labels.of(term)


def limits_of(store: Store, node: NamedNode, labels: Labels) -> Iterator[tuple[str, str]]:
    """Yield what limits a statistic or a claim, by name."""
    for name in LIMITS:
        values = sorted({labels.of(quad.object) for quad in store.match(node, G60[name])})
        yield from ((name, value) for value in values)


def plain_number(value: Node | None) -> str:
    """Return a number with its thousands apart.

    >>> plain_number(Literal("45000000000")), plain_number(Literal("13.80"))
    ('45,000,000,000', '13.8')
    """
    if not isinstance(value, Literal):
        return ""
    try:
        number = Decimal(value.value)
    except InvalidOperation:
        return value.value
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def unit_text(unit: Node | None) -> str:
    """Return the short name of a unit.

    >>> from g60kg.terms import CUR
    >>> unit_text(UNIT.KiloM2), unit_text(CUR.CNY)
    ('km²', 'CNY')
    """
    if not isinstance(unit, NamedNode):
        return ""
    return _SYMBOLS.get(unit.value, curie(unit).rpartition(":")[2])


def _first(store: Store, node: NamedNode, name: str) -> Node | None:
    return min((quad.object for quad in store.match(node, G60[name])), key=str, default=None)
