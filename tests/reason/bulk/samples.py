"""Rules written by hand, one of each kind that the engine treats in its own way, and short names."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from g60kg.reason.bulk import infer_bulk
from g60kg.reason.compile.tables import Schema, table_rules
from g60kg.reason.engine import Closure
from g60kg.reason.increments import close
from g60kg.reason.rules import Atom, Rule, RuleSet, Slot, Var
from g60kg.terms import G60, ID, OWL, RDF, XSD

X, Y, Z = Var("x"), Var("y"), Var("z")
EQUALITY = tuple(rule for rule in table_rules(Schema((), ())) if rule.name.startswith("eq-"))
TYPE = RDF.type
SAME = OWL.sameAs


def member(who: Slot, kind: str) -> Atom:
    return Atom(who, TYPE, G60[kind])


def edge(one: Slot, prop: str, other: Slot) -> Atom:
    return Atom(one, G60[prop], other)


TRANSITIVE = Rule("prp-trp", (edge(X, "partOf", Y), edge(Y, "partOf", Z)), edge(X, "partOf", Z))
CARRIED = Rule("prp-spo2", (edge(X, "locatedIn", Y), edge(Y, "partOf", Z)), edge(X, "locatedIn", Z))
FUNCTIONAL = Rule("prp-fp", (edge(X, "seat", Y), edge(X, "seat", Z)), Atom(Y, SAME, Z), ((Y, Z),))
INVERSE_FUNCTIONAL = Rule("prp-ifp", (edge(X, "code", Z), edge(Y, "code", Z)), Atom(X, SAME, Y), ((X, Y),))
KEY = Rule(
    "prp-key",
    (member(X, "Company"), member(Y, "Company"), edge(X, "name", Z), edge(Y, "name", Z)),
    Atom(X, SAME, Y),
    ((X, Y),),
)
SYMMETRIC = Rule("prp-symp", (edge(X, "meets", Y),), edge(Y, "meets", X), ((X, Y),))
INVERSE = Rule("prp-inv1", (edge(X, "partOf", Y),), edge(Y, "hasPart", X))
DOMAIN = Rule("prp-dom", (edge(X, "seat", Y),), member(X, "Company"))
RANGE = Rule("prp-rng", (edge(X, "staff", Y),), Atom(Y, TYPE, XSD.integer))
SUBCLASS = Rule("cax-sco", (member(X, "Company"),), member(X, "Organization"))
VALUE = Rule("cls-hv1", (member(X, "Local"),), edge(X, "locatedIn", ID.a))
FROM_VALUE = Rule("cls-hv2", (edge(X, "locatedIn", ID.a),), member(X, "Local"))
ALONE = Rule("prp-irp", (edge(X, "partOf", X),), None)
DISJOINT = Rule("cax-dw", (member(X, "Region"), member(X, "Company")), None)
STATED = Rule("cls-oo", (), member(ID.a, "Region"))
RULES = (
    *(TRANSITIVE, CARRIED, FUNCTIONAL, INVERSE_FUNCTIONAL, KEY, SYMMETRIC, INVERSE, DOMAIN, RANGE, SUBCLASS),
    *(VALUE, FROM_VALUE, ALONE, DISJOINT, STATED, *EQUALITY),
)


def rule_set(*rules: Rule) -> RuleSet:
    return RuleSet(rules, (), (), frozenset(), "")


def fact(subject: str, prop: str, value: str | NamedNode | Literal) -> Triple:
    return Triple(ID[subject], G60[prop], ID[value] if isinstance(value, str) else value)


def typed(subject: str, kind: str) -> Triple:
    return Triple(ID[subject], TYPE, G60[kind])


def same(one: str, other: str) -> Triple:
    return Triple(ID[one], SAME, ID[other])


def agree(rules: RuleSet, facts: Iterable[Triple]) -> tuple[Triple, ...]:
    """Assert that both engines infer the same, and return it.

    Bulk gives a contradiction under all equal names, the evaluator not under those that make a thing differ
    from itself.
    """
    known = list(facts)
    bulk, memory = infer_bulk(rules, known), close(rules, known)
    assert tuple(bulk.inferred) == tuple(dict.fromkeys(memory.inferred))
    found, expected = (
        {(each.rule, frozenset(each.premises)) for each in closure.contradictions if each.rule[:3] != "dt-"}
        for closure in (bulk, memory)
    )
    assert found >= expected
    assert {rule for rule, _ in found} == {rule for rule, _ in expected}
    assert _is_wrong_of_literals(bulk) == _is_wrong_of_literals(memory)
    return tuple(memory.inferred)


def _is_wrong_of_literals(closure: Closure) -> bool:
    """Literals of two values that are equal contradict each other in several ways; one will do."""
    return any(each.rule.startswith("dt-") for each in closure.contradictions)
