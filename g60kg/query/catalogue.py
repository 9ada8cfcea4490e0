"""The stored queries of a folder: listed by name, each read when it is asked for.

A file is SPARQL under a header of `#+` comment lines that hold YAML, as grlc reads them too. It stands at
the very top, so that a line of its YAML is the same line of the file. The header is checked here by hand:
pydantic takes longer to import than a question takes to answer.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from g60kg.errors import CatalogueError, UnknownQuery
from g60kg.query.model import EVIDENCE, MARK, TYPES, YEARS, Column, Parameter, StoredQuery, Text
from g60kg.terms import PREFIXES

if TYPE_CHECKING:
    from g60kg.nodes import Node

Reader = Callable[["Node"], Any]
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
        """Return the query of this name, or the one that took it in, asked for what it gave.

        Raises `UnknownQuery` with the nearest names, `CatalogueError` for a malformed file.
        """
        if name not in self._paths:
            return self._taken_in(name)
        if name not in self._read:
            from g60kg.nodes import Source

            path = self._paths[name]
            self._read[name] = parse_query(name, Source(path, CatalogueError).read(), path)
        return self._read[name]

    def _taken_in(self, name: str) -> StoredQuery:
        for query in self:
            if name in query.aliases:
                values = query.aliases[name]
                parameters = (replace(p, default=values.get(p.name, p.default)) for p in query.parameters)
                return replace(query, parameters=tuple(parameters))
        known = [*self._paths, *(alias for query in self for alias in query.aliases)]
        raise UnknownQuery(name, get_close_matches(name, known, 3, 0.5))

    def groups(self, *, maintainer: bool = False) -> dict[str, tuple[StoredQuery, ...]]:
        """Return the queries by group, sorted by name; those for maintainers apart."""
        shown = [query for query in self if query.maintainer == maintainer]
        names = sorted({query.group for query in shown})
        return {group: tuple(query for query in shown if query.group == group) for group in names}


def load_catalogue(*folders: str | Path) -> Catalogue:
    """Return the catalogue of folders, of which a later one replaces by name; no file is read yet.

    Raises `CatalogueError` where there is no such folder.
    """
    paths: dict[str, Path] = {}
    for root in map(Path, folders):
        if not root.is_dir():
            raise CatalogueError("no such folder of queries", path=root, mend="give a folder of *.rq files")
        paths |= {path.stem: path for path in root.glob("*.rq")}
    return Catalogue(paths)


def parse_query(name: str, text: str, path: str | Path) -> StoredQuery:
    """Return the query of a file's text.

    Raises `CatalogueError`, with file and line, for a header that is absent, no YAML, or lacks
    something.

    >>> parse_query("x", "SELECT * { ?s ?p ?o }", "x.rq")
    Traceback (most recent call last):
    g60kg.errors.CatalogueError: x.rq:1: no header; begin the file with lines of #+ and YAML
    """
    from g60kg.nodes import Source, read_node  # PyYAML, which who only asks by IRI or name needs not

    head = takewhile(lambda line: line.startswith(MARK), text.splitlines())
    lines = (line.removeprefix(MARK).removeprefix(" ") for line in head)
    root = read_node(Source(path, CatalogueError, "header"), "\n".join(lines))
    if root is None:
        mend = "begin the file with lines of #+ and YAML"
        raise CatalogueError("no header", path=path, line=1, mend=mend)
    parts = _fields(root, _NEEDED, _HEADER)
    read = {_FIELDS.get(key, key): _HEADER[key](part) for key, part in parts.items()}
    query = StoredQuery(name=name, text=text, **({"parameters": ()} | read))
    _check(query, parts)
    has_years = any(each.name == "year" for each in query.columns)
    return replace(query, parameters=query.parameters + (YEARS if has_years else ()))


def _check(query: StoredQuery, parts: Mapping[str, "Node"]) -> None:
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
        for each, value in _fields(parts["aliases"].fields()[alias]).items():
            if each not in {parameter.name for parameter in query.parameters}:
                raise value.error(f"no parameter {each!r}", "name one of the query's parameters")


def _parameter(name: str, node: "Node") -> Parameter:
    """Return one parameter, checked."""
    if not _NAME.fullmatch(name):
        raise node.error(f"parameter {name!r} is no variable's name", "use small letters, digits and _")
    shown = "hint" if "hint" in node.fields() else "example"
    parts = _fields(node, ("description", "type", shown), _PARAMETER)
    read = {_FIELDS.get(key, key): _PARAMETER[key](part) for key, part in parts.items()}
    for key in {"class", "below"} & parts.keys():
        if read["type"] != "entity":
            raise parts[key].error(f"a parameter of type {read['type']} has no class", "take it out")
    if read.get("required") and "default" in parts:
        raise parts["default"].error("a required parameter has no default", "take one of the two out")
    return Parameter(name=name, **read)


def _curie(node: "Node") -> str:
    """Return the CURIE of a class or property."""
    curie = _words(node)
    if curie.partition(":")[0] not in PREFIXES:
        raise node.error(f"{curie!r} has no known prefix", "write it as g60:NAME")
    return curie


def _fields(node: "Node", needed: Sequence[str] = (), known: Iterable[str] = ()) -> dict[str, "Node"]:
    """Return the parts of a mapping by their keys; without names given, any key is right."""
    if node.tag != "map":
        raise node.error("names and values should stand here", "write lines of NAME: VALUE")
    parts, known = node.fields(), (*needed, *(each for each in known if each not in needed))
    for name, part in parts.items():
        if needed and name not in known:
            raise part.error(
                f"unknown {name!r}", f"known: {', '.join(get_close_matches(name, known) or known)}"
            )
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


def _one_of(*choices: str) -> Reader:
    def read(node: "Node") -> str:
        if (value := _words(node)) not in choices:
            raise node.error(f"{value!r} should be one of: {', '.join(choices)}")
        return value

    return read


def _is_true(node: "Node") -> bool:
    return bool(_one_of("true", "false")(node) == "true")


def _names(node: "Node") -> tuple[str, ...]:
    return tuple(_words(node).replace(",", " ").split())


def _values(node: "Node") -> dict[str, str]:
    return {name: _words(part) for name, part in _fields(node).items()} if node.tag == "map" else {}


_FIELDS: Final = {"class": "class_", "expect": "expects_none"}
_PARAMETER: Final[Mapping[str, Reader]] = {
    "description": _text,
    "type": _one_of(*TYPES),
    "class": _curie,
    "below": _curie,
    "default": _words,
    "example": _words,
    "hint": _words,
    "column": _words,
    "required": _is_true,
    "aliases": _names,
    "role": _one_of("top"),
}
_HEADER: Final[Mapping[str, Reader]] = {
    "title": _text,
    "description": _text,
    "question": _both,
    "group": _words,
    "maintainer": _is_true,
    "columns": lambda node: tuple(Column(name, _text(part)) for name, part in _fields(node).items()),
    "parameters": lambda node: tuple(_parameter(name, part) for name, part in _fields(node).items()),
    "expect": lambda node: bool(_one_of("none")(node)),
    "evidence": _names,
    "aliases": lambda node: {name: _values(part) for name, part in _fields(node).items()},
}
"""How each part of a header is read, in the order in which the parts are named."""
