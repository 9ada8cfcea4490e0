"""The pages on other stores: their commands, run on real servers; their links and tables."""

import doctest
import gzip
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from g60kg import KnowledgeGraph
from g60kg.cli.main import run
from g60kg.store import MemoryStore, write_store
from g60kg.store.remote import push
from tests.contract.conftest import emptied
from tests.docs.shown import fits, sessions

PAGES = sorted((Path(__file__).parents[2] / "docs" / "stores").glob("*.md"))
STARTS = {"pip", "apt-get", "virtuoso-t", "wait"}
Walk = Callable[[str, dict[str, str]], None]


def text(name: str) -> str:
    return next(path for path in PAGES if path.stem == name).read_text(encoding="utf-8")


@pytest.fixture
def walk(
    quads: list[Quad], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Walk:
    """Return a function that runs the commands of a page, with other addresses."""
    write_store(tmp_path / "store", quads, {})
    monkeypatch.setenv("G60KG_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)

    def walked(name: str, addresses: dict[str, str]) -> None:
        for command, shown in sessions(text(name)):
            for ours, theirs in addresses.items():
                command = command.replace(ours, theirs)
            words = shlex.split(command)
            if words[0] == "export":
                for pair in words[1:]:
                    monkeypatch.setenv(*pair.split("=", 1))
            elif words[0] == "g60kg":
                assert run(words[1:]) == 0, capsys.readouterr().err
                assert fits(capsys.readouterr().out.replace("\r", ""), shown), command
            elif words[0] not in STARTS and words[1] != "serve":
                done = subprocess.run(command, shell=True, check=True, capture_output=True, timeout=60)
                assert b"Error" not in done.stdout + done.stderr  # isql-vt ends with 0 all the same

    return walked


@pytest.mark.parametrize("name", ["README", "oxigraph"])
def test_oxigraph(name: str, walk: Walk, oxigraph: str) -> None:
    emptied(oxigraph)
    walk(name, {"http://localhost:7878": oxigraph})


@pytest.mark.slow
def test_virtuoso(walk: Walk, virtuoso: str, credentials: None) -> None:
    emptied(virtuoso)
    port = urlsplit(virtuoso).port
    assert port
    monkey = {"localhost:8890": f"127.0.0.1:{port}", "localhost:1111": f"127.0.0.1:{port + 1}"}
    walk("virtuoso", monkey)


def test_the_python_of_the_page(quads: list[Quad], oxigraph: str) -> None:
    push(MemoryStore(quads), emptied(oxigraph))
    blocks = "\n".join(re.findall(r"```python\n(.*?)```", text("oxigraph"), re.S))
    shown = blocks.replace("http://localhost:7878", oxigraph)
    parsed = doctest.DocTestParser().get_doctest(shown, {}, "oxigraph", None, 0)
    assert doctest.DocTestRunner(verbose=False).run(parsed).failed == 0


def test_what_neptune_loads(walk: Walk, tmp_path: Path) -> None:
    walk("neptune", {})
    with gzip.open(tmp_path / "g60.nq.gz") as file:
        quads = list(parse(file.read(), format=RdfFormat.N_QUADS))
    held = set(KnowledgeGraph.open(tmp_path / "store").store.graphs())
    assert held <= {quad.graph_name for quad in quads}


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link
