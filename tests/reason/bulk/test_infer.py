from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, Triple

from benchmarks.corridor import corridor
from g60kg.errors import LimitError
from g60kg.reason.bulk import infer_bulk
from g60kg.reason.compile import compile_rules
from g60kg.reason.rules import Atom, Rule, RuleSet, Var
from g60kg.resources import resource
from g60kg.terms import G60, ID, OWL, RDF, SKOS, XSD
from g60kg.triples import parse_ontology
from tests.reason.bulk.samples import (
    CARRIED,
    EQUALITY,
    FUNCTIONAL,
    INVERSE_FUNCTIONAL,
    KEY,
    RULES,
    SAME,
    STATED,
    TRANSITIVE,
    agree,
    fact,
    rule_set,
    same,
    typed,
)

X, Y, P = Var("x"), Var("y"), Var("p")
_NAMES = st.sampled_from("abcdef")
_WORDS = st.sampled_from(
    [Literal("1", datatype=XSD.integer), Literal("01", datatype=XSD.integer), Literal("one")]
)
_EDGES = st.builds(
    fact, _NAMES, st.sampled_from(["partOf", "locatedIn", "seat", "code", "meets", "hasPart"]), _NAMES
)
_TEXTS = st.builds(fact, _NAMES, st.sampled_from(["name", "code", "staff", "seat", "note"]), _WORDS)
_TYPES = st.builds(typed, _NAMES, st.sampled_from(["Company", "Region", "Local", "Unknown"]))
_SAMES = st.one_of(
    st.builds(same, _NAMES, _NAMES),
    st.builds(lambda name, word: Triple(ID[name], SAME, word), _NAMES, _WORDS),
)
_FACTS = st.lists(st.one_of(_EDGES, _EDGES, _TEXTS, _TYPES, _SAMES), max_size=14)


def ontology() -> RuleSet:

    return compile_rules(parse_ontology(resource("ontology", "g60.ttl")))


def test_facts_are_carried_up_a_closed_hierarchy() -> None:
    facts = [fact("tencent", "locatedIn", "a"), fact("a", "partOf", "b"), fact("b", "partOf", "c")]
    assert agree(rule_set(TRANSITIVE, CARRIED), facts) == (
        fact("a", "partOf", "c"),
        fact("tencent", "locatedIn", "b"),
        fact("tencent", "locatedIn", "c"),
    )


def test_nothing_follows_from_nothing() -> None:
    closure = infer_bulk(rule_set(), [])
    assert (len(closure.inferred), closure.contradictions) == (0, ())


def test_rules_without_body_hold_of_an_empty_graph() -> None:
    assert agree(rule_set(STATED), []) == (typed("a", "Region"),)


def test_what_is_held_is_not_inferred() -> None:
    facts = [fact("a", "partOf", "b"), fact("b", "partOf", "c"), fact("a", "partOf", "c")]
    assert agree(rule_set(TRANSITIVE), facts) == ()


def test_texts_of_every_script_and_sign_come_back_unharmed() -> None:
    tricky = Literal('tab\tline\nquote"back\\slash\x01\x00 松江 \u2028 \U0001f600', language="zh")
    label = Rule("prp-spo1", (Atom(X, SKOS.prefLabel, Y),), Atom(X, SKOS.altLabel, Y))
    node = BlankNode("b0")
    facts = [
        Triple(ID.songjiang, SKOS.prefLabel, tricky),
        Triple(node, SKOS.prefLabel, Literal("x" * 3_000_000)),
    ]
    assert agree(rule_set(label), facts) == (
        Triple(ID.songjiang, SKOS.altLabel, tricky),
        Triple(node, SKOS.altLabel, Literal("x" * 3_000_000)),
    )


def test_a_rule_with_a_variable_predicate_runs_over_all_facts() -> None:
    noted = Rule("any", (Atom(X, P, Y),), Atom(Y, G60.objectOf, X))
    facts = [fact("a", "partOf", "b"), typed("a", "Region"), fact("a", "note", Literal("n"))]
    closure = infer_bulk(rule_set(noted, TRANSITIVE), facts)
    assert {triple.object for triple in closure.inferred if triple.subject == ID.b} == {ID.a}
    assert Triple(G60.Region, G60.objectOf, ID.a) in closure.inferred


