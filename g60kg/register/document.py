"""Register files to YAML nodes that know their line.

Goes in: the path of a file. Comes out: the nodes of its entries; what is no UTF-8, no YAML or no list
is a `RegisterError` with file and line. libyaml reads; nothing is constructed, so that every value
keeps its place.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import yaml

from ..errors import RegisterError
from .entry import Place

TEXT = "tag:yaml.org,2002:str"


def read_nodes(path: Path) -> list[yaml.Node]:
    """Return the nodes of a file's entries; a file of comments alone has none.

    Raises `RegisterError`.
    """
    root = _compose(_text(path), path)
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        fail("a register file is a list of entries", place_of(root, path), "begin each entry with '- id: '")
    entries: list[yaml.Node] = root.value
    return entries


def fail(message: str, place: Place, mend: str | None = None) -> NoReturn:
    """Raise the `RegisterError` of a place."""
    raise RegisterError(message, path=place.path, line=place.line, mend=mend)


def place_of(node: yaml.Node, path: Path) -> Place:
    """Return where a node begins."""
    return Place(str(path), node.start_mark.line + 1)


def pairs(node: yaml.Node, path: Path, what: str) -> Iterator[tuple[str, yaml.Node]]:
    """Yield the keys of a mapping with the nodes of their values; refuse a key that stands twice."""
    if not isinstance(node, yaml.MappingNode):
        fail(f"{what} is a mapping of keys to values", place_of(node, path), "write 'key: value' lines")
    seen = set()
    for key, value in node.value:
        name = text_of(key, path, "a key")
        if name in seen:
            fail(f"the key {name!r} stands twice in one {what}", place_of(key, path), "keep one of them")
        seen.add(name)
        yield name, value


def items(node: yaml.Node, path: Path, what: str) -> list[yaml.Node]:
    """Return the nodes of a list."""
    if not isinstance(node, yaml.SequenceNode):
        fail(f"{what!r} is a list", place_of(node, path), "write '[…]' or '- …' lines")
    listed: list[yaml.Node] = node.value
    return listed


def text_of(node: yaml.Node, path: Path, what: str) -> str:
    """Return the text of a scalar that YAML reads as text: not empty, on one line, trimmed."""
    if not isinstance(node, yaml.ScalarNode) or node.tag != TEXT:
        fail(
            f"{what} is a text", place_of(node, path), "write a text, in quotes where YAML reads it otherwise"
        )
    value: str = node.value
    if not value or value != " ".join(value.split(" ")).strip() or not value.isprintable():
        fail(f"{what} is empty or holds stray spaces", place_of(node, path), "write it on one line, trimmed")
    return value


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RegisterError(f"cannot be read: {error.strerror}", path=path) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RegisterError("not UTF-8", path=path, line=line, mend="save the file as UTF-8") from error


def _compose(text: str, path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise RegisterError(f"not YAML: {error.problem}", path=path, line=line) from error
    except yaml.YAMLError as error:
        raise RegisterError(f"not YAML: {error}", path=path) from error
