"""The closure of an ontology and facts, by the engine asked for.

Goes in: ontology triples and fact triples. Comes out: a `Closure`. `compiled` runs the compiled rules in
memory; `owlrl` runs owlrl over everything and is what the others are compared with; `none` infers nothing.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, get_args

from pyoxigraph import Triple

from g60kg.errors import G60Error
from g60kg.reason.closure import Closure, Contradiction
from g60kg.reason.compile import compile_rules
from g60kg.reason.evaluate import LIMIT, Run
from g60kg.reason.facts import MemoryFacts
from g60kg.reason.owlrl_engine import infer_owlrl
from g60kg.reason.rules import RuleSet
from g60kg.reason.seeds import seeds
from g60kg.reason.triggers import Triggers
from g60kg.reason.vocabulary import Fact, as_fact, as_triple, is_useful, split_schema

Reasoner = Literal["compiled", "owlrl", "none"]
REASONERS: Final[tuple[str, ...]] = get_args(Reasoner)


def infer(
    ontology: Iterable[Triple],
    facts: Iterable[Triple],
    *,
    reasoner: str = "compiled",
    limit: int = LIMIT,
    cache: Path | None = None,
) -> Closure:
    """Return what follows from an ontology and facts.

    Axioms among the facts join the ontology. Raises `OntologyError` for an ontology outside OWL 2 RL,
    `LimitError` when more than `limit` facts follow (compiled), `G60Error` for an unknown reasoner.
    """
    axioms, known = list(ontology), list(facts)
    if reasoner == "compiled":
        schema, individuals = split_schema(known)
        return close(compile_rules([*axioms, *schema], cache=cache), individuals, limit=limit)
    if reasoner == "owlrl":
        return infer_owlrl(axioms, known)
    if reasoner == "none":
        return Closure(())
    raise G60Error(f"no reasoner {reasoner!r}", mend=f"give one of: {', '.join(REASONERS)}")


def close(rules: RuleSet, facts: Iterable[Triple], *, limit: int = LIMIT) -> Closure:
    """Return what follows from compiled rules and facts."""
    run = _run(rules, [as_fact(triple) for triple in facts], MemoryFacts(), limit, lean=True)
    found = (as_triple(fact) for fact in run.inferred if is_useful(fact))
    return Closure(tuple(sorted((triple for triple in found if triple), key=str)), _contradictions(run))


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


def _contradictions(run: Run) -> tuple[Contradiction, ...]:
    return tuple(sorted(run.contradictions.values(), key=str))
