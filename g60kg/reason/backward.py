"""Rules, run backwards: from a fact to the instances of rules that conclude it.

Goes in: rules, a fact, and closed facts. Comes out: instances, one at a time: a rule, its premises, all
facts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from g60kg.reason.facts import Facts
from g60kg.reason.rules import Atom, Rule, Slot, Var
from g60kg.reason.solve import fit, instance, is_apart, solutions
from g60kg.reason.vocabulary import TYPE, Fact


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule whose premises are facts."""

    rule: Rule
    premises: tuple[Fact, ...]


class Backward:
    """Rules by what they conclude: the predicate of their head, and for types the class."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_head: dict[tuple[Slot | None, Slot | None], list[tuple[Rule, Atom]]] = defaultdict(list)
        for rule in rules:
            if rule.head:
                self._by_head[_key(rule.head)].append((rule, rule.head))

    def instances(self, fact: Fact, facts: Facts) -> Iterator[Instance]:
        """Yield the instances that conclude a fact, none with the fact itself among its premises."""
        for rule, head in self.candidates(fact):
            known = fit(head, fact)
            for found in solutions(rule.body, facts, known) if known is not None else ():
                premises = tuple(dict.fromkeys(instance(atom, found) for atom in rule.body))
                if fact not in premises and is_apart(rule, found):
                    yield Instance(rule, premises)

    def candidates(self, fact: Fact) -> Iterator[tuple[Rule, Atom]]:
        """Yield the rules whose head may be a fact, those of special knowledge before those of equality."""
        yield from self._by_head.get((fact[1], fact[2] if fact[1] == TYPE else None), ())
        if fact[1] == TYPE:
            yield from self._by_head.get((TYPE, None), ())
        yield from self._by_head.get((None, None), ())

    def follows(self, fact: Fact, facts: Facts) -> bool:
        """Whether a fact follows from others in one step."""
        return next(self.instances(fact, facts), None) is not None


def _key(head: Atom) -> tuple[Slot | None, Slot | None]:
    if isinstance(head.predicate, Var):
        return (None, None)
    if head.predicate == TYPE:
        return (TYPE, None if isinstance(head.object, Var) else head.object)
    return (head.predicate, None)
