"""Rules, run backwards: from a fact to the instances that conclude it, or to the rule that came nearest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from g60kg.reason.explanation import Missing
from g60kg.reason.facts import Facts
from g60kg.reason.joins import Key, Trigger, key_of, keys_of
from g60kg.reason.rules import Atom, Rule, Slot
from g60kg.reason.vocabulary import Fact

_MOST_WANTED: Final = 3


@dataclass(frozen=True, slots=True)
class Instance:
    """A rule whose premises are facts."""

    rule: Rule
    premises: tuple[Fact, ...]


class Backward:
    """Rules by what they conclude: the predicate of their head, and for types the class."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_head: dict[Key, list[Rule]] = defaultdict(list)
        self._ready: dict[Key, list[tuple[Rule, Trigger]]] = {}
        for rule in rules:
            if rule.head:
                self._by_head[key_of(rule.head)].append(rule)

    def instances(self, fact: Fact, facts: Facts) -> Iterator[Instance]:
        """Yield the instances that conclude a fact, none with the fact itself among its premises."""
        for key in keys_of(fact):
            if key not in self._ready:
                made = (
                    (rule, _concluding(rule, rule.body, rule.distinct)) for rule in self._by_head.get(key, ())
                )
                self._ready[key] = list(made)
            for rule, trigger in self._ready[key]:
                for bound in trigger.instances(fact, facts):
                    premises = tuple(dict.fromkeys(trigger.premises(bound)[1:]))
                    if fact not in premises:
                        yield Instance(rule, premises)

    def candidates(self, fact: Fact) -> Iterator[Rule]:
        """Yield the rules whose head may be a fact, those of special knowledge before those of equality."""
        for key in keys_of(fact):
            yield from self._by_head.get(key, ())


def _concluding(rule: Rule, body: tuple[Atom, ...], distinct: tuple[tuple[Slot, Slot], ...] = ()) -> Trigger:
    """Return what takes a fact for the head of a rule and joins atoms of its body: the first premise."""
    assert rule.head
    return Trigger(Rule(rule.name, (rule.head, *body), rule.head, distinct), 0)


def nearest_miss(backward: Backward, facts: Facts, fact: Fact) -> Missing:
    """Return the rule that has some premises and wants the fewest, and what it wants."""
    rules = (rule for rule in backward.candidates(fact) if not rule.name.startswith("eq-"))

    def distance(miss: Missing) -> tuple[bool, int, int, str]:
        return (not miss.present, len(miss.wanted), -len(miss.present), str(miss))

    misses = [miss for rule in rules if (miss := _miss(rule, facts, fact)) is not None]
    return min(misses, key=distance, default=Missing(fact))


def _miss(rule: Rule, facts: Facts, fact: Fact) -> Missing | None:
    for number in range(1, min(len(rule.body), _MOST_WANTED) + 1):
        for wanted in combinations(rule.body, number):
            present = tuple(atom for atom in rule.body if atom not in wanted)
            trigger = _concluding(rule, present)
            for bound in trigger.instances(fact, facts):
                head, *given = trigger.premises(bound)
                atoms = zip((rule.head, *present), (head, *given), strict=True)
                known = {
                    slot: t for atom, got in atoms if atom for slot, t in zip(atom.slots, got, strict=True)
                }
                return Missing(fact, rule.name, tuple(given), tuple(atom.under(known) for atom in wanted))
    return None
