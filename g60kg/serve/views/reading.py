"""Reading single values of a store: those that are there, in one order.

Goes in: a store, a subject and a property. Comes out: terms, texts, numbers.
"""

from pyoxigraph import Literal, NamedNode

from g60kg.store import Store, Term
from g60kg.terms import G60, INFERRED_GRAPH, RDF


def nodes(store: Store, subject: NamedNode, predicate: NamedNode) -> tuple[NamedNode, ...]:
    """Return the things that a property leads to, sorted."""
    found = {quad.object for quad in store.match(subject, predicate)}
    return tuple(sorted((each for each in found if isinstance(each, NamedNode)), key=str))


def subjects(store: Store, predicate: NamedNode, value: Term) -> tuple[NamedNode, ...]:
    """Return the things from which a property leads to a value, sorted."""
    found = {quad.subject for quad in store.match(None, predicate, value)}
    return tuple(sorted((each for each in found if isinstance(each, NamedNode)), key=str))


def held_kinds(store: Store, thing: NamedNode) -> tuple[NamedNode, ...]:
    """Return our classes that a thing was said to be of, not those that follow; sorted."""
    found = {quad.object for quad in store.match(thing, RDF.type) if quad.graph_name != INFERRED_GRAPH}
    kinds = (each for each in found if isinstance(each, NamedNode) and each.value.startswith(G60.base))
    return tuple(sorted(kinds, key=str))


def value(store: Store, subject: NamedNode, predicate: NamedNode) -> Term | None:
    """Return a value of a property, the first where there are several."""
    found = [quad.object for quad in store.match(subject, predicate)]
    return min((each for each in found if isinstance(each, NamedNode | Literal)), key=str, default=None)


def literals(store: Store, subject: NamedNode, predicate: NamedNode) -> tuple[Literal, ...]:
    """Return the literals of a property, sorted by text."""
    found = {quad.object for quad in store.match(subject, predicate)}
    texts = (each for each in found if isinstance(each, Literal))
    return tuple(sorted(texts, key=lambda each: (each.value, each.language or "")))


def text(store: Store, subject: NamedNode, predicate: NamedNode) -> str:
    """Return the text of a property, empty where there is none."""
    return next((each.value for each in literals(store, subject, predicate)), "")


def number(store: Store, subject: NamedNode, predicate: NamedNode) -> int:
    """Return the whole number of a property, 0 where there is none."""
    found = text(store, subject, predicate)
    return int(found) if found.isdigit() else 0
