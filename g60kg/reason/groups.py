"""Equality while facts are being closed: groups of equal names instead of pairs of rules.

Goes in: facts, as they come. Comes out: what eq-sym, eq-trans, eq-rep-s, eq-rep-p and eq-rep-o conclude from
them, each conclusion once: copying within a group is not copied again.
"""

from collections.abc import Iterator
from itertools import permutations, product

from g60kg.reason.facts import Facts
from g60kg.reason.rules import Term
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
