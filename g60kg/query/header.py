"""Headers of stored queries: `#+` comment lines that hold YAML, as grlc reads them too.

A header stands at the very top of its file, so that a line of its YAML is the same line of the file.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import Any, Final

from g60kg.errors import CatalogueError
from g60kg.forms import Reader, mapped, mapping, one_of, read_fields, words
from g60kg.nodes import Node, Source, read_node
from g60kg.query.model import EVIDENCE, MARK, TYPES, YEARS, Column, Parameter, StoredQuery, Text
from g60kg.terms import PREFIXES

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


def read_query(path: Path) -> StoredQuery:
    """Return the query of a file; raises as `parse_query`."""
    return parse_query(path.stem, Source(path, CatalogueError).read(), path)


def parse_query(name: str, text: str, path: str | Path) -> StoredQuery:
    """Return the query of a file's text.

    Raises `CatalogueError`, with file and line, for a header that is absent, no YAML, or lacks
    something.

    >>> parse_query("x", "SELECT * { ?s ?p ?o }", "x.rq")
    Traceback (most recent call last):
    g60kg.errors.CatalogueError: x.rq:1: no header; begin the file with lines of #+ and YAML
    """
    head = takewhile(lambda line: line.startswith(MARK), text.splitlines())
    lines = (line.removeprefix(MARK).removeprefix(" ") for line in head)
    root = read_node(Source(path, CatalogueError, "header"), "\n".join(lines))
    if root is None:
        mend = "begin the file with lines of #+ and YAML"
        raise CatalogueError("no header", path=path, line=1, mend=mend)
    said = read_fields(root, "a header", _NEEDED, _OTHERS)
    expects_none = bool(said.pop("expect", None))
    query = StoredQuery(name=name, text=text, expects_none=expects_none, **{"parameters": (), **said})
    _check(query, root.fields())
    has_years = any(each.name == "year" for each in query.columns)
    return replace(query, parameters=query.parameters + (YEARS if has_years else ()))


def _check(query: StoredQuery, parts: Mapping[str, Node]) -> None:
    """Raise where the parts of a header do not go together."""
    known = {each.name for each in query.columns}
    if query.evidence:
        node, stated = parts["evidence"], query.evidence
        if len(stated) not in (1, 3) or any(each not in known and ":" not in each for each in stated):
            mend = "write a column of claims, or subject, property and object: columns, or g60:NAME"
            raise node.error(f"evidence {' '.join(stated)!r} names no fact of a row", mend)
        if twice := known & set(EVIDENCE):
            raise node.error(f"a column {min(twice)!r} comes with the evidence", "rename the query's own")
    for alias in query.aliases:
        for each, value in parts["aliases"].fields()[alias].fields().items():
            if each not in {parameter.name for parameter in query.parameters}:
                raise value.error(f"no parameter {each!r}", "name one of the query's parameters")


def _parameter(node: Node) -> Parameter:
    if not _NAME.fullmatch(node.key):
        raise node.error(f"parameter {node.key!r} is no variable's name", "use small letters, digits and _")
    needed: dict[str, Reader[Any]] = {"description": _text, "type": one_of(*TYPES)}
    said = read_fields(node, "a parameter", needed, _PARAMETER)
    parts = node.fields()
    if not said.keys() & {"example", "hint"}:
        raise node.error("a parameter has no 'example'", "add one, or a 'hint'")
    for key in said.keys() & {"class", "below"}:
        if said["type"] != "entity":
            raise parts[key].error(f"a parameter of type {said['type']} has no class", "take it out")
    if said.get("required") and "default" in said:
        raise parts["default"].error("a required parameter has no default", "take one of the two out")
    return Parameter(name=node.key, class_=said.pop("class", None), **said)


def _curie(node: Node) -> str:
    """Return the CURIE of a class or property."""
    curie = words(node)
    if curie.partition(":")[0] not in PREFIXES:
        raise node.error(f"{curie!r} has no known prefix", "write it as g60:NAME")
    return curie


def _text(node: Node) -> Text:
    """Return a text that stands in English alone, or as `en` and `zh`."""
    return _both(node) if node.tag == "map" else Text(words(node))


def _both(node: Node) -> Text:
    return Text(**read_fields(node, "a text in two languages", {"en": words, "zh": words}, {}))


def _is_true(node: Node) -> bool:
    """Return whether it is true; headers write that in quotes, too."""
    return one_of("true", "false")(node) == "true"


def _names(node: Node) -> tuple[str, ...]:
    return tuple(words(node).replace(",", " ").split())


_PARAMETER: Final[Mapping[str, Reader[Any]]] = {
    **dict.fromkeys(("class", "below"), _curie),
    **dict.fromkeys(("default", "example", "hint", "column"), words),
    "required": _is_true,
    "aliases": _names,
    "role": one_of("top"),
}
_NEEDED: Final[Mapping[str, Reader[Any]]] = {
    "title": _text,
    "description": _text,
    "question": _both,
    "group": words,
    "columns": lambda node: tuple(Column(key, _text(part)) for key, part in mapping(node).items()),
}
_OTHERS: Final[Mapping[str, Reader[Any]]] = {
    "maintainer": _is_true,
    "parameters": lambda node: tuple(map(_parameter, mapping(node).values())),
    "expect": one_of("none"),
    "evidence": _names,
    "aliases": mapped(lambda node: mapped(words)(node) if node.tag == "map" else {}),
}
