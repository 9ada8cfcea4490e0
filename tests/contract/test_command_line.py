"""The command line over a server: the same commands, the same answers, and one line for what goes wrong."""

import json
import shlex
from pathlib import Path

import click
import pytest
from pyoxigraph import Quad

from g60kg import Article, KnowledgeGraph
from g60kg.check import Report
from g60kg.cli.main import cli
from g60kg.store import MemoryStore, write_store
from g60kg.store.remote import push
from tests.contract.conftest import emptied
from tests.running import Run, runner
from tests.store.faulty import serving

NEWS = "Wuhu has 12 companies in the field of artificial intelligence."


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command and returns its status, its output and its errors."""
    return runner(capsys)


@pytest.fixture(scope="module")
def folder(quads: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store on disk that holds the packaged graph; not to be changed."""
    return write_store(tmp_path_factory.mktemp("folder") / "store", quads, {}).folder


def test_there_and_back(call: Run, folder: Path, oxigraph: str, tmp_path: Path) -> None:
    emptied(oxigraph)
    status, out, err = call("--store", folder, "push", oxigraph)
    assert (status, err) == (0, "")
    assert {row["done"] for row in map(json.loads, out.splitlines())} == {"sent"}
    assert call("--store", tmp_path / "copy", "pull", oxigraph, "--dry-run")[0] == 0
    assert not (tmp_path / "copy").exists()
    assert call("--store", tmp_path / "copy", "pull", oxigraph)[0] == 0
    copy, store = KnowledgeGraph.open(tmp_path / "copy"), KnowledgeGraph.open(folder)
    assert set(copy.store.match()) == set(store.store.match())
    assert copy.summary.counts["articles"] == 1
    again = call("--store", tmp_path / "copy", "push", oxigraph, "--format", "csv")[1]
    assert {line.split(",")[1] for line in again.split()[1:]} == {"kept"}


COMMANDS = [
    ["articles"],
    ["query", "companies-by-industry", "--industry", "biomedicine"],
    ["query", "member-cities", "--format", "csv"],
    ["sparql", "ASK { id:wuhu g60:partOf id:anhui }"],
    [
        "sparql",
        "CONSTRUCT { ?s g60:partOf id:anhui } WHERE { ?s g60:partOf id:anhui }",
        "--format",
        "ntriples",
    ],
    ["why", "Songjiang District", "partOf", "China"],
    ["describe", "松江区"],
    ["search", "松江"],
    ["check"],
]


def test_the_same_answers(
    call: Run, folder: Path, oxigraph: str, subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("check_files", "check_examples"):  # which know no store, and take longest
        monkeypatch.setattr(f"g60kg.kg.validate.{other}", lambda *_: Report.of("none", ()))
    push(KnowledgeGraph.open(folder).store, emptied(oxigraph))
    for words in COMMANDS:
        with subtests.test(" ".join(words)):
            wanted, found = call("--store", folder, *words), call("--store", oxigraph, *words)
            assert [found[0], sorted(found[1].splitlines())] == [wanted[0], sorted(wanted[1].splitlines())]


def test_an_article_is_added_and_taken_back(quads: list[Quad], oxigraph: str) -> None:
    here, there = KnowledgeGraph(MemoryStore(quads)), KnowledgeGraph.connect(oxigraph)
    push(here.store, emptied(oxigraph))
    before = set(here.store.match())
    article = Article("news", NEWS, date="2024-02-19")
    for kg in (here, there):
        assert kg.add(article)
        assert not kg.add(article)
    assert here.push(oxigraph).to_dicts()  # the records of what `add` touched are written anew
    assert {quad for quad in there.store.match() if not named(quad, "ontology")} == {
        quad for quad in here.store.match() if not named(quad, "ontology")
    }
    there.remove("news")
    here.remove("news")
    assert set(here.store.match()) == before
    assert {row["done"] for row in here.push(oxigraph, dry_run=True).to_dicts()} <= {
        "kept",
        "changed",
        "dropped",
    }
    assert len(there) == len(before)


def named(quad: Quad, name: str) -> bool:
    return str(quad.graph_name).endswith(f"/{name}>")


def test_rdflib_sees_the_server(quads: list[Quad], oxigraph: str) -> None:
    push(MemoryStore(quads), emptied(oxigraph))
    graph = KnowledgeGraph.connect(oxigraph).graph
    rows = list(graph.query("SELECT ?city { ?city a g60:City }"))
    assert len(rows) == len(list(MemoryStore(quads).select("SELECT ?city { ?city a g60:City }").rows))
    assert len(graph) == len({quad.triple for quad in quads})


@pytest.mark.parametrize(
    "words", [["articles"], ["push", "URL"], ["pull", "URL"], ["query", "member-cities"]]
)
def test_a_server_that_fails_is_one_line(words: list[str], call: Run, folder: Path) -> None:
    with serving(lambda handler, asked: handler.say(404, b"<html>", "text/html")) as server:
        url = server.url
        place = folder if "URL" in words else url
        status, out, err = call("--store", place, *(url if word == "URL" else word for word in words))
    assert (status, out) == (2, "")
    assert err == f"g60kg: {url}: answers 404: Not Found; give the endpoint's URL\n"


def test_the_examples_of_the_help_run(call: Run, folder: Path, oxigraph: str, tmp_path: Path) -> None:
    for name in ("push", "pull"):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        for line in (command.epilog or "").splitlines()[2:]:
            words = shlex.split(line.replace("http://localhost:7878", oxigraph))[1:]
            words = [str(tmp_path / "copy") if word == "copy" else word for word in words]
            assert call(*(words if "--store" in words else ["--store", folder, *words]))[0] == 0
