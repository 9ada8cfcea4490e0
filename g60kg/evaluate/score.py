"""The score of one text: the facts that its claims state, the traps they step into, those without a fact.

A thing bears a name when the name's expression is found in its label or in the words that the text uses for
it; a year is stated by the claim's value or by any of its qualifiers.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, TypeVar, get_args

from g60kg.evaluate.gold import Fact, Gold, Part, RelationFact, StatisticFact
from g60kg.model import Claim, Entity, Value

T = TypeVar("T")

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


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of so many.

    >>> Tally(3, 4).share, Tally(0, 0).share
    (0.75, None)
    """

    found: int = 0
    total: int = 0

    @property
    def share(self) -> float | None:
        """The part found; None of nothing."""
        return self.found / self.total if self.total else None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.found + other.found, self.total + other.total)

    def __str__(self) -> str:
        return f"{self.found}/{self.total}"

    def to_json(self) -> dict[str, Any]:
        """Return its numbers by name."""
        return {"found": self.found, "total": self.total, "share": self.share}


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the facts of one text; `facts` pairs each with whether a claim states it.

    `answering` pairs each claim with whether it states a fact; `stepped` are those in a trap, once for each.
    """

    name: str
    facts: tuple[tuple[Part, Fact, bool], ...]
    answering: tuple[tuple[Claim, bool], ...]
    stepped: tuple[Claim, ...]
    exhaustive: bool

    @property
    def recall(self) -> Tally:
        """The facts that a claim states."""
        return _tally(found for _, _, found in self.facts)

    @property
    def by_part(self) -> Mapping[str, Tally]:
        """The same for each part of the gold file."""
        return {part: _tally(found for of, _, found in self.facts if of == part) for part in get_args(Part)}

    @property
    def by_predicate(self) -> Mapping[str, Tally]:
        """The same for each predicate, sorted."""
        return _grouped(self.facts, lambda row: row[1].predicate, lambda row: row[2])

    @property
    def precision(self) -> Tally:
        """The claims that state a fact, where the gold file is exhaustive; else none of none."""
        return _tally(answers for _, answers in self.answering) if self.exhaustive else Tally()

    @property
    def precision_by_predicate(self) -> Mapping[str, Tally]:
        """The same for each predicate of the claims, sorted."""
        rows = self.answering if self.exhaustive else ()
        return _grouped(rows, lambda row: row[0].predicate.partition(":")[2], lambda row: row[1])

    @property
    def missed(self) -> tuple[tuple[Part, Fact], ...]:
        """The facts that no claim states."""
        return tuple((part, fact) for part, fact, found in self.facts if not found)

    @property
    def unmatched(self) -> tuple[Claim, ...]:
        """The claims that state no fact: to be read by a person, unless the gold file is exhaustive."""
        return tuple(claim for claim, answers in self.answering if not answers)


def score(gold: Gold, claims: Iterable[Claim]) -> Score:
    """Return what the claims of an article state of the facts of its gold file."""
    said = tuple(claims)
    answers = [[states(claim, fact) for claim in said] for _, fact in gold.facts]
    return Score(
        gold.name,
        tuple((part, fact, any(row)) for (part, fact), row in zip(gold.facts, answers, strict=True)),
        tuple((claim, any(row[at] for row in answers)) for at, claim in enumerate(said)),
        tuple(claim for claim in said for _ in _steps(claim, gold)),
        gold.exhaustive,
    )


def _steps(claim: Claim, gold: Gold) -> Iterator[object]:
    """Yield the traps that a claim steps into."""
    ends = (claim.subject, claim.object)
    yield from (trap for trap in gold.traps.never_entities if any(is_named(end, trap) for end in ends))
    yield from (trap for trap in gold.traps.never_relations if states(claim, trap))


def _tally(found: Iterable[bool]) -> Tally:
    listed = list(found)
    return Tally(sum(listed), len(listed))


def _grouped(rows: Iterable[T], key: Callable[[T], str], found: Callable[[T], bool]) -> dict[str, Tally]:
    groups: dict[str, list[bool]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(found(row))
    return {name: _tally(groups[name]) for name in sorted(groups)}


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
    times = [q for _, q in claim.qualifiers if isinstance(q, str)]
    times += [claim.object.value] if isinstance(claim.object, Value) else []
    return is_named(claim.subject, fact.subject) and any(time.startswith(fact.year) for time in times)


def is_named(thing: Entity | Value, names: re.Pattern[str]) -> bool:
    """Tell whether a thing bears one of the names; a value bears none."""
    return isinstance(thing, Entity) and any(
        names.search(name) for name in (thing.label, thing.surface) if name
    )


def _states_statistic(claim: Claim, fact: StatisticFact) -> bool:
    figure, industry = claim.object, fact.industry
    if not isinstance(figure, Value) or not figure.is_figure or not is_named(claim.subject, fact.of):
        return False
    limits = [q for name, q in claim.qualifiers if name == "industry" and isinstance(q, Entity)]
    return _is_same_figure(figure, fact) and (
        industry is None or any(is_named(thing, industry) for thing in (*limits, claim.subject))
    )


def _is_same_figure(found: Value, fact: StatisticFact) -> bool:
    name = _local(found.unit or "").removeprefix("CCY_")
    value, unit = float(Decimal(found.value)), _UNITS.get(name, name)
    if (unit, fact.unit) == ("percent", "fraction"):
        value, unit = value / 100, "fraction"
    elif (unit, fact.unit) == ("fraction", "percent"):
        value, unit = value * 100, "percent"
    is_near = abs(value - fact.value) <= _NEAR * max(1.0, abs(fact.value))
    return is_near and unit == fact.unit and (found.comparator or "exact") == fact.comparator


def _local(curie: str) -> str:
    return curie.rpartition(":")[2].rpartition("#")[2].rpartition("/")[2]
