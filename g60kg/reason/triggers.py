"""Which triggers a fact may fit: found by its predicate, and for types by its class.

Goes in: rules. Comes out: a `Triggers` index. Triggers are made when the first fact asks for them, since
a small graph speaks of a small part of an ontology.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from g60kg.reason.chains import transitive_property
from g60kg.reason.datatypes import is_datatype
from g60kg.reason.joins import Conclude, Trigger
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var
from g60kg.reason.vocabulary import DIFFERENT_FROM, SAME_AS, TYPE, Fact

_GROUPED: Final = frozenset({"eq-sym", "eq-trans", "eq-rep-s", "eq-rep-p", "eq-rep-o"})
_Place = tuple[Rule, int]


class Fitting(NamedTuple):
    """The triggers of one predicate or class: those that are plain, and those that have more to look at.

    `plain` comes with what concludes; `asked` tells whether anything looks at such facts at all.
    """

    plain: tuple[tuple[Conclude, Trigger], ...]
    joining: tuple[Trigger, ...]
    transitive: bool
    asked: bool


class Triggers:
    """The triggers of a set of rules.

    Those of equality are left out, since `Groups` does them; those of transitive properties, which `Chains`
    does, are kept apart.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_predicate: dict[Slot, list[_Place]] = defaultdict(list)
        self._by_class: dict[Slot, list[_Place]] = defaultdict(list)
        self._any: list[_Place] = []
        self._any_type: list[_Place] = []
        self._of_predicate: dict[Term, Fitting] = {}
        self._of_class: dict[Term, Fitting] = {}
        self.transitive: dict[Slot, tuple[Trigger, ...]] = {}
        self.read_datatypes = False
        for rule in rules:
            self.add(rule)

    def add(self, rule: Rule) -> None:
        """Add the triggers of one more rule."""
        if rule.name in _GROUPED:
            return
        self._of_predicate.clear()
        self._of_class.clear()
        if prop := transitive_property(rule):
            self.transitive[prop] = tuple(Trigger(rule, place) for place in range(2))
            return
        for place, atom in enumerate(rule.body):
            self._list(atom).append((rule, place))

    def _list(self, atom: Atom) -> list[_Place]:
        if isinstance(atom.predicate, Var):
            return self._any
        if atom.predicate != TYPE:
            return self._by_predicate[atom.predicate]
        if isinstance(atom.object, Var):
            return self._any_type
        self.read_datatypes |= is_datatype(atom.object)
        return self._by_class[atom.object]

    def of(self, fact: Fact) -> Fitting:
        """Return the triggers that a fact may fit."""
        predicate = fact[1]
        found = self._of_class.get(fact[2]) if predicate == TYPE else self._of_predicate.get(predicate)
        return found or self._make(fact)

    def all_of(self, fact: Fact) -> Iterable[Trigger]:
        """Return the triggers that a fact may fit, those of transitive properties too."""
        found = self.of(fact)
        plain = (trigger for _, trigger in found.plain)
        return (*plain, *found.joining, *self.transitive.get(fact[1], ()))

    def _make(self, fact: Fact) -> Fitting:
        predicate, kind = fact[1], fact[2]
        typed = predicate == TYPE
        special = self._by_class.get(kind, ()) if typed else self._by_predicate.get(predicate, ())
        places = [*special, *(self._any_type if typed else ()), *self._any]
        triggers = [Trigger(rule, place) for rule, place in places]
        plain = [(each.conclude, each) for each in triggers if each.plain and each.conclude]
        joining = [each for each in triggers if not (each.plain and each.conclude)]
        transitive = predicate in self.transitive
        asked = bool(triggers) or transitive or predicate in (SAME_AS, DIFFERENT_FROM)
        made = Fitting(tuple(plain), tuple(joining), transitive, asked)
        (self._of_class if typed else self._of_predicate)[kind if typed else predicate] = made
        return made