def test_a_rule_with_a_variable_class_finds_all_classes() -> None:
    kinds = Rule("any", (Atom(X, RDF.type, Y),), Atom(X, G60.kind, Y))
    assert list(infer_bulk(rule_set(kinds), [typed("a", "Region")]).inferred) == [
        Triple(ID.a, G60.kind, G60.Region)
    ]


@settings(max_examples=14, deadline=None)
@given(_FACTS, st.just(set(RULES)) | st.sets(st.sampled_from(RULES), max_size=6))
def test_both_engines_infer_the_same_from_all_rules_or_some(facts: list[Triple], rules: set[Rule]) -> None:
    agree(rule_set(*sorted(rules - set(EQUALITY), key=str), *EQUALITY), facts)


def test_a_corridor_gives_the_same_facts_and_contradicts_nothing() -> None:
    assert len(agree(ontology(), corridor(2000))) > 1000
    assert infer_bulk(ontology(), corridor(2000)).contradictions == ()


def test_two_thousand_equal_names_stop_at_the_limit() -> None:
    facts = [fact("hub", "seat", f"n{number}") for number in range(2000)]
    with pytest.raises(LimitError, match="more than 1,000,000 facts follow"):
        infer_bulk(rule_set(FUNCTIONAL, *EQUALITY), facts, limit=1_000_000)


def test_a_thousand_equal_names_are_all_equal() -> None:
    facts = [fact("hub", "seat", f"n{number}") for number in range(300)]
    assert len(infer_bulk(rule_set(FUNCTIONAL, *EQUALITY), facts).inferred) == 300 * 299


def test_a_long_chain_stops_at_the_limit() -> None:
    facts = (fact(f"n{number}", "partOf", f"n{number + 1}") for number in range(2_000))
    with pytest.raises(LimitError, match="raise the limit"):
        infer_bulk(rule_set(TRANSITIVE), facts, limit=100_000)


def test_keys_and_inverse_functional_properties_join_names() -> None:
    name = Literal("Tencent")
    facts = [typed("a", "Company"), typed("b", "Company"), fact("a", "name", name), fact("b", "name", name)]
    facts += [fact("b", "code", "k"), fact("c", "code", "k"), fact("c", "note", Literal("n"))]
    inferred = agree(rule_set(KEY, INVERSE_FUNCTIONAL, *EQUALITY), facts)
    assert fact("a", "note", Literal("n")) in inferred
    assert same("c", "a") in inferred


def test_what_is_equal_and_differs_differs_both_ways() -> None:
    differing = Triple(ID.a, OWL.differentFrom, ID.b)
    assert Triple(ID.b, OWL.differentFrom, ID.a) in agree(rule_set(*EQUALITY), [differing, same("a", "b")])


def test_a_chain_that_closes_into_a_circle_by_equality() -> None:
    facts = [fact("c", "partOf", "a"), fact("a", "partOf", "b"), same("b", "c")]
    assert fact("a", "partOf", "a") in agree(rule_set(TRANSITIVE, *EQUALITY), facts)


def test_the_same_input_in_any_order_gives_the_same_bytes() -> None:
    facts = list(corridor(1500))
    rules = ontology()
    forward, backward = infer_bulk(rules, facts), infer_bulk(rules, reversed(facts))
    assert forward.path
    assert backward.path
    assert forward.path.read_bytes() == backward.path.read_bytes()


def test_the_result_is_read_twice_and_goes_with_its_folder() -> None:
    closure = infer_bulk(rule_set(STATED), [])
    path = closure.path
    assert path
    assert list(closure.inferred) == list(closure.inferred) == [typed("a", "Region")]
    assert typed("a", "Region") in closure.inferred
    assert path.exists()
    del closure
    assert not path.parent.exists()


def test_equal_predicates_are_replaced_too() -> None:
    facts = [Triple(G60.partOf, same("a", "b").predicate, G60.within), fact("a", "partOf", "b")]
    assert fact("a", "within", "b") in agree(rule_set(TRANSITIVE, *EQUALITY), facts)


def test_no_temporary_folder_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    infer_bulk(rule_set(STATED), [])
    with pytest.raises(LimitError):
        infer_bulk(rule_set(TRANSITIVE), [fact("a", "partOf", "b"), fact("b", "partOf", "c")], limit=-1)
    assert list(tmp_path.iterdir()) == []
