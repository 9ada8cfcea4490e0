"""What the reader makes of sentences that an earlier reader was written for, as two files of records.

`examples.jsonl` has sentences with the claims that they state, each with the line that is read now: the same,
one with the same subject, predicate and object and other qualifiers, or null where it is not read.
`traps.jsonl` has sentences from which a hasty reader takes what they do not say, with the accepted facts read
now and a verdict on each: `true`, or what is false about it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from g60kg.extract import claim_line
from tests.extract.packaged import claims

EXAMPLES: Final = Path(__file__).parent / "examples.jsonl"
TRAPS: Final = Path(__file__).parent / "traps.jsonl"
TRUE: Final = "true"
UNJUDGED: Final = "not judged yet"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, the earlier pattern that it was an example of, and its claims with what is read of each."""

    pattern: str
    text: str
    claims: dict[str, str | None]

    @property
    def read(self) -> set[str]:
        """The lines that are recorded as read."""
        return {line for line in self.claims.values() if line is not None}


@dataclass(frozen=True, slots=True)
class Trap:
    """A sentence, the pattern whose counter-example it was, and the facts read with a verdict on each."""

    pattern: str
    text: str
    facts: dict[str, str]


@cache
def examples() -> tuple[Example, ...]:
    """Return the recorded examples."""
    return tuple(Example(**row) for row in _rows(EXAMPLES))


@cache
def traps() -> tuple[Trap, ...]:
    """Return the recorded traps and counter-examples."""
    return tuple(Trap(**row) for row in _rows(TRAPS))


def read_again(example: Example) -> Example:
    """Return an example with what is read of each of its claims now."""
    lines = sorted(claim_line(claim) for claim in claims(example.text))
    return replace(example, claims={claim: _nearest(claim, lines) for claim in example.claims})


def stepped_into(trap: Trap) -> Trap:
    """Return a trap with the accepted facts read now, with the verdicts that are known."""
    lines = sorted({claim_line(claim) for claim in claims(trap.text) if claim.is_fact})
    return replace(trap, facts={line: trap.facts.get(line, UNJUDGED) for line in lines})


def _nearest(claim: str, lines: Iterable[str]) -> str | None:
    """Return the claim itself where it is among the lines, else one that differs in qualifiers alone."""
    alike = [line for line in lines if _triple(line) == _triple(claim)]
    return claim if claim in alike else next(iter(alike), None)


def _triple(line: str) -> str:
    """Return a claim's line without its qualifiers, such as `countedKind=tea companies year=2020`."""
    if line.endswith('"'):
        return line
    words = line.split(" ")
    first = next((at for at, word in enumerate(words) if "=" in word), len(words))
    return " ".join(words[:first])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
