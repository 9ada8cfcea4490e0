"""Rules made ready to run: for each atom of each rule, what to do when a fact fits that atom.

A `Trigger` takes a fact and joins the rest of the body in the best order. What it has bound is one flat
tuple: the constants of the rule, then the facts joined so far; a variable is a place in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Final

from g60kg.reason.datatypes import is_datatype
from g60kg.reason.facts import Facts
from g60kg.reason.rules import REPLACEMENT, Atom, Rule, Slot, Term, Var, transitive_property, variables
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
        slots = [slot for group in (*(atom.slots for atom in rule.atoms), *rule.distinct) for slot in group]
        constants = (slot for slot in slots if not isinstance(slot, Var))
        self._constants: Final[Bound] = tuple(dict.fromkeys(constants))
        places: dict[Slot, int] = {term: number for number, term in enumerate(self._constants)}
        rest = [other for other in range(len(rule.body)) if other != place]
        order = [place, *ordered_places(rule.body, rest, set(variables([rule.body[place]])))]
        self._starts: Final = {body: len(places) + 3 * number for number, body in enumerate(order)}
        self._first: Final = _first(rule.body[place], places, self._starts[place])
        self._steps: Final = [_step(rule.body[body], places, self._starts[body]) for body in order[1:]]
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


def ordered_places(body: tuple[Atom, ...], places: Iterable[int], bound: set[Slot]) -> Iterator[int]:
    """Yield places of a body so that each atom has as much bound as can be when its turn comes."""
    left, known = list(places), set(bound)
    while left:
        best = max(left, key=lambda place: _boundness(body[place], known)) if len(left) > 1 else left[0]
        left.remove(best)
        known.update(variables([body[best]]))
        yield best


def _boundness(atom: Atom, known: set[Slot]) -> tuple[bool, bool, int]:
    def is_bound(slot: Slot) -> bool:
        return not isinstance(slot, Var) or slot in known

    is_type = atom.predicate == TYPE
    ends = is_bound(atom.subject) + (not is_type and is_bound(atom.object))
    return (all(map(is_bound, atom.slots)), not is_type and ends > 0, ends)


def _bind(atom: Atom, places: dict[Slot, int], start: int) -> tuple[_Pattern, _Pairs]:
    """Give each new variable of an atom its place; return what is bound before, and what must be equal."""
    subject, predicate, value = (places.get(slot) for slot in atom.slots)
    equal = []
    for number, slot in enumerate(atom.slots, start):
        first = places.setdefault(slot, number)
        if first != number:
            equal.append((first, number))
    return (subject, predicate, value), tuple(equal)


def _first(atom: Atom, places: dict[Slot, int], start: int) -> _Pairs:
    """Give places; of what must be equal, leave out what every fact given has: predicate, and class."""
    sure = set() if isinstance(atom.predicate, Var) else {start + 1}
    if atom.predicate == TYPE and not isinstance(atom.object, Var):
        sure.add(start + 2)
    return tuple(pair for pair in _bind(atom, places, start)[1] if pair[1] not in sure)


def _step(atom: Atom, places: dict[Slot, int], start: int) -> tuple[_Pattern, _Pairs]:
    """Give places; of what must be equal, leave out what asking for the pattern sees to."""
    pattern, equal = _bind(atom, places, start)
    return pattern, tuple(pair for pair in equal if pair[0] >= start)


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

    def all_of(self, fact: Fact) -> tuple[Trigger, ...]:
        """Return the triggers that a fact may fit, those of transitive properties too."""
        return (*self.of(fact), *self.transitive.get(fact[1], ()))
