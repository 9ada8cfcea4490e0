"""The text of a YAML file to nodes that know their line, one entry at a time.

Goes in: the text of a file whose root is a list. Comes out: its items, as they are read, so that a large
file is never held whole; or their plain values. libyaml reads the events; nothing is constructed from
tags, and nesting is bounded, since composing a deeply nested text overflows the stack.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, NoReturn, Union

import yaml
from yaml.resolver import Resolver

from .errors import InputError

DEPTH: Final = 12
TEXT: Final = "tag:yaml.org,2002:str"
_RESOLVER: Final = Resolver()
_TOO_DEEP: Final = "it nests too deeply"
_FLATTER: Final = "an entry needs three levels"


class Scalar(NamedTuple):
    """A text, and what YAML takes it for."""

    line: int
    value: str
    tag: str


class Sequence(NamedTuple):
    """A list."""

    line: int
    items: tuple["Node", ...]


class Mapping(NamedTuple):
    """Keys with values, in the order of the file."""

    line: int
    pairs: tuple[tuple["Node", "Node"], ...]


Node = Union[Scalar, Sequence, Mapping]  # noqa: UP007


class Kind(NamedTuple):
    """What a file is: its name for people, and the error that speaks of it."""

    noun: str
    error: type[InputError]


def read_items(text: str, path: str, kind: Kind) -> Iterator[Node]:
    """Yield the items of the list that a text holds; a text of comments alone has none.

    Raises the error of the kind for what is no YAML, no list, nested too deeply, or refers to another place.
    """
    try:
        yield from _items(yaml.parse(text, Loader=yaml.CSafeLoader), path, kind)
    except yaml.MarkedYAMLError as error:
        line = _line(error.problem_mark)
        if is_too_deep(error):
            raise kind.error(_TOO_DEEP, path=path, line=line, mend=_FLATTER) from error
        raise kind.error(f"not YAML: {error.problem}", path=path, line=line) from error
    except yaml.reader.ReaderError as error:
        line = text.encode().count(b"\n", 0, error.position) + 1
        raise kind.error(f"not YAML: {error.reason}", path=path, line=line) from error


def is_too_deep(error: yaml.YAMLError) -> bool:
    """Whether PyYAML itself gave up on a text for its nesting: newer releases bound it at 1,000 levels."""
    return "nesting depth" in (getattr(error, "problem", None) or "")


def plain(node: Node, path: str, kind: Kind) -> Any:
    """Return the value of a node: a dictionary, a list, a text, a number, a truth, or None.

    Raises the error of the kind for a key that stands twice or is no text, and for any other tag.
    """
    if isinstance(node, Sequence):
        return [plain(item, path, kind) for item in node.items]
    if isinstance(node, Scalar):
        return _value(node, path, kind)
    found: dict[str, Any] = {}
    for key, value in node.pairs:
        if not isinstance(key, Scalar) or key.value in found:
            problem = f"the key {key.value!r} twice" if isinstance(key, Scalar) else "a key that is no word"
            raise kind.error(problem, path=path, line=key.line, mend="keep one word for each value")
        found[key.value] = plain(value, path, kind)
    return found


def _value(node: Scalar, path: str, kind: Kind) -> Any:
    name = node.tag.removeprefix("tag:yaml.org,2002:")
    if name == "bool":
        return node.value.lower() in ("true", "yes", "on")
    if name == "int" and node.value.lstrip("+-").isdecimal():
        return int(node.value)
    if name == "null":
        return None
    if name in ("str", "int", "float", "timestamp", "value", "merge"):
        return node.value
    raise kind.error(f"the tag {node.tag!r}", path=path, line=node.line, mend="write a plain text")


def _items(events: Iterator[yaml.Event], path: str, kind: Kind) -> Iterator[Node]:
    next(events)
    if isinstance(next(events), yaml.StreamEndEvent):
        return
    root = next(events)
    if not isinstance(root, yaml.SequenceStartEvent):
        _refuse(
            root, path, kind, f"a {kind.noun} file is a list of entries", "begin each entry with '- id: '"
        )
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        yield _node(event, events, path, kind, 1)
    next(events)
    after = next(events)
    if not isinstance(after, yaml.StreamEndEvent):
        _refuse(after, path, kind, f"a {kind.noun} file is one list", "remove the '---'")


def _node(event: yaml.Event, events: Iterator[yaml.Event], path: str, kind: Kind, depth: int) -> Node:
    """Read the node that an event begins."""
    line = _line(event.start_mark)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line, event.value, event.tag or _tag(event))
    if isinstance(event, yaml.AliasEvent):
        _refuse(event, path, kind, "it refers to another place", "write the value out instead of '*'")
    if depth > DEPTH:
        _refuse(event, path, kind, _TOO_DEEP, _FLATTER)
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(line, tuple(_inside(yaml.SequenceEndEvent, events, path, kind, depth)))
    nodes = _inside(yaml.MappingEndEvent, events, path, kind, depth)
    return Mapping(line, tuple(zip(nodes, nodes, strict=True)))


def _inside(
    end: type[yaml.Event], events: Iterator[yaml.Event], path: str, kind: Kind, depth: int
) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        yield _node(event, events, path, kind, depth + 1)


def _tag(event: yaml.ScalarEvent) -> str:
    """Return what YAML takes a scalar without a tag for: a text, a number, a date, nothing, …"""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
    return tag


def _line(mark: Any) -> int:
    """Return the line of a mark, from 1; libyaml gives every event one."""
    line: int = mark.line
    return line + 1


def _refuse(event: yaml.Event, path: str, kind: Kind, message: str, mend: str) -> NoReturn:
    raise kind.error(message, path=path, line=_line(event.start_mark), mend=mend)
