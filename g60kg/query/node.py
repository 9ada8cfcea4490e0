"""YAML whose every part knows its line, so that an error can name it.

Goes in: the text of a header. Comes out: a `Node`, which gives its parts checked: every scalar is
text as written, and a key that is unknown, missing or given twice is an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from g60kg.errors import CatalogueError


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a YAML text, in a file."""

    yaml: Any
    path: str | Path

    @property
    def line(self) -> int:
        """The line of the file, from 1."""
        return int(self.yaml.start_mark.line) + 1

    @property
    def is_mapping(self) -> bool:
        """Whether names and values stand here."""
        return bool(self.yaml.id == "mapping")

    def error(self, message: str, mend: str | None = None) -> CatalogueError:
        """Return the error that names this place."""
        return CatalogueError(message, path=self.path, line=self.line, mend=mend)

    def text(self) -> str:
        """Return the text that stands here, on one line; raise where there is none."""
        value = " ".join(self.yaml.value.split()) if self.yaml.id == "scalar" else ""
        if not value:
            raise self.error("a text should stand here", "write one")
        return value

    def one_of(self, choices: Sequence[str]) -> str:
        """Return the text that stands here; raise where it is not among the choices."""
        value = self.text()
        if value not in choices:
            raise self.error(f"{value!r} should be one of: {', '.join(choices)}")
        return value

    def mapping(self, required: Sequence[str] = (), optional: Sequence[str] = ()) -> dict[str, Node]:
        """Return the parts by their keys; without names given, any key is right."""
        if not self.is_mapping:
            raise self.error("names and values should stand here", "write lines of NAME: VALUE")
        parts: dict[str, Node] = {}
        for key, value in self.yaml.value:
            self._check_key(Node(key, self.path), (*required, *optional), parts)
            parts[key.value] = Node(value, self.path)
        for name in required:
            if name not in parts:
                raise self.error(f"no {name!r} here", "add it")
        return parts

    def _check_key(self, key: Node, known: Sequence[str], seen: dict[str, Node]) -> None:
        name = key.text()
        if name in seen:
            raise key.error(f"{name!r} is given twice", "take one out")
        if known and name not in known:
            nearest = get_close_matches(name, known, 3) or known
            raise key.error(f"unknown {name!r}", f"nearest: {', '.join(nearest)}")


def read_node(text: str, path: str | Path) -> Node:
    """Return the root of a YAML text.

    Raises `CatalogueError` with the line, where the text is no YAML.

    >>> read_node("title: Companies", "x.rq").mapping()["title"].text()
    'Companies'
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(f"the header is no YAML: {error.problem}", path=path, line=line) from error
    except yaml.YAMLError as error:
        raise CatalogueError("the header holds characters that YAML forbids", path=path, line=1) from error
    if root is None:
        raise CatalogueError("the header is empty", path=path, line=1, mend="write title, question, columns")
    return Node(root, path)
