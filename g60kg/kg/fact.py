"""From what a user writes to the triple that is meant.

Goes in: subject, predicate and object as IRIs, CURIEs, names, or terms. Comes out: a triple.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from g60kg.errors import QueryError
from g60kg.query import resolve
from g60kg.store import Store
from g60kg.terms import G60, PREFIXES, RDF, iri

Named = object
_CLAIMED: Final = """
SELECT DISTINCT ?value {
  ?claim a g60:Claim ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?value
} ORDER BY ?value
"""


def fact(store: Store, subject: Named, predicate: Named, object: Named) -> Triple:
    """Return the triple that three names mean.

    An object may also be the text or the number of a value that the subject has, or is claimed to have.
    Raises `UnknownName` with the nearest names, `AmbiguousName` with the choices.
    """
    one = _thing(store, subject)
    relation = _property(store, predicate)
    return Triple(one, relation, _value(store, one, relation, object))


def _thing(store: Store, name: Named) -> NamedNode:
    return name if isinstance(name, NamedNode) else resolve(store, str(name))


def _property(store: Store, name: Named) -> NamedNode:
    """Return a property by its IRI, its CURIE, its local name, or its label."""
    if name == "a":
        return RDF.type
    direct = name if isinstance(name, NamedNode) else _direct(str(name))
    if direct is not None:
        return direct
    text = str(name)
    if text.isidentifier() and any(store.match(G60[text], RDF.type)):
        return G60[text]
    return resolve(store, text)


def _value(store: Store, subject: NamedNode, predicate: NamedNode, name: Named) -> NamedNode | Literal:
    """Return the object: a value that the subject has, or a thing."""
    if isinstance(name, NamedNode | Literal):
        return name
    text = str(name)
    for value in chain(_held(store, subject, predicate), _claimed(store, subject, predicate)):
        if _says(store, value, text):
            return value
    return _direct(text) or resolve(store, text)


def _held(store: Store, subject: NamedNode, predicate: NamedNode) -> Iterator[NamedNode | Literal]:
    found = {quad.object for quad in store.match(subject, predicate)}
    return (value for value in sorted(found, key=str) if isinstance(value, NamedNode | Literal))


def _claimed(store: Store, subject: NamedNode, predicate: NamedNode) -> Iterator[NamedNode | Literal]:
    """Yield what claims state as the value, be it held or not."""
    rows = store.select(_CLAIMED, {"subject": subject, "predicate": predicate}).rows
    return (value for (value,) in rows if isinstance(value, NamedNode | Literal))


def _says(store: Store, value: NamedNode | Literal, text: str) -> bool:
    """Whether a value is written so: a literal as its text, a statistic as its number."""
    if isinstance(value, Literal):
        return value.value == text
    numbers = {quad.object for quad in store.match(value, G60.value)}
    return any(_equal(number.value, text) for number in numbers if isinstance(number, Literal))


def _equal(one: str, other: str) -> bool:
    """Whether two texts write one number.

    >>> _equal("57920000", "57,920,000"), _equal("1", "x")
    (True, False)
    """
    try:
        return Decimal(one) == Decimal(other.replace(",", ""))
    except InvalidOperation:
        return False


def _direct(text: str) -> NamedNode | None:
    """Return the term of an IRI or of a CURIE with a known prefix, held or not."""
    prefix, colon, rest = text.partition(":")
    try:
        if colon and prefix in PREFIXES and not rest.startswith("//"):
            return iri(text)
        return NamedNode(text.strip("<>")) if "://" in text else None
    except ValueError as error:
        raise QueryError(f"{text!r} is no IRI: {error}", mend="write an IRI, a CURIE or a name") from error
