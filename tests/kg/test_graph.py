"""The class that a user needs."""

from pathlib import Path

import pytest
from pyoxigraph import Quad, parse
from rdflib import Graph, URIRef

from g60kg import Article, KnowledgeGraph
from g60kg.errors import ExportError, SparqlError, StoreError, UnknownQuery, UpdateRefused
from g60kg.query import Rows
from g60kg.terms import DATASET_GRAPH, INFERRED_GRAPH, REGISTER_GRAPH


def test_the_answer_has_the_form_of_the_question(packaged: KnowledgeGraph) -> None:
    rows = packaged.sparql("SELECT ?whole { id:songjiang g60:partOf ?whole }")
    assert isinstance(rows, Rows)
    assert URIRef("https://w3id.org/g60kg/id/shanghai") in {row.whole for row in rows}
    assert packaged.sparql("ASK { id:songjiang g60:partOf+ id:shanghai }") is True
    assert packaged.sparql("ASK { id:songjiang g60:partOf id:anhui }") is False
    graph = packaged.sparql("CONSTRUCT { ?s g60:partOf ?o } { ?s g60:partOf ?o }")
    assert isinstance(graph, Graph)
    assert len(graph) > 10
    described = packaged.sparql("DESCRIBE id:songjiang")
    assert isinstance(described, Graph)
    assert (URIRef("https://w3id.org/g60kg/id/songjiang"), None, None) in described


def test_a_stored_query_runs(packaged: KnowledgeGraph) -> None:
    rows = packaged.query("regions-below", region="Anhui", limit=3)
    assert len(rows) == 3
    with pytest.raises(UnknownQuery, match="nearest: regions-below"):
        packaged.query("region-below")


def test_what_cannot_be_asked(packaged: KnowledgeGraph) -> None:
    with pytest.raises(UpdateRefused):
        packaged.sparql("DELETE WHERE { ?s ?p ?o }")
    with pytest.raises(SparqlError, match="line 2, column"):
        packaged.sparql("SELECT *\n{ ?s ?p }")


def test_rdflib_sees_the_graph(packaged: KnowledgeGraph) -> None:
    dataset = packaged.graph
    assert len(dataset) > 1000
    assert URIRef(REGISTER_GRAPH.value) in {graph.identifier for graph in dataset.graphs()}


def test_layers_can_be_chosen(packaged: KnowledgeGraph, tmp_path: Path) -> None:
    def graphs(path: Path) -> set[object]:
        return {quad.graph_name for quad in parse(path=path)}

    packaged.export(tmp_path / "all.nq")
    packaged.export(tmp_path / "said.nq", inferred=False)
    packaged.export(tmp_path / "register.nq", graph="register")
    held = {quad for quad in parse(path=tmp_path / "all.nq") if quad.graph_name != DATASET_GRAPH}
    assert held == set(packaged.store.match())
    assert graphs(tmp_path / "all.nq") - graphs(tmp_path / "said.nq") == {INFERRED_GRAPH}
    assert graphs(tmp_path / "register.nq") == {REGISTER_GRAPH}
    for name in ("graph:register", REGISTER_GRAPH.value):
        packaged.export(tmp_path / "again.nq", graph=name)
        assert (tmp_path / "again.nq").read_bytes() == (tmp_path / "register.nq").read_bytes()
    with pytest.raises(ExportError, match="no graph 'registry' is held; nearest: register"):
        packaged.export(tmp_path / "x.nq", graph="registry")
    assert not (tmp_path / "x.nq").exists()


def test_every_node_made_here_has_a_name(packaged: KnowledgeGraph) -> None:
    def is_blank(quad: Quad) -> bool:
        return str(quad.subject).startswith("_:") or str(quad.object).startswith("_:")

    blank = {str(quad.graph_name) for quad in packaged.store.match() if is_blank(quad)}
    assert all("ontology" in name for name in blank)


def test_opening_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here; run `g60kg build` first"):
        KnowledgeGraph.open(tmp_path)
    with pytest.raises(StoreError, match="nobody answers there"):
        KnowledgeGraph.open("http://localhost:1/sparql").articles()


def test_the_ranks_of_an_article_are_asked_for(changing: KnowledgeGraph) -> None:
    changing.add(
        Article("ranks", "Wuhu ranks third among the cities of Anhui in exports.", date="2024-01-01")
    )
    [row] = changing.query("ranks", of="Wuhu")
    assert (str(row.rank), str(row.object)) == ("3", "ranks third among the cities of Anhui in exports")
    assert str(row.region).endswith("/anhui")
