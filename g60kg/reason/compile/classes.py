"""Table 6 of the specification: the semantics of classes (cls-*).

Goes in: a `Schema`. Comes out: the rules of its intersections, unions, complements, enumerations and
restrictions.
"""

from collections.abc import Iterator

from pyoxigraph import Literal, Triple

from g60kg.reason.compile.schema import Schema, X, Y, Z, axiom, member
from g60kg.reason.datatypes import value_key
from g60kg.reason.rules import Atom, Rule, Term
from g60kg.terms import OWL

_Axioms = tuple[Triple, ...]


def class_rules(schema: Schema) -> Iterator[Rule]:
    """Yield the rules of the class expressions."""
    yield Rule("cls-nothing2", (member(X, OWL.Nothing),), None)
    yield from _boolean(schema)
    yield from _enumerations(schema)
    yield from _values(schema)
    yield from _cardinalities(schema)


def _boolean(schema: Schema) -> Iterator[Rule]:
    for kind, head in schema.pairs(OWL.intersectionOf):
        said = (axiom(kind, OWL.intersectionOf, head),)
        parts = schema.items(head)
        needed = tuple(member(X, part) for part in parts if part != OWL.Thing)
        yield Rule("cls-int1", needed or (member(X, OWL.Thing),), member(X, kind), (), said)
        for part in parts:
            yield Rule("cls-int2", (member(X, kind),), member(X, part), (), said)
    for kind, head in schema.pairs(OWL.unionOf):
        for part in schema.items(head):
            yield Rule("cls-uni", (member(X, part),), member(X, kind), (), (axiom(kind, OWL.unionOf, head),))
    for kind, other in schema.pairs(OWL.complementOf):
        said = (axiom(kind, OWL.complementOf, other),)
        yield Rule("cls-com", (member(X, kind), member(X, other)), None, (), said)


def _enumerations(schema: Schema) -> Iterator[Rule]:
    for kind, head in schema.pairs(OWL.oneOf):
        for one in schema.items(head):
            yield Rule("cls-oo", (), member(one, kind), (), (axiom(kind, OWL.oneOf, head),))


def _values(schema: Schema) -> Iterator[Rule]:
    for kind, filler in schema.pairs(OWL.someValuesFrom):
        for prop, said in _on(schema, kind, axiom(kind, OWL.someValuesFrom, filler)):
            edge, whole = schema.edge(X, prop, Y), filler == OWL.Thing
            body = (edge,) if whole else (edge, member(Y, filler))
            yield Rule("cls-svf2" if whole else "cls-svf1", body, member(X, kind), (), said)
    for kind, filler in schema.pairs(OWL.allValuesFrom):
        for prop, said in _on(schema, kind, axiom(kind, OWL.allValuesFrom, filler)):
            yield Rule("cls-avf", (member(X, kind), schema.edge(X, prop, Y)), member(Y, filler), (), said)
    for kind, value in schema.pairs(OWL.hasValue):
        for prop, said in _on(schema, kind, axiom(kind, OWL.hasValue, value)):
            yield Rule("cls-hv1", (member(X, kind),), schema.edge(X, prop, value), (), said)
            yield Rule("cls-hv2", (schema.edge(X, prop, value),), member(X, kind), (), said)


def _cardinalities(schema: Schema) -> Iterator[Rule]:
    for kind, number in schema.pairs(OWL.maxCardinality):
        for prop, said in _on(schema, kind, axiom(kind, OWL.maxCardinality, number)):
            if (limit := cardinality(number)) is not None:
                yield _at_most(schema, kind, prop, limit, None, said, f"cls-maxc{limit + 1}")
    for kind, number in schema.pairs(OWL.maxQualifiedCardinality):
        for filler in schema.objects(kind, OWL.onClass) + schema.objects(kind, OWL.onDataRange):
            of = None if filler == OWL.Thing else filler
            for prop, said in _on(schema, kind, axiom(kind, OWL.maxQualifiedCardinality, number)):
                if (limit := cardinality(number)) is not None:
                    name = f"cls-maxqc{2 * limit + (2 if of is None else 1)}"
                    yield _at_most(schema, kind, prop, limit, of, said, name)


def _at_most(
    schema: Schema, kind: Term, prop: Term, limit: int, of: Term | None, said: _Axioms, name: str
) -> Rule:
    body = [member(X, kind), schema.edge(X, prop, Y)]
    body += [member(Y, of)] if of else []
    if limit == 0:
        return Rule(name, tuple(body), None, (), said)
    body += [schema.edge(X, prop, Z)]
    body += [member(Z, of)] if of else []
    return Rule(name, tuple(body), Atom(Y, OWL.sameAs, Z), ((Y, Z),), said)


def _on(schema: Schema, kind: Term, said: Triple) -> Iterator[tuple[Term, _Axioms]]:
    """Yield each property of a restriction, with the axioms that make it."""
    for prop in schema.objects(kind, OWL.onProperty):
        yield prop, (axiom(kind, OWL.onProperty, prop), said)


def cardinality(number: Term) -> int | None:
    """Return a cardinality that OWL 2 RL allows, 0 or 1; None for any other."""
    key = value_key(number) if isinstance(number, Literal) else None
    return {0: 0, 1: 1}.get(int(key[1])) if key and key[0] == "number" else None  # type: ignore[call-overload]
