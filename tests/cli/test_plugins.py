"""What an installed package adds by entry points: a format, an engine, a question."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
from g60kg.export import Format
from g60kg.reason import Closure

def write(quads, out):
    for quad in quads:
        out.write(f"{quad.predicate}\\n".encode())

names = Format("predicates", (".names",), True, "quads", write)

def nothing(task):
    return Closure(())
"""
ENTRIES = """
[g60kg.exporters]
predicates = added:names

[g60kg.engines]
nothing = added:nothing

[g60kg.queries]
added = added
"""
QUERY = """#+ title: {en: Nothing, zh: 无}
#+ description: {en: Nothing, zh: 无}
#+ question: {en: What is nothing?, zh: 什么是无？}
#+ group: graph
#+ columns: {thing: {en: The thing., zh: 实体。}}
SELECT ?thing { VALUES ?thing { "nothing" } }
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Install a package in a folder."""
    info = tmp_path / "added-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: added\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRIES)
    (tmp_path / "added.py").write_text(CODE)
    (tmp_path / "from-added.rq").write_text(QUERY)
    return tmp_path


def _run(home: Path, *arguments: object) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join([str(home), *filter(None, [os.environ.get("PYTHONPATH")])])
    call = [sys.executable, "-m", "g60kg", "--store", home / "store", *arguments]
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(list(map(str, call)), env=environment, capture_output=True, text=True, check=False)


def test_format_engine_and_question_of_a_package(home: Path) -> None:
    built = _run(home, "build", "--reasoner", "nothing")
    assert (built.returncode, built.stderr) == (0, "")
    assert "0 inferred facts" in built.stdout
    assert _run(home, "export", home / "out.names").returncode == 0
    assert (home / "out.names").read_text().startswith("<http")
    assert "nothing" in _run(home, "query", "from-added").stdout
    other = _run(home, "build", "--reasoner", "other")
    assert other.returncode == 2
    assert "'nothing'" in other.stderr
