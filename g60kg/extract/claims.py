"""What tells one claim from another, and a claim as one line.

Goes in: claims, or their parts. Comes out: ids and keys that are their content; `SUBJECT PREDICATE OBJECT
name=VALUE …`, IRIs as CURIEs, for people and for the examples of frames.
"""

from collections.abc import Iterable

from g60kg.model import Claim, Entity, Qualifier, Value, content_id
from g60kg.terms import curie

Qualifiers = tuple[tuple[str, Qualifier], ...]


def claim_id(
    article: str,
    span: tuple[int, int],
    subject: Entity,
    predicate: str,
    object_: Entity | Value,
    limits: Qualifiers,
) -> str:
    """Return the id of a claim: the hash of its article, span and triple."""
    return content_id(article, *span, subject.iri, predicate, *object_key(object_), *qualifier_key(limits))


def object_key(value: Entity | Value) -> tuple[str, ...]:
    """Return what tells one object from another."""
    if isinstance(value, Entity):
        return (value.iri,)
    return (value.value, value.datatype, value.unit or "", value.comparator or "", value.language or "")


def qualifier_key(qualifiers: Iterable[tuple[str, Qualifier]]) -> tuple[str, ...]:
    """Return what tells one set of qualifiers from another."""
    return tuple(f"{name}={q if isinstance(q, str) else q.iri}" for name, q in qualifiers)


def claim_line(claim: Claim) -> str:
    """Return a claim as one line, without its place.

    A figure is `VALUE UNIT`, with its comparator before it unless that is `exact`; a text stands in quotes.
    """
    limits = [f"{name}={q if isinstance(q, str) else curie(q.iri)}" for name, q in claim.qualifiers]
    return " ".join([curie(claim.subject.iri), claim.predicate, value_text(claim.object), *limits])


def value_text(value: Entity | Value) -> str:
    """Return the object of a claim: a CURIE, a figure with its unit and comparator, or a literal."""
    if isinstance(value, Entity):
        return curie(value.iri)
    if value.is_figure:
        comparator = "" if value.comparator == "exact" else f"{value.comparator} "
        return f"{comparator}{value.value} {value.unit}"
    return f'"{value.value}"' if value.datatype == "rdf:langString" else value.value
