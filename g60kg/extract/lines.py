"""A claim as one line, for people and for the examples of frames.

Goes in: a claim. Comes out: `SUBJECT PREDICATE OBJECT name=VALUE …`, IRIs as CURIEs.
"""

from ..model import Claim, Entity, Value
from ..terms import curie


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
