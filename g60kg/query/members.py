"""The entities of a class, and the names they bear.

Goes in: a store and a class, or a property, whose sub-properties are then the members. Comes out:
whether an entity is a member, and the names of all. Classes below count, inferred or not.
"""

from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.store.base import Bindings, Store
from g60kg.terms import iri

Named = tuple[NamedNode, str]

_PREFIXES: Final = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_NAMED: Final = (
    "VALUES ?naming { skos:prefLabel skos:altLabel skos:hiddenLabel rdfs:label dcterms:title }"
    " ?entity ?naming ?name"
)
BEARERS: Final = _PREFIXES + f"SELECT DISTINCT ?entity ?name {{ {_NAMED} }}"
_NAMES: Final = _PREFIXES + (
    f"SELECT DISTINCT ?entity ?name ?membership ?class {{ ?entity ?membership ?class . {_NAMED} }}"
)
_BELOW: Final = _PREFIXES + (
    "SELECT DISTINCT ?below ?class"
    " { VALUES ?path { rdfs:subClassOf rdfs:subPropertyOf } ?below ?path ?class }"
)
_TYPE: Final = iri("rdf:type")
_SUB_PROPERTY: Final = iri("rdfs:subPropertyOf")


class Members:
    """The entities of a class, found one by one or all together."""

    def __init__(self, store: Store, class_: NamedNode | None) -> None:
        self._store = store
        self._class = class_
        self._classes = _with_below(store, class_) if class_ else ()

    def has(self, entity: NamedNode) -> bool:
        """Whether an entity is held, and is of the class."""
        if self._class is None:
            return next(self._store.match(entity), None) is not None
        return any(
            next(self._store.match(entity, membership, each), None) is not None
            for each in self._classes
            for membership in (_TYPE, _SUB_PROPERTY)
        )

    def names(self) -> list[Named]:
        """Return all names of all members."""
        if self._class is None:
            return named(self._store, BEARERS, {})
        found = []
        for each in self._classes:
            for membership in (_TYPE, _SUB_PROPERTY):
                bindings: dict[str, NamedNode | Literal] = {"class": each, "membership": membership}
                found += named(self._store, _NAMES, bindings)
        return found


def _with_below(store: Store, top: NamedNode) -> tuple[NamedNode, ...]:
    """Return a class or property and all those below it, sorted after the first."""
    seen, waiting = {top}, [top]
    while waiting:
        rows = store.select(_BELOW, {"class": waiting.pop()}).rows
        new = {row[0] for row in rows if isinstance(row[0], NamedNode)} - seen
        seen |= new
        waiting += new
    return (top, *sorted(seen - {top}, key=lambda each: each.value))


def named(store: Store, text: str, bindings: Bindings) -> list[Named]:
    """Return the pairs of entity and name that a query selects."""
    rows = store.select(text, bindings).rows
    return [(row[0], _lexical(row[1])) for row in rows if isinstance(row[0], NamedNode)]


def _lexical(term: NamedNode | BlankNode | Literal | None) -> str:
    return term.value if term is not None else ""
