"""The score of one text: the facts that its claims state, the traps they step into, those without a fact.

A thing bears a name when the name's expression is found in its label or in the words that the text uses for
it; a year is stated by the claim's value or by any of its qualifiers.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from g60kg.evaluate.gold import Fact, Gold, Part, RelationFact, StatisticFact
from g60kg.model import Claim, Entity, Value

_UNITS: Final = {"NUM": "count", "KiloM": "km", "KiloM2": "km2", "M2": "m2"} | {
    name: name.lower() for name in ("HA", "Mu", "PERCENT", "FRACTION")
}
"""The gold files' names of units, by the local names of those of claims; others bear the same name."""
_NEAR: Final = 1e-3
"""How far a value may be from that of a fact, as a part of it or, below one, outright."""


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
    def judged(self) -> tuple[tuple[Claim, bool], ...]:
        """The claims of which it is known whether they are right: all where the gold file is exhaustive."""
        return self.answering if self.exhaustive else ()

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
        tuple(claim for claim in said for _ in range(_steps(claim, gold))),
        gold.exhaustive,
    )


def _steps(claim: Claim, gold: Gold) -> int:
    """Return into how many traps a claim steps."""
    ends = (claim.subject, claim.object)
    named = (any(is_named(end, trap) for end in ends) for trap in gold.never_entities)
    return sum(named) + sum(states(claim, trap) for trap in gold.never_relations)


def states(claim: Claim, fact: Fact) -> bool:
    """Tell whether a claim states a fact."""
    if isinstance(fact, RelationFact):
        return (
            is_named(claim.subject, fact.subject)
            and local_name(claim.predicate) in fact.predicates
            and is_named(claim.object, fact.object)
        )
    if isinstance(fact, StatisticFact):
        return _states_statistic(claim, fact)
    times = [q for _, q in claim.qualifiers if isinstance(q, str)]
    times += [claim.object.value] if isinstance(claim.object, Value) else []
    return is_named(claim.subject, fact.subject) and any(time.startswith(fact.year) for time in times)


def is_named(thing: Entity | Value, names: re.Pattern[str]) -> bool:
    """Tell whether a thing bears one of the names; a value bears none."""
    return isinstance(thing, Entity) and any(map(names.search, filter(None, (thing.label, thing.surface))))


def _states_statistic(claim: Claim, fact: StatisticFact) -> bool:
    figure, industry = claim.object, fact.industry
    if not isinstance(figure, Value) or not figure.is_figure or not is_named(claim.subject, fact.of):
        return False
    limits = [q for name, q in claim.qualifiers if name == "industry" and isinstance(q, Entity)]
    if industry and not any(is_named(thing, industry) for thing in (*limits, claim.subject)):
        return False
    name = local_name(figure.unit or "").removeprefix("CCY_")
    value, unit = float(Decimal(figure.value)), _UNITS.get(name, name)
    if (unit, fact.unit) == ("percent", "fraction"):
        value, unit = value / 100, "fraction"
    elif (unit, fact.unit) == ("fraction", "percent"):
        value, unit = value * 100, "percent"
    is_near = abs(value - fact.value) <= _NEAR * max(1.0, abs(fact.value))
    return is_near and unit == fact.unit and (figure.comparator or "exact") == fact.comparator


def local_name(curie: str) -> str:
    """Return the last part of a CURIE or IRI."""
    return curie.rpartition(":")[2].rpartition("#")[2].rpartition("/")[2]
