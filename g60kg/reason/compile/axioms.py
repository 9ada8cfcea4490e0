"""Table 7 of the specification: the semantics of class axioms (cax-*).

Goes in: a `Schema`. Comes out: the rules of its subclasses, equivalences and disjoint classes.
"""

from collections.abc import Iterator
from itertools import combinations

from g60kg.reason.compile.schema import Schema, X, axiom, member
from g60kg.reason.rules import Rule
from g60kg.terms import OWL, RDFS


def axiom_rules(schema: Schema) -> Iterator[Rule]:
    """Yield the rules of the axioms about classes."""
    for below, above in schema.pairs(RDFS.subClassOf):
        said = (axiom(below, RDFS.subClassOf, above),)
        yield Rule("cax-sco", (member(X, below),), member(X, above), (), said)
    for one, other in schema.pairs(OWL.equivalentClass):
        said = (axiom(one, OWL.equivalentClass, other),)
        yield Rule("cax-eqc1", (member(X, one),), member(X, other), (), said)
        yield Rule("cax-eqc2", (member(X, other),), member(X, one), (), said)
    for one, other in schema.pairs(OWL.disjointWith):
        said = (axiom(one, OWL.disjointWith, other),)
        yield Rule("cax-dw", (member(X, one), member(X, other)), None, (), said)
    for node in schema.of_type(OWL.AllDisjointClasses):
        for head in schema.objects(node, OWL.members):
            for one, other in combinations(schema.items(head), 2):
                said = (axiom(node, OWL.members, head),)
                yield Rule("cax-adc", (member(X, one), member(X, other)), None, (), said)
