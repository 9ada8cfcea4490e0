"""YAML to nodes that know their file and line; of a list one item after the other, never held whole.

Nodes are made of libyaml's events as they come: in a third of the time that PyYAML's composer takes, and with
nesting bounded. Nothing is constructed from tags, and no node refers to another.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml
from yaml.resolver import Resolver

from g60kg.errors import InputError

_TAGS: Final = "tag:yaml.org,2002:"
_AROUND: Final = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)
_KINDS: Final = frozenset(["str", "int", "float", "bool", "null", "timestamp", "value", "merge"])
_NUMBER: Final = re.compile(r"-?(0|[1-9]\d{0,99})(\.\d{1,99})?")
_RESOLVER: Final = Resolver()
_DEPTH: Final = 12
"""How deep values may nest."""
_TOO_DEEP, _SHALLOW = "it nests too deeply", "an entry needs three levels"
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Source(NamedTuple):
    """A file, the class of its errors, and what it is called in them."""

    path: Path | str
    error: type[InputError]
    noun: str = "YAML"

    def fail(self, message: str, line: int | None = None, mend: str | None = None) -> InputError:
        """Return the error that names a line of the file."""
        return self.error(message, path=str(self.path), line=line, mend=mend)

    def read(self) -> str:
        """Return the text of the file. Raises the error of the source."""
        try:
            data = Path(self.path).read_bytes()
        except OSError as error:
            raise self.fail(f"cannot be read: {error.strerror}") from error
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise self.fail("not UTF-8", line, "save the file as UTF-8") from error


class Node(NamedTuple):
    """A value of a file: a `text`, the `items` of a list, or the `pairs` of a mapping, by its `tag`.

    A tag is what YAML takes a value for: `str`, `int`, `seq`, `map`, … The `key` is the one that holds it.
    """

    source: Source
    line: int
    tag: str
    key: str = ""
    text: str = ""
    items: tuple["Node", ...] = ()
    pairs: tuple[tuple["Node", "Node"], ...] = ()

    def error(self, message: str, mend: str | None = None) -> InputError:
        """Return the error that names this place."""
        return self.source.fail(message, self.line, mend)

    def fields(self) -> dict[str, "Node"]:
        """Return the values of a mapping by key; raises for one that is no text or is given twice."""
        found: dict[str, Node] = {}
        for key, value in self.pairs:
            if key.tag != "str":
                raise key.error("a key is a text", "put it in quotes")
            if key.text in found:
                raise key.error(f"the key {key.text!r} is given twice", "keep one of them")
            found[key.text] = value
        return found

    def plain(self) -> Any:
        """Return a dictionary, a list, a text, a truth, an `int`, a `Decimal`, or None; a date is a text.

        Raises for a key that is no text or stands twice, and for a number in another form than digits.
        """
        if self.tag == "map":
            return {key: value.plain() for key, value in self.fields().items()}
        if self.tag == "seq":
            return [item.plain() for item in self.items]
        if self.tag == "bool":
            return self.text.lower() in ("true", "yes", "on")
        if self.tag in ("int", "float"):
            if not _NUMBER.fullmatch(self.text):
                raise self.error(f"YAML reads {self.text[:40]!r} as a number", "put it in quotes")
            return int(self.text) if self.tag == "int" else Decimal(self.text)
        return None if self.tag == "null" else self.text


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the mend of an unknown name: those most like it, or the first."""
    listed: Sequence[str] = sorted(known)
    return f"known: {', '.join(get_close_matches(name, listed, 3, 0.5) or listed[:12])}"


def read_items(source: Source, text: str | None = None) -> Iterator[Node]:
    """Yield the items of the list that a file holds; one of comments alone has none.

    Raises the source's error for what is no YAML, no list, nested too deeply, or refers to another place.
    """
    events = _events(source, text)
    for root in events:
        if not isinstance(root, yaml.SequenceStartEvent):
            message = f"a {source.noun} file is a list of entries"
            raise _place(root, source).error(message, "begin each entry with '- id: '")
        yield from _until(yaml.SequenceEndEvent, events, source, 1)


def read_node(source: Source, text: str | None = None) -> Node | None:
    """Return the one value that a file holds, or None for one of comments alone; raises as `read_items`.

    >>> read_node(Source("x.yaml", InputError), "title: Parks").plain()
    {'title': 'Parks'}
    """
    found = None
    events = _events(source, text)
    for root in events:
        found = _node(root, events, source, 1)
    return found


def _events(source: Source, text: str | None) -> Iterator[yaml.Event]:
    """Yield the events of a text between the beginning and the end of its one document."""
    starts = 0
    try:
        for event in yaml.parse(source.read() if text is None else text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                starts += 1
                if starts > 1:
                    message = f"a {source.noun} file is one document"
                    raise _place(event, source).error(message, "remove the '---'")
            elif not isinstance(event, _AROUND):
                yield event
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        if "nesting depth" in (error.problem or ""):  # newer releases of PyYAML bound it at 1,000 levels
            raise source.fail(_TOO_DEEP, line, _SHALLOW) from error
        raise source.fail(f"not YAML: {error.problem}", line) from error
    except yaml.reader.ReaderError as error:
        line = (text or source.read()).encode().count(b"\n", 0, error.position) + 1
        raise source.fail(f"not YAML: {error.reason}", line) from error


def _node(event: yaml.Event, events: Iterator[yaml.Event], source: Source, depth: int, key: str = "") -> Node:
    """Read the node that an event begins."""
    line = _line(event)
    if isinstance(event, yaml.ScalarEvent):
        tag = event.tag or _resolved(event.value, event.implicit)
        kind = tag.removeprefix(_TAGS)
        if kind not in _KINDS:
            raise _place(event, source).error(f"the tag {tag!r}", "write a plain text")
        return Node(source, line, kind, key, event.value)
    if isinstance(event, yaml.AliasEvent):
        raise _place(event, source).error("it refers to another place", "write the value out instead of '*'")
    if depth > _DEPTH:
        raise _place(event, source).error(_TOO_DEEP, _SHALLOW)
    if isinstance(event, yaml.SequenceStartEvent):
        items = tuple(_until(yaml.SequenceEndEvent, events, source, depth + 1, key))
        return Node(source, line, "seq", key, items=items)
    names = _until(yaml.MappingEndEvent, events, source, depth + 1)
    pairs = ((name, _node(next(events), events, source, depth + 1, name.text)) for name in names)
    return Node(source, line, "map", key, pairs=tuple(pairs))


@lru_cache(maxsize=4_096)
def _resolved(value: str, implicit: tuple[bool, bool]) -> str:
    """Return the tag that YAML gives a value written so; files say the same words often."""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, value, implicit)  # type: ignore[no-untyped-call]
    return tag


def _until(
    end: type[yaml.Event], events: Iterator[yaml.Event], source: Source, depth: int, key: str = ""
) -> Iterator[Node]:
    """Yield the nodes of a list or mapping up to its end."""
    for event in events:
        if isinstance(event, end):
            return
        yield _node(event, events, source, depth, key)


def _place(event: yaml.Event, source: Source) -> Node:
    return Node(source, _line(event), "")


def _line(event: yaml.Event) -> int:
    """Return the line of an event, from 1; the parsers give every event one."""
    mark: Any = event.start_mark
    return int(mark.line) + 1
