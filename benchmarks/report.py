"""Measures as a table and as the page `docs/benchmarks.md`.

Goes in: measures. Comes out: Markdown; every number on the page comes from the measures given.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

LABELS: Final = {
    "load": "loading N-Quads into a pyoxigraph store",
    "compile": "compiling the ontology from nothing",
    "rules": "finding it compiled (shipped, or cached)",
    "owlrl": "owlrl",
    "memory": "compiled rules, in memory",
    "bulk": "compiled rules, bulk (DuckDB)",
    "nemo": "Nemo, the same rules",
    "reasonable": "reasonable (unsound)",
    "thousand": "increment of 1,000 triples",
    "article": "increment of one article (300 triples)",
}
_PACKAGES: Final = ("duckdb", "pyoxigraph", "owlrl", "nemo-python", "reasonable")
_HEAD: Final = """# Benchmarks

Reasoning over synthetic corridors (`benchmarks/corridor.py`) under the project's ontology. Each run is a
process of its own, one at a time; seconds are medians of three runs (of one at 10M): of the processor for the
engines of one thread (owlrl, in memory, increments, compiling), of the wall clock for those of several, on a
machine that does nothing else. Times run from N-Quads (loading) or N-Triples (the others) on disk to
inferences: on disk for bulk, in memory for the others; Nemo keeps them inside.
`python -m benchmarks.reasoning --write` makes this page; measures of engines that have not changed may be
kept from an earlier run (`--keep`), as those of several threads and at 10M were here.

![Seconds by triples, for each engine](images/reasoning.svg)
"""
_NOTES: Final = """
## What the engines are

- **owlrl** evaluates the rules of OWL 2 RL over all triples in every round; it is given 10,000 triples at
  most. It is what `--reasoner owlrl` runs, and what the others are checked against.
- **compiled rules, in memory** is the evaluator that also does increments; it is chosen for small graphs.
- **bulk** runs the same rules as SQL; it is chosen for large graphs, and spills to disk instead of outgrowing
  its memory.
- **Nemo** runs the same rules without those of equality.
- **reasonable** is unsound (an inverse functional property merges whatever has any value for it) and has no
  property chains; its facts are not those of the others.
- **increments** are measured in a store that holds the corridor and its inferences.
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """One engine at one size: medians of seconds and of peak memory, and the number of inferences."""

    engine: str
    size: int
    seconds: float
    megabytes: int
    inferred: int

    def to_json(self) -> dict[str, Any]:
        """Return the form that is kept in a file."""
        return asdict(self)


def table(measures: Iterable[Measure]) -> str:
    """Return seconds and peak memory, an engine a row and a size a column."""
    known = {(each.engine, each.size): each for each in measures}
    sizes = sorted({size for _, size in known})
    rows = [["engine", *(_count(size) for size in sizes)]]
    for engine, label in LABELS.items():
        cells = [_cell(known.get((engine, size))) for size in sizes]
        if any(cells):
            rows.append([label, *cells])
    return _markdown(rows)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def page(measures: Iterable[Measure]) -> str:
    """Return the whole page."""
    known = {(each.engine, each.size): each for each in measures}
    packages = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    parts = [
        _HEAD,
        "## Seconds (peak memory)\n",
        table(known.values()),
        "\n## Ratios\n",
        _markdown([["ratio", "value"], *_ratios(known)]),
        "\n## Inferences\n",
        _inferences(known),
        _NOTES,
        f"Measured with {os.cpu_count()} cores; {packages}.",
    ]
    return "\n".join(parts) + "\n"


def _ratios(known: dict[tuple[str, int], Measure]) -> Iterable[list[str]]:
    wanted = (
        ("owlrl : in memory", "owlrl", 10_000, ("memory",)),
        ("owlrl : finding the rules, and in memory", "owlrl", 10_000, ("memory", "rules")),
        ("owlrl : compiling from nothing, and in memory", "owlrl", 10_000, ("memory", "compile")),
        ("bulk : loading", "bulk", 1_000_000, ("load",)),
        ("Nemo : bulk", "nemo", 1_000_000, ("bulk",)),
        ("increment of one article : bulk", "article", 1_000_000, ("bulk",)),
        ("increment of 1,000 triples : bulk", "thousand", 1_000_000, ("bulk",)),
    )
    for label, engine, size, others in wanted:
        found = [known.get((other, 1_000 if other in ("compile", "rules") else size)) for other in others]
        one = known.get((engine, size))
        if one and all(found):
            ratio = one.seconds / sum(each.seconds for each in found if each)
            yield [f"{label}, {_count(size)} triples", f"{ratio:.3g}"]
    for small, large in ((100_000, 1_000_000), (1_000_000, 10_000_000)):
        one, ten = known.get(("bulk", small)), known.get(("bulk", large))
        if one and ten:
            yield [f"bulk, {_count(large)} : {_count(small)}", f"{ten.seconds / one.seconds:.3g}"]


def _inferences(known: dict[tuple[str, int], Measure]) -> str:
    engines = [name for name in ("owlrl", "memory", "bulk", "nemo") if any(each == name for each, _ in known)]
    sizes = sorted({size for name, size in known if name in engines})
    rows = [["engine", *(_count(size) for size in sizes)]]
    for name in engines:
        found = [known.get((name, size)) for size in sizes]
        rows.append([LABELS[name], *(f"{each.inferred:,}" if each else "" for each in found)])
    return _markdown(rows)


def _cell(measure: Measure | None) -> str:
    if measure is None:
        return ""
    seconds = f"{measure.seconds:.3f}" if measure.seconds < 1 else f"{measure.seconds:.1f}"
    return f"{seconds} ({measure.megabytes:,} MB)"


def _count(size: int) -> str:
    return f"{size // 1_000_000}M" if size >= 1_000_000 else f"{size // 1000}k"


def _markdown(rows: Sequence[Sequence[str]]) -> str:
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])
