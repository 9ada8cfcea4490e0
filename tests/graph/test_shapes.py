"""The whole graph of the article keeps to the shapes."""

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.check import check_shapes
from g60kg.graph import article_quads, ontology_quads
from g60kg.register import load_register, register_quads
from g60kg.resources import resource
from g60kg.terms import G60, RDF, XSD, article_graph, curie
from tests.extract.packaged import corridor, corridor_claims


def _quads() -> list[Quad]:
    ontology = ontology_quads(resource("ontology", "g60.ttl"))
    return [*ontology, *register_quads(load_register()), *article_quads(corridor(), corridor_claims())]


def test_the_graph_conforms() -> None:
    assert [str(finding) for finding in check_shapes(_quads()).errors] == []


def test_a_statistic_has_one_of_each_thing_that_it_needs() -> None:
    quads = _quads()
    typed = (quad.subject for quad in quads if quad.predicate == RDF.type and quad.object == G60.Statistic)
    nodes = sorted((node for node in typed if isinstance(node, NamedNode)), key=str)
    needed: dict[object, NamedNode] = dict(zip(nodes, (G60.unit, G60.value, G60.statisticOf), strict=False))
    broken = [quad for quad in quads if needed.get(quad.subject) != quad.predicate]
    second = Quad(nodes[3], G60.value, Literal("1", datatype=XSD.decimal), article_graph(corridor().id))
    found = [str(finding) for finding in check_shapes([*broken, second]).errors]
    for node in nodes[:4]:
        assert any(curie(node) in each for each in found), (node, found)
