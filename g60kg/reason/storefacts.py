"""The facts of a store, as the evaluator asks for them: nothing is loaded but what a pattern fits.

Goes in: a `Store` in the layout of the graph. Comes out: `Facts`. Claims and their provenance stay out.
Changes are kept beside the store, which is never written: whoever made them applies the `Delta`. So what
was read of a subject is kept too: rules ask again and again for the class of a place that much lies in.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.reason.datatypes import types_of
from g60kg.reason.facts import MemoryFacts
from g60kg.reason.rules import Term
from g60kg.reason.vocabulary import TYPE, Fact
from g60kg.store.base import Store
from g60kg.terms import GRAPH, INFERRED_GRAPH

_Pattern = tuple[Term | None, Term | None, Term | None]
_CLAIMS: Final = GRAPH["claims/"].value
_FEW: Final = 100
_MANY: Final = 100_000


class StoreFacts:
    """The facts of a store: inferred in that graph, said in all others but those of claims."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._new = MemoryFacts()
        self._said: set[Fact] = set()
        self._unsaid: set[Fact] = set()
        self._gone: set[Fact] = set()
        self._graphs: list[NamedNode] | None = None
        self._read: dict[_Pattern, list[tuple[NamedNode, Fact]]] = {}

    def match(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        """Yield the facts that fit, each once."""
        seen: set[Fact] = set()
        for fact in self._all(subject, predicate, value):
            if fact not in seen:
                seen.add(fact)
                yield fact

    def contains(self, fact: Fact) -> bool:
        """Whether a fact is said or inferred."""
        return next(self._all(*fact), None) is not None

    def held(self, fact: Fact) -> bool:
        """Whether a fact is said."""
        if fact in self._said:
            return True
        return fact not in self._unsaid and any(graph != INFERRED_GRAPH for graph, _ in self._stored(*fact))

    def said(self, subject: Term | None, predicate: Term, value: Term | None) -> Iterator[Fact]:
        """Yield the facts that fit and are said, each once."""
        seen: set[Fact] = set()
        stored = (fact for fact in self._stated(subject, predicate, value) if fact not in self._gone)
        new = (fact for fact in self._new.match(subject, predicate, value) if fact in self._said)
        for fact in (*stored, *new):
            if fact not in seen and fact not in self._unsaid:
                seen.add(fact)
                yield fact

    def hold(self, fact: Fact) -> None:
        """Say a fact."""
        self._said.add(fact)
        self._unsaid.discard(fact)
        self.add(fact)

    def release(self, fact: Fact) -> None:
        """Say a fact no longer, and drop it."""
        self._said.discard(fact)
        self._unsaid.add(fact)
        self.remove(fact)

    def add(self, fact: Fact) -> None:
        """Add an inferred fact."""
        self._gone.discard(fact)
        if not self.contains(fact):
            self._new.add(fact)

    def remove(self, fact: Fact) -> None:
        """Drop a fact."""
        self._new.remove(fact)
        self._gone.add(fact)

    def _all(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        if isinstance(subject, Literal) and predicate in (None, TYPE):
            kinds = (kind for kind in types_of(subject) if value in (None, kind))
            yield from ((subject, TYPE, kind) for kind in kinds)
        for _, fact in self._stored(subject, predicate, value):
            if fact not in self._gone:
                yield fact
        yield from list(self._new.match(subject, predicate, value))

    def _stated(self, subject: Term | None, predicate: Term, value: Term | None) -> Iterator[Fact]:
        """Yield what the store says: graph by graph where they are few, since inferences are many."""
        if self._graphs is None:
            known = self._store.graphs()
            self._graphs = [each for each in known if each != INFERRED_GRAPH and not _is_of_claims(each)]
        if len(self._graphs) > _FEW:
            found = self._stored(subject, predicate, value)
            yield from (fact for graph, fact in found if graph != INFERRED_GRAPH)
            return
        for graph in self._graphs:
            yield from (fact for _, fact in self._read_store(subject, predicate, value, graph))

    def _stored(
        self, subject: Term | None, predicate: Term | None, value: Term | None
    ) -> Iterable[tuple[NamedNode, Fact]]:
        pattern = (subject, predicate, value)
        if subject is None or predicate is None:
            return self._read_store(*pattern)
        found = self._read.get(pattern)
        if found is None:
            found = list(self._read_store(*pattern))
            if len(found) <= _FEW and len(self._read) < _MANY:
                self._read[pattern] = found
        return found

    def _read_store(
        self,
        subject: Term | None,
        predicate: Term | None,
        value: Term | None,
        graph: NamedNode | None = None,
    ) -> Iterator[tuple[NamedNode, Fact]]:
        if isinstance(subject, Literal) or not isinstance(predicate, NamedNode | None):
            return
        for quad in self._store.match(subject, predicate, value, graph):
            name = quad.graph_name
            if isinstance(name, NamedNode) and not _is_of_claims(name):
                yield name, (quad.subject, quad.predicate, quad.object)  # type: ignore[misc]


def _is_of_claims(graph: NamedNode) -> bool:
    return graph.value.startswith(_CLAIMS)
