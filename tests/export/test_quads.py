"""Every format, read back by two readers; order and bytes; failures leave nothing behind."""

import gzip
import os
import random
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Dataset, Graph

from g60kg.errors import ExportError
from g60kg.export import FORMATS, export_quads
from g60kg.export import rdf as order_module
from g60kg.terms import G60, GRAPH, ID, RDF, SKOS, XSD

READERS = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
RDFLIB = {"turtle": "turtle", "trig": "trig", "ntriples": "nt", "nquads": "nquads", "rdfxml": "xml"}
ENDINGS = {form.name: form.endings[0] for form in FORMATS}
REGISTER, ARTICLE = GRAPH["register"], GRAPH["article/2023-07-11"]
TARGET = NamedNode("https://w3id.org/g60kg/claim/0a/target")
QUADS = [
    Quad(ID["wuhu"], RDF["type"], G60["City"], REGISTER),
    Quad(ID["wuhu"], RDF["type"], G60["City"], ARTICLE),
    Quad(ID["wuhu"], SKOS["prefLabel"], Literal("Wuhu", language="en"), REGISTER),
    Quad(ID["wuhu"], SKOS["prefLabel"], Literal("芜湖市", language="zh"), REGISTER),
    Quad(ID["wuhu"], G60["partOf"], ID["anhui"], REGISTER),
    Quad(ID["R&D <x>".replace("<x>", "").strip()], G60["motto"], Literal('a "b"\n\t\\ <c> & @en .'), ARTICLE),
    Quad(ID["松江"], G60["value"], Literal("57920000", datatype=XSD["decimal"]), ARTICLE),
    Quad(TARGET, G60["year"], Literal("2023", datatype=XSD["gYear"]), ARTICLE),
    Quad(TARGET, G60["rank"], Literal("02", datatype=XSD["integer"]), ARTICLE),
    Quad(TARGET, NamedNode("http://example.com/p"), Literal("", language="en-GB"), DefaultGraph()),
    Quad(TARGET, RDF["type"], G60["Claim"], DefaultGraph()),
]


def read(path: Path, name: str) -> set[Quad]:
    content = path.read_bytes()
    return set(parse(gzip.decompress(content) if path.suffix == ".gz" else content, READERS[name]))


def expected(name: str, quads: list[Quad]) -> set[Quad]:
    datasets = next(form.datasets for form in FORMATS if form.name == name)
    return set(quads) if datasets else {Quad(q.subject, q.predicate, q.object) for q in quads}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's parsers, by rdflib itself
@pytest.mark.parametrize("name", ENDINGS)
def test_rdflib_reads_back_what_was_written(name: str, tmp_path: Path) -> None:
    path, plain = tmp_path / f"g{ENDINGS[name]}", tmp_path / "plain.nt"
    triples = [Quad(q.subject, q.predicate, q.object) for q in QUADS]
    export_quads(QUADS, path)
    export_quads(triples, plain)
    dataset = Dataset(default_union=True)
    dataset.parse(path, format=RDFLIB.get(name, "json-ld"))
    found = {(s, p, o) for s, p, o, _ in dataset.quads()}
    assert found == set(Graph().parse(plain, format="nt"))
    if name in ("trig", "nquads", "jsonld"):
        assert {str(g.identifier) for g in dataset.graphs()} >= {REGISTER.value, ARTICLE.value}


@pytest.mark.parametrize("name", ENDINGS)
def test_the_same_content_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    shuffled = [*QUADS, *QUADS[:4]]
    random.Random(7).shuffle(shuffled)
    export_quads(QUADS, tmp_path / "a.gz", name)
    export_quads(iter(shuffled), tmp_path / "b.gz", name)
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    code = "import sys; from g60kg.export import export_quads; from pyoxigraph import parse\n"
    code += "for e in sys.argv[2:]: export_quads(parse(path=sys.argv[1]), sys.argv[1] + e)"
    source = tmp_path / "q.nq"
    export_quads(QUADS, source)
    endings = list(ENDINGS.values())
    subprocess.run([sys.executable, "-c", code, str(source), *endings], check=True)
    for ending in endings:
        export_quads(QUADS, tmp_path / f"here{ending}")
        assert (tmp_path / f"here{ending}").read_bytes() == (tmp_path / f"q.nq{ending}").read_bytes()


