"""A graph exported in parts, loaded by the bulk loaders of real servers, is the graph."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from g60kg.export import export_quads
from g60kg.terms import G60, GRAPH, ID
from tests.contract.conftest import as_dba, emptied

QUADS = [
    Quad(ID[f"thing-{n}"], G60["motto"], Literal(f"第{n} “a\tb”", language="zh"), GRAPH[f"article/{n % 3}"])
    for n in range(300)
]


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    export_quads(QUADS, tmp_path / "parts", parts=4, compress=True)
    return tmp_path / "parts"


@pytest.mark.slow
def test_virtuoso_loads_parts_side_by_side(
    parts: Path, virtuoso: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_dba(monkeypatch)
    server, port = emptied(virtuoso), (urlsplit(virtuoso).port or 0) + 1

    def start(statement: str) -> "subprocess.Popen[bytes]":
        command = ["isql-vt", f"127.0.0.1:{port}", "dba", "dba", f"exec={statement}"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL)

    assert start(f"ld_dir('{parts}', '*.nq.gz', 'urn:none');").wait() == 0
    assert [loader.wait() for loader in [start("rdf_loader_run();") for _ in range(2)]] == [0, 0]
    assert start("checkpoint;").wait() == 0
    assert set(server.match()) == set(QUADS)
    assert not any(server.match(graph=NamedNode("urn:none")))


def test_oxigraph_loads_parts(parts: Path, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("oxigraph")
    files = [word for path in sorted(parts.iterdir()) for word in ("--file", str(path))]
    subprocess.run([program, "load", "--location", tmp_path / "store", *files], check=True)
    assert set(Store.read_only(str(tmp_path / "store"))) == set(QUADS)
