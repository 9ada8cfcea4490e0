"""Rules made ready to run: for each atom of each rule, what to do when a fact fits that atom; and backwards.

A `Trigger` takes a fact and joins the rest of the body in the best order. What it has bound is one flat
tuple: the constants of the rule, then the facts joined so far; a variable is a place in it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from g60kg.reason.datatypes import is_datatype
from g60kg.reason.facts import Facts
from g60kg.reason.rules import REPLACEMENT, Atom, Rule, Slot, Term, Var, transitive_property
from g60kg.reason.vocabulary import TYPE, Fact

Bound = tuple[Term, ...]
Conclude = Callable[[Bound], Fact]
_Pairs = tuple[tuple[int, int], ...]
_Pattern = tuple[int | None, int | None, int | None]


class Trigger:
    """One atom of one rule: fits a fact, and finds the instances of the rule that the fact completes.

    It is only given facts that have the atom's predicate, and for types its class.
    """

    __slots__ = ("_constants", "_distinct", "_first", "_starts", "_steps", "conclude", "rule")

    def __init__(self, rule: Rule, place: int) -> None:
        self.rule: Final = rule
        self._constants: Final[Bound] = tuple(dict.fromkeys(rule.terms))
        places: dict[Slot, int] = {term: number for number, term in enumerate(self._constants)}
        order = list(_ordered(rule.body, place))
        self._starts: Final = {body: len(places) + 3 * number for number, body in enumerate(order)}
        given = {column for column, part in enumerate(key_of(rule.body[place]), 1) if part is not None}
        self._first: Final = _bind(rule.body[place], places, self._starts[place], given)[1]
        steps = ((rule.body[body], places, self._starts[body]) for body in order[1:])
        self._steps: Final = [_bind(*step, range(3)) for step in steps]
        self._distinct: Final = tuple((places[one], places[other]) for one, other in rule.distinct)
        self.conclude: Final[Conclude | None] = (
            itemgetter(*(places[slot] for slot in rule.head.slots)) if rule.head else None
        )

    def instances(self, fact: Fact, facts: Facts) -> Iterable[Bound]:
        """Return what is bound in each instance of the rule that has this fact."""
        bound: Bound = self._constants + fact
        for one, other in self._first:
            if bound[one] != bound[other]:
                return ()
        if self._steps:
            return self._join(0, bound, facts)
        return (bound,) if not self._distinct or self._is_apart(bound) else ()

    def premises(self, bound: Bound) -> tuple[Fact, ...]:
        """Return the body of an instance, in the order of the rule."""
        starts = (self._starts[place] for place in range(len(self.rule.body)))
        return tuple((bound[start], bound[start + 1], bound[start + 2]) for start in starts)

    def _join(self, step: int, bound: Bound, facts: Facts) -> Iterator[Bound]:
        (subject, predicate, value), equal = self._steps[step]
        last = step + 1 == len(self._steps)
        for fact in facts.match(
            None if subject is None else bound[subject],
            None if predicate is None else bound[predicate],
            None if value is None else bound[value],
        ):
            more = bound + fact
            if equal and any(more[one] != more[other] for one, other in equal):
                continue
            if not last:
                yield from self._join(step + 1, more, facts)
            elif not self._distinct or self._is_apart(more):
                yield more

    def _is_apart(self, bound: Bound) -> bool:
        return all(bound[one] != bound[other] for one, other in self._distinct)


def _ordered(body: tuple[Atom, ...], place: int) -> Iterator[int]:
    """Yield the places of a body, one first, so that each atom has as much bound as can be in its turn."""
    left, known = list(range(len(body))), set[Slot]()
    while left:
        best = place if place in left else max(left, key=lambda other: _boundness(body[other], known))
        left.remove(best)
        known.update(body[best].slots)
        yield best


def _boundness(atom: Atom, known: set[Slot]) -> tuple[bool, bool, int]:
    def is_bound(slot: Slot) -> bool:
        return not isinstance(slot, Var) or slot in known

    is_type = atom.predicate == TYPE
    ends = is_bound(atom.subject) + (not is_type and is_bound(atom.object))
    return (all(map(is_bound, atom.slots)), not is_type and ends > 0, ends)


def _bind(atom: Atom, places: dict[Slot, int], start: int, given: Collection[int]) -> tuple[_Pattern, _Pairs]:
    """Give each new variable of an atom its place; return what is bound before, and what must be equal.

    The `given` columns of each fact have what was bound before.
    """
    subject, predicate, value = (places.get(slot) for slot in atom.slots)
    pairs = [(places.setdefault(slot, number), number) for number, slot in enumerate(atom.slots, start)]
    equal = (pair for pair in pairs if pair[0] != pair[1])
    unsure = (pair for pair in equal if pair[0] >= start or pair[1] - start not in given)
    return (subject, predicate, value), tuple(unsure)


Key = tuple[Slot | None, Slot | None]
"""The predicate of an atom, and of types the class; None for a variable."""
_Place = tuple[Rule, int]


def key_of(atom: Atom) -> Key:
    """Return the key by which a rule is found that has an atom."""
    if isinstance(atom.predicate, Var):
        return (None, None)
    named = atom.predicate == TYPE and not isinstance(atom.object, Var)
    return (atom.predicate, atom.object if named else None)


def keys_of(fact: Fact) -> tuple[Key, ...]:
    """Return the keys of the atoms that a fact may fit, the most special first."""
    kinds: tuple[Key, ...] = ((TYPE, fact[2]),) if fact[1] == TYPE else ()
    return (*kinds, (fact[1], None), (None, None))


class Triggers:
    """The triggers of a set of rules.

    Those of equality are left out, since `Groups` does them; those of transitive properties, which `Chains`
    does, are kept apart.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._places: dict[Key, list[_Place]] = defaultdict(list)
        self._ready: dict[Key, tuple[Trigger, ...]] = {}
        self.transitive: dict[Slot, tuple[Trigger, ...]] = {}
        self.read_datatypes = False
        for rule in rules:
            self.add(rule)

    def add(self, rule: Rule) -> None:
        """Add the triggers of one more rule."""
        if rule.name in REPLACEMENT:
            return
        self._ready.clear()
        if prop := transitive_property(rule):
            self.transitive[prop] = tuple(Trigger(rule, place) for place in range(2))
            return
        for place, atom in enumerate(rule.body):
            self._places[key_of(atom)].append((rule, place))
            self.read_datatypes |= atom.predicate == TYPE and is_datatype(atom.object)

    def of(self, fact: Fact) -> tuple[Trigger, ...]:
        """Return the triggers that a fact may fit."""
        key = fact[1], fact[2] if fact[1] == TYPE else None
        found = self._ready.get(key)
        if found is None:
            places = (place for each in keys_of(fact) for place in self._places.get(each, ()))
            found = self._ready[key] = tuple(Trigger(rule, place) for rule, place in places)
        return found


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
                rules = self._by_head.get(key, ())
                self._ready[key] = [(rule, concluding(rule, rule.body, rule.distinct)) for rule in rules]
            for rule, trigger in self._ready[key]:
                for bound in trigger.instances(fact, facts):
                    premises = tuple(dict.fromkeys(trigger.premises(bound)[1:]))
                    if fact not in premises:
                        yield Instance(rule, premises)

    def candidates(self, fact: Fact) -> Iterator[Rule]:
        """Yield the rules whose head may be a fact, those of special knowledge before those of equality."""
        for key in keys_of(fact):
            yield from self._by_head.get(key, ())


def concluding(rule: Rule, body: tuple[Atom, ...], distinct: tuple[tuple[Slot, Slot], ...] = ()) -> Trigger:
    """Return what takes a fact for the head of a rule and joins atoms of its body: the first premise."""
    assert rule.head
    return Trigger(Rule(rule.name, (rule.head, *body), rule.head, distinct), 0)
