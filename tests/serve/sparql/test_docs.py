"""The guide's commands of SPARQL, run against a real server, and its counts of the W3C's cases."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.conftest import serving
from tests.serve.sparql.conftest import TOKEN

GUIDE = (Path(__file__).parents[3] / "docs" / "serving.md").read_text(encoding="utf-8")
WRITTEN = "http://127.0.0.1:8060"


def _section(name: str) -> str:
    return next(part for part in re.split(r"^## ", GUIDE, flags=re.M) if part.startswith(f"{name}\n"))


def _sessions(name: str) -> list[tuple[str, str]]:
    """Return each command of a section, with what it prints."""
    blocks = re.findall(r"```console\n(.*?)```", _section(name), re.S)
    parts = (each for block in blocks for each in re.split(r"^\$ ", block, flags=re.M)[1:])
    return [(command, shown) for command, _, shown in (part.partition("\n") for part in parts)]


@pytest.fixture(scope="module")
def writable(served_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a server that takes changes, over a copy of the packaged graph."""
    folder = tmp_path_factory.mktemp("guide")
    shutil.copytree(served_store, folder / "store")
    with serving(folder / "store", folder / "log", "--writable", G60KG_TOKEN=TOKEN) as server:
        yield server.url


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("section", ["SPARQL", "Changing the graph over HTTP"])
def test_each_command_prints_what_the_guide_shows(
    section: str, writable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("G60KG_TOKEN", TOKEN)
    sessions = _sessions(section)
    assert len(sessions) >= 3
    for command, shown in sessions:
        words = ["bash", "-c", command.replace(WRITTEN, writable)]
        done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True)
        pattern = ".*".join(map(re.escape, shown.strip().split("…")))
        assert re.fullmatch(pattern, done.stdout.strip().replace("\r", ""), re.S), done.stdout


def test_the_guide_counts_the_cases_that_pass() -> None:
    from tests.serve.sparql.w3c.report import SUITES_THERE, counted

    if not SUITES_THERE:
        pytest.skip("the suites are not beside the project")
    rows = re.findall(r"^\| ([a-z].*?) \| (\d+) \| (\d+) \|$", _section("Conformance"), re.M | re.I)
    assert {name: (int(cases), int(passed)) for name, cases, passed in rows} == counted()
