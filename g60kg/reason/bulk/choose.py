"""Which engine a graph is for: the evaluator in memory, or bulk.

Goes in: the number of facts. Comes out: the name of the engine that is done first.

Bulk pays about 0.8 s for its statements, whatever the size; the evaluator pays 30 µs a triple. On synthetic
corridors under the ontology of this project (`benchmarks/reasoning.py`, medians, four cores) they meet
between 20,000 and 30,000 triples.
"""

from typing import Final, Literal

BULK_FROM: Final = 25_000
"""The number of facts from which on bulk is quicker."""


def choose(facts: int) -> Literal["memory", "bulk"]:
    """Return the engine for so many facts.

    >>> choose(3_000), choose(1_000_000)
    ('memory', 'bulk')
    """
    return "memory" if facts < BULK_FROM else "bulk"
