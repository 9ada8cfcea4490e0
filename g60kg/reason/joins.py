"""Rules made ready to run: for each atom of each rule, what to do when a fact fits that atom.

Goes in: rules. Comes out: a `Triggers` index from facts to triggers; a trigger binds the fact, joins the
rest of the body in the best order, and yields the values of the rule's variables.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from g60kg.reason.datatypes import is_datatype
from g60kg.reason.facts import Facts
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var
from g60kg.reason.vocabulary import TYPE, Fact

Values = list[Term | None]
"""The values of a rule's variables, by their number."""

_GROUPED: Final = frozenset({"eq-sym", "eq-trans", "eq-rep-s", "eq-rep-p", "eq-rep-o"})

_Pick = tuple[int | None, Term | None]
"""Where a term comes from: the number of a variable, or a constant."""


class Trigger:
    """One atom of one rule: fits a fact, and finds the instances of the rule that the fact completes."""

    __slots__ = ("_distinct", "_first", "_picks", "_size", "_steps", "head", "rule")

    def __init__(self, rule: Rule, place: int) -> None:
        numbers = {var: number for number, var in enumerate(variables(rule))}
        self.rule: Final = rule
        self._size: Final = len(numbers)
        self._first: Final = tuple(_pick(slot, numbers) for slot in rule.body[place].slots)
        rest = _ordered(rule.body, place)
        self._steps: Final = tuple(tuple(_pick(slot, numbers) for slot in atom.slots) for atom in rest)
        self._distinct: Final = tuple((_pick(a, numbers), _pick(b, numbers)) for a, b in rule.distinct)
        self._picks: Final = tuple(tuple(_pick(slot, numbers) for slot in atom.slots) for atom in rule.body)
        self.head: Final = tuple(_pick(slot, numbers) for slot in rule.head.slots) if rule.head else None

    def instances(self, fact: Fact, facts: Facts) -> Iterator[Values]:
        """Yield the values of the variables for each instance of the rule that has this fact."""
        values: Values = [None] * self._size
        if not _bind(self._first, fact, values):
            return
        found = self._join(0, values, facts) if self._steps else iter((values,))
        for complete in found:
            if all(_get(one, complete) != _get(other, complete) for one, other in self._distinct):
                yield complete

    def _join(self, step: int, values: Values, facts: Facts) -> Iterator[Values]:
        picks = self._steps[step]
        pattern = [_get(pick, values) for pick in picks]
        last = step + 1 == len(self._steps)
        for fact in facts.match(*pattern):
            mine = values.copy()
            if _bind(picks, fact, mine):
                if last:
                    yield mine
                else:
                    yield from self._join(step + 1, mine, facts)

    def conclusion(self, values: Values) -> Fact | None:
        """Return the head under these values; None for false."""
        return None if self.head is None else _fill(self.head, values)

    def premises(self, values: Values) -> tuple[Fact, ...]:
        """Return the body under these values."""
        return tuple(_fill(picks, values) for picks in self._picks)


class Triggers:
    """The triggers of a set of rules, by the predicate of the fact it fits, and for types by the class."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_predicate: dict[Slot, list[Trigger]] = defaultdict(list)
        self._by_class: dict[Slot, list[Trigger]] = defaultdict(list)
        self._any: list[Trigger] = []
        self._any_type: list[Trigger] = []
        self.read_datatypes = False
        for rule in rules:
            self.add(rule)

    def add(self, rule: Rule) -> None:
        """Add the triggers of one more rule; those of equality are left out, `Groups` does them."""
        if rule.name in _GROUPED:
            return
        for place, atom in enumerate(rule.body):
            trigger = Trigger(rule, place)
            if isinstance(atom.predicate, Var):
                self._any.append(trigger)
            elif atom.predicate != TYPE:
                self._by_predicate[atom.predicate].append(trigger)
            elif isinstance(atom.object, Var):
                self._any_type.append(trigger)
            else:
                self._by_class[atom.object].append(trigger)
                self.read_datatypes |= is_datatype(atom.object)

    def of(self, fact: Fact) -> Iterator[Trigger]:
        """Yield the triggers that a fact may fit."""
        if fact[1] == TYPE:
            yield from self._by_class.get(fact[2], ())
            yield from self._any_type
        else:
            yield from self._by_predicate.get(fact[1], ())
        yield from self._any


def variables(rule: Rule) -> tuple[Var, ...]:
    """Return the variables of a rule's body, in the order of their coming."""
    found = (slot for atom in rule.body for slot in atom.slots if isinstance(slot, Var))
    return tuple(dict.fromkeys(found))


def ordered(atoms: Iterable[Atom], bound: set[Slot]) -> Iterator[Atom]:
    """Yield atoms so that each has as much bound as can be when its turn comes; types of variables last."""
    left, known = list(atoms), set(bound)
    while left:
        best = max(left, key=lambda atom: _boundness(atom, known))
        left.remove(best)
        known |= {slot for slot in best.slots if isinstance(slot, Var)}
        yield best


def _ordered(body: tuple[Atom, ...], place: int) -> Iterator[Atom]:
    bound: set[Slot] = {slot for slot in body[place].slots if isinstance(slot, Var)}
    return ordered((atom for other, atom in enumerate(body) if other != place), bound)


def _boundness(atom: Atom, known: set[Slot]) -> tuple[bool, bool, int]:
    def is_bound(slot: Slot) -> bool:
        return not isinstance(slot, Var) or slot in known

    ends = is_bound(atom.subject) + (is_bound(atom.object) and atom.predicate != TYPE)
    return (all(is_bound(slot) for slot in atom.slots), atom.predicate != TYPE and ends > 0, ends)


def _pick(slot: Slot, numbers: dict[Var, int]) -> _Pick:
    return (numbers[slot], None) if isinstance(slot, Var) else (None, slot)


def _get(pick: _Pick, values: Values) -> Term | None:
    return pick[1] if pick[0] is None else values[pick[0]]


def _bind(picks: tuple[_Pick, ...], fact: Fact, values: Values) -> bool:
    for (number, constant), term in zip(picks, fact, strict=True):
        if number is None:
            if constant != term:
                return False
        elif (known := values[number]) is None:
            values[number] = term
        elif known != term:
            return False
    return True


def _fill(picks: tuple[_Pick, ...], values: Values) -> Fact:
    subject, predicate, value = (_get(pick, values) for pick in picks)
    if subject is None or predicate is None or value is None:
        raise ValueError("a variable of the head is not in the body")
    return (subject, predicate, value)
