"""The names that a graph's entities bear, read once by each worker.

Goes in: a graph. Comes out: `Named`, with a `NameIndex` for all entities and one for each class that is asked
for. A property has its sub-properties as members, as in the headers of the stored queries.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.lookup import held_types
from g60kg.kg import KnowledgeGraph
from g60kg.serve.stored.names import Name, NameIndex
from g60kg.store import Store
from g60kg.terms import ID, OWL, RDF, RDFS

_NAMES: Final = """
SELECT DISTINCT ?entity ?naming ?name {
  VALUES ?naming { skos:prefLabel skos:altLabel skos:hiddenLabel rdfs:label dcterms:title }
  ?entity ?naming ?name
}
"""
_BELOW: Final = (RDFS.subClassOf, RDFS.subPropertyOf)
_MEMBERSHIP: Final = (RDF.type, RDFS.subPropertyOf)


class Named:
    """The named entities of a graph."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: list[Name] = []
        self._labels: dict[str, dict[str, str]] = defaultdict(dict)
        self._indexes: dict[str | None, NameIndex] = {}
        for entity, naming, name in store.select(_NAMES).rows:
            if isinstance(entity, NamedNode) and isinstance(naming, NamedNode) and isinstance(name, Literal):
                self._add(entity.value, naming.value, name)

    def _add(self, entity: str, naming: str, name: Literal) -> None:
        self._names.append(Name(name.value, entity, naming.endswith("hiddenLabel")))
        if not naming.endswith(("altLabel", "hiddenLabel")):
            self._labels[entity].setdefault(name.language or "", name.value)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes, and the properties that others are below."""
        declared = (quad.subject for quad in self._store.match(None, RDF.type, OWL.Class))
        above = (quad.object for below in _BELOW for quad in self._store.match(None, below))
        found = {each.value for each in (*declared, *above) if isinstance(each, NamedNode)}
        return frozenset(found | {OWL.Class.value})

    def is_class(self, iri: str) -> bool:
        """Whether an IRI is a class or property that has members, or is declared to be one."""
        if iri in self.classes:
            return True
        try:
            return any(next(self._subjects(way, NamedNode(iri)), None) for way in _MEMBERSHIP)
        except ValueError:
            return False

    def index(self, class_: str | None = None) -> NameIndex:
        """Return the names of the members of a class; of none, those of all entities of the graph."""
        if class_ not in self._indexes:
            wanted = set(self._members(class_)) if class_ else None
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
        return [each.value for each in held_types(self._store, NamedNode(entity))]

    def _members(self, class_: str) -> Iterator[str]:
        """Yield the members of a class and of all classes below it."""
        seen, waiting = {NamedNode(class_)}, [NamedNode(class_)]
        while waiting:
            each = waiting.pop()
            yield from (node.value for way in _MEMBERSHIP for node in self._subjects(way, each))
            new = {node for way in _BELOW for node in self._subjects(way, each)} - seen
            seen |= new
            waiting += new

    def _subjects(self, way: NamedNode, class_: NamedNode) -> Iterator[NamedNode]:
        for quad in self._store.match(None, way, class_):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject


@lru_cache(maxsize=1)
def named(kg: KnowledgeGraph, version: str) -> Named:
    """Return the named entities of a graph in one version of it; the last asked for are kept."""
    return Named(kg.store)
