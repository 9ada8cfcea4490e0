from collections.abc import Callable
from pathlib import Path

import pytest

from g60kg.register import Register, load_register
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
