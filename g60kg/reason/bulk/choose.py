"""Which engine a graph is for: the evaluator in memory, or bulk.

Goes in: the number of facts. Comes out: the name of the engine that is done first.

Bulk pays about 0.8 s for its statements, whatever the size; the evaluator pays 20 µs a triple. On synthetic
corridors under the ontology of this project (`benchmarks/reasoning.py`, medians of three, four cores) they
meet a little above 40,000 triples: 0.87 s and 0.90 s.
"""

from typing import Final, Literal

BULK_FROM: Final = 40_000
"""The number of facts from which on bulk is quicker."""


def choose(facts: int) -> Literal["memory", "bulk"]:
    """Return the engine for so many facts.

    >>> choose(3_000), choose(1_000_000)
    ('memory', 'bulk')
    """
    return "memory" if facts < BULK_FROM else "bulk"
