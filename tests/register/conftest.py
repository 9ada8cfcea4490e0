from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from g60kg.register import Entry, Register, load_register
from g60kg.register.entry import Place
from g60kg.resources import resource

HEAD = "- id: a\n  type: City\n  en: Alpha\n  source: made\n"

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def packaged() -> Register:
    return load_register(resource("data", "register"))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write register files into a folder: keyword arguments are file names without ending and texts."""

    def write(folder: str = "register", **texts: str) -> Path:
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        for name, text in texts.items():
            (path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return path

    return write


def entry(id: str, **fields: Any) -> Entry:
    """Return an entry that differs from others in its id and the fields given."""
    given = {"types": ("g60:City",), "en": f"Name of {id}", "source": "made", "place": Place("f.yaml", 1)}
    return Entry(id, **(given | fields))
