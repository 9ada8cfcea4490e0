"""The names that OWL 2 reserves, and what each is for.

Goes in: nothing. Comes out: sets of IRIs. Source: OWL 2 Structural Specification, sections 2.4 and 5.1 to
5.5; OWL 2 Profiles, section 4.2.1 (datatypes); OWL 2 Mapping to RDF Graphs, tables 6 to 18.
"""

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
