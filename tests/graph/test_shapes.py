"""The whole graph of the article keeps to the shapes."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from g60kg.check import check_shapes
from g60kg.graph import article_quads, ontology_quads
from g60kg.register import load_register, register_quads
from g60kg.resources import resource
from g60kg.terms import G60, RDF, XSD, article_graph
from tests.extract.packaged import corridor, corridor_claims


def _quads() -> list[Quad]:
    ontology = ontology_quads(resource("ontology", "g60.ttl"))
    return [*ontology, *register_quads(load_register()), *article_quads(corridor(), corridor_claims())]


def _statistic(quads: list[Quad]) -> NamedNode:
    found = (q.subject for q in quads if q.predicate == RDF.type and q.object == G60.Statistic)
    return next(node for node in found if isinstance(node, NamedNode))


def test_the_graph_conforms() -> None:
    assert [str(finding) for finding in check_shapes(_quads()).errors] == []


@pytest.mark.parametrize("predicate", [G60.unit, G60.value, G60.statisticOf])
def test_a_statistic_without_what_it_needs_does_not(predicate: object) -> None:
    quads = _quads()
    node = _statistic(quads)
    broken = [quad for quad in quads if not (quad.subject == node and quad.predicate == predicate)]
    assert check_shapes(broken).errors


def test_a_second_value_is_found() -> None:
    quads = _quads()
    node = _statistic(quads)
    other = Quad(node, G60.value, Literal("1", datatype=XSD.decimal), article_graph(corridor().id))
    assert check_shapes([*quads, other]).errors
