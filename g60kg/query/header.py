"""Reading a stored query: SPARQL under a header of `#+` comment lines that hold YAML.

Goes in: the name of a query, its text, and the path that errors name. Comes out: a `StoredQuery`.
The header stands at the very top, so that a line of its YAML is the same line of the file.
Source of the form: grlc, which reads such headers too.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from g60kg.errors import CatalogueError
from g60kg.query.model import MARK, TYPES, Column, Parameter, StoredQuery
from g60kg.query.node import Node, read_node
from g60kg.query.text import Text
from g60kg.terms import PREFIXES

_LONGEST: Final = 20_000  # characters; bounds how deep the YAML may nest
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_KEYS: Final = ("title", "description", "question", "group", "columns")
_MORE: Final = ("parameters", "expect")


def parse_query(name: str, text: str, path: str | Path) -> StoredQuery:
    """Return the query of a file's text.

    Raises `CatalogueError`, with file and line, for a header that is absent, no YAML, or lacks
    something.

    >>> parse_query("x", "SELECT * { ?s ?p ?o }", "x.rq")
    Traceback (most recent call last):
    g60kg.errors.CatalogueError: x.rq:1: no header; begin the file with lines of #+ and YAML
    """
    header = _header(text)
    if not header:
        mend = "begin the file with lines of #+ and YAML"
        raise CatalogueError("no header", path=path, line=1, mend=mend)
    if len(header) > _LONGEST:
        raise CatalogueError(f"the header is longer than {_LONGEST} characters", path=path, line=1)
    parts = read_node(header, path).mapping(required=_KEYS, optional=_MORE)
    return StoredQuery(
        name=name,
        title=_text(parts["title"]),
        description=_text(parts["description"]),
        question=_both(parts["question"]),
        group=parts["group"].text(),
        parameters=_parameters(parts.get("parameters")),
        columns=_columns(parts["columns"]),
        text=text,
        expects_none="expect" in parts and parts["expect"].one_of(("none",)) == "none",
    )


def _header(text: str) -> str:
    """Return the YAML of the header: the first lines, as long as they bear the mark."""
    lines = []
    for line in text.removeprefix("\ufeff").splitlines():
        if not line.startswith(MARK):
            break
        lines.append(line.removeprefix(MARK).removeprefix(" "))
    return "\n".join(lines)


def _text(node: Node) -> Text:
    """Return a text that stands in English alone, or as `en` and `zh`."""
    return _both(node) if node.is_mapping else Text(node.text())


def _both(node: Node) -> Text:
    parts = node.mapping(required=("en", "zh"))
    return Text(parts["en"].text(), parts["zh"].text())


def _columns(node: Node) -> tuple[Column, ...]:
    return tuple(Column(name, _text(part)) for name, part in node.mapping().items())


def _parameters(node: Node | None) -> tuple[Parameter, ...]:
    if node is None:
        return ()
    return tuple(_parameter(name, part) for name, part in node.mapping().items())


def _parameter(name: str, node: Node) -> Parameter:
    """Return one parameter, checked."""
    if not _NAME.fullmatch(name):
        raise node.error(f"parameter {name!r} is no variable's name", "use small letters, digits and _")
    parts = node.mapping(
        required=("description", "type", "example"), optional=("class", "default", "required")
    )
    kind = parts["type"].one_of(TYPES)
    required = "required" in parts and parts["required"].one_of(("true", "false")) == "true"
    if required and "default" in parts:
        raise parts["default"].error("a required parameter has no default", "take one of the two out")
    return Parameter(
        name=name,
        description=_text(parts["description"]),
        type=kind,
        class_=_class(parts, kind),
        default=parts["default"].text() if "default" in parts else None,
        example=parts["example"].text(),
        required=required,
    )


def _class(parts: Mapping[str, Node], kind: str) -> str | None:
    """Return the CURIE of the class that a parameter's entities belong to."""
    node = parts.get("class")
    if node is None:
        return None
    if kind != "entity":
        raise node.error(f"a parameter of type {kind} has no class", "take it out")
    curie = node.text()
    if curie.partition(":")[0] not in PREFIXES:
        raise node.error(f"class {curie!r} has no known prefix", "write it as g60:NAME")
    return curie
