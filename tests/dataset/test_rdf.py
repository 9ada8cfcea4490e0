"""The description as DCAT, VoID and PROV-O: what is there, that it is no clock's, and that it is exported."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize
from rdflib import DCAT as DCAT_TERMS
from rdflib import PROV as PROV_TERMS
from rdflib import VOID as VOID_TERMS
from rdflib import URIRef

from g60kg import KnowledgeGraph
from g60kg.dataset import dataset_quads, describe_dataset
from g60kg.store import MemoryStore
from g60kg.terms import (
    ARTICLE,
    DATASET,
    DATASET_GRAPH,
    DCAT,
    DCTERMS,
    INFERRED_GRAPH,
    PROV,
    RDF,
    REGISTER_GRAPH,
    SOFTWARE,
    VOID,
    XSD,
)

NEWER = {DCAT.version.value}
"""Of DCAT 3; rdflib knows DCAT 2."""
SOURCE = ARTICLE["2023-07-11-g60-corridor"]


@pytest.fixture(scope="module")
def quads(packaged: KnowledgeGraph) -> list[Quad]:
    return dataset_quads(packaged.describe_dataset())


def objects(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> list[object]:
    return [quad.object for quad in quads if (quad.subject, quad.predicate) == (subject, predicate)]


def test_it_is_a_dataset_with_title_licence_version_and_sources(quads: list[Quad]) -> None:
    assert set(objects(quads, DATASET, RDF.type)) == {DCAT.Dataset, VOID.Dataset, PROV.Entity}
    titles = objects(quads, DATASET, DCTERMS.title)
    assert {title.language for title in titles if isinstance(title, Literal)} == {"en", "zh"}
    assert len(objects(quads, DATASET, DCTERMS.license)) == 1
    assert len(objects(quads, DATASET, DCAT.version)) == 1
    assert objects(quads, DATASET, PROV.wasDerivedFrom) == [SOURCE]


def test_the_activity_used_what_it_was_built_from(quads: list[Quad]) -> None:
    (build,) = objects(quads, DATASET, PROV.wasGeneratedBy)
    assert isinstance(build, NamedNode)
    assert {SOURCE, REGISTER_GRAPH} <= set(objects(quads, build, PROV.used))
    assert objects(quads, build, PROV.wasAssociatedWith) == [SOFTWARE]
    assert objects(quads, SOFTWARE, RDF.type) == [PROV.SoftwareAgent]


def test_counts_add_up(packaged: KnowledgeGraph, quads: list[Quad]) -> None:
    (whole,) = objects(quads, DATASET, VOID.triples)
    parts = objects(quads, DATASET, VOID.subset)
    counts = [objects(quads, part, VOID.triples)[0] for part in parts if isinstance(part, NamedNode)]
    assert sum(int(count.value) for count in counts if isinstance(count, Literal)) == number(whole)
    assert number(whole) == len(packaged)
    assert len(objects(quads, DATASET, VOID.classPartition)) == number(
        objects(quads, DATASET, VOID.classes)[0]
    )


def number(term: object) -> int:
    assert isinstance(term, Literal)
    assert term.datatype == XSD.integer
    return int(term.value)


def test_every_term_is_one_of_its_vocabulary(quads: list[Quad]) -> None:
    for vocabulary, terms in ((DCAT, DCAT_TERMS), (VOID, VOID_TERMS), (PROV, PROV_TERMS)):
        used = {str(URIRef(term.value)) for quad in quads for term in quad if isinstance(term, NamedNode)}
        used = {term for term in used if re.fullmatch(re.escape(vocabulary.base) + r"\w+", term)}
        assert used
        for term in used:
            assert URIRef(term) in terms or term in NEWER, term


def test_no_clock_no_blank_node_one_graph(quads: list[Quad], changing: KnowledgeGraph) -> None:
    assert {quad.graph_name for quad in quads} == {DATASET_GRAPH}
    text = serialize(quads, format=RdfFormat.N_QUADS) or b""
    assert b"_:" not in text
    assert set(re.findall(rb"\d{4}-\d\d-\d\d", text)) == {b"2023-07-11"}
    assert b"T00:" not in text
    assert quads == sorted(quads, key=str)
    assert dataset_quads(changing.describe_dataset()) == quads


def test_the_export_holds_it_and_describes_what_it_holds(packaged: KnowledgeGraph, tmp_path: Path) -> None:
    packaged.export(tmp_path / "all.nq")
    packaged.export(tmp_path / "held.nq", inferred=False)
    packaged.export(tmp_path / "alone.nq", graph="dataset")
    for name in ("all", "held"):
        found = list(parse(path=tmp_path / f"{name}.nq"))
        said = {quad for quad in found if quad.graph_name == DATASET_GRAPH}
        rest = MemoryStore(quad for quad in found if quad.graph_name != DATASET_GRAPH)
        assert said == set(dataset_quads(describe_dataset(rest)))
    alone = list(parse(path=tmp_path / "alone.nq"))
    assert {quad.graph_name for quad in alone} == {DATASET_GRAPH}
    assert any(quad.subject == INFERRED_GRAPH for quad in alone)


def test_reading_an_export_back_and_exporting_it_changes_no_byte(
    packaged: KnowledgeGraph, tmp_path: Path
) -> None:
    packaged.export(tmp_path / "one.nq")
    again = KnowledgeGraph(MemoryStore(parse(path=tmp_path / "one.nq")))
    again.export(tmp_path / "two.nq")
    assert (tmp_path / "one.nq").read_bytes() == (tmp_path / "two.nq").read_bytes()
