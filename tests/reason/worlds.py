"""Small ontologies with data, written as Turtle: by hand in the tests, at random by hypothesis."""

from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple, parse

PREFIXES = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_CLASSES = st.sampled_from([":A", ":B", ":C", ":D"])
_PROPERTIES = st.sampled_from([":p", ":q", ":r"])
_THINGS = st.sampled_from([":a", ":b", ":c", ":d", ":e"])
_VALUES = st.sampled_from(['"x"', '"y"@en', "1", "2.5"])

_AXIOMS = (
    "{A} rdfs:subClassOf {B} .",
    "{A} owl:equivalentClass {B} .",
    "{A} owl:disjointWith {B} .",
    "[] a owl:AllDisjointClasses ; owl:members ( {A} {B} {C} ) .",
    "{A} owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( {B} {C} ) ] .",
    "[ a owl:Class ; owl:unionOf ( {B} {C} ) ] rdfs:subClassOf {A} .",
    "[ a owl:Class ; owl:oneOf ( {a} {b} ) ] rdfs:subClassOf {A} .",
    "{A} rdfs:subClassOf [ a owl:Class ; owl:complementOf {B} ] .",
    "[ a owl:Restriction ; owl:onProperty {p} ; owl:someValuesFrom {B} ] rdfs:subClassOf {A} .",
    "[ a owl:Restriction ; owl:onProperty {p} ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf {A} .",
    "{A} rdfs:subClassOf [ a owl:Restriction ; owl:onProperty {p} ; owl:allValuesFrom {B} ] .",
    "{A} owl:equivalentClass [ a owl:Restriction ; owl:onProperty {p} ; owl:hasValue {a} ] .",
    '{A} owl:equivalentClass [ a owl:Restriction ; owl:onProperty {p} ; owl:hasValue "x" ] .',
    "[ a owl:Class ; owl:intersectionOf"
    " ( {B} [ a owl:Restriction ; owl:onProperty {p} ; owl:someValuesFrom {C} ] ) ] rdfs:subClassOf {A} .",
    "{A} owl:equivalentClass [ a owl:Class ; owl:intersectionOf"
    " ( {B} [ a owl:Restriction ; owl:onProperty {p} ; owl:hasValue {a} ] ) ] .",
    "{A} rdfs:subClassOf [ a owl:Restriction ; owl:onProperty {p} ;"
    ' owl:maxCardinality "0"^^xsd:nonNegativeInteger ] .',
    "{A} rdfs:subClassOf [ a owl:Restriction ; owl:onProperty {p} ;"
    ' owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .',
    "{A} rdfs:subClassOf [ a owl:Restriction ; owl:onProperty {p} ; owl:onClass {B} ;"
    ' owl:maxQualifiedCardinality "1"^^xsd:nonNegativeInteger ] .',
    "[ a owl:Restriction ; owl:onProperty [ owl:inverseOf {p} ] ; owl:someValuesFrom {B} ]"
    " rdfs:subClassOf {A} .",
    "{p} rdfs:domain {A} .",
    "{p} rdfs:range {A} .",
    "{p} rdfs:subPropertyOf {q} .",
    "{p} owl:equivalentProperty {q} .",
    "{p} owl:inverseOf {q} .",
    "{p} a owl:TransitiveProperty .",
    "{p} a owl:SymmetricProperty .",
    "{p} a owl:AsymmetricProperty .",
    "{p} a owl:IrreflexiveProperty .",
    "{p} a owl:FunctionalProperty .",
    "{p} a owl:InverseFunctionalProperty .",
    "{p} owl:propertyDisjointWith {q} .",
    "{p} owl:propertyChainAxiom ( {q} {r} ) .",
    "{p} owl:propertyChainAxiom ( {p} {q} {r} ) .",
    "{A} rdfs:subClassOf {B} . {B} rdfs:subClassOf {A} .",
    "[] owl:sourceIndividual {a} ; owl:assertionProperty {p} ; owl:targetIndividual {b} .",
)
_FACTS = (
    "{a} a {A} .",
    "{a} {p} {b} .",
    "{b} {q} {a} .",
    "{a} {r} {b} .",
    "{a} {p} {v} .",
    "{a} owl:sameAs {b} .",
    "{a} owl:differentFrom {b} .",
    "{a} rdfs:label {v} .",
)


def triples(turtle: str) -> list[Triple]:
    """The triples of a Turtle text without its prefixes."""
    return [quad.triple for quad in parse(PREFIXES + turtle, format=RdfFormat.TURTLE)]


def _filled(templates: tuple[str, ...]) -> st.SearchStrategy[str]:
    slots = {"A": _CLASSES, "B": _CLASSES, "C": _CLASSES, "p": _PROPERTIES, "q": _PROPERTIES}
    slots |= {"r": _PROPERTIES, "a": _THINGS, "b": _THINGS, "v": _VALUES}
    terms = st.fixed_dictionaries(slots)
    return st.builds(lambda template, names: template.format(**names), st.sampled_from(templates), terms)


ontologies = st.lists(_filled(_AXIOMS), min_size=1, max_size=7, unique=True)
facts = _filled(_FACTS)
data = st.lists(facts, min_size=1, max_size=9, unique=True)
