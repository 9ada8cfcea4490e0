import pytest

from g60kg.errors import OntologyError
from g60kg.reason import compile_rules, infer
from g60kg.reason.vocabulary import is_schema
from tests.reason.worlds import triples

N = '"{}"^^xsd:nonNegativeInteger'
REFUSED = {
    "owl:minCardinality": f":A rdfs:subClassOf [ owl:onProperty :p ; owl:minCardinality {N.format(1)} ] .",
    "owl:cardinality": f":A rdfs:subClassOf [ owl:onProperty :p ; owl:cardinality {N.format(1)} ] .",
    "owl:minQualifiedCardinality": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:onClass :B ;"
    f" owl:minQualifiedCardinality {N.format(1)} ] .",
    "owl:qualifiedCardinality": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:onClass :B ;"
    f" owl:qualifiedCardinality {N.format(1)} ] .",
    "owl:hasSelf": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasSelf true ] .",
    "owl:disjointUnionOf": ":A owl:disjointUnionOf (:B :C) .",
    "owl:ReflexiveProperty": ":A a owl:ReflexiveProperty .",
    "owl:maxCardinality": f":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality {N.format(2)} ] .",
    "owl:maxQualifiedCardinality": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:onClass :B ;"
    f" owl:maxQualifiedCardinality {N.format(3)} ] .",
    "owl:unionOf": ":A rdfs:subClassOf [ owl:unionOf (:B :C) ] .",
    "owl:oneOf": ":A rdfs:subClassOf [ owl:oneOf (:b :c) ] .",
    "owl:someValuesFrom": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ] .",
    "owl:someValuesFrom ": ":A owl:equivalentClass"
    " [ owl:intersectionOf (:B [ owl:onProperty :p ; owl:someValuesFrom :B ]) ] .",
    "owl:unionOf ": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom [ owl:unionOf (:B :C) ] ] .",
    "owl:complementOf": "[ owl:complementOf :B ] rdfs:subClassOf :A .",
    "owl:allValuesFrom": "[ owl:onProperty :p ; owl:allValuesFrom :B ] rdfs:subClassOf :A .",
    "owl:someValuesFrom  ": ":A a [ owl:onProperty :p ; owl:someValuesFrom :B ] .",
    "owl:complementOf ": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:onClass [ owl:complementOf :B ] ;"
    f" owl:maxQualifiedCardinality {N.format(1)} ] .",
    "owl:onDatatype": ":A owl:onDatatype xsd:integer .",
    "owl:withRestrictions": ":A owl:withRestrictions ([ xsd:minInclusive 1 ]) .",
}


@pytest.mark.parametrize(("name", "said"), REFUSED.items())
def test_what_no_rule_says_is_refused_by_name(name: str, said: str) -> None:
    with pytest.raises(OntologyError) as error:
        compile_rules(triples(said))
    assert name.strip() in str(error.value)
    assert "http://example.org/A" in str(error.value)
    assert "keep to the OWL 2 RL profile" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (":A rdfs:subClassOf [ owl:someValuesFrom :B ] .", "no owl:onProperty"),
        (
            f":A rdfs:subClassOf [ owl:onProperty :p ; owl:maxQualifiedCardinality {N.format(1)} ] .",
            "no owl:onClass",
        ),
        (":p rdfs:subPropertyOf owl:sameAs .", "equality itself"),
        (":A owl:intersectionOf [ rdf:first :B ] .", "a list is broken"),
        (":A owl:hasKey _:l . _:l rdf:first :p ; rdf:rest _:l .", "a list is broken"),
        ("_:x owl:intersectionOf (_:x :B) . _:x rdfs:subClassOf :C .", "contains itself"),
    ],
)
def test_an_axiom_that_is_not_whole_is_refused(said: str, words: str) -> None:
    with pytest.raises(OntologyError, match=words):
        compile_rules(triples(said))


@pytest.mark.parametrize(
    "said", [":A rdfs:subClassOf :B .", ":p rdfs:range :A .", ":A owl:disjointWith :B ."]
)
def test_no_axiom_is_skipped(said: str) -> None:
    (axiom,) = triples(said)
    assert is_schema((axiom.subject, axiom.predicate, axiom.object))  # type: ignore[arg-type]
    assert any(axiom in rule.axioms for rule in compile_rules([axiom]).rules)


def test_ontologies_that_import_each_other_are_read_as_they_stand() -> None:
    circle = "<urn:a> a owl:Ontology ; owl:imports <urn:b> . <urn:b> a owl:Ontology ; owl:imports <urn:a> . "
    axiom = ":A rdfs:subClassOf :B ."
    assert compile_rules(triples(circle + axiom)).rules == compile_rules(triples(axiom)).rules


def test_rules_that_go_in_a_circle_come_to_an_end() -> None:
    ontology = triples(
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :C rdfs:subClassOf :A ."
        ":p owl:propertyChainAxiom (:p :p), (:q :p) ; rdfs:subPropertyOf :q ."
        ":q owl:propertyChainAxiom (:p :q) ."
    )
    facts = triples(":x a :A ; :p :y . :y :q :z . :z :p :x .")
    closure = infer(ontology, facts)
    assert set(triples(":x a :B, :C ; :q :z ; :p :x .")) <= set(closure.inferred)
    assert closure.inferred == infer(ontology, facts, reasoner="owlrl").inferred
