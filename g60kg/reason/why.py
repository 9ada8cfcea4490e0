"""Why a fact holds: a smallest proof, found backwards over closed facts, without any having been stored.

The search goes by size: first proofs of one step, then of two, and so on; what has no proof of a size is
remembered, so that no proof goes in a circle and none is looked for twice. Along a chain of more than a few
links a shortest path of them is the proof. Every fact of the closure has one.
"""

from collections.abc import Iterator
from itertools import chain, combinations, islice, product
from typing import Final

from pyoxigraph import Literal

from g60kg.errors import LimitError
from g60kg.model import Evidence
from g60kg.reason.datatypes import types_of
from g60kg.reason.engine import Contradiction
from g60kg.reason.explanation import Explanation, Kind, Missing, Source
from g60kg.reason.facts import Facts
from g60kg.reason.joins import Backward, Instance, concluding
from g60kg.reason.paths import Paths, Steps
from g60kg.reason.rules import Rule, RuleSet
from g60kg.reason.vocabulary import TYPE, Fact, as_triple

WORK: Final = 200_000
"""How many instances of rules one search may look at."""

_SIZES: Final = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, *(2**n for n in range(8, 18)))
_LONG: Final = 8
"""The size from which on a path of links is taken for the smallest proof."""
_WIDTH: Final = 5_000
_FEW: Final = 50
"""Fewer instances than these are looked at in an order of their own, not in that of the store."""
_DEEP: Final = 8
"""How many steps deep all proofs differ; below, what is proved is proved in the smallest way."""
_MOST_WANTED: Final = 3
"""How many premises a rule may want that comes near to a fact."""


