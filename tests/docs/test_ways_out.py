"""The pages on ways out, run: console blocks through the command line, Python blocks as doctests."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from g60kg import KnowledgeGraph
from g60kg.cli.main import run
from g60kg.export.formats import formats
from tests.docs.shown import blocks, fits, sessions

PAGES = sorted((Path(__file__).parents[2] / "docs" / "export").glob("*.md"))
OURS = ("README", "rdf", "nanopublications", "tables", "pandas", "neo4j", "gephi", "dataset")


def page(name: str) -> str:
    (found,) = (path for path in PAGES if path.stem == name)
    return found.read_text(encoding="utf-8")


@pytest.fixture
def place(packaged_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder to work in, with the store and its tables at hand."""
    monkeypatch.setenv("G60KG_STORE", str(packaged_store))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", OURS)
def test_commands(name: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command, shown in sessions(page(name)):
        words = shlex.split(command)
        assert words[0] == "g60kg"
        assert run(words[1:]) == 0, command
        assert fits(capsys.readouterr().out, shown), command
        if words[1] == "export":
            assert (place / words[2]).exists()


@pytest.mark.parametrize("name", [name for name in OURS if "```python" in page(name)])
def test_python(name: str, place: Path) -> None:
    KnowledgeGraph.open().export("tables", format="parquet")
    code = "\n".join(blocks(page(name), "python"))
    parsed = doctest.DocTestParser().get_doctest(code, {}, name, None, 0)
    assert doctest.DocTestRunner(verbose=False).run(parsed).failed == 0


def test_the_first_page_links_to_every_page_of_a_format() -> None:
    text = page("README")
    assert all(f"({name}.md)" in text for name in OURS if name != "README")
    assert all(f"`{name}`" in text for name in formats())


@pytest.mark.parametrize("path", PAGES, ids=[path.stem for path in PAGES])
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link
