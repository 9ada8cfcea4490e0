"""The packaged graph, and one with an article more, to ask."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.ask import Answer
from tests.running import Run, runner

NEWS = (
    "Haier and Fosun Pharma opened a joint laboratory in Wuhu in May 2024, said its director Li Lei. "
    "The laboratory has 120 employees. Wuhu covers an area of 6,026 square kilometers."
)
Ask = Callable[[str], Answer]


@pytest.fixture(scope="session")
def ask(packaged: KnowledgeGraph) -> Ask:
    """Return a function that asks the packaged graph."""
    return packaged.ask


@pytest.fixture(scope="session")
def ask_more(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Return a function that asks the packaged graph with an article more."""
    kg = KnowledgeGraph.open(shutil.copytree(packaged_store, tmp_path_factory.mktemp("more") / "store"))
    kg.ask("芜湖在哪个省")  # what was laid out before an article is added is laid out again
    kg.add(Article("news", NEWS, title="News of a laboratory", date="2024-06-01"))
    return kg.ask


@pytest.fixture
def g60kg(packaged_store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs a command on a store of the packaged graph."""
    monkeypatch.setenv("G60KG_STORE", str(packaged_store))
    return runner(capsys)
