"""The packages, made from the repository as it stands; the bare one does the main job outside of it."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterable, Iterator
from email.parser import BytesParser
from importlib.metadata import distribution
from pathlib import Path
from shutil import which

import pytest
from packaging.requirements import Requirement

from tests.web.test_bundle import UNREACHABLE

REPOSITORY = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not which("npm"), reason="npm is not installed")]


def call(*command: object, folder: Path, fails: bool = False, **settings: str) -> str:
    """Run a command in a folder, without this environment's settings; return its output, or its errors."""
    own = ("PYTHON", "G60KG", "VIRTUAL")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, env=kept | settings, capture_output=True, text=True, check=False)
    assert bool(done.returncode) == fails, done.stderr
    return done.stderr if fails else done.stdout


def make_wheel(source: Path, folder: Path, fails: bool = False, **settings: str) -> str:
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    return call(*pip, "-w", folder, source, folder=folder, fails=fails, **settings)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the source distribution of the repository."""
    folder = tmp_path_factory.mktemp("sdist")
    call(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, folder=REPOSITORY)
    (path,) = folder.glob("*.tar.gz")
    assert path.stat().st_size < 4 << 20
    return path


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel that is made from the source distribution."""
    folder = tmp_path_factory.mktemp("wheel")
    make_wheel(sdist, folder)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_code_knowledge_and_scripts_alone(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("g60kg/_data/web/dist/manifest.json"))
    information = wheel.name.rpartition("-py3")[0] + ".dist-info"
    assert {name.split("/")[0] for name in names} == {"g60kg", information}
    for folder in ("data/articles", "data/register", "data/frames", "ontology", "queries"):
        assert any(name.startswith(f"g60kg/_data/{folder}/") for name in names), folder
    assert "site.js" in manifest
    assert {f"g60kg/_data/web/dist/{name}" for name in manifest.values()} <= names
    for name in ("templates/base.html", "templates/macros.html", "text/en.yaml", "text/zh.yaml"):
        assert f"g60kg/serve/pages/{name}" in names
    assert "g60kg/py.typed" in names


def test_a_wheel_without_scripts_is_made_only_on_purpose(sdist: Path, tmp_path: Path) -> None:
    settings = UNREACHABLE | {"npm_config_cache": str(tmp_path / "cache")}
    refused = make_wheel(sdist, tmp_path, fails=True, **settings)
    assert "the pages' scripts cannot be made: npm ci failed" in refused
    assert "G60KG_WITHOUT_SCRIPTS=1" in refused
    make_wheel(sdist, tmp_path, fails=False, G60KG_WITHOUT_SCRIPTS="1", **settings)
    (wheel,) = tmp_path.glob("*.whl")
    manifest = json.loads(zipfile.ZipFile(wheel).read("g60kg/_data/web/dist/manifest.json"))
    assert set(manifest) == {"site.css", "icon.svg"}


def applying(requires: Iterable[str], extras: Iterable[str] = ()) -> Iterator[Requirement]:
    """Yield what is required, without extras or with some."""
    for text in requires:
        asked = Requirement(text)
        if not asked.marker or any(asked.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield asked


def needed(wheel: Path) -> set[str]:
    """Return the distributions that a wheel asks for, and those that these ask for."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        requires = BytesParser().parsebytes(archive.read(name)).get_all("Requires-Dist", [])
    waiting, found = [*applying(requires)], set[tuple[str, frozenset[str]]]()
    while waiting:
        asked = waiting.pop()
        key = asked.name.lower(), frozenset(asked.extras)
        if key not in found:
            found.add(key)
            waiting += applying(distribution(asked.name).requires or (), asked.extras)
    return {name for name, _ in found}


@pytest.fixture
def bare(wheel: Path, tmp_path: Path) -> Path:
    """Return the commands of an environment that holds the wheel and what it asks for alone.

    What it asks for is linked from this environment: the same versions, in a moment.
    """
    venv.create(tmp_path / "venv")
    (packages,) = (tmp_path / "venv" / "lib").glob("*/site-packages")
    for name in needed(wheel):
        known = distribution(name)
        for top in {path.parts[0] for path in known.files or ()} - {"..", "__pycache__"}:
            if not (packages / top).exists():
                (packages / top).symlink_to(str(known.locate_file(top)))
    pip = (sys.executable, "-m", "pip", "--python", tmp_path / "venv" / "bin" / "python")
    call(*pip, "install", "--quiet", "--no-deps", "--no-compile", wheel, folder=tmp_path)
    call(*pip, "check", folder=tmp_path)
    return tmp_path / "venv" / "bin"


def test_the_bare_package_builds_and_answers(bare: Path, tmp_path: Path) -> None:
    g60kg = (bare / "g60kg", "--store", tmp_path / "store")
    assert "1 articles" in call(*g60kg, "build", folder=tmp_path)
    assert "nothing changed" in call(*g60kg, "build", folder=tmp_path)
    ask = ("query", "companies-by-industry", "--industry", "artificial intelligence")
    rows = [json.loads(line) for line in call(*g60kg, *ask, folder=tmp_path).splitlines()]
    assert "Tencent" in {row["name"] for row in rows}
    code = "import g60kg; print(g60kg.__file__); print(g60kg.KnowledgeGraph.open('store').describe('松江区'))"
    out = call(bare / "python", "-c", code, folder=tmp_path)
    assert out.startswith(str(tmp_path))
    assert "Songjiang District" in out
    call(bare / "python", "-c", "import uvicorn", folder=tmp_path, fails=True)  # an extra's is not there
