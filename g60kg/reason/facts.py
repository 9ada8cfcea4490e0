"""What the evaluator, the increments and why ask of a set of facts: the protocol, and its form in memory.

Goes in: facts as tuples of terms. Comes out: those that fit a pattern. Facts said (held) and facts inferred
answer together; `held` tells them apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from g60kg.reason.rules import Term
from g60kg.reason.vocabulary import Fact


class Facts(Protocol):
    """A set of facts; None in a pattern fits all. A fact may be added or removed while none is being read."""

    def match(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterable[Fact]:
        """Return the facts that fit."""

    def contains(self, fact: Fact) -> bool:
        """Whether a fact is said or inferred."""

    def held(self, fact: Fact) -> bool:
        """Whether a fact is said: by the ontology, the register or an article."""

    def said(self, subject: Term | None, predicate: Term, value: Term | None) -> Iterable[Fact]:
        """Return the facts that fit and are said."""

    def hold(self, fact: Fact) -> None:
        """Say a fact."""

    def release(self, fact: Fact) -> None:
        """Say a fact no longer, and drop it."""

    def add(self, fact: Fact) -> None:
        """Add an inferred fact."""

    def remove(self, fact: Fact) -> None:
        """Drop an inferred fact."""


_Index = dict[Term, dict[Term, dict[Term, None]]]


class MemoryFacts:
    """Facts in memory, found by predicate and subject or predicate and object, in the order of their coming.

    `said` are the facts held.

    >>> from pyoxigraph import NamedNode
    >>> a, p, b = NamedNode("urn:a"), NamedNode("urn:p"), NamedNode("urn:b")
    >>> facts = MemoryFacts([(a, p, b)])
    >>> facts.add((b, p, a))
    >>> [len(list(facts.match(*pattern))) for pattern in ((None, p, None), (a, None, None), (None, p, a))]
    [2, 1, 1]
    >>> facts.held((a, p, b)), facts.held((b, p, a))
    (True, False)
    """

    def __init__(self, said: Iterable[Fact] = ()) -> None:
        self._objects: Final[_Index] = defaultdict(dict)
        self._subjects: Final[_Index] = defaultdict(dict)
        self._said: Final[set[Fact]] = set()
        self._size = 0
        for fact in said:
            self.hold(fact)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.match(None, None, None))

    def hold(self, fact: Fact) -> None:
        """Add a fact that is said."""
        self._said.add(fact)
        self.add(fact)

    def release(self, fact: Fact) -> None:
        """Say a fact no longer, and drop it."""
        self._said.discard(fact)
        self.remove(fact)

    def held(self, fact: Fact) -> bool:
        """Whether a fact is said."""
        return fact in self._said

    def said(self, subject: Term | None, predicate: Term, value: Term | None) -> list[Fact]:
        """Return the facts that fit and are said."""
        return [fact for fact in self.match(subject, predicate, value) if fact in self._said]

    def contains(self, fact: Fact) -> bool:
        """Whether a fact is said or inferred."""
        subject, predicate, value = fact
        by_subject = self._objects.get(predicate)
        return by_subject is not None and value in by_subject.get(subject, ())

    def add(self, fact: Fact) -> None:
        """Add a fact."""
        subject, predicate, value = fact
        values = self._objects[predicate].setdefault(subject, {})
        if value not in values:
            values[value] = None
            self._subjects[predicate].setdefault(value, {})[subject] = None
            self._size += 1

    def remove(self, fact: Fact) -> None:
        """Drop a fact."""
        if self.contains(fact):
            subject, predicate, value = fact
            _drop(self._objects[predicate], subject, value)
            _drop(self._subjects[predicate], value, subject)
            self._size -= 1

    def match(self, subject: Term | None, predicate: Term | None, value: Term | None) -> list[Fact]:
        """Return the facts that fit."""
        if predicate is None:
            return [fact for each in self._objects for fact in self.match(subject, each, value)]
        if subject is not None:
            values = self._objects[predicate].get(subject, ()) if predicate in self._objects else ()
            if value is None:
                return [(subject, predicate, other) for other in values]
            return [(subject, predicate, value)] if value in values else []
        if value is not None:
            subjects = self._subjects[predicate].get(value, ()) if predicate in self._subjects else ()
            return [(other, predicate, value) for other in subjects]
        by_subject = self._objects.get(predicate, {})
        return [(one, predicate, other) for one, values in by_subject.items() for other in values]


def _drop(index: dict[Term, dict[Term, None]], key: Term, value: Term) -> None:
    del index[key][value]
    if not index[key]:
        del index[key]
