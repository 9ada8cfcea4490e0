"""The engine in memory: facts closed under rules, and kept closed while facts come and go.

A change costs what it changes. What goes is deleted with all that may rest on it, and what still follows is
derived again (Gupta, Mumick and Subrahmanian, Maintaining Views Incrementally, 1993); a fact that follows
in one step from what is still said is never deleted. Where nearly all rests on what goes, all is closed
anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from pyoxigraph import Triple

from g60kg.reason.compile import compile_rules
from g60kg.reason.engine import Closure, Contradiction, Task, each_once, read_facts
from g60kg.reason.evaluate import LIMIT, Run
from g60kg.reason.facts import Facts, MemoryFacts
from g60kg.reason.joins import Backward, Triggers
from g60kg.reason.rules import RuleSet
from g60kg.reason.shortcuts import Groups
from g60kg.reason.vocabulary import SAME_AS, Fact, as_fact, seeds, split_schema, useful_triples

_TRIES: Final = 50
_WORK: Final = 200_000
"""How many conclusions and proofs are looked at before all is closed anew."""


def infer_small(task: Task) -> Closure:
    """Infer with compiled rules in memory; an `Engine`."""
    schema, individuals = split_schema(read_facts(task.facts))
    rules = compile_rules([*task.ontology, *schema])
    return close(rules, individuals)


def close(rules: RuleSet, facts: Iterable[Triple], *, limit: int = LIMIT) -> Closure:
    """Return what follows from compiled rules and facts.

    Raises `LimitError` when more than `limit` facts follow.
    """
    run = _run(rules, map(as_fact, facts), MemoryFacts(), limit)
    return Closure(useful_triples(run.inferred), each_once(run.contradictions))


def saturate(
    rules: RuleSet, facts: Iterable[Fact], *, limit: int = LIMIT
) -> tuple[MemoryFacts, tuple[Contradiction, ...]]:
    """Return all facts that hold, useful or not, and the contradictions, in the order of their text."""
    working = MemoryFacts()
    return working, each_once(_run(rules, facts, working, limit).contradictions)


def _run(rules: RuleSet, facts: Iterable[Fact], working: MemoryFacts, limit: int) -> Run:
    said, entailed = seeds(rules)
    run = Run(Triggers(rules.rules), working, limit=limit)
    run.close((*said, *facts))
    run.derive(entailed)
    return run


@dataclass(frozen=True, slots=True)
class Delta:
    """How the inferences change: to add to them, to remove from them; and the contradictions that are new."""

    added: tuple[Triple, ...] = ()
    removed: tuple[Triple, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def extend(rules: RuleSet, facts: Facts, new: Iterable[Triple], *, limit: int = LIMIT) -> Delta:
    """Take triples that are said now: return what follows anew, and what is no longer an inference but said.

    Raises `LimitError` when more than `limit` facts follow; the facts are then not to be used any more.
    """
    said = dict.fromkeys(as_fact(triple) for triple in new)
    fresh = [fact for fact in said if not facts.contains(fact)]
    inferred = [fact for fact in said if facts.contains(fact) and not facts.held(fact)]
    for fact in inferred:
        facts.hold(fact)
    run = Run(Triggers(rules.rules), facts, limit=limit)
    run.close(fresh)
    return Delta(useful_triples(run.inferred), useful_triples(inferred), each_once(run.contradictions))


def retract(rules: RuleSet, facts: Facts, gone: Iterable[Triple]) -> Delta:
    """Take triples that nobody says any longer: return what no longer follows, and what still does.

    Where very much rests on them (a link amid a long chain), what still follows is found by closing anew.
    """
    unsaid = dict.fromkeys(fact for triple in gone if facts.held(fact := as_fact(triple)))
    triggers, backward = Triggers(rules.rules), Backward(rules.rules)
    doubtful = _doubtful(triggers, backward, facts, unsaid)
    if doubtful is None:
        return _anew(rules, facts, unsaid)
    for fact in doubtful:
        facts.release(fact) if fact in unsaid else facts.remove(fact)
    run = Run(triggers, facts)
    run.derive(fact for fact in doubtful if not facts.contains(fact) and any(backward.instances(fact, facts)))
    again = set(run.inferred)
    new = (fact for fact in again if fact in unsaid or fact not in doubtful)
    lost = (fact for fact in doubtful if fact not in unsaid and fact not in again)
    return Delta(useful_triples(new), useful_triples(lost))


def _anew(rules: RuleSet, facts: Facts, unsaid: dict[Fact, None]) -> Delta:
    """Close what is still said, and bring the facts to that state."""
    every = list(facts.match(None, None, None))
    said = {fact for fact in every if facts.held(fact)} - unsaid.keys()
    before = {fact for fact in every if not facts.held(fact)}
    closed, _ = saturate(rules, said, limit=max(LIMIT, len(every)))
    after = {fact for fact in closed if fact not in said and not closed.held(fact)}
    for fact in unsaid:
        facts.release(fact)
    for fact in before - after:
        facts.remove(fact)
    for fact in after - before:
        facts.add(fact)
    return Delta(useful_triples(after - before), useful_triples(before - after))


def _doubtful(
    triggers: Triggers, backward: Backward, facts: Facts, unsaid: dict[Fact, None]
) -> dict[Fact, None] | None:
    """Return what is said no longer and all that may rest on it, itself not said and not sure.

    None where that takes more work than closing anew would.
    """
    found, groups, left, work = dict(unsaid), Groups(facts), list(unsaid), _WORK

    def is_sure(fact: Fact) -> bool:
        return facts.held(fact) and fact not in unsaid

    def resting(fact: Fact) -> Iterator[Fact]:
        """Yield the conclusions of the instances of rules that have a fact."""
        if fact[1] == SAME_AS:
            yield from groups.split(fact[0])
        elif groups.any:
            yield from groups.copies(fact)
        for trigger in (*triggers.of(fact), *triggers.transitive.get(fact[1], ())):
            if trigger.conclude:
                yield from map(trigger.conclude, trigger.instances(fact, facts))

    while left:
        for fact in resting(left.pop()):
            work -= 1
            if work < 0:
                return None
            if fact in found or not facts.contains(fact) or is_sure(fact):
                continue
            proofs = list(islice(backward.instances(fact, facts), _TRIES))
            work -= len(proofs)
            if not any(all(is_sure(premise) for premise in proof.premises) for proof in proofs):
                found[fact] = None
                left.append(fact)
    return found
