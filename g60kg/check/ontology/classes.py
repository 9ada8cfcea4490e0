"""Pitfalls of classes and names: circles, what is apart from what, what stands alone, what things are called.

Goes in: the terms. Comes out: faults. Source: OOPS!, pitfalls P04, P06, P07, P10, P22, P36.
"""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from g60kg.check.ontology.circles import above, circle
from g60kg.check.ontology.terms import Fault, Terms
from g60kg.check.profile.rules import RESERVED, STRUCTURE
from g60kg.check.triples import BrokenListError, Term
from g60kg.terms import OWL, RDF, RDFS, SCHEMA

_NAMING: Final = {
    "class": re.compile(r"[A-Z][A-Za-z0-9]*"),
    "property": re.compile(r"[a-z][A-Za-z0-9]*"),
    "annotation": re.compile(r"[a-z][A-Za-z0-9]*"),
    "individual": re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*"),
}
_TWO_IDEAS: Final = re.compile(r"\b(and|or)\b|[a-z0-9](And|Or)(?=[A-Z]|$)")
_FILE: Final = re.compile(r"\.(owl|rdf|rdfs|ttl|n3|nt|xml|jsonld)$")
_LINKS: Final = STRUCTURE | {RDF.type, SCHEMA.domainIncludes, SCHEMA.rangeIncludes}


def check_classes(terms: Terms) -> Iterator[Fault]:
    """Yield the pitfalls of the ontology's own classes and names."""
    apart = _apart(terms)
    for node in terms.own("class"):
        if circle(terms.triples, node, RDFS.subClassOf):
            yield Fault("class-circle", node)
        if _is_top(terms, node) and not _set_apart(terms, node, apart):
            yield Fault("not-disjoint", node)
        if _TWO_IDEAS.search(" ".join([terms.local(node), *terms.texts(node, RDFS.label, "en")])):
            yield Fault("and-or", node)
    yield from _spelling(terms)
    linked = _linked(terms)
    yield from (Fault("unconnected", node) for node in terms.own() if node not in linked)


def _is_top(terms: Terms, node: NamedNode) -> bool:
    return not any(terms.is_own(other) for other in above(terms.triples, node, RDFS.subClassOf))


def _set_apart(terms: Terms, node: NamedNode, apart: set[Term]) -> bool:
    """Whether the class, or all right below it, are disjoint from something; a defined class need not be."""
    if node in apart or terms.triples.objects(node, OWL.equivalentClass):
        return True
    below = [other for other in terms.triples.subjects(RDFS.subClassOf, node) if isinstance(other, NamedNode)]
    return bool(below) and all(
        {other, *above(terms.triples, other, RDFS.subClassOf)} & apart for other in below
    )


def _apart(terms: Terms) -> set[Term]:
    found: set[Term] = set()
    for subject, predicate, value in terms.triples:
        if predicate == OWL.disjointWith:
            found |= {subject, value}
    for node in terms.triples.typed(OWL.AllDisjointClasses):
        for head in terms.triples.objects(node, OWL.members):
            try:
                found.update(terms.triples.items(head))
            except BrokenListError:
                continue
    return found


def _spelling(terms: Terms) -> Iterator[Fault]:
    for node in terms.own():
        if not _NAMING[terms.kinds[node]].fullmatch(terms.local(node)):
            yield Fault("naming", node)
    for name in [*terms.own(), *([terms.ontology] if terms.ontology else [])]:
        if _FILE.search(name.value):
            yield Fault("file-ending", name)


def _linked(terms: Terms) -> set[Term]:
    """Return the terms that an axiom, an expression or a type binds to another term."""
    found: set[Term] = set()
    for subject, predicate, value in terms.triples:
        if predicate not in _LINKS or value == subject:
            continue
        if predicate != RDF.type or not (isinstance(value, NamedNode) and value.value.startswith(RESERVED)):
            found |= {subject, value}
    return found
