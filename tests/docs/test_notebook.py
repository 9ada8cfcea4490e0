"""The notebook, and the page on a terminal and Python, run as they stand."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from g60kg import KnowledgeGraph
from tests.docs.shown import blocks

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def test_it_runs_and_shows_what_it_says(tmp_path: Path) -> None:
    import nbclient  # takes most of a second
    import nbformat

    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    nbclient.NotebookClient(notebook, timeout=240, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [json.dumps(_data(cell), ensure_ascii=False) for cell in notebook.cells]
    for words in ("more than 840", "<table>", "by cls-", "Hefei in figures", "松江", "image/png"):
        assert any(words in each for each in shown), words


def test_it_is_kept_without_what_it_printed() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def _data(cell: Any) -> list[Any]:
    return [dict(output.get("data", {})) for output in cell.get("outputs", ())]


@pytest.mark.usefixtures("unvalidated")
def test_what_the_page_says_of_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    KnowledgeGraph.build("corridor")
    Path("news.txt").write_text("Hefei has 12 industrial parks.")
    (code,) = blocks(NOTEBOOK.with_name("using.md").read_text("utf-8"), "python")
    said: dict[str, Any] = {}
    exec(code, said)
    assert len(said["rows"]) == 1
    assert len(KnowledgeGraph.open("corridor").articles()) == 2


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_a_shell_completes(tmp_path: Path) -> None:
    (line,) = re.findall(
        r'^ +(eval "\$.*?")', NOTEBOOK.with_name("using.md").read_text("utf-8"), re.MULTILINE
    )
    asks = "COMP_WORDS=(g60kg que); COMP_CWORD=1; _g60kg_completion g60kg; echo ${COMPREPLY[@]}"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"{line}; {asks}"], env={**os.environ, "PATH": path}, capture_output=True, check=True
    )
    assert done.stdout.split() == [b"queries", b"query"]
