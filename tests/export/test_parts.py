"""A folder of N-Quads to be loaded side by side: all there, in order, blank nodes in one file."""

import gzip
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from g60kg.errors import ExportError
from g60kg.export import export_quads
from g60kg.terms import G60, GRAPH, ID, RDF

REGISTER = GRAPH["register"]
NAMED = [Quad(ID[f"a{number}"], G60["partOf"], ID["b"], REGISTER) for number in range(10)]
BLANK = [
    Quad(ID["a1"], G60["hasPart"], BlankNode("x"), REGISTER),
    Quad(BlankNode("x"), RDF["type"], G60["City"], REGISTER),
]


@pytest.mark.parametrize("count", [1, 3, 40])
@pytest.mark.parametrize("compress", [False, True])
def test_parts_are_the_graph_and_can_be_read_apart(tmp_path: Path, count: int, compress: bool) -> None:
    for _ in range(2):  # the second takes the place of the first
        export_quads([*BLANK, *NAMED], tmp_path / "parts", parts=count, compress=compress)
    files = sorted((tmp_path / "parts").iterdir())
    ending = ".nq.gz" if compress else ".nq"
    assert [file.name for file in files] == [f"part-{number:05}{ending}" for number in range(count)]
    read = gzip.decompress if compress else bytes
    texts = [read(file.read_bytes()) for file in files]
    named = [line for text in texts for line in text.splitlines() if b"_:" not in line]
    assert named == sorted(str(quad).encode() + b" ." for quad in NAMED)
    assert not any(b"_:" in text for text in texts[:-1])
    assert len(list(parse(texts[-1], RdfFormat.N_QUADS))) >= len(BLANK)


def test_another_number_of_parts_leaves_none_of_before(tmp_path: Path) -> None:
    export_quads(NAMED, tmp_path / "parts", parts=5)
    export_quads(NAMED, tmp_path / "parts", parts=2, compress=True)
    assert len(list((tmp_path / "parts").iterdir())) == 2
    (tmp_path / "parts" / "mine.txt").touch()
    with pytest.raises(ExportError, match=r"holds other files \(mine.txt\)"):
        export_quads(NAMED, tmp_path / "parts", parts=2)


@pytest.mark.parametrize(("format", "flat"), [("turtle", False), (None, True)])
def test_parts_of_what_loads_otherwise_are_refused(tmp_path: Path, format: str | None, flat: bool) -> None:
    with pytest.raises(ExportError, match="parts are N-Quads with their graphs"):
        export_quads(NAMED, tmp_path / "parts", format, flat=flat, parts=2)
    assert not list(tmp_path.iterdir())
