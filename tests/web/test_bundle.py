"""How the pages' scripts and styles are made, and what happens where they cannot be."""

import json
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
WEB = REPOSITORY / "web"
SOURCES = ("src", "build.mjs", "bundle.py", "package.json", "package-lock.json", ".npmrc")
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
def test_making_it_again_gives_the_same_bytes(copy: Path) -> None:
    if not bundling(WEB)["is_current"]():
        pytest.skip("the scripts and styles are not built: python web/bundle.py")
    bundling(copy)["bundle"]()
    assert bundling(copy)["is_current"]()
    made, before = (
        {path.name: path.read_bytes() for path in (web / "dist").iterdir()} for web in (copy, WEB)
    )
    assert made == before
    names = json.loads(made["manifest.json"])
    assert {"site.css", "site.js", "editor.css", "editor.js", "icon.svg", "licences.txt"} == set(names)
    assert set(names.values()) <= set(made)
