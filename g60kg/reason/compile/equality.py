"""Table 4 of the specification: the semantics of equality (eq-*).

Goes in: a `Schema`. Comes out: the rules of equality, which every ontology has, and those of its
AllDifferent.
Reflexive equality (eq-ref) is left out: it says nothing; what would follow from it is written out.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

from g60kg.reason.compile.schema import Schema, X, Y, Z, axiom
from g60kg.reason.rules import Atom, Rule, Var
from g60kg.terms import OWL, RDF

_P: Final = Var("p")
_Q: Final = Var("q")
_SAME: Final = OWL.sameAs

EQUALITY: Final = (
    Rule("eq-sym", (Atom(X, _SAME, Y),), Atom(Y, _SAME, X), ((X, Y),)),
    Rule("eq-trans", (Atom(X, _SAME, Y), Atom(Y, _SAME, Z)), Atom(X, _SAME, Z), ((X, Z),)),
    Rule("eq-rep-s", (Atom(X, _SAME, Y), Atom(X, _P, Z)), Atom(Y, _P, Z), ((X, Y),)),
    Rule("eq-rep-p", (Atom(_P, _SAME, _Q), Atom(X, _P, Y)), Atom(X, _Q, Y), ((_P, _Q),)),
    Rule("eq-rep-o", (Atom(X, _SAME, Y), Atom(Z, _P, X)), Atom(Z, _P, Y), ((X, Y),)),
    Rule("eq-diff1", (Atom(X, _SAME, Y), Atom(X, OWL.differentFrom, Y)), None),
    Rule("eq-diff1", (Atom(X, OWL.differentFrom, X),), None),
)


def equality_rules(schema: Schema) -> Iterator[Rule]:
    """Yield the rules of equality, then eq-diff2 and eq-diff3 for each AllDifferent."""
    yield from EQUALITY
    for name, predicate in (("eq-diff2", OWL.members), ("eq-diff3", OWL.distinctMembers)):
        for node, head in schema.pairs(predicate):
            if OWL.AllDifferent not in schema.objects(node, RDF.type):
                continue
            said = (axiom(node, RDF.type, OWL.AllDifferent), axiom(node, predicate, head))
            for one, other in combinations(schema.items(head), 2):
                body = () if one == other else (Atom(one, _SAME, other),)
                yield Rule(name, body, None, axioms=said)
