"""Pitfalls of properties: ends that are missing, too many, or do not fit the inverse.

Goes in: the terms. Comes out: faults. Source: OOPS!, pitfalls P05, P06, P11, P19, P25, P26.
"""

from collections.abc import Iterator

from pyoxigraph import NamedNode

from g60kg.check.ontology.circles import circle
from g60kg.check.ontology.terms import Fault, Terms
from g60kg.check.triples import Node, Term
from g60kg.terms import OWL, RDFS, SCHEMA

_DOMAINS = (RDFS.domain, SCHEMA.domainIncludes)
_RANGES = (RDFS.range, SCHEMA.rangeIncludes)


def check_properties(terms: Terms) -> Iterator[Fault]:
    """Yield the pitfalls of the ontology's own properties."""
    for node in terms.own("property"):
        if not _ends(terms, node, _DOMAINS, _RANGES):
            yield Fault("no-domain", node)
        if not _ends(terms, node, _RANGES, _DOMAINS):
            yield Fault("no-range", node)
        if len(terms.triples.objects(node, RDFS.domain)) > 1:
            yield Fault("several-domains", node)
        if len(terms.triples.objects(node, RDFS.range)) > 1:
            yield Fault("several-ranges", node)
        if circle(terms.triples, node, RDFS.subPropertyOf):
            yield Fault("property-circle", node)
        yield from _inverses(terms, node)


def _ends(
    terms: Terms,
    node: Node,
    here: tuple[NamedNode, ...],
    there: tuple[NamedNode, ...],
    seen: tuple[Node, ...] = (),
) -> bool:
    """Whether the property has an end, itself, from one above it, or from its inverse."""
    if node in seen:
        return False
    if any(terms.triples.objects(node, predicate) for predicate in here):
        return True
    above = terms.triples.nodes(node, RDFS.subPropertyOf)
    inverses = terms.triples.nodes(node, OWL.inverseOf) + terms.triples.subjects(OWL.inverseOf, node)
    return any(_ends(terms, other, here, there, (*seen, node)) for other in above) or any(
        _ends(terms, other, there, here, (*seen, node)) for other in inverses
    )


def _inverses(terms: Terms, node: NamedNode) -> Iterator[Fault]:
    for inverse in terms.triples.nodes(node, OWL.inverseOf):
        if inverse == node:
            yield Fault("inverse-self", node)
            continue
        if node in terms.triples.typed(OWL.SymmetricProperty):
            yield Fault("inverse-symmetric", node)
        if not (_fit(terms, node, inverse) and _fit(terms, inverse, node)):
            yield Fault("inverse-ends", node)


def _fit(terms: Terms, node: Node, inverse: Node) -> bool:
    """Whether where the one ends, the other starts, as far as both say."""
    ends: set[Term] = set(terms.triples.objects(node, RDFS.range))
    starts: set[Term] = set(terms.triples.objects(inverse, RDFS.domain))
    return not ends or not starts or ends == starts
