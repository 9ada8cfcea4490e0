"""A store that remembers what it has read of records, for the making of one page.

Goes in: a store. Comes out: the same `Store`. Claims, figures, repairs and selectors are small, and each is
asked for many of its properties: all of them are read at once, and once.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from g60kg.store import Selection, Store, Term
from g60kg.store.base import Bindings
from g60kg.terms import ROOT

_Subject = NamedNode | BlankNode | None


class Memo:
    """A `Store` over another, for reading."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[NamedNode, dict[NamedNode, list[Quad]]] = {}

    @classmethod
    def over(cls, store: Store) -> "Memo":
        """Return a store that remembers, over another or the same."""
        return store if isinstance(store, Memo) else cls(store)

    def match(
        self,
        subject: _Subject = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that fit; see `Store.match`."""
        if not _is_record(subject):
            return self._store.match(subject, predicate, object, graph)
        assert isinstance(subject, NamedNode)
        known = self._known.get(subject)
        if known is None:
            known = self._known[subject] = self._read(subject)
        lists = [known.get(predicate, [])] if predicate is not None else known.values()
        found = (quad for each in lists for quad in each)
        if object is None and graph is None:
            return found
        return (quad for quad in found if object in (None, quad.object) and graph in (None, quad.graph_name))

    def _read(self, subject: NamedNode) -> dict[NamedNode, list[Quad]]:
        found: dict[NamedNode, list[Quad]] = {}
        for quad in self._store.match(subject):
            found.setdefault(quad.predicate, []).append(quad)
        return found

    def select(self, text: str, bindings: Bindings | None = None) -> Selection:
        """Answer a SELECT query."""
        return self._store.select(text, bindings)

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        """Answer an ASK query."""
        return self._store.ask(text, bindings)

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query."""
        return self._store.construct(text, bindings)

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of the graphs held, sorted."""
        return self._store.graphs()

    def apply(self, *, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """Change the store, and forget what was read of it."""
        self._store.apply(add=add, remove=remove)
        self._known.clear()


_NAMESPACES: Final = tuple(f"{ROOT}{name}/" for name in ("claim", "statistic", "repair", "register"))


def _is_record(subject: _Subject) -> bool:
    return isinstance(subject, NamedNode) and subject.value.startswith(_NAMESPACES)
