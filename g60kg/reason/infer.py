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
from g60kg.reason.datatypes import is_datatype
from g60kg.reason.evaluate import LIMIT, Run
from g60kg.reason.facts import MemoryFacts
from g60kg.reason.joins import Triggers
from g60kg.reason.owlrl_engine import infer_owlrl
from g60kg.reason.rules import Atom, RuleSet
from g60kg.reason.vocabulary import (
    ABOUT_INDIVIDUALS,
    TYPE,
    Fact,
    as_fact,
    as_triple,
    is_built_in,
    is_useful,
    split_schema,
)
from g60kg.terms import OWL

Reasoner = Literal["compiled", "owlrl", "none"]
_ORDINARY: Final = (OWL.Thing, OWL.Nothing)
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
    run = _run(rules, [as_fact(triple) for triple in facts], MemoryFacts(), limit)
    found = (as_triple(fact) for fact in run.inferred if is_useful(fact))
    return Closure(tuple(sorted((triple for triple in found if triple), key=str)), _contradictions(run))


def saturate(
    rules: RuleSet, facts: Iterable[Fact], *, limit: int = LIMIT
) -> tuple[MemoryFacts, tuple[Contradiction, ...]]:
    """Return all facts that hold, useful or not, and the contradictions, in the order of their text."""
    working = MemoryFacts()
    return working, _contradictions(_run(rules, facts, working, limit))


def _run(rules: RuleSet, facts: Iterable[Fact], working: MemoryFacts, limit: int) -> Run:
    asserted = {as_fact(triple) for triple in rules.asserted}
    given = seeds(rules)
    run = Run(Triggers(rules.rules), working, limit=limit)
    run.close((*(fact for fact in given if fact in asserted), *facts))
    run.derive(fact for fact in given if fact not in asserted)
    return run


def _contradictions(run: Run) -> tuple[Contradiction, ...]:
    return tuple(sorted(run.contradictions.values(), key=str))


def seeds(rules: RuleSet) -> list[Fact]:
    """Return the facts that an ontology brings to every closure; its axioms where rules ask for them."""
    stated = [rule.head.slots for rule in rules.rules if rule.head and not rule.body]
    facts = [as_fact(triple) for triple in rules.facts]
    if any(_asks_schema(atom) for rule in rules.rules for atom in rule.body):
        facts += [as_fact(triple) for triple in rules.schema]
    return [*facts, *stated]  # type: ignore[list-item]


def _asks_schema(atom: Atom) -> bool:
    if atom.predicate == TYPE:
        return is_built_in(atom.object) and not is_datatype(atom.object) and atom.object not in _ORDINARY
    return is_built_in(atom.predicate) and atom.predicate not in ABOUT_INDIVIDUALS
