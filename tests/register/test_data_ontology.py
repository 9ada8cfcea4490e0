"""The packaged register keeps the ontology: no entity in two disjoint classes, facts in domain and range."""

import pytest
from pyoxigraph import NamedNode, Quad, QuerySolutions, Store

from g60kg.register import Register, register_quads
from g60kg.resources import resource
from g60kg.terms import ID, PREFIXES, RDF, REGISTER_GRAPH, iri
from g60kg.triples import parse_ontology

DISJOINT = """
    SELECT DISTINCT ?x ?c ?d WHERE {
      { ?all a owl:AllDisjointClasses ; owl:members/rdf:rest*/rdf:first ?c, ?d . FILTER (STR(?c) < STR(?d)) }
      UNION { ?c owl:disjointWith ?d }
      ?x a/rdfs:subClassOf* ?c ; a/rdfs:subClassOf* ?d .
    }"""
DOMAIN = """
    SELECT ?s ?p ?c WHERE {
      ?fact a g60:RegisterFact ; rdf:subject ?s ; rdf:predicate ?p .
      ?p rdfs:domain ?c . FILTER (STRSTARTS(STR(?c), STR(g60:)))
      FILTER NOT EXISTS { ?s a/rdfs:subClassOf* ?c }
    }"""
RANGE = """
    SELECT ?p ?o ?c WHERE {
      ?fact a g60:RegisterFact ; rdf:predicate ?p ; rdf:object ?o .
      ?p rdfs:range ?c . FILTER (STRSTARTS(STR(?c), STR(g60:)))
      FILTER NOT EXISTS { ?o a/rdfs:subClassOf* ?c }
    }"""


def store_of(quads: list[Quad]) -> Store:
    store = Store()
    for triple in parse_ontology(resource("ontology", "g60.ttl")):
        store.add(Quad(triple.subject, triple.predicate, triple.object))
    store.extend(quads)
    return store


def answers(store: Store, query: str) -> list[str]:
    solutions = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(solutions, QuerySolutions)
    return [str(solution) for solution in solutions]


@pytest.mark.parametrize("query", [DISJOINT, DOMAIN, RANGE], ids=["disjoint", "domain", "range"])
def test_the_register_keeps_the_ontology(packaged: Register, query: str) -> None:
    assert answers(store_of(register_quads(packaged)), query) == []


def test_a_company_that_is_a_place_is_seen(packaged: Register) -> None:
    wrong = Quad(ID.tencent, RDF.type, iri("g60:City"), REGISTER_GRAPH)
    assert answers(store_of([*register_quads(packaged), wrong]), DISJOINT) != []


@pytest.mark.parametrize(
    ("query", "part", "right"),
    [(DOMAIN, RDF.subject, ID.wuhu), (RANGE, RDF.object, ID.zhejiang)],
    ids=["domain", "range"],
)
def test_a_company_in_the_place_of_a_region_is_seen(
    packaged: Register, query: str, part: NamedNode, right: NamedNode
) -> None:
    quads = register_quads(packaged)
    facts = [quad for quad in quads if (quad.predicate, quad.object) == (part, right)]
    wrong = [Quad(fact.subject, part, ID.tencent, fact.graph_name) for fact in facts]
    assert len(answers(store_of(quads + wrong), query)) >= len(facts) > 0
