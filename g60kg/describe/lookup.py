"""Single values and names in a store, looked up in one order; and a store that remembers what it has read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.store import UNION, Store, Term
from g60kg.store.base import Graph, Named, Object, Subject
from g60kg.terms import DCTERMS, G60, GEO, INFERRED_GRAPH, RDF, RDFS, ROOT, SKOS, curie

K = TypeVar("K")
V = TypeVar("V")
Row = Mapping[str, Term]
_NAMINGS: Final = (SKOS.prefLabel, RDFS.label, DCTERMS.title)
_POINT: Final = re.compile(r"POINT\((?P<east>-?\d+(?:\.\d+)?) (?P<north>-?\d+(?:\.\d+)?)\)")
RECORDS: Final = ("article", "claim", "statistic", "register", "repair")
"""The kinds of nodes beside entities; each is the beginning of its IRIs and of its addresses."""
_RECORDS: Final = tuple(f"{ROOT}{kind}/" for kind in RECORDS)
_MOST: Final = 50_000
"""So many records, or names, are remembered."""


def rows_of(store: Store, text: str, entity: NamedNode | None = None) -> Iterator[Row]:
    """Yield the rows of a SELECT over `?entity`, each with the columns that are bound in it."""
    answer = store.select(text, {"entity": entity} if entity else None)
    for row in answer.rows:
        yield {name: term for name, term in zip(answer.columns, row, strict=True) if term is not None}


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Return what comes second in pairs by what comes first, both in their order.

    >>> grouped([("a", 1), ("b", 2), ("a", 3)])
    {'a': [1, 3], 'b': [2]}
    """
    found: dict[K, list[V]] = {}
    for key, each in pairs:
        found.setdefault(key, []).append(each)
    return found


def iris(terms: Iterable[object]) -> tuple[NamedNode, ...]:
    """Return the IRIs among terms, each once, sorted."""
    return tuple(sorted({each for each in terms if isinstance(each, NamedNode)}, key=str))


def nodes(store: Store, subject: NamedNode, predicate: NamedNode) -> tuple[NamedNode, ...]:
    """Return the things that a property leads to, sorted."""
    return iris(quad.object for quad in store.match(subject, predicate, None, UNION))


