"""The evaluator: semi-naive, one fact at a time, over any `Facts`.

Goes in: rules, facts already closed, and new facts. Comes out: what follows anew, added to the facts, and the
contradictions found. Each fact is joined with those before it, so that an instance of a rule is met when the
last of its premises comes; the cost grows with what is new.
"""

from collections import deque
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.errors import LimitError
from g60kg.reason.closure import Contradiction
from g60kg.reason.datatypes import is_ill_typed, is_outside, types_of, value_key
from g60kg.reason.facts import Facts
from g60kg.reason.groups import Groups
from g60kg.reason.joins import Trigger, Triggers, Values
from g60kg.reason.vocabulary import SAME_AS, TYPE, Fact

LIMIT: Final = 1_000_000
"""How many facts one run may infer."""


class Run:
    """One closing of facts under the triggers of rules; `inferred` and `contradictions` grow while it runs.

    Raises `LimitError` when more than `limit` facts would be inferred.
    """

    def __init__(self, triggers: Triggers, facts: Facts, *, limit: int = LIMIT) -> None:
        self._facts = facts
        self._limit = limit
        self._triggers = triggers
        self._groups = Groups(facts)
        self._queue: deque[tuple[Fact, bool]] = deque()
        self._known: set[Fact] = set()
        self._literals: set[Literal] = set()
        self.inferred: list[Fact] = []
        self.contradictions: dict[tuple[str, frozenset[Fact]], Contradiction] = {}

    def close(self, new: Iterable[Fact]) -> None:
        """Take facts that are said, add what follows."""
        for fact in new:
            self._queue.append((fact, False))
        while self._queue:
            fact, copied = self._queue.popleft()
            self._facts.add(fact)
            self._fire(fact, copied)

    def _fire(self, fact: Fact, copied: bool) -> None:
        if isinstance(fact[2], Literal):
            self._read_literal(fact, fact[2])
        if fact[1] == SAME_AS and not copied:
            self._conclude(self._groups.merge(fact[0], fact[2]))
        if not copied:
            self._conclude(self._groups.copies(fact))
        for trigger in self._triggers.of(fact):
            for values in trigger.instances(fact, self._facts):
                head = trigger.conclusion(values)
                if head is None:
                    self._contradict(trigger, values)
                elif not self._facts.contains(head) and head not in self._known:
                    self._infer(head, trigger, values)

    def _infer(self, fact: Fact, trigger: Trigger, values: Values) -> None:
        subject, predicate, value = fact
        if isinstance(subject, Literal) and self._clashes(fact):
            self._contradict(trigger, values, "dt-not-type" if predicate == TYPE else "dt-diff")
        if predicate == SAME_AS and subject == value:
            return
        self._push(fact, copied=False)

    def _conclude(self, copies: Iterable[Fact]) -> None:
        for fact in copies:
            if not self._facts.contains(fact) and fact not in self._known:
                if isinstance(fact[0], Literal) and self._clashes(fact):
                    self._record("dt-not-type" if fact[1] == TYPE else "dt-diff", (fact,))
                self._push(fact, copied=True)

    def _push(self, fact: Fact, *, copied: bool) -> None:
        if len(self.inferred) >= self._limit:
            mend = "use the bulk engine, or look for a chain or a group of equal names that is too long"
            raise LimitError(f"more than {self._limit:,} facts follow", mend=mend)
        self._known.add(fact)
        self.inferred.append(fact)
        self._queue.append((fact, copied))

    def _clashes(self, fact: Fact) -> bool:
        """Whether a fact about a literal is false by its value (dt-not-type, dt-diff)."""
        literal, predicate, value = fact
        if not isinstance(literal, Literal):
            return False
        if predicate == TYPE and isinstance(value, NamedNode):
            return is_outside(literal, value)
        if predicate == SAME_AS and isinstance(value, Literal):
            keys = value_key(literal), value_key(value)
            return None not in keys and keys[0] != keys[1]
        return False

    def _read_literal(self, fact: Fact, literal: Literal) -> None:
        if fact[1] == SAME_AS or self._triggers.read_datatypes:
            for kind in types_of(literal):
                self._conclude([(literal, TYPE, kind)])
        if literal not in self._literals:
            self._literals.add(literal)
            if is_ill_typed(literal):
                self._record("dt-not-type", (fact,))

    def _contradict(self, trigger: Trigger, values: Values, name: str = "") -> None:
        self._record(name or trigger.rule.name, trigger.premises(values), trigger)

    def _record(self, name: str, premises: tuple[Fact, ...], trigger: Trigger | None = None) -> None:
        axioms = trigger.rule.axioms if trigger else ()
        distinct = tuple(dict.fromkeys(premises))
        self.contradictions.setdefault((name, frozenset(distinct)), Contradiction(name, distinct, axioms))
