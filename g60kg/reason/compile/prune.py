"""Rules that others already imply are left out, so that proofs go by the axioms as given.

Goes in: rules, and which of them are basic. Comes out: the basic ones, and of the rest what they do not
imply: the body of a rule is taken as facts, and the rule is kept if its head does not follow.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from pyoxigraph import NamedNode

from g60kg.reason.evaluate import Run
from g60kg.reason.facts import MemoryFacts
from g60kg.reason.rules import Atom, Rule, Term, Var
from g60kg.reason.triggers import Triggers
from g60kg.reason.vocabulary import Fact


def prune(rules: Iterable[Rule], is_basic: Callable[[Rule], bool]) -> list[Rule]:
    """Return the basic rules, and of the others, the shortest first, those not implied so far."""
    kept: list[Rule] = []
    others: dict[tuple[Atom, ...], list[Rule]] = defaultdict(list)
    for rule in rules:
        if is_basic(rule) or not rule.body or not rule.head:
            kept.append(rule)
        else:
            others[rule.body].append(rule)
    triggers = Triggers(rule for rule in kept if rule.head)
    for body in sorted(others, key=len):
        facts = _consequences(body, triggers)
        for rule in others[body]:
            if rule.head and not facts.contains(_frozen(rule.head)):
                kept.append(rule)
                triggers.add(rule)
                facts = _consequences(body, triggers)
    return kept


def _consequences(body: tuple[Atom, ...], triggers: Triggers) -> MemoryFacts:
    facts = MemoryFacts()
    Run(triggers, facts).close([_frozen(atom) for atom in body])
    return facts


def _frozen(atom: Atom) -> Fact:
    subject, predicate, value = (
        NamedNode(f"urn:x-any:{slot.name}") if isinstance(slot, Var) else slot for slot in atom.slots
    )
    fact: tuple[Term, Term, Term] = (subject, predicate, value)
    return fact
