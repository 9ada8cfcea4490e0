"""Equality and transitivity while facts are being closed: what their rules conclude, each conclusion once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import permutations, product

from g60kg.reason.facts import Facts
from g60kg.reason.rules import Slot, Term, Var
from g60kg.reason.vocabulary import DIFFERENT_FROM, SAME_AS, Fact


class Groups:
    """The groups of equal names that one closing run has met; those made before are read from the facts.

    A fact is given to the groups before it is added to the facts.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._fresh = next(iter(facts.match(None, SAME_AS, None)), None) is None
        self._groups: dict[Term, set[Term]] = {}
        self._complete: set[Term] = set()
        self.any = not self._fresh
        """Whether there is any equality."""

    def copies(self, fact: Fact) -> Iterator[Fact]:
        """Yield the fact under all names of its terms."""
        names = [self._of(term) for term in fact]
        if fact[1] != SAME_AS and max(map(len, names)) > 1:
            subjects, predicates, values = names
            copies = product(subjects, predicates, values)
            yield from (copy for copy in copies if copy[1] != DIFFERENT_FROM or copy[0] != copy[2])

    def merge(self, one: Term, other: Term) -> Iterator[Fact]:
        """Join the groups of two names: yield the new equalities, then the facts under the new names."""
        first, second = self._of(one), self._of(other)
        complete = all(len(group) == 1 or group <= self._complete for group in (first, second))
        if other in first and complete:
            return
        joined = first | second
        self._groups.update(dict.fromkeys(joined, joined))
        self._complete |= joined
        self.any = True
        for left, right in product(first, second) if complete else permutations(joined, 2):
            yield (left, SAME_AS, right)
            yield (right, SAME_AS, left)
        for name in joined:
            yield from self._about(name)

    def split(self, one: Term) -> Iterator[Fact]:
        """Yield all that rests on the group of a name: its equalities and the facts of its members."""
        group = self._of(one)
        yield from ((left, SAME_AS, right) for left, right in permutations(group, 2))
        for name in group:
            yield from self._about(name)

    def _of(self, term: Term) -> set[Term]:
        group = self._groups.get(term)
        if group is None:
            group = {term} if self._fresh else self._read(term)
            if len(group) > 1:
                self._groups.update(dict.fromkeys(group, group))
        return group

    def _read(self, term: Term) -> set[Term]:
        """Return the names that the facts link to a name, in one step or many."""
        group, left = {term}, [term]
        while left:
            name = left.pop()
            linked = {fact[2] for fact in self._facts.match(name, SAME_AS, None)}
            linked |= {fact[0] for fact in self._facts.match(None, SAME_AS, name)}
            left += linked - group
            group |= linked
        return group

    def _about(self, name: Term) -> Iterator[Fact]:
        for pattern in ((name, None, None), (None, None, name), (None, name, None)):
            for fact in self._facts.match(*pattern):
                yield from self.copies(fact)


class Way(Enum):
    """How a fact came: said or by a rule; copied to an equal name; a path ending in a new or an old link."""

    LINK = 0
    COPY = 1
    PATH = 2
    PATH_INTO_OLD = 3


class Chains:
    """The links that one run has met, by property and start; links made before are read from the facts."""

    def __init__(self, predicates: Iterable[Slot], facts: Facts) -> None:
        self._facts = facts
        self._new: dict[tuple[Term, Term], dict[Term, None]] = defaultdict(dict)
        self._made: set[Fact] = set()
        self._old = {
            prop: any(True for _ in facts.match(None, prop, None))
            for prop in predicates
            if not isinstance(prop, Var)
        }

    def paths(self, fact: Fact, way: Way) -> Iterator[tuple[Fact, Way]]:
        """Yield the paths that a fact makes with others, before it is added to the facts."""
        subject, prop, value = fact
        if prop not in self._old:
            return
        self._made.add(fact)
        if way in (Way.LINK, Way.COPY):
            self._new[prop, subject][value] = None
            for before in self._facts.match(None, prop, subject):
                yield (before[0], prop, value), Way.PATH
        for end in self._new.get((prop, value), ()):
            yield (subject, prop, end), Way.PATH
        if self._old[prop] and way != Way.PATH_INTO_OLD:
            for after in self._facts.match(value, prop, None):
                if after not in self._made:
                    yield (subject, prop, after[2]), Way.PATH_INTO_OLD
