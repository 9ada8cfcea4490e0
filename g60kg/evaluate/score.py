"""The scores of texts against their gold files, and the report of several: tables for people, and JSON.

A thing bears a name when the name's expression is found in its label or in the words that the text uses for
it; a year is stated by the claim's value or by any of its qualifiers.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, get_args

from g60kg.evaluate.gold import Fact, Gold, Part, RelationFact, StatisticFact, counted_under, fact_json
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

    def steps(claim: Claim) -> int:
        ends = (claim.subject, claim.object)
        named = (any(is_named(end, trap) for end in ends) for trap in gold.never_entities)
        return sum(named) + sum(states(claim, trap) for trap in gold.never_relations)

    return Score(
        gold.name,
        tuple((part, fact, any(row)) for (part, fact), row in zip(gold.facts, answers, strict=True)),
        tuple((claim, any(row[at] for row in answers)) for at, claim in enumerate(said)),
        tuple(claim for claim in said for _ in range(steps(claim))),
        gold.exhaustive,
    )


def states(claim: Claim, fact: Fact) -> bool:
    """Tell whether a claim states a fact."""
    if isinstance(fact, StatisticFact):
        return _states_statistic(claim, fact)
    if not is_named(claim.subject, fact.subject):
        return False
    if isinstance(fact, RelationFact):
        return local_name(claim.predicate) in fact.predicates and is_named(claim.object, fact.object)
    times = [q for _, q in claim.qualifiers if isinstance(q, str)]
    times += [claim.object.value] if isinstance(claim.object, Value) else []
    return any(time.startswith(fact.year) for time in times)


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
    if {unit, fact.unit} == {"percent", "fraction"}:
        value, unit = value / 100 if unit == "percent" else value * 100, fact.unit
    is_near = abs(value - fact.value) <= _NEAR * max(1.0, abs(fact.value))
    return is_near and unit == fact.unit and (figure.comparator or "exact") == fact.comparator


def local_name(curie: str) -> str:
    """Return the last part of a CURIE or IRI."""
    return curie.rpartition(":")[2].rpartition("#")[2].rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Tally:
    """So many of so many.

    >>> Tally(3, 4).share, Tally(0, 0).share
    (0.75, None)
    """

    found: int = 0
    total: int = 0

    @classmethod
    def of(cls, found: Iterable[bool]) -> "Tally":
        """Count those that are found, and all."""
        listed = list(found)
        return cls(sum(listed), len(listed))

    @property
    def share(self) -> float | None:
        """The part found; None of nothing."""
        return self.found / self.total if self.total else None

    def __str__(self) -> str:
        return f"{self.found}/{self.total}"

    def to_json(self) -> dict[str, Any]:
        """Return its numbers by name."""
        return {"found": self.found, "total": self.total, "share": self.share}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of texts, in the order of their names."""

    scores: tuple[Score, ...]

    @property
    def recall(self) -> Tally:
        """The facts of all texts that a claim states."""
        return Tally.of(found for each in self.scores for _, _, found in each.facts)

    @property
    def by_part(self) -> Mapping[str, Tally]:
        """The same for each part of the gold files."""
        rows = [(part, found) for each in self.scores for part, _, found in each.facts]
        return {name: Tally.of(found for part, found in rows if part == name) for name in get_args(Part)}

    @property
    def precision(self) -> Tally:
        """The claims that state a fact, over the texts whose gold files are exhaustive."""
        return Tally.of(answers for each in self.scores for _, answers in each.judged)

    @property
    def by_predicate(self) -> Mapping[str, tuple[Tally, ...]]:
        """Recall and precision for each predicate, sorted."""
        facts = [(counted_under(fact), found) for each in self.scores for _, fact, found in each.facts]
        judged = (each for score in self.scores for each in score.judged)
        claims = [(local_name(claim.predicate), answers) for claim, answers in judged]
        return {
            name: tuple(Tally.of(so for of, so in rows if of == name) for rows in (facts, claims))
            for name in sorted({name for name, _ in (*facts, *claims)})
        }

    def to_json(self) -> dict[str, Any]:
        """Return all numbers, the facts missed and the claims that answer to none."""
        return {
            "recall": self.recall.to_json(),
            "precision": self.precision.to_json(),
            "predicates": {
                name: {"recall": recall.to_json(), "precision": precision.to_json()}
                for name, (recall, precision) in self.by_predicate.items()
            },
            "texts": [_score_json(score) for score in self.scores],
        }

    def to_text(self, verbose: bool = False) -> str:
        """Return tables; with `verbose` also each fact missed, trap stepped into and claim without a fact."""
        texts = [["text", *get_args(Part), "recall", "precision", "claims", "traps"]]
        texts += [_row(each.name, Evaluation((each,))) for each in self.scores]
        predicates = [["predicate", "found", "recall", "precision"]]
        predicates += [
            [name, str(recall), _share(recall), _share(precision)]
            for name, (recall, precision) in self.by_predicate.items()
        ]
        parts = [_table([*texts, _row("all", self)]), _table(predicates)]
        parts += ["\n".join(_listed(score)) for score in self.scores] if verbose else []
        return "\n\n".join(part for part in parts if part)

    def __str__(self) -> str:
        return self.to_text()


def _row(name: str, of: Evaluation) -> list[str]:
    counts = (sum(len(each.answering) for each in of.scores), sum(len(each.stepped) for each in of.scores))
    return [name, *map(str, of.by_part.values()), _share(of.recall), _share(of.precision), *map(str, counts)]


def _share(tally: Tally) -> str:
    return "-" if tally.share is None else f"{tally.share:.3f}"


def _table(rows: list[list[str]]) -> str:
    """Return rows as columns, the first to the left and numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *numbers in rows:
        cells = (cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=True))
        lines.append("  ".join((first.ljust(widths[0]), *cells)))
    return "\n".join(lines)


def _listed(score: Score) -> Iterator[str]:
    yield f"{score.name}:"
    for part, fact in score.missed:
        yield f"  missed {part.removesuffix('s')}: {json.dumps(fact_json(fact), ensure_ascii=False)}"
    yield from (f"  trap: {_claim(claim)}" for claim in score.stepped)
    yield from (f"  unmatched: {_claim(claim)}" for claim in score.unmatched)


def _claim(claim: Claim) -> str:
    value = claim.object.label if isinstance(claim.object, Entity) else claim.object.value
    quote = " ".join(claim.quote.split())
    return f"{claim.subject.label} {claim.predicate} {value}  «{quote[:80]}»  ({claim.pattern})"


def _score_json(score: Score) -> dict[str, Any]:
    it = Evaluation((score,))
    return {
        "text": score.name,
        "exhaustive": score.exhaustive,
        "claims": len(score.answering),
        "recall": it.recall.to_json(),
        "precision": it.precision.to_json(),
        **{part: tally.to_json() for part, tally in it.by_part.items()},
        "missed": [{"part": part, "fact": fact_json(fact)} for part, fact in score.missed],
        "traps": [claim.to_json() for claim in score.stepped],
        "unmatched": [claim.to_json() for claim in score.unmatched],
    }
