"""Why a fact does not hold: the rule that came nearest.

Goes in: rules run backwards, closed facts, a fact that is not among them. Comes out: `Missing`.
"""

from collections.abc import Iterator
from itertools import combinations

from g60kg.reason.backward import Backward
from g60kg.reason.explanation import Missing
from g60kg.reason.facts import Facts
from g60kg.reason.rules import Atom, Rule, Slot
from g60kg.reason.solve import Binding, fit, instance, solutions
from g60kg.reason.vocabulary import Fact

_MOST_WANTED = 3


def nearest_miss(backward: Backward, facts: Facts, fact: Fact) -> Missing:
    """Return the rule that has some premises and wants the fewest, and what it wants."""
    rules = ((rule, head) for rule, head in backward.candidates(fact) if not rule.name.startswith("eq-"))
    misses = [miss for rule, head in rules if (miss := _miss(rule, head, facts, fact))]
    return min(misses, key=_distance, default=Missing(fact))


def _distance(miss: Missing) -> tuple[bool, int, int, str]:
    return (not miss.present, len(miss.wanted), -len(miss.present), str(miss))


def _miss(rule: Rule, head: Atom, facts: Facts, fact: Fact) -> Missing | None:
    known = fit(head, fact)
    if known is None:
        return None
    for number in range(1, min(len(rule.body), _MOST_WANTED) + 1):
        for wanted in combinations(rule.body, number):
            present = [atom for atom in rule.body if atom not in wanted]
            for found in solutions(present, facts, known):
                given = tuple(instance(atom, found) for atom in present)
                return Missing(fact, rule.name, given, tuple(_filled(atom, found) for atom in wanted))
    return None


def _filled(atom: Atom, known: Binding) -> Atom:
    subject, predicate, value = _slots(atom, known)
    return Atom(subject, predicate, value)


def _slots(atom: Atom, known: Binding) -> Iterator[Slot]:
    return (known.get(slot, slot) for slot in atom.slots)
