"""What tells one claim from another.

Goes in: parts of claims. Comes out: ids and keys that are their content.
"""

from collections.abc import Iterable

from ..model import Entity, Qualifier, Value, content_id

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
