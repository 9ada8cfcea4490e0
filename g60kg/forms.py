"""What a mapping of a file may say: its keys, and the reader that makes a value of what each holds."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from g60kg.nodes import Node, nearest

T = TypeVar("T")
Reader = Callable[[Node], T]
"""Makes a value of a node; raises the error of its file."""

_NUMBER: Final = re.compile(r"-?\d{1,99}(\.\d{1,99})?([eE][+-]?\d{1,2})?")
_IN_DIGITS: Final = "write it in digits"


def read_fields(
    node: Node, noun: str, needed: Mapping[str, Reader[Any]], others: Mapping[str, Reader[Any]]
) -> dict[str, Any]:
    """Return what a mapping says, by key: all that is needed, and of the others what it has.

    Raises the error of the file for what is no mapping, a key that is unknown, and one that is missing.

    >>> from g60kg.errors import InputError
    >>> from g60kg.nodes import Source, read_node
    >>> node = read_node(Source("x.yaml", InputError), "{id: a, plain: yes}")
    >>> read_fields(node, "an entry", {"id": line}, {"plain": flag})
    {'id': 'a', 'plain': True}
    """
    parts = mapping(node, noun)
    for key, part in parts.items():
        if key not in needed and key not in others:
            raise part.error(f"{noun} has no key {key!r}", nearest(key, (*needed, *others)))
    for key in needed:
        if key not in parts:
            raise node.error(f"{noun} has no {key!r}", f"add '{key}: …'")
    return {key: (needed.get(key) or others[key])(part) for key, part in parts.items()}


def mapping(node: Node, noun: str = "") -> dict[str, Node]:
    """Return the nodes of a mapping by key."""
    if node.tag != "map":
        raise node.error(f"{noun or repr(node.key)} is a mapping", "write 'key: value' lines")
    return node.fields()


def mapped(reader: Reader[T]) -> Reader[dict[str, T]]:
    """Return what reads a mapping of any keys to what the reader makes of each value."""
    return lambda node: {key: reader(part) for key, part in mapping(node).items()}


def listed(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    """Return what reads a list to what the reader makes of each item."""

    def read(node: Node) -> tuple[T, ...]:
        if node.tag != "seq":
            raise node.error(f"{node.key!r} is a list", "write '[…]' or '- …' lines")
        return tuple(map(reader, node.items))

    return read


def filled(reader: Reader[T]) -> Reader[T]:
    """Return what reads as the reader does, and takes no text, list or mapping that is empty."""

    def read(node: Node) -> T:
        if not (node.text or node.items or node.pairs):
            raise node.error(f"{node.key!r} is empty", "write at least one")
        return reader(node)

    return read


def one_of(*choices: str) -> Reader[str]:
    """Return what reads one of some words."""

    def read(node: Node) -> str:
        if node.text not in choices:
            raise node.error(f"no {node.key} {node.text!r}", f"write one of {', '.join(choices)}")
        return node.text

    return read


def text(node: Node) -> str:
    """Return a text, as it stands."""
    if node.tag != "str":
        raise node.error(f"{node.key!r} is a text", "write a text, in quotes where YAML reads it otherwise")
    return node.text


def written(node: Node) -> str:
    """Return a value as it is written, whatever YAML takes it for."""
    if node.tag in ("seq", "map"):
        raise node.error(f"{node.key!r} is a text", "write 'key: text'")
    return node.text


def line(node: Node) -> str:
    """Return a text that stands on one line, without spaces around it."""
    said = text(node)
    if not said or said != " ".join(said.split()) or not said.isprintable():
        raise node.error(f"{node.key!r} is empty or holds stray spaces", "write it on one line, trimmed")
    return said


def words(node: Node) -> str:
    """Return the words of a value, on one line, whatever YAML takes it for."""
    said = " ".join(written(node).split())
    if not said or node.tag == "null":
        raise node.error(f"{node.key!r} has no text", "write it")
    return said


def flag(node: Node) -> bool:
    """Return whether it says that something is so."""
    if node.tag != "bool":
        raise node.error(f"{node.key!r} is true or false", "write one of the two")
    return bool(node.plain())


def whole(node: Node) -> int:
    """Return a whole number."""
    if node.tag != "int":
        raise node.error(f"{node.key!r} is a whole number", _IN_DIGITS)
    return int(node.plain())


def number(node: Node) -> float:
    """Return a number."""
    if not _NUMBER.fullmatch(node.text):
        raise node.error(f"{node.key!r} is a number", _IN_DIGITS)
    return float(node.text)
