"""Table 5 of the specification: the semantics of axioms about properties (prp-*).

Goes in: a `Schema`. Comes out: the rules of its domains, ranges, characteristics, hierarchies, chains,
inverses, keys and negative assertions.
"""

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from typing import Final

from pyoxigraph import BlankNode, NamedNode

from g60kg.reason.compile.schema import Schema, X, Y, Z, axiom, member
from g60kg.reason.rules import Atom, Rule, Term, Var
from g60kg.terms import OWL, RDF, RDFS

_Edge = Callable[[Var, Var], Atom]


def property_rules(schema: Schema) -> Iterator[Rule]:
    """Yield the rules of the axioms about properties."""
    yield from _domains_and_ranges(schema)
    yield from _characteristics(schema)
    yield from _hierarchy(schema)
    yield from _chains(schema)
    yield from _disjoint(schema)
    yield from _inverses(schema)
    yield from _keys(schema)
    yield from _negative(schema)


def _domains_and_ranges(schema: Schema) -> Iterator[Rule]:
    for prop, kind in schema.pairs(RDFS.domain):
        yield Rule(
            "prp-dom", (schema.edge(X, prop, Y),), member(X, kind), (), (axiom(prop, RDFS.domain, kind),)
        )
    for prop, kind in schema.pairs(RDFS.range):
        yield Rule(
            "prp-rng", (schema.edge(X, prop, Y),), member(Y, kind), (), (axiom(prop, RDFS.range, kind),)
        )


def _functional(edge: _Edge) -> Rule:
    return Rule("prp-fp", (edge(X, Y), edge(X, Z)), Atom(Y, OWL.sameAs, Z), ((Y, Z),))


def _inverse_functional(edge: _Edge) -> Rule:
    return Rule("prp-ifp", (edge(X, Z), edge(Y, Z)), Atom(X, OWL.sameAs, Y), ((X, Y),))


_CHARACTERISTICS: Final[dict[NamedNode, Callable[[_Edge], Rule]]] = {
    OWL.FunctionalProperty: _functional,
    OWL.InverseFunctionalProperty: _inverse_functional,
    OWL.IrreflexiveProperty: lambda edge: Rule("prp-irp", (edge(X, X),), None),
    OWL.SymmetricProperty: lambda edge: Rule("prp-symp", (edge(X, Y),), edge(Y, X), ((X, Y),)),
    OWL.AsymmetricProperty: lambda edge: Rule("prp-asyp", (edge(X, Y), edge(Y, X)), None),
    OWL.TransitiveProperty: lambda edge: Rule("prp-trp", (edge(X, Y), edge(Y, Z)), edge(X, Z)),
}


def _characteristics(schema: Schema) -> Iterator[Rule]:
    for prop, kind in schema.pairs(RDF.type):
        make = _CHARACTERISTICS.get(kind) if isinstance(kind, NamedNode) else None
        if make:
            rule = make(lambda one, other, prop=prop: schema.edge(one, prop, other))  # type: ignore[misc]
            yield Rule(rule.name, rule.body, rule.head, rule.distinct, (axiom(prop, RDF.type, kind),))


def _hierarchy(schema: Schema) -> Iterator[Rule]:
    for name, predicate, turned in (
        ("prp-spo1", RDFS.subPropertyOf, False),
        ("prp-eqp1", OWL.equivalentProperty, False),
        ("prp-eqp2", OWL.equivalentProperty, True),
    ):
        for one, other in schema.pairs(predicate):
            below, above = (other, one) if turned else (one, other)
            said = (axiom(one, predicate, other),)
            yield Rule(name, (schema.edge(X, below, Y),), schema.edge(X, above, Y), (), said)


def _chains(schema: Schema) -> Iterator[Rule]:
    for prop, head in schema.pairs(OWL.propertyChainAxiom):
        links = schema.items(head)
        nodes = [Var(f"u{place}") for place in range(len(links) + 1)]
        body = tuple(
            schema.edge(one, link, other) for link, (one, other) in zip(links, pairwise(nodes), strict=True)
        )
        if body:
            said = (axiom(prop, OWL.propertyChainAxiom, head),)
            yield Rule("prp-spo2", body, schema.edge(nodes[0], prop, nodes[-1]), (), said)


def _disjoint(schema: Schema) -> Iterator[Rule]:
    for one, other in schema.pairs(OWL.propertyDisjointWith):
        said = axiom(one, OWL.propertyDisjointWith, other)
        yield Rule("prp-pdw", (schema.edge(X, one, Y), schema.edge(X, other, Y)), None, (), (said,))
    for node in schema.of_type(OWL.AllDisjointProperties):
        for head in schema.objects(node, OWL.members):
            said = axiom(node, OWL.members, head)
            for one, other in combinations(schema.items(head), 2):
                yield Rule("prp-adp", (schema.edge(X, one, Y), schema.edge(X, other, Y)), None, (), (said,))


def _inverses(schema: Schema) -> Iterator[Rule]:
    for one, other in schema.pairs(OWL.inverseOf):
        if isinstance(one, BlankNode):
            continue
        said = (axiom(one, OWL.inverseOf, other),)
        yield Rule("prp-inv1", (schema.edge(X, one, Y),), schema.edge(Y, other, X), (), said)
        yield Rule("prp-inv2", (schema.edge(X, other, Y),), schema.edge(Y, one, X), (), said)


def _keys(schema: Schema) -> Iterator[Rule]:
    for kind, head in schema.pairs(OWL.hasKey):
        keys: list[Term] = schema.items(head)
        values = [Var(f"v{place}") for place in range(len(keys))]
        body = [member(X, kind), member(Y, kind)]
        for key, value in zip(keys, values, strict=True):
            body += [schema.edge(X, key, value), schema.edge(Y, key, value)]
        if keys:
            said = (axiom(kind, OWL.hasKey, head),)
            yield Rule("prp-key", tuple(body), Atom(X, OWL.sameAs, Y), ((X, Y),), said)


def _negative(schema: Schema) -> Iterator[Rule]:
    for node, source in schema.pairs(OWL.sourceIndividual):
        for name, predicate in (("prp-npa1", OWL.targetIndividual), ("prp-npa2", OWL.targetValue)):
            for prop in schema.objects(node, OWL.assertionProperty):
                for target in schema.objects(node, predicate):
                    said = (
                        axiom(node, OWL.sourceIndividual, source),
                        axiom(node, OWL.assertionProperty, prop),
                        axiom(node, predicate, target),
                    )
                    yield Rule(name, (schema.edge(source, prop, target),), None, (), said)