def node(store: Store, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
    """Return the thing that a property leads to, the first where there are several."""
    return next(iter(nodes(store, subject, predicate)), None)


def subjects(store: Store, predicate: NamedNode, value: Term) -> tuple[NamedNode, ...]:
    """Return the things from which a property leads to a value, sorted."""
    return iris(quad.subject for quad in store.match(None, predicate, value, UNION))


def value(store: Store, subject: NamedNode, predicate: NamedNode) -> NamedNode | Literal | None:
    """Return a value of a property, the first where there are several."""
    found = (quad.object for quad in store.match(subject, predicate, None, UNION))
    return min((each for each in found if isinstance(each, NamedNode | Literal)), key=str, default=None)


def literals(store: Store, subject: NamedNode, predicate: NamedNode) -> tuple[Literal, ...]:
    """Return the literals of a property, sorted by text."""
    found = {quad.object for quad in store.match(subject, predicate, None, UNION)}
    texts = (each for each in found if isinstance(each, Literal))
    return tuple(sorted(texts, key=lambda each: (each.value, each.language or "")))


def text(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    """Return the text of a property, empty where there is none."""
    return next((each.value for each in literals(store, subject, predicate)), "")


def point(store: Store, place: NamedNode) -> tuple[float, float] | None:
    """Return where a place lies, in degrees east and north; None where it is not known."""
    geometry = node(store, place, GEO.hasGeometry)
    found = _POINT.fullmatch(text(store, geometry, GEO.asWKT)) if geometry is not None else None
    return (float(found["east"]), float(found["north"])) if found else None


def number(store: Store, subject: NamedNode, predicate: NamedNode) -> int:
    """Return the whole number of a property, 0 where there is none."""
    found = text(store, subject, predicate)
    return int(found) if found.isdigit() else 0


def held_types(store: Store, thing: NamedNode) -> tuple[NamedNode, ...]:
    """Return the classes that a thing was said to be of, not those that follow; sorted."""
    return iris(quad.object for quad in store.match(thing, RDF.type) if quad.graph_name != INFERRED_GRAPH)


def held_kinds(store: Store, thing: NamedNode) -> tuple[NamedNode, ...]:
    """Return those of our own classes that a thing was said to be of."""
    return tuple(each for each in held_types(store, thing) if each.value.startswith(G60.base))


class Names:
    """Names in a store, each looked up once: in one language, else English, else any, else the CURIE."""

    def __init__(self, store: Store, language: str = "en") -> None:
        self._store = store
        self._language = language
        self._known: dict[NamedNode, Literal] = {}

    def of(self, term: object) -> str:
        """Return the name of a term; a literal's is its text."""
        return self.literal(term).value

    def literal(self, term: object) -> Literal:
        """Return the name of a term as a literal, with its language where it has one."""
        if isinstance(term, Literal):
            return term
        if not isinstance(term, NamedNode):
            return Literal(str(term))
        if term not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[term] = self.found(term)
        return self._known[term]

    def found(self, term: NamedNode) -> Literal:
        """Return the name that a store has for a term."""
        names = self.all_of(term)
        for language in (self._language, "en", *names):
            if language in names:
                return Literal(names[language], language=language or None)
        return Literal(curie(term))

    def all_of(self, node: NamedNode) -> Mapping[str, str]:
        """Return the preferred names of a thing by language, sorted by it; first come, first kept."""
        found: dict[str, str] = {}
        for naming in _NAMINGS:
            for literal in literals(self._store, node, naming):
                found.setdefault(literal.language or "", literal.value)
        return dict(sorted(found.items()))


class Memo:
    """A `Store` over another, for reading, that remembers what it has read of records.

    Claims, figures, repairs, selectors and articles are small, and each is asked for many of its properties:
    all of them are read from the union at once, and once.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.select, self.ask, self.construct = store.select, store.ask, store.construct
        self.graphs = store.graphs
        self._known: dict[NamedNode, dict[NamedNode, list[Quad]]] = {}

    @classmethod
    def over(cls, store: Store) -> "Memo":
        """Return a store that remembers, over another or the same."""
        return store if isinstance(store, Memo) else cls(store)

    def match(
        self, subject: Subject = None, predicate: Named = None, object: Object = None, graph: Graph = None
    ) -> Iterator[Quad]:
        """Yield the quads that fit; see `Store.match`."""
        if graph != UNION or not (isinstance(subject, NamedNode) and subject.value.startswith(_RECORDS)):
            return self._store.match(subject, predicate, object, graph)
        known = self._known.get(subject)
        if known is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            quads = self._store.match(subject, None, None, UNION)
            known = self._known[subject] = grouped((quad.predicate, quad) for quad in quads)
        lists = [known.get(predicate, [])] if predicate is not None else known.values()
        found = (quad for each in lists for quad in each)
        return found if object is None else (quad for quad in found if quad.object == object)

    def apply(self, *, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """Change the store, and forget what was read of it."""
        self._store.apply(add=add, remove=remove)
        self._known.clear()


class Beside(Memo):
    """A store with the quads of a draft beside its own, for reading; queries are asked of the draft alone."""

    def __init__(self, store: Store, draft: Store) -> None:
        super().__init__(draft)
        self._held = store

    def match(
        self, subject: Subject = None, predicate: Named = None, object: Object = None, graph: Graph = None
    ) -> Iterator[Quad]:
        """Yield the quads of both that fit; see `Store.match`."""
        yield from super().match(subject, predicate, object, graph)
        yield from self._held.match(subject, predicate, object, graph)
