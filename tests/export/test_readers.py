"""Every format of RDF loads back to an isomorphic dataset: by rdflib, pyoxigraph, and rapper of Debian."""

import shutil
import subprocess
from collections.abc import Callable, Iterable
from functools import cache
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


Wanted = Callable[[str], set[Quad]]


@pytest.fixture(scope="module")
def flattened(quads: list[Quad]) -> set[Quad]:
    return canonical(flat(quads))


@pytest.fixture(scope="module")
def expected(quads: list[Quad], flattened: set[Quad]) -> Wanted:
    """Return a function that gives what a format holds of the packaged graph."""
    whole = canonical(quads)
    return lambda name: whole if name in NAMED else flattened


@pytest.fixture(scope="module")
def exported(quads: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that gives a file of the packaged graph in a format, written once."""
    folder = tmp_path_factory.mktemp("readers")

    @cache
    def path(name: str) -> Path:
        export_quads(quads, folder / f"g{ENDINGS[name]}")
        return folder / f"g{ENDINGS[name]}"

    return path


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
    name: str,
    reader: Callable[[Path, str], list[Quad]],
    exported: Callable[[str], Path],
    expected: Wanted,
) -> None:
    assert canonical(reader(exported(name), name)) == expected(name)


@pytest.mark.skipif(RAPPER is None, reason="rapper (Debian's raptor2-utils) is not installed")
@pytest.mark.parametrize("name", RAPPERS)
def test_rapper_reads_the_packaged_graph(
    name: str, exported: Callable[[str], Path], flattened: set[Quad]
) -> None:
    assert canonical(rapper(exported(name), name)) == flattened


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
def test_flat_is_one_graph_without_a_name(
    name: str, quads: list[Quad], flattened: set[Quad], tmp_path: Path
) -> None:
    path = tmp_path / f"g{ENDINGS[name]}"
    export_quads(quads, path, flat=True)
    assert canonical(oxigraph(path, name)) == flattened
