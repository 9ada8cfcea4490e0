"""The evaluator: semi-naive, one fact at a time, over any `Facts`.

Each fact is joined with those before it, so that an instance of a rule is met when the last of its premises
comes; the cost grows with what is new.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from g60kg.errors import LimitError
from g60kg.reason.datatypes import Key, is_ill_typed, is_outside, types_of, value_key
from g60kg.reason.engine import Contradiction
from g60kg.reason.facts import Facts
from g60kg.reason.joins import Triggers
from g60kg.reason.shortcuts import Chains, Groups, Way
from g60kg.reason.vocabulary import DIFFERENT_FROM, SAME_AS, TYPE, Fact

LIMIT: Final = 1_000_000
"""How many facts one run may infer."""


class Literals:
    """The literals that one closing run has met; `typed` says whether rules ask for the types of literals."""

    def __init__(self, *, typed: bool) -> None:
        self._typed = typed
        self._met: set[Literal] = set()
        self._named: dict[Literal, Key] = {}

    def consequences(self, fact: Fact) -> Iterator[Fact]:
        """Yield what follows from the literal of a fact by its value."""
        subject, predicate, literal = fact
        if not isinstance(literal, Literal):
            return
        named = predicate == SAME_AS and not isinstance(subject, Literal)
        if self._typed or named:
            yield from ((literal, TYPE, kind) for kind in types_of(literal))
        if named and literal not in self._named and (key := value_key(literal)) is not None:
            for other, known in self._named.items():
                relation = SAME_AS if key == known else DIFFERENT_FROM
                yield (literal, relation, other)
                yield (other, relation, literal)
            self._named[literal] = key

    def is_ill_typed(self, fact: Fact) -> bool:
        """Whether a fact brings a literal whose text has no value, for the first time (dt-not-type)."""
        literal = fact[2]
        if not isinstance(literal, Literal) or literal in self._met:
            return False
        self._met.add(literal)
        return is_ill_typed(literal)


def clash(fact: Fact) -> str | None:
    """Return the name of the rule by which a fact about a literal is false, if there is one."""
    literal, predicate, value = fact
    if not isinstance(literal, Literal):
        return None
    if predicate == TYPE and isinstance(value, NamedNode) and is_outside(literal, value):
        return "dt-not-type"
    if predicate == SAME_AS and isinstance(value, Literal):
        keys = value_key(literal), value_key(value)
        return "dt-diff" if None not in keys and keys[0] != keys[1] else None
    return None


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
        self._queue: deque[tuple[Fact, Way, bool]] = deque()
        self._known: set[Fact] = set()
        self._fresh = next(iter(facts.match(None, None, None)), None) is None
        self.inferred: list[Fact] = []
        self.contradictions: list[Contradiction] = []

    def close(self, new: Iterable[Fact]) -> None:
        """Take facts that are said, hold them, add what follows."""
        said = dict.fromkeys(new)
        self._known.update(said)
        self._queue.extend((fact, Way.LINK, True) for fact in said)
        self._run()

    def derive(self, again: Iterable[Fact]) -> None:
        """Take facts that are known to follow, add what follows from them."""
        for fact in again:
            if self._is_new(fact):
                self._push(fact, Way.LINK)
        self._run()

    def _run(self) -> None:
        facts, queue = self._facts, self._queue
        while queue:
            fact, way, said = queue.popleft()
            if way is not Way.COPY and fact[1] == SAME_AS:
                self._conclude(self._groups.merge(fact[0], fact[2]), Way.COPY)
            if way is not Way.COPY and self._groups.any:
                self._conclude(self._groups.copies(fact), Way.COPY)
            for path, how in self._chains.paths(fact, way):
                self._conclude((path,), how)
            if said:
                facts.hold(fact)
            else:
                facts.add(fact)
            if isinstance(fact[2], Literal):
                self._conclude(self._literals.consequences(fact), Way.LINK)
                if self._literals.is_ill_typed(fact):
                    self._record("dt-not-type", (fact,))
            self._fire(fact)

    def _fire(self, fact: Fact) -> None:
        """Conclude what the rules make of a fact and those before it."""
        facts = self._facts
        for trigger in self._triggers.of(fact):
            rule = trigger.rule
            for bound in trigger.instances(fact, facts):
                if trigger.conclude is None:
                    self._record(rule.name, trigger.premises(bound), rule.axioms, rule.statement)
                elif self._is_new(head := trigger.conclude(bound)):
                    if isinstance(head[0], Literal) and (wrong := clash(head)):
                        self._record(wrong, trigger.premises(bound), rule.axioms)
                    self._push(head, Way.LINK)

    def _conclude(self, conclusions: Iterable[Fact], way: Way) -> None:
        for fact in conclusions:
            if self._is_new(fact):
                if wrong := clash(fact):
                    self._record(wrong, (fact,))
                self._push(fact, way)

    def _is_new(self, fact: Fact) -> bool:
        """Whether a fact is not known; what a run began without holds nothing that the run has not met."""
        return fact not in self._known and (self._fresh or not self._facts.contains(fact))

    def _push(self, fact: Fact, way: Way) -> None:
        if len(self.inferred) >= self._limit:
            mend = "use the bulk engine, or look for a chain or a group of equal names that is too long"
            raise LimitError(f"more than {self._limit:,} facts follow", mend=mend)
        self._known.add(fact)
        self.inferred.append(fact)
        self._queue.append((fact, way, False))

    def _record(
        self, name: str, premises: tuple[Fact, ...], axioms: tuple[Triple, ...] = (), statement: str = ""
    ) -> None:
        facts = tuple(dict.fromkeys(premises))
        self.contradictions.append(Contradiction(name, facts, axioms, statement))
