from hypothesis import HealthCheck, given, settings

from g60kg.reason import close, compile_rules, infer
from tests.reason.worlds import data, ontologies, triples
from tests.sizes import size

FEW = settings(
    max_examples=size(20, 150), deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def _agree(ontology: list[str], facts: list[str]) -> None:
    axioms, known = triples("\n".join(ontology)), triples("\n".join(facts))
    ours, theirs = infer(axioms, known), infer(axioms, known, reasoner="owlrl")
    assert ours.inferred == theirs.inferred
    assert bool(ours.contradictions) >= bool(theirs.contradictions)


@FEW
@given(ontologies, data)
def test_random_worlds_agree_with_owlrl(ontology: list[str], facts: list[str]) -> None:
    _agree(ontology, facts)


@FEW
@given(ontologies, data)
def test_the_order_of_the_facts_does_not_matter(ontology: list[str], facts: list[str]) -> None:
    rules = compile_rules(triples("\n".join(ontology)))
    forwards = close(rules, triples("\n".join(facts)))
    backwards = close(rules, triples("\n".join(reversed(facts))))
    assert forwards.inferred == backwards.inferred
    assert {(found.rule, frozenset(found.premises)) for found in forwards.contradictions} == {
        (found.rule, frozenset(found.premises)) for found in backwards.contradictions
    }
