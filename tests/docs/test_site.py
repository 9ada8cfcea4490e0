"""The documentation as a site, and the pages that say what the project holds."""

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import g60kg
from g60kg.query import load_catalogue
from g60kg.resources import resource

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_questions_are_those_of_the_catalogue() -> None:
    catalogue = load_catalogue(resource("queries"))
    shown = dict(re.findall(r"^- `(.+?)`: (.+)$", (DOCS / "questions.md").read_text("utf-8"), re.M))
    assert shown == {name: catalogue[name].question.en for name in catalogue.names}


def test_citation_has_the_version_of_the_package() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["version"] == g60kg.__version__


def test_public_names_are_there() -> None:
    rooms = [room.name for room in pkgutil.iter_modules(g60kg.__path__, "g60kg.") if room.ispkg]
    faces = [face for face in map(importlib.import_module, ["g60kg", *rooms]) if hasattr(face, "__all__")]
    assert len(faces) > 8
    for face in faces:
        assert all(hasattr(face, name) for name in face.__all__), face.__name__


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "CHANGELOG.md", "README.md", "LICENSE-DATA.md"])
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", (ROOT / name).read_text("utf-8"))
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


@pytest.mark.slow
def test_the_site_is_built_without_a_dead_link(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", tmp_path / "site"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    reference = (tmp_path / "site" / "reference.html").read_text("utf-8")
    assert all(f"g60kg.{name}" in reference for name in ("KnowledgeGraph", "Article", "query.Rows"))
