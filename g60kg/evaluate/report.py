"""The scores of texts as a report: tables for people, and JSON that holds all that was found and missed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from g60kg.evaluate.gold import fact_json
from g60kg.evaluate.score import Score, Tally
from g60kg.model import Claim, Entity


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of texts, in the order of their names."""

    scores: tuple[Score, ...]

    @property
    def recall(self) -> Tally:
        """The facts of all texts that a claim states."""
        return _sum(score.recall for score in self.scores)

    @property
    def precision(self) -> Tally:
        """The claims that state a fact, over the texts whose gold files are exhaustive."""
        return _sum(score.precision for score in self.scores)

    @property
    def by_predicate(self) -> Mapping[str, tuple[Tally, Tally]]:
        """Recall and precision for each predicate, sorted."""
        recall = _merged(score.by_predicate for score in self.scores)
        precision = _merged(score.precision_by_predicate for score in self.scores)
        names = sorted({*recall, *precision})
        return {name: (recall.get(name, Tally()), precision.get(name, Tally())) for name in names}

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
        parts = [_table(_text_rows(self)), _table(_predicate_rows(self))]
        if verbose:
            parts += ["\n".join(_listed(score)) for score in self.scores]
        return "\n\n".join(part for part in parts if part)

    def __str__(self) -> str:
        return self.to_text()


def _sum(tallies: Iterable[Tally]) -> Tally:
    return reduce(add, tallies, Tally())


def _merged(tables: Iterable[Mapping[str, Tally]]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for table in tables:
        for name, tally in table.items():
            found[name] = found.get(name, Tally()) + tally
    return found


def _text_rows(evaluation: Evaluation) -> Iterator[list[str]]:
    parts = ("relations", "statistics", "years")
    yield ["text", *parts, "recall", "precision", "claims", "traps"]
    for each in evaluation.scores:
        yield _row(each.name, [each.by_part[part] for part in parts], each.recall, each.precision, [each])
    totals = [_sum(each.by_part[part] for each in evaluation.scores) for part in parts]
    yield _row("all", totals, evaluation.recall, evaluation.precision, evaluation.scores)


def _row(
    name: str, parts: Iterable[Tally], recall: Tally, precision: Tally, scores: Sequence[Score]
) -> list[str]:
    counts = (sum(len(each.answering) for each in scores), sum(len(each.stepped) for each in scores))
    return [name, *map(str, parts), _share(recall), _share(precision), *map(str, counts)]


def _predicate_rows(evaluation: Evaluation) -> Iterator[list[str]]:
    yield ["predicate", "found", "recall", "precision"]
    for name, (recall, precision) in evaluation.by_predicate.items():
        yield [name, str(recall), _share(recall), _share(precision)]


def _share(tally: Tally) -> str:
    return "-" if tally.share is None else f"{tally.share:.3f}"


def _table(rows: Iterable[list[str]]) -> str:
    """Return rows as columns, the first to the left and numbers to the right."""
    listed = list(rows)
    widths = [max(map(len, column)) for column in zip(*listed, strict=True)]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        )
        for row in listed
    )


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
    return {
        "text": score.name,
        "exhaustive": score.exhaustive,
        "claims": len(score.answering),
        "recall": score.recall.to_json(),
        "precision": score.precision.to_json(),
        **{part: tally.to_json() for part, tally in score.by_part.items()},
        "missed": [{"part": part, "fact": fact_json(fact)} for part, fact in score.missed],
        "traps": [claim.to_json() for claim in score.stepped],
        "unmatched": [claim.to_json() for claim in score.unmatched],
    }
