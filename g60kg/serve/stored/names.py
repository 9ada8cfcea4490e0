"""The names that the entities of a graph bear, read once by each worker, and how they are found.

Beginnings are found by bisection in the sorted names, the rest in one long text of them all, where the
search is that of the interpreter itself. A property has its sub-properties as members, as in the headers
of the stored queries.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from time import monotonic
from typing import Final
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode

from g60kg.describe.lookup import held_types
from g60kg.kg import KnowledgeGraph
from g60kg.serve.site import Site
from g60kg.store import Store
from g60kg.terms import ID, OWL, RDF, RDFS


def epoch(site: Site) -> str:
    """Return the name of a time in which the graph counts as unchanged."""
    return site.version or f"minute {monotonic() // 60:.0f}"


_BETWEEN: Final = "\n"  # no folded name has one


@dataclass(frozen=True, slots=True)
class Name:
    """A name that an entity bears; `garbled` ones are found after right ones."""

    text: str
    entity: str
    garbled: bool = False


def folded(text: str) -> str:
    """Return a text as it is compared: without regard to case, width and white space.

    >>> folded(" Songjiang  New CITY"), folded("Ｇ６０")
    ('songjiang new city', 'g60')
    """
    return " ".join(normalize("NFKC", text).casefold().split())


def _order(pair: tuple[str, Name]) -> tuple[str, bool, str, str]:
    text, name = pair
    return text, name.garbled, name.entity, name.text


class NameIndex:
    """Names of entities, to complete what a user begins to write.

    >>> names = NameIndex([Name("Wuhu City", "w"), Name("Huzhou City", "h"), Name("芜湖市", "w")])
    >>> [name.text for name in names.find("hu", 5)], names.find("湖", 5)[0].entity
    (['Huzhou City', 'Wuhu City'], 'w')
    """

    def __init__(self, names: Iterable[Name]) -> None:
        pairs = sorted(((folded(name.text), name) for name in names), key=_order)
        self._names = [name for _, name in pairs]
        self._folded = [text for text, _ in pairs]
        self._text = _BETWEEN + _BETWEEN.join(self._folded) + _BETWEEN
        self._starts = list(accumulate((len(text) + 1 for text in self._folded), initial=1))

    def __len__(self) -> int:
        return len(self._names)

    def bearers(self, text: str) -> set[str]:
        """Return the entities that bear a name."""
        wanted = folded(text)
        found = range(bisect_left(self._folded, wanted), bisect_right(self._folded, wanted))
        return {self._names[place].entity for place in found}

    def find(self, text: str, most: int) -> list[Name]:
        """Return the names that fit a text, one of each entity: first those that begin with it, then those in
        which a word does, then those that hold it, right names before garbled ones."""
        wanted = folded(text)
        found: dict[str, Name] = {}
        for garbled in (False, True):
            for way in (self._beginning, self._with_word, self._holding):
                for place in way(wanted):
                    if len(found) >= most:
                        return list(found.values())
                    name = self._names[place]
                    if name.garbled == garbled:
                        found.setdefault(name.entity, name)
        return list(found.values())

    def _beginning(self, wanted: str) -> Iterator[int]:
        for place in range(bisect_left(self._folded, wanted), len(self._folded)):
            if not self._folded[place].startswith(wanted):
                return
            yield place

    def _with_word(self, wanted: str) -> Iterator[int]:
        return self._at(f" {wanted}")

    def _holding(self, wanted: str) -> Iterator[int]:
        return self._at(wanted)

    def _at(self, wanted: str) -> Iterator[int]:
        """Yield the places of the names in which a text stands; all names begin with an empty one."""
        start = self._text.find(wanted) if wanted else -1
        while start >= 0:
            place = bisect_right(self._starts, start) - 1
            yield place
            start = self._text.find(wanted, self._starts[place + 1])


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
