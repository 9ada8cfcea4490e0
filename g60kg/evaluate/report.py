"""The scores of texts as a report: tables for people, and JSON that holds all that was found and missed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from g60kg.evaluate.gold import Part, counted_under, fact_json
from g60kg.evaluate.score import Score, local_name
from g60kg.model import Claim, Entity


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
        for name, (recall, precision) in self.by_predicate.items():
            predicates.append([name, str(recall), _share(recall), _share(precision)])
        parts = [_table([*texts, _row("all", self)]), _table(predicates)]
        if verbose:
            parts += ["\n".join(_listed(score)) for score in self.scores]
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
