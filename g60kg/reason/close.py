"""The closure of facts under compiled rules, in memory.

Goes in: rules and facts. Comes out: a `Closure`, or all facts that hold.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pyoxigraph import Triple

from g60kg.reason.closure import Closure, Contradiction
from g60kg.reason.evaluate import LIMIT, Run
from g60kg.reason.facts import MemoryFacts
from g60kg.reason.rules import RuleSet
from g60kg.reason.seeds import seeds
from g60kg.reason.triggers import Triggers
from g60kg.reason.vocabulary import Fact, as_fact, as_triple, is_useful


def close(rules: RuleSet, facts: Iterable[Triple], *, limit: int = LIMIT) -> Closure:
    """Return what follows from compiled rules and facts.

    Raises `LimitError` when more than `limit` facts follow.
    """
    with _collector_resting():
        run = _run(rules, [as_fact(triple) for triple in facts], MemoryFacts(), limit, lean=True)
        found = (as_triple(fact) for fact in run.inferred if is_useful(fact))
        inferred = tuple(sorted((triple for triple in found if triple), key=str))
    return Closure(inferred, _contradictions(run))


def saturate(
    rules: RuleSet, facts: Iterable[Fact], *, limit: int = LIMIT
) -> tuple[MemoryFacts, tuple[Contradiction, ...]]:
    """Return all facts that hold, useful or not, and the contradictions, in the order of their text."""
    working = MemoryFacts()
    return working, _contradictions(_run(rules, facts, working, limit))


def _run(
    rules: RuleSet, facts: Iterable[Fact], working: MemoryFacts, limit: int, *, lean: bool = False
) -> Run:
    asserted = {as_fact(triple) for triple in rules.asserted}
    given = seeds(rules)
    run = Run(Triggers(rules.rules), working, limit=limit, lean=lean)
    run.close((*(fact for fact in given if fact in asserted), *facts))
    run.derive(fact for fact in given if fact not in asserted)
    return run


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Rest Python's search for circles of garbage: a run makes none, and much to look through."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _contradictions(run: Run) -> tuple[Contradiction, ...]:
    return tuple(sorted(run.contradictions.values(), key=str))
