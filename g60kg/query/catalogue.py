"""The stored queries of a folder: listed by name, each read when it is asked for.

A file is SPARQL under a header of `#+` comment lines that hold YAML, as grlc reads them too. It stands at
the very top, so that a line of its YAML is the same line of the file. The header is checked here by hand:
pydantic takes longer to import than a question takes to answer.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from g60kg.errors import CatalogueError, UnknownQuery
from g60kg.query.model import MARK, TYPES, Column, Parameter, StoredQuery, Text
from g60kg.terms import PREFIXES

if TYPE_CHECKING:
    from g60kg.nodes import Node

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_NEEDED: Final = ("title", "description", "question", "group", "columns")


class Catalogue:
    """Stored queries by name, sorted. A file is read when its query is first looked at.

    >>> from g60kg.resources import resource
    >>> load_catalogue(resource("queries"))["companies-by-industry"].title
    'Companies by industry'
    """

    def __init__(self, paths: dict[str, Path]) -> None:
        self._paths = dict(sorted(paths.items()))
        self._read: dict[str, StoredQuery] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all queries, sorted; no file is read."""
        return tuple(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[StoredQuery]:
        return (self[name] for name in self._paths)

    def __getitem__(self, name: str) -> StoredQuery:
        """Return the query of this name.

        Raises `UnknownQuery` with the nearest names, `CatalogueError` for a malformed file.
        """
        if name not in self._paths:
            raise UnknownQuery(name, get_close_matches(name, self._paths, 3, 0.5))
        if name not in self._read:
            from g60kg.nodes import Source

            path = self._paths[name]
            self._read[name] = parse_query(name, Source(path, CatalogueError).read(), path)
        return self._read[name]

    def groups(self) -> dict[str, tuple[StoredQuery, ...]]:
        """Return the queries by their group, groups and queries sorted by name."""
        names = sorted({query.group for query in self})
        return {group: tuple(query for query in self if query.group == group) for group in names}


def load_catalogue(folder: str | Path) -> Catalogue:
    """Return the catalogue of a folder; its files are not read yet.

    Raises `CatalogueError` where there is no such folder.
    """
    root = Path(folder)
    if not root.is_dir():
        raise CatalogueError("no such folder of queries", path=root, mend="give a folder of *.rq files")
    return Catalogue({path.stem: path for path in root.glob("*.rq")})


def parse_query(name: str, text: str, path: str | Path) -> StoredQuery:
    """Return the query of a file's text.

    Raises `CatalogueError`, with file and line, for a header that is absent, no YAML, or lacks
    something.

    >>> parse_query("x", "SELECT * { ?s ?p ?o }", "x.rq")
    Traceback (most recent call last):
    g60kg.errors.CatalogueError: x.rq:1: no header; begin the file with lines of #+ and YAML
    """
    from g60kg.nodes import Source, read_node  # PyYAML, which who only asks by IRI or name needs not

    lines = []
    for line in text.splitlines():
        if not line.startswith(MARK):
            break
        lines.append(line.removeprefix(MARK).removeprefix(" "))
    root = read_node(Source(path, CatalogueError, "header"), "\n".join(lines))
    if root is None:
        mend = "begin the file with lines of #+ and YAML"
        raise CatalogueError("no header", path=path, line=1, mend=mend)
    parts = _fields(root, _NEEDED, ("parameters", "expect"))
    return StoredQuery(
        name=name,
        title=_text(parts["title"]),
        description=_text(parts["description"]),
        question=_both(parts["question"]),
        group=_words(parts["group"]),
        parameters=tuple(
            _parameter(name, part)
            for name, part in (_fields(parts["parameters"]) if "parameters" in parts else {}).items()
        ),
        columns=tuple(Column(name, _text(part)) for name, part in _fields(parts["columns"]).items()),
        text=text,
        expects_none="expect" in parts and _one_of(parts["expect"], ("none",)) == "none",
    )


def _parameter(name: str, node: "Node") -> Parameter:
    """Return one parameter, checked."""
    if not _NAME.fullmatch(name):
        raise node.error(f"parameter {name!r} is no variable's name", "use small letters, digits and _")
    parts = _fields(node, ("description", "type", "example"), ("class", "default", "required"))
    kind = _one_of(parts["type"], TYPES)
    required = "required" in parts and _one_of(parts["required"], ("true", "false")) == "true"
    if required and "default" in parts:
        raise parts["default"].error("a required parameter has no default", "take one of the two out")
    return Parameter(
        name=name,
        description=_text(parts["description"]),
        type=kind,
        class_=_class(parts["class"], kind) if "class" in parts else None,
        default=_words(parts["default"]) if "default" in parts else None,
        example=_words(parts["example"]),
        required=required,
    )


def _class(node: "Node", kind: str) -> str:
    """Return the CURIE of the class that a parameter's entities belong to."""
    curie = _words(node)
    if kind != "entity":
        raise node.error(f"a parameter of type {kind} has no class", "take it out")
    if curie.partition(":")[0] not in PREFIXES:
        raise node.error(f"class {curie!r} has no known prefix", "write it as g60:NAME")
    return curie


def _fields(node: "Node", needed: Sequence[str] = (), others: Sequence[str] = ()) -> dict[str, "Node"]:
    """Return the parts of a mapping by their keys; without names given, any key is right."""
    if node.tag != "map":
        raise node.error("names and values should stand here", "write lines of NAME: VALUE")
    parts = node.fields()
    for name, part in parts.items():
        if needed and name not in (*needed, *others):
            near = get_close_matches(name, (*needed, *others)) or (*needed, *others)
            raise part.error(f"unknown {name!r}", f"known: {', '.join(near)}")
    for name in needed:
        if name not in parts:
            raise node.error(f"no {name!r} here", "add it")
    return parts


def _text(node: "Node") -> Text:
    """Return a text that stands in English alone, or as `en` and `zh`."""
    return _both(node) if node.tag == "map" else Text(_words(node))


def _both(node: "Node") -> Text:
    parts = _fields(node, ("en", "zh"))
    return Text(_words(parts["en"]), _words(parts["zh"]))


def _words(node: "Node") -> str:
    """Return the text of a node on one line, whatever YAML takes it for."""
    words = " ".join(node.text.split())
    if not words:
        raise node.error("a text should stand here", "write one")
    return words


def _one_of(node: "Node", choices: Sequence[str]) -> str:
    if (value := _words(node)) not in choices:
        raise node.error(f"{value!r} should be one of: {', '.join(choices)}")
    return value
