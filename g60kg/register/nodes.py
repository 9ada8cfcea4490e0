"""The text of a YAML file to nodes that know their line, one entry at a time.

Goes in: the text of a file whose root is a list. Comes out: its items, as they are read, so that a large
file is never held whole. libyaml reads the events; nothing is constructed from tags, and nesting is
bounded, since composing a deeply nested text overflows the stack.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, NoReturn, Union

import yaml
from yaml.resolver import Resolver

from ..errors import RegisterError

DEPTH: Final = 12
TEXT: Final = "tag:yaml.org,2002:str"
_RESOLVER: Final = Resolver()


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


def read_items(text: str, path: str) -> Iterator[Node]:
    """Yield the items of the list that a text holds; a text of comments alone has none.

    Raises `RegisterError` for what is no YAML, no list, nested too deeply, or refers to another place.
    """
    try:
        yield from _items(yaml.parse(text, Loader=yaml.CSafeLoader), path)
    except yaml.MarkedYAMLError as error:
        problem = f"not YAML: {error.problem}"
        raise RegisterError(problem, path=path, line=_line(error.problem_mark)) from error
    except yaml.reader.ReaderError as error:
        line = text.encode().count(b"\n", 0, error.position) + 1
        raise RegisterError(f"not YAML: {error.reason}", path=path, line=line) from error


def _items(events: Iterator[yaml.Event], path: str) -> Iterator[Node]:
    next(events)
    if isinstance(next(events), yaml.StreamEndEvent):
        return
    root = next(events)
    if not isinstance(root, yaml.SequenceStartEvent):
        _refuse(root, path, "a register file is a list of entries", "begin each entry with '- id: '")
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        yield _node(event, events, path, 1)
    next(events)
    after = next(events)
    if not isinstance(after, yaml.StreamEndEvent):
        _refuse(after, path, "a register file is one list", "remove the '---'")


def _node(event: yaml.Event, events: Iterator[yaml.Event], path: str, depth: int) -> Node:
    """Read the node that an event begins."""
    line = _line(event.start_mark)
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(line, event.value, event.tag or _tag(event))
    if isinstance(event, yaml.AliasEvent):
        _refuse(event, path, "it refers to another place", "write the value out instead of '*'")
    if depth > DEPTH:
        _refuse(event, path, "it nests too deeply", "an entry needs three levels")
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(line, tuple(_inside(yaml.SequenceEndEvent, events, path, depth)))
    nodes = _inside(yaml.MappingEndEvent, events, path, depth)
    return Mapping(line, tuple(zip(nodes, nodes, strict=True)))


def _inside(end: type[yaml.Event], events: Iterator[yaml.Event], path: str, depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, end):
            return
        yield _node(event, events, path, depth + 1)


def _tag(event: yaml.ScalarEvent) -> str:
    """Return what YAML takes a scalar without a tag for: a text, a number, a date, nothing, …"""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
    return tag


def _line(mark: Any) -> int:
    """Return the line of a mark, from 1; libyaml gives every event one."""
    line: int = mark.line
    return line + 1


def _refuse(event: yaml.Event, path: str, message: str, mend: str) -> NoReturn:
    raise RegisterError(message, path=path, line=_line(event.start_mark), mend=mend)
