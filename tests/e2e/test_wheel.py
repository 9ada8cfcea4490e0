"""The bare package, installed into a new environment outside the repository, does the main job."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def call(*command: object, folder: Path) -> str:
    """Run a command in a folder, without this environment's own settings, and return its output."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "G60KG", "VIRTUAL"))
    }
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, env=kept, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of the repository as it stands."""
    folder = tmp_path_factory.mktemp("wheel")
    call(
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, REPOSITORY, folder=folder
    )
    (path,) = folder.glob("*.whl")
    return path


@pytest.mark.slow
def test_the_wheel_holds_code_and_knowledge_alone(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "g60kg",
        wheel.name.rpartition("-py3")[0] + ".dist-info",
    }
    for folder in ("data/articles", "data/register", "data/frames", "ontology", "queries"):
        assert any(name.startswith(f"g60kg/_data/{folder}/") for name in names), folder
    assert "g60kg/py.typed" in names


@pytest.mark.slow
def test_the_bare_package_builds_and_answers(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv")
    commands = tmp_path / "venv" / "bin"
    pip = (sys.executable, "-m", "pip", "--python", commands / "python")
    call(*pip, "install", "--quiet", "--no-compile", wheel, folder=tmp_path)  # what is imported is compiled
    g60kg = (commands / "g60kg", "--store", tmp_path / "store")
    assert "1 articles" in call(*g60kg, "build", folder=tmp_path)
    assert "nothing changed" in call(*g60kg, "build", folder=tmp_path)
    ask = ("query", "companies-by-industry", "--industry", "artificial intelligence")
    rows = [json.loads(line) for line in call(*g60kg, *ask, folder=tmp_path).splitlines()]
    assert "Tencent" in {row["name"] for row in rows}
    code = "import g60kg; print(g60kg.__file__); print(g60kg.KnowledgeGraph.open('store').describe('松江区'))"
    out = call(commands / "python", "-c", code, folder=tmp_path)
    assert out.startswith(str(tmp_path))
    assert "Songjiang District" in out
