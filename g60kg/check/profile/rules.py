"""The OWL 2 RL profile as data: the names that OWL reserves, what may stand where, what each rule forbids.

The names of the rules on class expressions are made of the position (`sub`, `super`, `equivalent`) and the
kind of expression that may not stand there. Source: OWL 2 Profiles, section 4.2; OWL 2 Structural
Specification, sections 2.4, 5 and 11; OWL 2 Mapping to RDF Graphs, tables 6 to 18.
"""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from g60kg.terms import OWL, RDF, RDFS, XSD, Namespace

RESERVED: Final = (OWL.base, RDF.base, RDFS.base, XSD.base)


def _of(namespace: Namespace, names: str) -> frozenset[NamedNode]:
    return frozenset(namespace[name] for name in names.split())


RL_DATATYPES: Final = (
    _of(XSD, "decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger")
    | _of(XSD, "long int short byte unsignedLong unsignedInt unsignedShort unsignedByte float double")
    | _of(XSD, "string normalizedString token language Name NCName NMTOKEN boolean hexBinary base64Binary")
    | _of(XSD, "anyURI dateTime dateTimeStamp")
    | _of(RDF, "PlainLiteral XMLLiteral langString")
    | _of(RDFS, "Literal")
)
BUILT_IN_CLASSES: Final = _of(OWL, "Thing Nothing")
BUILT_IN_OBJECT_PROPERTIES: Final = _of(OWL, "topObjectProperty bottomObjectProperty")
BUILT_IN_DATA_PROPERTIES: Final = _of(OWL, "topDataProperty bottomDataProperty")
BUILT_IN_ANNOTATIONS: Final = _of(RDFS, "label comment seeAlso isDefinedBy") | _of(
    OWL, "versionInfo deprecated priorVersion backwardCompatibleWith incompatibleWith"
)
BUILT_IN: Final = (
    RL_DATATYPES
    | BUILT_IN_CLASSES
    | BUILT_IN_OBJECT_PROPERTIES
    | BUILT_IN_DATA_PROPERTIES
    | BUILT_IN_ANNOTATIONS
)
OBJECT_CHARACTERISTICS: Final = _of(
    OWL,
    "InverseFunctionalProperty TransitiveProperty SymmetricProperty AsymmetricProperty IrreflexiveProperty "
    "ReflexiveProperty",
)
# what rdf:type may lead to without being a class of the ontology
META: Final = (
    OBJECT_CHARACTERISTICS
    | _of(OWL, "Class Restriction ObjectProperty DatatypeProperty AnnotationProperty OntologyProperty")
    | _of(OWL, "NamedIndividual Ontology Axiom Annotation AllDisjointClasses AllDisjointProperties")
    | _of(OWL, "AllDifferent NegativePropertyAssertion FunctionalProperty DataRange DeprecatedClass")
    | _of(OWL, "DeprecatedProperty")
    | _of(RDFS, "Datatype Class")
    | _of(RDF, "Property List")
)
# predicates that build axioms and expressions
STRUCTURE: Final = (
    _of(RDF, "first rest")
    | _of(RDFS, "subClassOf subPropertyOf domain range")
    | _of(RDF, "langRange")
    | _of(XSD, "length minLength maxLength pattern minInclusive minExclusive maxInclusive maxExclusive")
    | _of(OWL, "equivalentClass disjointWith disjointUnionOf hasKey equivalentProperty inverseOf")
    | _of(OWL, "propertyDisjointWith propertyChainAxiom sameAs differentFrom members distinctMembers")
    | _of(OWL, "intersectionOf unionOf complementOf oneOf datatypeComplementOf onDatatype withRestrictions")
    | _of(OWL, "onProperty onProperties someValuesFrom allValuesFrom hasValue hasSelf onClass onDataRange")
    | _of(OWL, "minCardinality maxCardinality cardinality minQualifiedCardinality")
    | _of(OWL, "maxQualifiedCardinality qualifiedCardinality")
    | _of(OWL, "sourceIndividual assertionProperty targetIndividual targetValue")
    | _of(OWL, "annotatedSource annotatedProperty annotatedTarget imports versionIRI")
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule of the profile forbids, in words, and how to mend a breach of it."""

    text: str
    mend: str


# position -> kind of class expression that may stand there -> position of its operands
GRAMMAR: Final[dict[str, dict[str, str]]] = {
    "sub": {
        "class": "",
        "intersection": "sub",
        "union": "sub",
        "one-of": "individual",
        "some": "filler",
        "has-value": "value",
    },
    "super": {
        "class": "",
        "intersection": "super",
        "complement": "sub",
        "all": "super",
        "max": "filler",
        "has-value": "value",
    },
    "equivalent": {"class": "", "intersection": "equivalent", "has-value": "value"},
}
# position -> how it is called, and how to mend what may not stand there
_POSITIONS: Final = {
    "sub": (
        "where a subclass stands",
        "turn the axiom round, or name the class and say what suffices for it",
    ),
    "super": (
        "where a superclass stands",
        "say what suffices on the left of rdfs:subClassOf, or use owl:hasValue",
    ),
    "equivalent": (
        "in an equivalence of classes",
        "split the axiom into rdfs:subClassOf each way that the profile allows",
    ),
}
_KINDS: Final = {
    "thing": "owl:Thing",
    "union": "a union (owl:unionOf)",
    "one-of": "an enumeration (owl:oneOf)",
    "complement": "a complement (owl:complementOf)",
    "some": "an existential (owl:someValuesFrom)",
    "all": "a universal (owl:allValuesFrom)",
    "max": "a maximum cardinality",
    "min": "a minimum cardinality",
    "exact": "an exact cardinality",
    "has-self": "a self restriction (owl:hasSelf)",
}
_OTHERS: Final = {
    "max-above-one": Rule("a maximum cardinality above 1", "use 0 or 1, or check it with SHACL"),
    "data-one-of": Rule("an enumeration of literals as data range", "check it with SHACL (sh:in)"),
    "data-union": Rule("a union as data range", "use rdfs:Literal, and check it with SHACL (sh:or)"),
    "data-complement": Rule("a complement as data range", "check it with SHACL (sh:not)"),
    "data-facets": Rule("a datatype with facets", "check it with SHACL"),
    "n-ary": Rule("a restriction on several data properties", "use one restriction for each property"),
    "datatype": Rule(
        "a datatype outside OWL 2 RL", "use rdfs:Literal, and check it with SHACL (sh:datatype)"
    ),
    "literal": Rule(
        "a literal whose datatype is outside OWL 2 RL", "use xsd:dateTime, xsd:integer or xsd:string"
    ),
    "disjoint-union": Rule("owl:disjointUnionOf", "use rdfs:subClassOf and owl:AllDisjointClasses"),
    "equality": Rule(
        "an axiom about equality itself (owl:sameAs)", "use owl:FunctionalProperty or owl:hasKey"
    ),
    "reflexive": Rule("owl:ReflexiveProperty", "assert the loops that are needed"),
    "simple": Rule("a transitive or chained property", "drop one of the two axioms, or check it with SHACL"),
    "regular": Rule(
        "property chains that go in a circle", "let a chain end in its own property at one end only"
    ),
    "property-kinds": Rule("one IRI as properties of two kinds", "use two IRIs"),
    "class-kinds": Rule("one IRI as class and datatype", "use two IRIs"),
    "reserved": Rule(
        "a name of the reserved vocabulary that is none of its terms", "use a namespace of your own"
    ),
    "undeclared-class": Rule("a class that is not declared", "declare it: a owl:Class"),
    "undeclared-property": Rule("a property that is not declared", "declare it: a owl:ObjectProperty, …"),
    "undeclared-datatype": Rule("a datatype that is not declared", "use one of OWL 2 RL, or declare it"),
    "data-characteristic": Rule("an axiom on a data property that only object properties have", "drop it"),
    "top-data-property": Rule("owl:topDataProperty where no superproperty stands", "drop the axiom"),
    "anonymous": Rule("a blank node where a named individual is needed", "give it an IRI"),
    "object-value": Rule("a literal as value of an object property", "use an IRI, or a data property"),
    "data-value": Rule("an individual as value of a data property", "use a literal, or an object property"),
    "malformed": Rule(
        "an axiom or class expression that is no OWL 2", "write it as the OWL 2 RDF mapping has it"
    ),
}
_EXPRESSIONS: Final = {
    f"{position}-{kind}": Rule(f"{words} {where}", mend)
    for position, (where, mend) in _POSITIONS.items()
    for kind, words in _KINDS.items()
    if kind not in GRAMMAR[position]
}
RULES: Final[dict[str, Rule]] = _EXPRESSIONS | _OTHERS

# the rules whose breach takes from an axiom what no rule of the reasoner would say
INEXPRESSIBLE: Final = frozenset(
    {*_EXPRESSIONS, "max-above-one", "data-one-of", "data-union", "data-complement", "data-facets", "n-ary"}
    | {"disjoint-union", "reflexive", "equality", "malformed"}
) - {"sub-thing", "super-thing", "equivalent-thing"}