class Search:
    """One search; what it learns about a fact serves the next.

    Raises `LimitError` when it has looked at more than `work` instances.
    """

    def __init__(self, backward: Backward, paths: Paths, facts: Facts, *, work: int = WORK) -> None:
        self._backward = backward
        self._paths = paths
        self._facts = facts
        self._left = self._work = work
        self._best: dict[Fact, tuple[int, Instance]] = {}
        self._along: dict[Fact, Steps] = {}
        self._none_within: dict[Fact, int] = {}
        self._instances: dict[Fact, list[Instance]] = {}

    def is_given(self, fact: Fact) -> bool:
        """Whether a fact needs no proof: it is said, or a literal has the type by its value."""
        subject, predicate, value = fact
        if isinstance(subject, Literal):
            return predicate == TYPE and value in types_of(subject)
        return self._facts.held(fact)

    def last_step(self, fact: Fact) -> Instance | None:
        """Return the last step of a smallest proof of a fact that is not given; None without proof."""
        for size in _SIZES:
            if self._steps(fact, size) is not None:
                return self._best[fact][1]
            if self._instances.get(fact) == []:
                return None
        return None

    def instances(self, fact: Fact) -> Iterator[Instance]:
        """Yield the instances of rules that conclude a fact, the first few thousand."""
        known = self._instances.get(fact)
        if known is not None:
            yield from known
            return
        found: list[Instance] = []
        ways = islice(self._backward.instances(fact, self._facts), _WIDTH)
        few = list(islice(ways, _FEW))
        if len(few) < _FEW:
            few.sort(key=lambda one: (one.rule.name, str(one.premises)))
        for one in chain(few, ways):
            self._left -= 1
            if self._left < 0:
                looked = f"no proof among the first {self._work:,} steps looked at"
                raise LimitError(looked, mend="raise the limit")
            found.append(one)
            yield one
        self._instances[fact] = found

    def _steps(self, fact: Fact, room: int) -> int | None:
        """Return the size of a smallest proof, if it is at most `room`."""
        if self.is_given(fact):
            return 0
        if fact in self._best:
            size = self._best[fact][0]
            return size if size <= room else None
        if room <= self._none_within.get(fact, 0):
            return None
        if fact not in self._along:
            self._along[fact] = self._paths.prove(fact)
        along = self._along[fact]
        if along and (along[fact][0] > _LONG or self._left < self._work // 2):
            self._take(along)
            return self._steps(fact, room)
        if best := self._smallest(fact, min(room, along[fact][0] - 1) if along else room):
            self._best[fact] = best
        elif along and along[fact][0] <= room:
            self._take(along)
        else:
            self._none_within[fact] = room
            return None
        return self._best[fact][0]

    def _take(self, along: Steps) -> None:
        """Note the steps of a proof along a chain, but for what has a smaller proof."""
        for fact, step in along.items():
            if not self.is_given(fact) and (fact not in self._best or step[0] < self._best[fact][0]):
                self._best[fact] = step

    def _smallest(self, fact: Fact, room: int) -> tuple[int, Instance] | None:
        best: tuple[int, Instance] | None = None
        for one in self.instances(fact):
            size = 1
            for premise in sorted(one.premises, key=self.is_given, reverse=True):
                steps = self._steps(premise, room - size)
                if steps is None:
                    break
                size += steps
            else:
                if size <= room:
                    best, room = (size, one), size - 1
                if size == 1:
                    break
        return best


class Why:
    """Explanations over one state of the facts; what one has found serves the next.

    `source` gives the evidence of what is said. Raises `LimitError` when a proof is not found among the first
    `work` instances of rules.
    """

    def __init__(
        self, rules: RuleSet, facts: Facts, source: Source | None = None, *, work: int = WORK
    ) -> None:
        self._stated = rules.asserted.union(rules.facts)
        self._facts = facts
        self._source = source
        self._backward = Backward(rules.rules)
        self._search = Search(self._backward, Paths(rules.rules, facts), facts, work=work)
        self._known: dict[Fact, Explanation] = {}

    def of(self, fact: Fact) -> Explanation | Missing:
        """Return why a fact holds, with a smallest proof; or why it does not."""
        if not self._search.is_given(fact) and not self._facts.contains(fact):
            return self._nearest_miss(fact)
        return self._smallest(fact)

    def all_of(self, fact: Fact, most: int = 20) -> tuple[Explanation, ...]:
        """Return the proofs of a fact, the smallest first, at most so many; none where it does not hold.

        For each last step there is each with all proofs of its premises.
        """
        if not self._search.is_given(fact) and not self._facts.contains(fact):
            return ()
        found = list(islice(self._every(fact, frozenset(), most), most * 5))
        return tuple(sorted(found, key=lambda one: (one.size, str(one)))[:most])

    def contradiction(self, found: Contradiction) -> Explanation:
        """Return the proof of a contradiction: the rule that concludes false, and why its premises hold."""
        premises = tuple(self._smallest(premise) for premise in found.premises)
        return Explanation(None, "inferred", (), found.rule, found.statement, found.axioms, premises)

    def _smallest(self, fact: Fact) -> Explanation:
        if fact not in self._known:
            step = None if self._search.is_given(fact) else self._search.last_step(fact)
            premises = tuple(map(self._smallest, step.premises)) if step else ()
            self._known[fact] = _explained(fact, step, premises) if step else self._leaf(fact)
        return self._known[fact]

    def _every(self, fact: Fact, above: frozenset[Fact], most: int) -> Iterator[Explanation]:
        if self._search.is_given(fact):
            yield self._leaf(fact)
        if len(above) >= _DEEP:
            smallest = self._smallest(fact)
            if smallest.rule and not any(part.fact in above for part in smallest.parts()):
                yield smallest
            return
        path = above | {fact}
        for one in self._search.instances(fact):
            if path.isdisjoint(one.premises):
                ways = [list(islice(self._every(premise, path, most), most)) for premise in one.premises]
                for premises in product(*ways):
                    yield _explained(fact, one, premises)

    def _leaf(self, fact: Fact) -> Explanation:
        triple = as_triple(fact)
        if triple is None or isinstance(fact[0], Literal) or triple in self._stated:
            return Explanation(fact, "axiom", (Evidence("axiom"),))
        evidence = self._source(triple) if self._source else ()
        kind: Kind = evidence[0].kind if evidence else "said"
        return Explanation(fact, kind, evidence)

    def _nearest_miss(self, fact: Fact) -> Missing:
        """Return the rule that has some premises and wants the fewest, and what it wants."""
        rules = (rule for rule in self._backward.candidates(fact) if not rule.name.startswith("eq-"))
        misses = (_miss(rule, self._facts, fact) for rule in rules)

        def distance(miss: Missing) -> tuple[bool, int, int, str]:
            return (not miss.present, len(miss.wanted), -len(miss.present), str(miss))

        known = [miss for miss in misses if miss is not None]
        return min(known, key=distance, default=Missing(fact))


def _explained(fact: Fact, one: Instance, premises: tuple[Explanation, ...]) -> Explanation:
    statement = one.rule.statement
    return Explanation(fact, "inferred", (), one.rule.name, statement, one.rule.axioms, premises)


def _miss(rule: Rule, facts: Facts, fact: Fact) -> Missing | None:
    for number in range(1, min(len(rule.body), _MOST_WANTED) + 1):
        for wanted in combinations(rule.body, number):
            present = tuple(atom for atom in rule.body if atom not in wanted)
            trigger = concluding(rule, present)
            for bound in trigger.instances(fact, facts):
                given = trigger.premises(bound)
                slots = (slot for atom in trigger.rule.body for slot in atom.slots)
                known = dict(zip(slots, (term for each in given for term in each), strict=True))
                return Missing(fact, rule.name, given[1:], tuple(atom.under(known) for atom in wanted))
    return None
