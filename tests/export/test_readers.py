"""Every format of RDF loads back to an isomorphic dataset: by rdflib, pyoxigraph, and rapper of Debian."""

import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Quad, RdfFormat, parse
from pyoxigraph import Dataset as Canonical
from rdflib import Dataset, Graph

from g60kg.export import FORMATS, export_quads
from tests.export.samples import QUADS

RAPPER = shutil.which("rapper")
NAMED = [form.name for form in FORMATS if form.datasets]
ENDINGS = {form.name: form.endings[0] for form in FORMATS}
OXIGRAPH = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
RAPPERS = {"turtle": "turtle", "trig": "trig", "ntriples": "ntriples", "nquads": "nquads", "rdfxml": "rdfxml"}


def canonical(quads: Iterable[Quad]) -> set[Quad]:
    """Return quads with their blank nodes named as RDFC-1.0 names them: the same for isomorphic datasets."""
    dataset = Canonical(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def flat(quads: Iterable[Quad]) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


def expected(name: str, quads: list[Quad]) -> set[Quad]:
    return canonical(quads if name in NAMED else flat(quads))


def oxigraph(path: Path, name: str) -> list[Quad]:
    return list(parse(path=path, format=OXIGRAPH[name]))


def rdflib(path: Path, name: str) -> list[Quad]:
    names = {"ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
    if name in NAMED:
        dataset = Dataset()
        dataset.parse(path, format=names.get(name, name))
        text = dataset.serialize(format="nquads")
    else:
        text = Graph().parse(path, format=names.get(name, name)).serialize(format="nt")
    return list(parse(text.encode(), format=RdfFormat.N_QUADS))


def rapper(path: Path, name: str) -> list[Quad]:
    """Read by rapper; it writes triples alone, so the names of graphs are lost on the way."""
    assert RAPPER
    command = [RAPPER, "-q", "-i", RAPPERS[name], "-o", "ntriples", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return list(parse(done.stdout, format=RdfFormat.N_TRIPLES))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of rdflib's parsers, by rdflib itself
@pytest.mark.parametrize(
    ("name", "reader"), [*((name, oxigraph) for name in ENDINGS), ("trig", rdflib), ("jsonld", rdflib)]
)
def test_the_packaged_graph_is_read_back(
    name: str, reader: Callable[[Path, str], list[Quad]], quads: list[Quad], tmp_path: Path
) -> None:
    path = tmp_path / f"g{ENDINGS[name]}"
    export_quads(quads, path)
    assert canonical(reader(path, name)) == expected(name, quads)


@pytest.mark.skipif(RAPPER is None, reason="rapper (Debian's raptor2-utils) is not installed")
@pytest.mark.parametrize("name", RAPPERS)
def test_rapper_reads_the_packaged_graph(name: str, quads: list[Quad], tmp_path: Path) -> None:
    path = tmp_path / f"g{ENDINGS[name]}"
    export_quads(quads, path)
    assert canonical(rapper(path, name)) == canonical(flat(quads))


@pytest.mark.skipif(RAPPER is None, reason="rapper (Debian's raptor2-utils) is not installed")
@pytest.mark.parametrize("name", RAPPERS)
def test_rapper_reads_hostile_texts(name: str, tmp_path: Path) -> None:
    held = [quad for quad in QUADS if all(ord(c) > 31 or c in "\t\n\r" for c in str(quad.object))]
    held = [quad for quad in held if "\\u" not in str(quad.object) and "\ufffe" not in str(quad.object)]
    assert len(held) > 100
    path = tmp_path / f"g{ENDINGS[name]}"
    export_quads(held, path)
    assert canonical(rapper(path, name)) == canonical(flat(held))


@pytest.mark.parametrize("name", ENDINGS)
def test_flat_is_one_graph_without_a_name(name: str, quads: list[Quad], tmp_path: Path) -> None:
    path = tmp_path / f"g{ENDINGS[name]}"
    export_quads(quads, path, flat=True)
    assert canonical(oxigraph(path, name)) == canonical(flat(quads))
