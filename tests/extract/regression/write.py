"""Write what is read now into the records: `python -m tests.extract.regression.write`.

Prints how many claims of the examples are read, by pattern; read what changed before it is kept.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from tests.extract.regression.records import (
    EXAMPLES,
    TRAPS,
    TRUE,
    UNJUDGED,
    Example,
    Trap,
    examples,
    read_again,
    stepped_into,
    traps,
)


def totals(found: Iterable[Example]) -> list[str]:
    """Return lines of a table: of each pattern's claims, how many are read exactly, otherwise, and not."""
    counts: dict[str, Counter[str]] = {}
    for example in found:
        for claim, line in example.claims.items():
            state = "not" if line is None else "exactly" if line == claim else "otherwise"
            counts.setdefault(example.pattern, Counter())[state] += 1
    counts["all"] = sum(counts.values(), Counter())
    rows = (
        f"| {pattern} | {count['exactly']} | {count['otherwise']} | {count['not']} |"
        for pattern, count in counts.items()
    )
    return ["| pattern | exactly | otherwise | not |", "| --- | ---: | ---: | ---: |", *rows]


def verdicts(found: Iterable[Trap]) -> list[str]:
    """Return how many facts of traps are true, false and not judged, and the false ones with their causes."""
    rows = [(trap, line, verdict) for trap in found for line, verdict in trap.facts.items()]
    count = Counter(v if v in (TRUE, UNJUDGED) else "false" for _, _, v in rows)
    false = [f"- {v}: {line} | {trap.text}" for trap, line, v in rows if v not in (TRUE, UNJUDGED)]
    return [f"facts of traps: {dict(count)}", *sorted(false)]


def write(path: Path, records: Iterable[Example | Trap]) -> None:
    """Write records, one to a line."""
    lines = (json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Read all of it again, write it, and print the totals."""
    found = [read_again(example) for example in examples()]
    stepped = [stepped_into(trap) for trap in traps()]
    write(EXAMPLES, found)
    write(TRAPS, stepped)
    sys.stdout.write("\n".join([*totals(found), "", *verdicts(stepped)]) + "\n")


if __name__ == "__main__":
    main()
