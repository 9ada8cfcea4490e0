"""The packaged register keeps the ontology: no entity in two disjoint classes, facts in domain and range."""

from collections.abc import Sequence
from functools import cache
from itertools import combinations

import pytest
from pyoxigraph import NamedNode, Quad

from g60kg.register import Register, register_quads
from g60kg.resources import resource
from g60kg.terms import G60, ID, OWL, RDF, RDFS, REGISTER_GRAPH, iri
from g60kg.triples import Triples, read_triples


@cache
def ontology() -> Triples:
    return read_triples(resource("ontology", "g60.ttl"))


@cache
def above(kind: object) -> frozenset[object]:
    """Return a class and all that are above it."""
    assert isinstance(kind, NamedNode)
    wider = (each for each in ontology().objects(kind, RDFS.subClassOf) if isinstance(each, NamedNode))
    return frozenset({kind}).union(*map(above, wider))


@cache
def disjoint() -> frozenset[frozenset[object]]:
    """Return the pairs of classes that have no member in common."""
    known = ontology()
    nodes = known.typed(OWL.AllDisjointClasses)
    heads = (head for node in nodes for head in known.objects(node, OWL.members))
    groups: list[Sequence[object]] = [known.items(head) for head in heads]
    groups += [(subject, value) for subject, predicate, value in known if predicate == OWL.disjointWith]
    return frozenset(frozenset(pair) for group in groups for pair in combinations(group, 2))


def faults(quads: list[Quad]) -> list[str]:
    """Return what in a register does not keep the ontology."""
    kinds: dict[object, set[object]] = {}
    for quad in quads:
        if quad.predicate == RDF.type:
            kinds.setdefault(quad.subject, set()).update(above(quad.object))
    found = [f"{x} is both of {pair}" for x, held in kinds.items() for pair in disjoint() if pair <= held]
    stated: dict[object, dict[NamedNode, object]] = {}
    for quad in quads:
        stated.setdefault(quad.subject, {})[quad.predicate] = quad.object
    for fact in (each for each in stated.values() if RDF.predicate in each):
        for bound, part in ((RDFS.domain, RDF.subject), (RDFS.range, RDF.object)):
            for kind in ontology().objects(fact[RDF.predicate], bound):  # type: ignore[arg-type]
                if str(kind).startswith(f"<{G60.base}") and kind not in kinds.get(fact[part], ()):
                    found.append(f"{fact[part]} is no {kind}")
    return found


def test_the_register_keeps_the_ontology(packaged: Register) -> None:
    assert len(disjoint()) > 10
    assert faults(register_quads(packaged)) == []


def test_a_company_that_is_a_place_is_seen(packaged: Register) -> None:
    wrong = Quad(ID.tencent, RDF.type, iri("g60:City"), REGISTER_GRAPH)
    assert faults([*register_quads(packaged), wrong]) != []


@pytest.mark.parametrize(("part", "right"), [(RDF.subject, ID.wuhu), (RDF.object, ID.zhejiang)])
def test_a_company_in_the_place_of_a_region_is_seen(
    packaged: Register, part: NamedNode, right: NamedNode
) -> None:
    quads = register_quads(packaged)
    facts = [quad for quad in quads if (quad.predicate, quad.object) == (part, right)]
    wrong = [Quad(fact.subject, part, ID.tencent, fact.graph_name) for fact in facts]
    assert len(faults(quads + wrong)) >= len(facts) > 0
