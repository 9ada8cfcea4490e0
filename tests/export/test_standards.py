"""What is exported, by the libraries of each standard: CSV on the Web, trusty URIs, RDF 1.2, OWL."""

import json
import warnings
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from g60kg.export import export_quads
from g60kg.export.view import METADATA, TABLES
from g60kg.query import to_rdflib
from g60kg.resources import resource
from g60kg.terms import CLAIM, DCTERMS, G60, NP, ONTOLOGY_GRAPH, OWL, RDF, claims_graph
from tests.export.samples import CLAIMS, QUADS
from tests.export.view.test_tables import read


def test_the_tables_are_valid_csv_on_the_web(quads: list[Quad], tmp_path: Path) -> None:
    csvw = pytest.importorskip("csvw", reason="the validator of CSV on the Web is missing: pip install csvw")
    export_quads(quads, tmp_path / "out", "csv")
    found = csvw.CSVW(str(tmp_path / "out" / METADATA), validate=True)
    assert (found.is_valid, found.warnings) == (True, [])
    (statistics,) = (each for each in found.tables if str(each.url) == "statistics.csv")
    assert {row["unit"] for row in statistics} >= {"unit:NUM", "unit:KiloM2"}
    path = tmp_path / "out" / "statistics.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",121,", ",many,"), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        assert not csvw.CSVW(str(tmp_path / "out" / METADATA), validate=True).is_valid


def test_the_metadata_tell_every_column_in_both_languages() -> None:
    told = json.loads(resource("ontology", METADATA).read_text(encoding="utf-8"))
    tables = read(QUADS)
    assert [table["url"] for table in told["tables"]] == [f"{name}.csv" for name in TABLES]
    for table in told["tables"]:
        columns = table["tableSchema"]["columns"]
        (first, *_) = tables[table["url"].removesuffix(".csv")]
        assert [column["name"] for column in columns] == list(first)
        assert all(column["dc:title"].keys() == {"en", "zh"} for column in columns)


def test_nanopublications_have_the_hash_that_the_library_finds(quads: list[Quad], tmp_path: Path) -> None:
    hasher = pytest.importorskip("nanopub.trustyuri.rdf.RdfHasher", reason="pip install nanopub")
    dated = Quad(NamedNode("urn:o"), DCTERMS.modified, QUADS[1].object, ONTOLOGY_GRAPH)
    for given, least in ((quads, 100), ([*QUADS, dated], len(CLAIMS))):
        export_quads(given, tmp_path / "np.trig", "nanopubs")
        held = defaultdict(list)
        for quad in parse(path=tmp_path / "np.trig", format=RdfFormat.TRIG):
            terms = (quad.graph_name, quad.subject, quad.predicate, quad.object)
            held[quad.graph_name.value.partition("#")[0]].append(tuple(map(to_rdflib, terms)))
        assert len(held) >= least
        for about in sorted(held)[:: max(1, len(held) // 12)]:
            code = about.rpartition("/")[2]
            assert hasher.make_hash(held[about], code) == code


def test_a_nanopublication_says_when_it_was_created_and_the_code_follows_what_it_says(tmp_path: Path) -> None:
    def codes(quads: list[Quad]) -> dict[str, str]:
        export_quads(quads, tmp_path / "np.trig", "nanopubs")
        found = list(parse(path=tmp_path / "np.trig", format=RdfFormat.TRIG))
        days = {str(quad.object) for quad in found if quad.predicate == DCTERMS.created}
        assert all("2024-02-19T00:00:00+00:00" in day for day in days)
        assert days
        about = [quad.subject for quad in found if quad.object == NP.Nanopublication]
        return dict(str(each)[1:-1].rsplit("/", 1) for each in about)

    old = Quad(NamedNode("urn:o"), DCTERMS.modified, Literal("2020-01-01"), ONTOLOGY_GRAPH)
    first = codes([*QUADS, old])
    odd = CLAIM[CLAIMS[0].id]
    more = Quad(odd, G60.resolution, Literal("another: rule"), claims_graph("hostile"))
    second = codes([*QUADS, old, more])
    changed = {about for about in first if first[about] != second[about]}
    assert {about.rpartition("/")[2] for about in changed} == {CLAIMS[0].id}


def test_claims_reify_what_they_state_in_rdf_1_2(tmp_path: Path) -> None:
    export_quads(QUADS, tmp_path / "g.ttl", "turtle12")
    found = {quad.triple for quad in parse(path=tmp_path / "g.ttl", format=RdfFormat.TURTLE)}
    stated = {triple.subject: triple.object for triple in found if triple.predicate == RDF.reifies}
    back = set()
    for subject, term in stated.items():
        assert isinstance(term, Triple)
        assert isinstance(subject, NamedNode | BlankNode)
        parts = ((RDF.subject, term.subject), (RDF.predicate, term.predicate), (RDF.object, term.object))
        back |= {Triple(subject, name, value) for name, value in parts}
    assert {CLAIM[claim.id] for claim in CLAIMS} <= stated.keys()
    plain = {triple for triple in found if triple.predicate != RDF.reifies}
    assert plain | back == {quad.triple for quad in QUADS}
    assert not plain & back


def test_horned_owl_reads_the_ontology_whole(quads: list[Quad], tmp_path: Path) -> None:
    horned = pytest.importorskip("pyhornedowl", reason="horned-owl is missing: pip install py-horned-owl")
    held = [quad for quad in quads if quad.graph_name == ONTOLOGY_GRAPH]
    export_quads(held, tmp_path / "o.rdf")
    found = horned.open_ontology(str(tmp_path / "o.rdf"))

    def typed(kind: NamedNode) -> set[str]:
        return {
            quad.subject.value
            for quad in held
            if quad.predicate == RDF.type and quad.object == kind and isinstance(quad.subject, NamedNode)
        }

    assert set(found.get_classes()) == typed(OWL.Class)
    assert set(found.get_object_properties()) == typed(OWL.ObjectProperty)
    assert len(found.get_axioms()) > 2000
