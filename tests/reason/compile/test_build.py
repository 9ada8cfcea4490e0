from hypothesis import HealthCheck, given, settings
from pyoxigraph import BlankNode, NamedNode, Triple

from g60kg.reason import RuleSet, compile_rules
from g60kg.reason.rules import Rule, Slot
from g60kg.resources import resource
from g60kg.terms import RDF
from g60kg.triples import parse_ontology
from tests.reason.worlds import ontologies, triples

MANY = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def _packaged() -> RuleSet:
    path = resource("ontology", "g60.ttl")
    return compile_rules(parse_ontology(path))


def _slots(rule: Rule) -> list[Slot]:
    return [slot for atom in (*rule.body, *((rule.head,) if rule.head else ())) for slot in atom.slots]


def _used(rules: RuleSet) -> set[Triple]:
    return {axiom for rule in rules.rules for axiom in rule.axioms}


def test_the_packaged_ontology_compiles_to_rules_over_names() -> None:
    rules = _packaged()
    assert len(rules.rules) > 200
    assert not [rule for rule in rules.rules if any(isinstance(slot, BlankNode) for slot in _slots(rule))]
    assert "prp-trp: ?x g60:partOf ?y & ?y g60:partOf ?z -> ?x g60:partOf ?z" in str(rules).splitlines()


@MANY
@given(ontologies)
def test_every_rule_is_over_names_and_says_something(ontology: list[str]) -> None:
    for rule in compile_rules(triples("\n".join(ontology))).rules:
        assert not any(isinstance(slot, BlankNode) for slot in _slots(rule))
        assert rule.head not in rule.body
        assert rule.name


def test_a_chain_of_five_links_is_one_rule() -> None:
    rules = compile_rules(triples(":r owl:propertyChainAxiom (:p :q :p :q :p) ."))
    (chain,) = [rule for rule in rules.rules if rule.name == "prp-spo2"]
    assert len(chain.body) == 5


def test_classes_inside_classes_become_one_rule_that_bears_all_names() -> None:
    rules = compile_rules(
        triples(
            "[ owl:intersectionOf (:B [ owl:onProperty :p ;"
            " owl:someValuesFrom [ owl:unionOf (:C [ owl:onProperty :q ; owl:hasValue :v ]) ] ]) ]"
            " rdfs:subClassOf :A ."
        )
    )
    found = {str(rule).replace("http://example.org/", ":") for rule in rules.rules if " + " in rule.name}
    assert {text.split(": ", 1)[1] for text in found} == {
        "?x a :B & ?x :p ?y & ?y a :C -> ?x a :A",
        "?x a :B & ?x :p ?y & ?y :q :v -> ?x a :A",
    }
    for names in (text.split(": ", 1)[0].split(" + ") for text in found):
        assert {"cls-svf1", "cls-int1", "cls-uni", "cax-sco"} <= set(names)


def test_a_derived_axiom_stays_only_where_the_others_do_not_imply_it() -> None:
    rules = compile_rules(
        triples(
            ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C ."
            ":D owl:onProperty :p ; owl:someValuesFrom :A . :E owl:onProperty :p ; owl:someValuesFrom :B ."
        )
    )
    said = {str(rule).replace("http://example.org/", ":") for rule in rules.rules}
    assert "cax-sco: ?x a :A -> ?x a :C" not in said
    assert "cax-sco: ?x a :D -> ?x a :E" in said


def test_individuals_of_the_ontology_are_facts_of_every_closure() -> None:
    rules = compile_rules(
        triples(":A rdfs:subClassOf :B . :a a :A . :b a [ owl:onProperty :p ; owl:hasValue :c ] .")
    )
    assert triples(":a a :A .")[0] in rules.facts
    stated = [rule.head for rule in rules.rules if not rule.body]
    assert [str(head).replace("http://example.org/", ":") for head in stated] == [":b :p :c"]


def test_every_axiom_that_a_rule_can_use_is_used() -> None:
    rules = _packaged()
    idle = {
        triple
        for triple in rules.asserted
        if triple.predicate != RDF.type
        and isinstance(triple.subject, NamedNode)
        and triple.predicate.value.rsplit("#")[-1]
        in ("subClassOf", "subPropertyOf", "domain", "range", "inverseOf")
        and triple not in _used(rules)
    }
    assert {str(triple.object) for triple in idle} <= {"<http://www.w3.org/2002/07/owl#Thing>"}
