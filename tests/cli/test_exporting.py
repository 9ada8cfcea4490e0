"""`g60kg export` in every format, `g60kg describe --dataset`, and what neither does."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from g60kg.export.formats import FORMATS, formats
from g60kg.store import write_store
from g60kg.terms import DATASET, DATASET_GRAPH, DCAT, RDF
from tests.query.conftest import fixture_quads
from tests.running import Run

_WRITTEN_AS_NQUADS = ("turtle", "trig", "ntriples", "rdfxml", "jsonld", "turtle12")
"""Formats that meet a full disk where N-Quads does: when lines are sorted."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the small corridor; the packaged graph goes out in `tests/docs/test_ways_out.py`."""
    return write_store(tmp_path_factory.mktemp("small") / "store", fixture_quads(), {}).folder


@pytest.mark.parametrize("name", formats())
def test_every_format_is_written_in_silence(name: str, g60kg: Run, small: Path, tmp_path: Path) -> None:
    done = g60kg("--store", small, "export", tmp_path / "out", "--format", name)
    assert (done.status, done.out, done.err) == (0, "", "")
    assert (tmp_path / "out").is_dir() == (name in ("neo4j", "parquet", "csv"))


def test_graphs_are_chosen_again_and_again_and_by_pattern(g60kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "g.nq"
    assert g60kg("export", path, "--graph", "register", "--graph", "claims/*").status == 0
    names = {
        str(quad.graph_name).rpartition("/graph/")[2].rstrip(">").partition("/")[0]
        for quad in parse(path=path)
    }
    assert names == {"register", "claims"}
    assert g60kg("export", path, "--no-inferred").status == 0
    assert "graph/inferred" not in path.read_text()
    done = g60kg("export", path, "--graph", "clams/*")
    assert (done.status, done.out) == (2, "")
    assert "no graph 'clams/*' is held" in done.err


@pytest.mark.parametrize("name", [name for name in formats() if name not in {form.name for form in FORMATS}])
def test_flat_is_for_rdf_alone(name: str, g60kg: Run, tmp_path: Path) -> None:
    done = g60kg("export", tmp_path / "out", "--flat", "--format", name)
    assert (done.status, done.err) == (2, f"g60kg: {name} cannot be flat; choose a format of RDF\n")
    assert not list(tmp_path.iterdir())


def test_the_dataset_is_described_in_words_json_and_rdf(g60kg: Run, tmp_path: Path) -> None:
    words = g60kg("describe", "--dataset").out
    assert words.startswith("g60kg ")
    assert "graph:register" in words
    told = json.loads(g60kg("describe", "--dataset", "--format", "json").out)
    assert told["triples"] == sum(graph["count"] for graph in told["graphs"])
    turtle = g60kg("describe", "--dataset", "--format", "turtle").out
    triples = {quad.triple for quad in parse(turtle.encode(), format=RdfFormat.TURTLE)}
    assert any((t.subject, t.predicate, t.object) == (DATASET, RDF.type, DCAT.Dataset) for t in triples)
    assert g60kg("export", tmp_path / "g.nq").status == 0
    exported = {quad.triple for quad in parse(path=tmp_path / "g.nq") if quad.graph_name == DATASET_GRAPH}
    assert triples == exported


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give either an entity or --dataset"),
        (["Wuhu", "--dataset"], "give either an entity or --dataset"),
        (["Wuhu", "--format", "turtle"], "an entity is not written as turtle; choose text or json"),
    ],
)
def test_what_describe_cannot_do_is_said(arguments: list[str], message: str, g60kg: Run) -> None:
    done = g60kg("describe", *arguments)
    assert (done.status, done.out) == (2, "")
    assert message in done.err


_EACH = """
import sys
from g60kg.cli.main import run
for name in sys.argv[3:]:
    status = run(["--store", sys.argv[1], "export", f"{sys.argv[2]}/{name}", "--format", name])
    print(name, status, file=sys.stderr)
"""


def test_a_full_disk_is_one_line_and_leaves_nothing(store: Path, tmp_path: Path) -> None:
    out, temporary = tmp_path / "out", tmp_path / "tmp"
    out.mkdir()
    temporary.mkdir()
    tried = [name for name in formats() if name not in _WRITTEN_AS_NQUADS]
    call = [sys.executable, "-c", _EACH, str(store), str(out), *tried]
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 16; exec "$@"', "sh", *call],  # no file above some kilobytes
        # Python would write its compiled files as short as the limit, and not be able to read them again
        env={"TMPDIR": str(temporary), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    said = done.stderr.splitlines()
    assert said[1::2] == [f"{name} 2" for name in tried]
    assert all(line.startswith("g60kg: ") for line in said[::2])
    assert not list(out.iterdir())
    assert not list(temporary.iterdir())
