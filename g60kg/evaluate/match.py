"""Whether a claim states a fact of a gold file.

Goes in: a claim and a fact. Comes out: yes or no. A thing bears a name when the name's expression is found
in its label or in the words that the text uses for it; a year is stated by the claim's value or by any of
its qualifiers.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from ..model import Claim, Entity, Value
from .facts import Fact, Names, RelationFact, StatisticFact

_UNITS: Final = {
    "NUM": "count",
    "COUNT": "count",
    "EA": "count",
    "KiloM": "km",
    "KiloM2": "km2",
    "M2": "m2",
    "HA": "ha",
    "MU": "mu",
    "Mu": "mu",
    "PERCENT": "percent",
    "FRACTION": "fraction",
    "UNITLESS": "fraction",
}
"""The gold files' names of units, by the local names of those of claims; others bear the same name."""
_NEAR: Final = 1e-3
"""How far a value may be from that of a fact, as a part of it or, below one, outright."""


def states(claim: Claim, fact: Fact) -> bool:
    """Tell whether a claim states a fact."""
    if isinstance(fact, RelationFact):
        return (
            is_named(claim.subject, fact.subject)
            and _local(claim.predicate) in fact.predicates
            and is_named(claim.object, fact.object)
        )
    if isinstance(fact, StatisticFact):
        return _states_statistic(claim, fact)
    return is_named(claim.subject, fact.subject) and any(time.startswith(fact.year) for time in _texts(claim))


def is_named(thing: Entity | Value, names: Names) -> bool:
    """Tell whether a thing bears one of the names; a value bears none."""
    return isinstance(thing, Entity) and any(
        names.search(name) for name in (thing.label, thing.surface) if name
    )


def _states_statistic(claim: Claim, fact: StatisticFact) -> bool:
    if (
        not isinstance(claim.object, Value)
        or not claim.object.is_figure
        or not is_named(claim.subject, fact.of)
    ):
        return False
    return _is_same_figure(claim.object, fact) and (
        fact.industry is None or any(is_named(thing, fact.industry) for thing in _industries(claim))
    )


def _is_same_figure(found: Value, fact: StatisticFact) -> bool:
    value, unit = float(Decimal(found.value)), _unit(found)
    if (unit, fact.unit) == ("percent", "fraction"):
        value, unit = value / 100, "fraction"
    elif (unit, fact.unit) == ("fraction", "percent"):
        value, unit = value * 100, "percent"
    is_near = abs(value - fact.value) <= _NEAR * max(1.0, abs(fact.value))
    return is_near and unit == fact.unit and (found.comparator or "exact") == fact.comparator


def _unit(figure: Value) -> str:
    name = _local(figure.unit or "")
    return _UNITS.get(name, name)


def _industries(claim: Claim) -> Iterable[Entity]:
    """Yield what may say of which industry a figure is."""
    yield from (q for name, q in claim.qualifiers if name == "industry" and isinstance(q, Entity))
    yield claim.subject


def _texts(claim: Claim) -> Iterable[str]:
    """Yield the claim's value and the qualifiers that are text: among them its times."""
    if isinstance(claim.object, Value):
        yield claim.object.value
    yield from (q for _, q in claim.qualifiers if isinstance(q, str))


def _local(curie: str) -> str:
    return curie.rpartition(":")[2].rpartition("#")[2].rpartition("/")[2]
