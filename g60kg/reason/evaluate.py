"""The evaluator: semi-naive, one fact at a time, over any `Facts`.

Goes in: rules, facts already closed, and new facts. Comes out: what follows anew, added to the facts, and the
contradictions found. Each fact is joined with those before it, so that an instance of a rule is met when the
last of its premises comes; the cost grows with what is new.
"""

from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

from pyoxigraph import Literal, Triple

from g60kg.errors import LimitError
from g60kg.reason.chains import Chains, Way
from g60kg.reason.closure import Contradiction
from g60kg.reason.facts import Facts
from g60kg.reason.groups import Groups
from g60kg.reason.joins import Bound, Trigger, Triggers
from g60kg.reason.literals import Literals, clash
from g60kg.reason.vocabulary import SAME_AS, Fact

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
        self._chains = Chains(triggers.transitive, facts)
        self._literals = Literals(typed=triggers.read_datatypes)
        self._queue: deque[tuple[Fact, Way]] = deque()
        self._known: set[Fact] = set()
        self._said: set[Fact] = set()
        self.inferred: list[Fact] = []
        self.contradictions: dict[tuple[str, frozenset[Fact]], Contradiction] = {}

    def close(self, new: Iterable[Fact]) -> None:
        """Take facts that are said, hold them, add what follows."""
        said = dict.fromkeys(new)
        self._said = set(said)
        self._known |= self._said
        self._queue.extend((fact, Way.LINK) for fact in said)
        self._run()

    def derive(self, again: Iterable[Fact]) -> None:
        """Take facts that are known to follow, add what follows from them."""
        for fact in [fact for fact in dict.fromkeys(again) if not self._facts.contains(fact)]:
            self._push(fact, Way.LINK)
        self._run()

    def _run(self) -> None:
        facts, of = self._facts, self._triggers.of
        while self._queue:
            fact, way = self._queue.popleft()
            self._spread(fact, way)
            if fact in self._said:
                facts.hold(fact)
            else:
                facts.add(fact)
            if isinstance(fact[2], Literal):
                self._read_literal(fact)
            for trigger in of(fact):
                if trigger.conclude:
                    self._infer(trigger, trigger.conclude, fact)
                else:
                    for bound in trigger.instances(fact, facts):
                        self._record(trigger.rule.name, trigger.premises(bound), trigger.rule.axioms)

    def _infer(self, trigger: Trigger, conclude: Callable[[Bound], Fact], fact: Fact) -> None:
        for bound in trigger.instances(fact, self._facts):
            head = conclude(bound)
            if head not in self._known and not self._facts.contains(head):
                if wrong := clash(head):
                    self._record(wrong, trigger.premises(bound), trigger.rule.axioms)
                self._push(head, Way.LINK)

    def _spread(self, fact: Fact, way: Way) -> None:
        """Conclude what equality and transitive properties make of a fact."""
        if way != Way.COPY:
            if fact[1] == SAME_AS:
                self._conclude(self._groups.merge(fact[0], fact[2]), Way.COPY)
            if self._groups.any:
                self._conclude(self._groups.copies(fact), Way.COPY)
        if fact[1] in self._triggers.transitive:
            for path, how in self._chains.paths(fact, way):
                self._conclude((path,), how)

    def _read_literal(self, fact: Fact) -> None:
        self._conclude(self._literals.consequences(fact), Way.LINK)
        if self._literals.is_ill_typed(fact):
            self._record("dt-not-type", (fact,))

    def _conclude(self, conclusions: Iterable[Fact], way: Way) -> None:
        for fact in conclusions:
            if fact not in self._known and not self._facts.contains(fact):
                if wrong := clash(fact):
                    self._record(wrong, (fact,))
                self._push(fact, way)

    def _push(self, fact: Fact, way: Way) -> None:
        if len(self.inferred) >= self._limit:
            mend = "use the bulk engine, or look for a chain or a group of equal names that is too long"
            raise LimitError(f"more than {self._limit:,} facts follow", mend=mend)
        self._known.add(fact)
        self.inferred.append(fact)
        self._queue.append((fact, way))

    def _record(self, name: str, premises: tuple[Fact, ...], axioms: tuple[Triple, ...] = ()) -> None:
        distinct = tuple(dict.fromkeys(premises))
        self.contradictions.setdefault((name, frozenset(distinct)), Contradiction(name, distinct, axioms))
