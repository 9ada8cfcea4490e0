"""Names and assertions: each IRI is declared, of one kind, and used as what it is.

Goes in: an ontology. Comes out: breaches. Source: OWL 2 Structural Specification, sections 2.4, 5.8.1,
5.8.2 and 11.2.
"""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from g60kg.check.profile.classes import check_class
from g60kg.check.profile.data import check_literal
from g60kg.check.profile.ontology import Breach, Ontology
from g60kg.check.profile.vocabulary import BUILT_IN, BUILT_IN_CLASSES, META, RESERVED, STRUCTURE
from g60kg.check.triples import Node, Term
from g60kg.terms import OWL, RDF, curie


def check_entities(ontology: Ontology) -> Iterator[Breach]:
    """Yield what declarations and assertions break."""
    yield from _kinds(ontology)
    yield from _reserved(ontology)
    for subject, predicate, value in ontology.triples:
        if predicate == RDF.type:
            yield from _type(ontology, subject, value)
        elif predicate not in STRUCTURE:
            yield from _assertion(ontology, subject, predicate, value)
    yield from _negative(ontology)


def _kinds(ontology: Ontology) -> Iterator[Breach]:
    objects, data, notes = (
        ontology.object_properties,
        ontology.data_properties,
        ontology.annotation_properties,
    )
    for name in (objects & data) | (objects & notes) | (data & notes):
        yield Breach("property-kinds", name)
    for name in ontology.classes & ontology.datatypes:
        yield Breach("class-kinds", name)


def _reserved(ontology: Ontology) -> Iterator[Breach]:
    for name in (ontology.classes | ontology.datatypes | ontology.properties) - BUILT_IN:
        if name.value.startswith(RESERVED):
            yield Breach("reserved", name, f"{curie(name)} is declared")


def _type(ontology: Ontology, subject: Node, kind: Term) -> Iterator[Breach]:
    if kind in META:
        return
    if isinstance(kind, NamedNode) and kind.value.startswith(RESERVED) and kind not in BUILT_IN_CLASSES:
        yield Breach("reserved", subject, f"{curie(kind)} is used as a class")
    else:
        yield from check_class(ontology, subject, kind, "super")


def _assertion(ontology: Ontology, subject: Node, predicate: NamedNode, value: Term) -> Iterator[Breach]:
    if predicate in ontology.annotation_properties:
        return
    if predicate.value.startswith(RESERVED):
        yield Breach("reserved", subject, f"{curie(predicate)} is used as a property")
    elif predicate in ontology.object_properties:
        if isinstance(value, Literal):
            yield Breach("object-value", subject, f"{curie(predicate)} has a literal")
    elif predicate not in ontology.data_properties:
        yield Breach("undeclared-property", predicate)
    elif isinstance(value, Literal):
        yield from check_literal(subject, value)
    else:
        yield Breach("data-value", subject, f"{curie(predicate)} has an individual")


def _negative(ontology: Ontology) -> Iterator[Breach]:
    triples = ontology.triples
    for node in triples.typed(OWL.NegativePropertyAssertion):
        ends = triples.objects(node, OWL.sourceIndividual) + triples.objects(node, OWL.targetIndividual)
        if any(isinstance(end, BlankNode) for end in ends):
            yield Breach("anonymous", node)
        for value in triples.objects(node, OWL.targetValue):
            if isinstance(value, Literal):
                yield from check_literal(node, value)
