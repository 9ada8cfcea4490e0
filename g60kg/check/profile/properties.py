"""Property axioms: which characteristics the profile has, and which only simple properties may bear.

Goes in: an ontology. Comes out: breaches. A property is simple if neither it nor one below it is transitive
or ends a chain. Source: OWL 2 Profiles, section 4.2.5; OWL 2 Structural Specification, sections 9.2.5 and 11.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from g60kg.check.profile.expressions import CARDINALITIES, RESTRICTIONS
from g60kg.check.profile.hierarchy import Hierarchy
from g60kg.check.profile.ontology import Breach, Ontology
from g60kg.check.profile.vocabulary import OBJECT_CHARACTERISTICS
from g60kg.check.triples import BrokenListError, Node, Term
from g60kg.terms import OWL, RDFS, curie

_SIMPLE_ONLY: Final = {
    OWL.FunctionalProperty: "functional",
    OWL.InverseFunctionalProperty: "inverse functional",
    OWL.IrreflexiveProperty: "irreflexive",
    OWL.AsymmetricProperty: "asymmetric",
}
_OBJECT_ONLY: Final = (OWL.inverseOf, OWL.propertyChainAxiom)


def check_properties(ontology: Ontology) -> Iterator[Breach]:
    """Yield what the property axioms break."""
    yield from (Breach("reflexive", node) for node in ontology.triples.typed(OWL.ReflexiveProperty))
    yield from _data_characteristics(ontology)
    yield from _property_axioms(ontology)
    hierarchy = Hierarchy(ontology.triples)
    yield from _simple(ontology, hierarchy)
    for node in hierarchy.irregular():
        yield Breach("regular", node, f"the chains of {curie(node) if isinstance(node, NamedNode) else 'it'}")


def _data_characteristics(ontology: Ontology) -> Iterator[Breach]:
    for kind in OBJECT_CHARACTERISTICS:
        for node in ontology.triples.typed(kind):
            if node in ontology.data_properties:
                yield Breach("data-characteristic", node, curie(kind))
    for subject, predicate, value in ontology.triples:
        if predicate in _OBJECT_ONLY and (
            subject in ontology.data_properties or value in ontology.data_properties
        ):
            yield Breach("data-characteristic", subject, curie(predicate))


def _property_axioms(ontology: Ontology) -> Iterator[Breach]:
    axioms = (RDFS.subPropertyOf, OWL.equivalentProperty, OWL.inverseOf, OWL.propertyDisjointWith)
    for subject, predicate, value in ontology.triples:
        if predicate not in axioms:
            continue
        if OWL.topDataProperty in (subject, value) and (predicate, value) != (
            RDFS.subPropertyOf,
            OWL.topDataProperty,
        ):
            yield Breach("top-data-property", subject)
        for name in (subject, value):
            if isinstance(name, NamedNode) and name not in ontology.properties:
                yield Breach("undeclared-property", name)


def _simple(ontology: Ontology, hierarchy: Hierarchy) -> Iterator[Breach]:
    for node, use in _uses(ontology):
        if node in hierarchy.composite:
            yield Breach("simple", node, f"is {use}")


def _uses(ontology: Ontology) -> Iterator[tuple[Term, str]]:
    """Yield each property used where only a simple one may be, and as what."""
    triples = ontology.triples
    for kind, use in _SIMPLE_ONLY.items():
        yield from ((node, use) for node in triples.typed(kind))
    for subject, predicate, value in triples:
        if predicate == OWL.propertyDisjointWith:
            yield from ((subject, "disjoint"), (value, "disjoint"))
        elif RESTRICTIONS.get(predicate) in CARDINALITIES:
            yield from ((node, "in a cardinality") for node in triples.objects(subject, OWL.onProperty))
    for node in triples.typed(OWL.AllDisjointProperties):
        yield from ((member, "disjoint") for member in _members(ontology, node))


def _members(ontology: Ontology, node: Node) -> list[Term]:
    heads = ontology.triples.objects(node, OWL.members)
    try:
        return ontology.triples.items(heads[0]) if heads else []
    except BrokenListError:
        return []
