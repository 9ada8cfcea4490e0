"""How the pages' scripts and styles are made, and what happens where they cannot be."""

import json
import os
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
WEB = REPOSITORY / "web"
SOURCES = ("src", "build.mjs", "bundle.py", "package.json", "package-lock.json", ".npmrc")
WHEEL = ("pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
UNREACHABLE = {"npm_config_registry": "http://127.0.0.1:9/", "npm_config_fetch_retries": "0"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the sources of `web/`, without what is made from them."""
    folder = tmp_path / "web"
    folder.mkdir()
    for name in SOURCES:
        place = WEB / name
        (shutil.copytree if place.is_dir() else shutil.copy)(place, folder / name)
    return folder


def bundling(folder: Path) -> dict[str, Any]:
    return runpy.run_path(str(folder / "bundle.py"))


def test_the_styles_alone_are_whole(copy: Path) -> None:
    bundling(copy)["copy_styles"]()
    names = json.loads((copy / "dist" / "manifest.json").read_text("utf-8"))
    assert set(names) == {"site.css", "icon.svg"}
    styles = (copy / "dist" / names["site.css"]).read_text("utf-8")
    assert "@import" not in styles
    assert "prefers-color-scheme: dark" in styles
    assert "@media print" in styles


def test_the_styles_alone_are_no_bundle(copy: Path) -> None:
    bundling(copy)["copy_styles"]()
    assert not bundling(copy)["is_current"]()
    assert bundling(copy)["is_current"](styles_suffice=True)
    (copy / "src" / "site.css").write_text("a { color: red }\n")
    assert not bundling(copy)["is_current"](styles_suffice=True)


def test_a_bundle_that_fails_leaves_the_old_one(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundling(copy)["copy_styles"]()
    before = sorted(path.name for path in copy.rglob("*"))
    monkeypatch.setenv("PATH", "/nowhere")
    made = bundling(copy)
    with pytest.raises(made["NotBundled"], match="node and npm are not installed"):
        made["bundle"]()
    assert sorted(path.name for path in copy.rglob("*")) == before


def test_the_lock_names_no_registry() -> None:
    locked = json.loads((WEB / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in locked["packages"].items() if name}
    assert len(packages) > 40
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")
def test_a_registry_that_cannot_be_reached_is_told_in_a_line(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_cache", str(copy / "cache"))
    for name, value in UNREACHABLE.items():
        monkeypatch.setenv(name, value)
    made = bundling(copy)
    with pytest.raises(made["NotBundled"], match=r"^npm ci failed: ") as told:
        made["bundle"]()
    assert "\n" not in str(told.value)


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")
def test_making_it_twice_gives_the_same_bytes(copy: Path) -> None:
    seen = []
    for _ in range(2):
        bundling(copy)["bundle"]()
        seen.append({path.name: path.read_bytes() for path in (copy / "dist").iterdir()})
    assert seen[0] == seen[1]
    assert bundling(copy)["is_current"]()
    names = json.loads(seen[0]["manifest.json"])
    assert {"site.css", "site.js", "editor.css", "editor.js", "icon.svg", "licences.txt"} == set(names)
    assert set(names.values()) <= set(seen[0])


Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def call(tmp_path_factory: pytest.TempPathFactory) -> Call:
    """Return a function that runs a module of Python where the backend of builds is installed.

    Once for all: to make an environment for each build takes longer than to build. tests/e2e/ makes one.
    """
    backend = tmp_path_factory.mktemp("backend")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--target", str(backend)]
    subprocess.run([*pip, "hatchling"], check=True, capture_output=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("G60KG")}

    def run(*words: object, **settings: str) -> "subprocess.CompletedProcess[str]":
        environment = kept | {"PYTHONPATH": str(backend)} | settings
        command = [sys.executable, "-m", *map(str, words)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="module")
def sdist(call: Call, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the source distribution of the repository as it stands."""
    folder = tmp_path_factory.mktemp("sdist")
    done = call("build", "--no-isolation", "--sdist", "--outdir", folder, REPOSITORY)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.tar.gz")
    assert path.stat().st_size < 4 << 20
    return path


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")
def test_a_wheel_made_from_the_sdist_holds_scripts_and_templates(
    call: Call, sdist: Path, tmp_path: Path
) -> None:
    done = call(*WHEEL, "-w", tmp_path, sdist)
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        manifest = json.loads(archive.read("g60kg/_data/web/dist/manifest.json"))
    assert {f"g60kg/_data/web/dist/{name}" for name in manifest.values()} <= names
    assert "site.js" in manifest
    for name in ("templates/base.html", "templates/macros.html", "text/en.yaml", "text/zh.yaml"):
        assert f"g60kg/serve/pages/{name}" in names


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")
def test_a_wheel_without_scripts_is_made_only_on_purpose(call: Call, sdist: Path, tmp_path: Path) -> None:
    settings = UNREACHABLE | {"npm_config_cache": str(tmp_path / "cache")}
    refused = call(*WHEEL, "-w", tmp_path, sdist, **settings)
    assert refused.returncode != 0
    assert "the pages' scripts cannot be made: npm ci failed" in refused.stderr
    assert "G60KG_WITHOUT_SCRIPTS=1" in refused.stderr
    made = call(*WHEEL, "-w", tmp_path, sdist, G60KG_WITHOUT_SCRIPTS="1", **settings)
    assert made.returncode == 0, made.stderr
    (wheel,) = tmp_path.glob("*.whl")
    manifest = json.loads(zipfile.ZipFile(wheel).read("g60kg/_data/web/dist/manifest.json"))
    assert set(manifest) == {"site.css", "icon.svg"}
