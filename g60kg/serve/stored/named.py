"""The names that a graph's entities bear, and the classes they belong to, read once by each worker.

Goes in: a graph. Comes out: `Named`, with a `NameIndex` for all entities and one for each class that is asked
for. A property has its sub-properties as members, as in the headers of the stored queries.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.kg import KnowledgeGraph
from g60kg.serve.stored.names import Name, NameIndex
from g60kg.store import Store
from g60kg.terms import ID, INFERRED_GRAPH, RDF

_NAMES: Final = """
SELECT DISTINCT ?entity ?naming ?name {
  VALUES ?naming { skos:prefLabel skos:altLabel skos:hiddenLabel rdfs:label dcterms:title }
  ?entity ?naming ?name
}
"""
_MEMBERS: Final = """
SELECT DISTINCT ?entity ?membership ?class ?graph {
  VALUES ?membership { rdf:type rdfs:subPropertyOf } GRAPH ?graph { ?entity ?membership ?class }
}
"""
_BELOW: Final = """
SELECT DISTINCT ?below ?class { VALUES ?path { rdfs:subClassOf rdfs:subPropertyOf } ?below ?path ?class }
"""


class Named:
    """The named entities of a graph."""

    def __init__(self, store: Store) -> None:
        self._names: list[Name] = []
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._members: dict[str, set[str]] = defaultdict(set)
        self._types: dict[str, set[str]] = defaultdict(set)
        self._indexes: dict[str | None, NameIndex] = {}
        self._read_names(store)
        self._read_members(store)
        self._below = _below(store)

    def _read_names(self, store: Store) -> None:
        for entity, naming, name in store.select(_NAMES).rows:
            if isinstance(entity, NamedNode) and isinstance(naming, NamedNode) and isinstance(name, Literal):
                self._names.append(Name(name.value, entity.value, naming.value.endswith("hiddenLabel")))
                if not naming.value.endswith(("altLabel", "hiddenLabel")):
                    self._labels[entity.value].setdefault(name.language or "", name.value)

    def _read_members(self, store: Store) -> None:
        for entity, membership, class_, graph in store.select(_MEMBERS).rows:
            if isinstance(entity, NamedNode) and isinstance(class_, NamedNode):
                self._members[class_.value].add(entity.value)
                if membership == RDF.type and graph != INFERRED_GRAPH:
                    self._types[entity.value].add(class_.value)

    @property
    def classes(self) -> set[str]:
        """The classes and properties that have members, or could have."""
        return {*self._members, *self._below}

    def index(self, class_: str | None = None) -> NameIndex:
        """Return the names of the members of a class; of none, those of all entities of the graph."""
        if class_ not in self._indexes:
            wanted = set(self._of(class_)) if class_ else None
            names = (
                name
                for name in self._names
                if (name.entity.startswith(ID.base) if wanted is None else name.entity in wanted)
            )
            self._indexes[class_] = NameIndex(names)
        return self._indexes[class_]

    def labels(self, entity: str) -> dict[str, str]:
        """Return the preferred names of an entity by language."""
        return self._labels.get(entity, {})

    def types(self, entity: str) -> list[str]:
        """Return the classes that an entity was said to be of, not those inferred; sorted."""
        return sorted(self._types.get(entity, ()))

    def _of(self, class_: str) -> Iterator[str]:
        """Yield the members of a class and of all classes below it."""
        seen, waiting = {class_}, [class_]
        while waiting:
            each = waiting.pop()
            yield from self._members.get(each, ())
            new = self._below.get(each, set()) - seen
            seen |= new
            waiting += new


def _below(store: Store) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for below, class_ in store.select(_BELOW).rows:
        if isinstance(below, NamedNode) and isinstance(class_, NamedNode):
            found[class_.value].add(below.value)
    return dict(found)


@lru_cache(maxsize=1)
def named(kg: KnowledgeGraph, version: str) -> Named:
    """Return the named entities of a graph in one version of it; the last asked for are kept."""
    return Named(kg.store)
