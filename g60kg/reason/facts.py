"""Sets of facts, as the evaluator, the increments and why ask for them: in memory, and over a store.

Facts said (held) and facts inferred answer together; `held` tells them apart. None in a pattern fits all. A
fact may be added or removed while none is being read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.reason.datatypes import types_of
from g60kg.reason.rules import Term
from g60kg.reason.vocabulary import TYPE, Fact
from g60kg.store.base import UNION, Store
from g60kg.terms import GRAPH, INFERRED_GRAPH

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
        for fact in said:
            self.hold(fact)

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

    def remove(self, fact: Fact) -> None:
        """Drop a fact."""
        if self.contains(fact):
            subject, predicate, value = fact
            _drop(self._objects[predicate], subject, value)
            _drop(self._subjects[predicate], value, subject)

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


_Pattern = tuple[Term | None, Term | None, Term | None]
_Stored = tuple[NamedNode, Fact]
_Found = list[_Stored]
_CLAIMS: Final = GRAPH["claims/"].value
_FEW: Final = 100
_MANY: Final = 100_000


class StoreFacts:
    """The facts of a store: inferred in that graph, said in the others; in those of claims only types."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._new = MemoryFacts()
        self._unsaid: set[Fact] = set()
        self._gone: set[Fact] = set()
        self._read: dict[_Pattern, _Found] = {}
        self._subjects: dict[Term, dict[Term, _Found] | None] = {}

    def match(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        """Yield the facts that fit, each once."""
        seen: set[Fact] = set()
        for fact in self._all((subject, predicate, value)):
            if fact not in seen:
                seen.add(fact)
                yield fact

    def contains(self, fact: Fact) -> bool:
        """Whether a fact is said or inferred."""
        return self._new.contains(fact) or any(True for _ in self._all(fact))

    def held(self, fact: Fact) -> bool:
        """Whether a fact is said."""
        if self._new.held(fact) or fact in self._unsaid:
            return self._new.held(fact)
        return any(graph != INFERRED_GRAPH for graph, _ in self._stored(fact))

    def said(self, subject: Term | None, predicate: Term, value: Term | None) -> Iterator[Fact]:
        """Return the facts that fit and are said, each once."""
        stored = (fact for fact in self._stated((subject, predicate, value)) if fact not in self._gone)
        every = dict.fromkeys((*stored, *self._new.said(subject, predicate, value)))
        return (fact for fact in every if fact not in self._unsaid)

    def hold(self, fact: Fact) -> None:
        """Say a fact."""
        self._unsaid.discard(fact)
        self._gone.discard(fact)
        self._new.hold(fact)

    def release(self, fact: Fact) -> None:
        """Say a fact no longer, and drop it."""
        self._unsaid.add(fact)
        self._gone.add(fact)
        self._new.release(fact)

    def add(self, fact: Fact) -> None:
        """Add an inferred fact."""
        self._gone.discard(fact)
        self._new.add(fact)

    def remove(self, fact: Fact) -> None:
        """Drop a fact."""
        self._new.remove(fact)
        self._gone.add(fact)

    def _all(self, pattern: _Pattern) -> Iterator[Fact]:
        subject, predicate, value = pattern
        if isinstance(subject, Literal) and predicate in (None, TYPE):
            yield from ((subject, TYPE, kind) for kind in types_of(subject) if value in (None, kind))
        yield from (fact for _, fact in self._stored(pattern) if fact not in self._gone)
        yield from list(self._new.match(*pattern))

    @cached_property
    def _graphs(self) -> list[NamedNode]:
        """The graphs that say something."""
        known = self._store.graphs()
        return [each for each in known if each != INFERRED_GRAPH and not _is_of_claims(each)]

    def _stated(self, pattern: _Pattern) -> Iterator[Fact]:
        """Return what the store says: graph by graph where they are few, since inferences are many."""
        if len(self._graphs) > _FEW:
            return (fact for graph, fact in self._stored(pattern) if graph != INFERRED_GRAPH)
        return (fact for graph in self._graphs for _, fact in self._read_store(pattern, graph))

    def _stored(self, pattern: _Pattern) -> Iterable[_Stored]:
        """Return what the store holds: of a thing with few facts, all of them are read at once, and once."""
        subject, predicate, value = pattern
        if subject is None or predicate is None:
            return self._read_store(pattern)
        known = self._about(subject)
        if known is not None and (not isinstance(value, Literal) or predicate not in known):
            found = known.get(predicate, [])
            return found if value is None else [each for each in found if each[1][2] == value]
        if pattern not in self._read:
            most = None if value is None else 2  # of a fact, one graph that says it, of the thousands that do
            found = list(islice(self._read_store(pattern), most))
            if len(found) > _FEW or len(self._read) >= _MANY:
                return found
            self._read[pattern] = found
        return self._read[pattern]

    def _about(self, subject: Term) -> dict[Term, _Found] | None:
        """Return the facts of a thing by property; None where they are many."""
        if isinstance(subject, Literal):
            return {}
        if subject not in self._subjects:
            if len(self._subjects) >= _MANY:
                self._subjects.clear()
            # the union has once what thousands of graphs say, and of what is new nothing
            count = sum(1 for _ in islice(self._store.match(subject, graph=UNION), _FEW + 1))
            found = (
                list(islice(self._read_store((subject, None, None)), _FEW + 1)) if 0 < count <= _FEW else []
            )
            by_property: dict[Term, _Found] = {}
            for each in found:
                by_property.setdefault(each[1][1], []).append(each)
            self._subjects[subject] = by_property if max(count, len(found)) <= _FEW else None
        return self._subjects[subject]

    def _read_store(self, pattern: _Pattern, graph: NamedNode | None = None) -> Iterator[_Stored]:
        subject, predicate, value = pattern
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode | None):
            return
        for quad in self._store.match(subject, predicate, value, graph):
            name = quad.graph_name
            if isinstance(name, NamedNode) and (quad.predicate == TYPE or not _is_of_claims(name)):
                yield name, (quad.subject, quad.predicate, quad.object)  # type: ignore[misc]


def _is_of_claims(graph: NamedNode) -> bool:
    return graph.value.startswith(_CLAIMS)


Facts = MemoryFacts | StoreFacts
"""A set of facts."""