def test_lines_are_sorted(tmp_path: Path) -> None:
    export_quads(QUADS, tmp_path / "g.nq")
    lines = (tmp_path / "g.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == len(QUADS)


@pytest.mark.parametrize("name", ENDINGS)
def test_parts_are_merged_as_if_sorted_at_once(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_quads(QUADS, tmp_path / "one", name)
    monkeypatch.setattr(order_module, "PART", 2)
    export_quads(QUADS, tmp_path / "many", name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "many").read_bytes()


def test_turtle_is_short(tmp_path: Path) -> None:
    export_quads(QUADS, tmp_path / "g.ttl")
    text = (tmp_path / "g.ttl").read_text(encoding="utf-8")
    assert "id:wuhu a g60:City ;" in text
    assert text.startswith("@prefix article: ")


def test_jsonld_is_for_people(tmp_path: Path) -> None:
    export_quads(QUADS, tmp_path / "g.jsonld")
    text = (tmp_path / "g.jsonld").read_text(encoding="utf-8")
    assert '"partOf": [{"@id": "id:anhui"}]' in text
    assert '"@type": ["City"]' in text


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)
SUBJECTS = st.sampled_from([ID["a"], ID["b"], G60["C"], NamedNode("urn:x:1")])
LITERALS = st.builds(Literal, NAMES) | st.builds(Literal, NAMES, language=st.sampled_from(["en", "zh"]))
OBJECTS = (
    SUBJECTS | LITERALS | st.builds(Literal, NAMES, datatype=st.sampled_from([XSD["decimal"], G60["d"]]))
)
PREDICATES = st.sampled_from([RDF["type"], G60["p"], SKOS["note"]])
GRAPHS = st.sampled_from([REGISTER, ARTICLE, DefaultGraph()])


@settings(max_examples=60, deadline=None)
@given(quads=st.lists(st.builds(Quad, SUBJECTS, PREDICATES, OBJECTS, GRAPHS), max_size=12))
@pytest.mark.parametrize("name", ENDINGS)
def test_any_quads_are_read_back(
    name: str, quads: list[Quad], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("any") / "g"
    export_quads(quads, path, name)
    assert read(path, name) == expected(name, quads)


def test_blank_nodes_are_kept(tmp_path: Path) -> None:
    node = BlankNode("x")
    quads = [Quad(node, G60["p"], node, REGISTER), Quad(ID["a"], G60["p"], node, REGISTER)]
    for name in ENDINGS:
        export_quads(quads, tmp_path / name, name)
        found = read(tmp_path / name, name)
        assert len(found) == 2
        assert {isinstance(quad.object, BlankNode) for quad in found} == {True}


def test_an_unknown_ending_or_format(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"g\.txt: no format has this ending; end it in one of \.ttl"):
        export_quads(QUADS, tmp_path / "g.txt")
    with pytest.raises(ExportError, match="no format 'n3'; choose one of turtle"):
        export_quads(QUADS, tmp_path / "g.ttl", "n3")
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("path", ["folder.ttl", "absent/g.ttl", "file/g.ttl", "x" * 300 + ".ttl"])
def test_a_path_that_cannot_be_written(path: str, tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "file").write_text("")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(ExportError, match=r"give the path of a file|choose another place"):
        export_quads(QUADS, tmp_path / path)
    assert sorted(os.listdir(tmp_path)) == before


def test_a_pipe_is_written_to_who_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "pipe.nt"
    os.mkfifo(path)
    with ThreadPoolExecutor(1) as pool:
        read_there = pool.submit(path.read_bytes)
        export_quads(QUADS, path)
    export_quads(QUADS, tmp_path / "file.nt")
    assert read_there.result() == (tmp_path / "file.nt").read_bytes()
    assert path.is_fifo()


def test_a_source_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "g.nq"
    path.write_text("old")

    def broken() -> Iterator[Quad]:
        yield QUADS[0]
        raise ValueError("the store fails")

    with pytest.raises(ValueError, match="the store fails"):
        export_quads(broken(), path)
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["g.nq"]


@pytest.mark.parametrize(
    "quad",
    [Quad(ID["a"], NamedNode("http://example.com/1"), ID["b"]), Quad(ID["a"], G60["p"], Literal("bell\x07"))],
)
def test_what_rdfxml_cannot_say_is_refused(quad: Quad, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="RDF/XML cannot write"):
        export_quads([quad], tmp_path / "g.rdf")
    assert not os.listdir(tmp_path)


def test_the_mode_is_that_of_new_files(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    export_quads(QUADS, tmp_path / "g.nt")
    modes = {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "g.nt")}
    assert len(modes) == 1
