"""Rules, run backwards: from a fact to the instances that conclude it, or to the rule that came nearest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from g60kg.reason.explanation import Missing
from g60kg.reason.facts import Facts
from g60kg.reason.joins import ordered_places
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var
from g60kg.reason.vocabulary import TYPE, Fact

Binding = dict[Slot, Term]


_MOST_WANTED: Final = 3


def solutions(atoms: Iterable[Atom], facts: Facts, known: Mapping[Slot, Term]) -> Iterator[Binding]:
    """Yield the bindings of all variables under which every atom is a fact."""
    body = tuple(atoms)
    order = ordered_places(body, range(len(body)), set(known))
    return _solve([body[place] for place in order], 0, facts, dict(known))


def instance(atom: Atom, known: Mapping[Slot, Term]) -> Fact:
    """Return an atom under a binding; raise `KeyError` for a variable without value."""
    subject, predicate, value = (known[slot] if isinstance(slot, Var) else slot for slot in atom.slots)
    return (subject, predicate, value)


def fit(atom: Atom, fact: Fact) -> Binding | None:
    """Return the binding under which an atom is a fact; None where there is none."""
    return _extend(atom, fact, {})


def is_apart(rule: Rule, known: Mapping[Slot, Term]) -> bool:
    """Whether the terms that a rule wants distinct are."""
    return all(_value(one, known) != _value(other, known) for one, other in rule.distinct)


def _solve(atoms: list[Atom], place: int, facts: Facts, known: Binding) -> Iterator[Binding]:
    if place == len(atoms):
        yield known
        return
    atom = atoms[place]
    subject, predicate, value = (_value(slot, known) for slot in atom.slots)
    for fact in facts.match(subject, predicate, value):
        extended = _extend(atom, fact, known)
        if extended is not None:
            yield from _solve(atoms, place + 1, facts, extended)


def _extend(atom: Atom, fact: Fact, known: Binding) -> Binding | None:
    extended = dict(known)
    for slot, term in zip(atom.slots, fact, strict=True):
        if extended.setdefault(slot, term) != term if isinstance(slot, Var) else slot != term:
            return None
    return extended


def _value(slot: Slot, known: Mapping[Slot, Term]) -> Term | None:
    return known.get(slot) if isinstance(slot, Var) else slot


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


def nearest_miss(backward: Backward, facts: Facts, fact: Fact) -> Missing:
    """Return the rule that has some premises and wants the fewest, and what it wants."""
    rules = ((rule, head) for rule, head in backward.candidates(fact) if not rule.name.startswith("eq-"))

    def distance(miss: Missing) -> tuple[bool, int, int, str]:
        return (not miss.present, len(miss.wanted), -len(miss.present), str(miss))

    misses = [miss for rule, head in rules if (miss := _miss(rule, head, facts, fact)) is not None]
    return min(misses, key=distance, default=Missing(fact))


def _miss(rule: Rule, head: Atom, facts: Facts, fact: Fact) -> Missing | None:
    known = fit(head, fact)
    if known is None:
        return None
    for number in range(1, min(len(rule.body), _MOST_WANTED) + 1):
        for wanted in combinations(rule.body, number):
            present = [atom for atom in rule.body if atom not in wanted]
            for found in solutions(present, facts, known):
                given = tuple(instance(atom, found) for atom in present)
                return Missing(fact, rule.name, given, tuple(atom.under(found) for atom in wanted))
    return None
