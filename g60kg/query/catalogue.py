"""The stored queries of a folder: listed by name, each read when it is asked for.

A file is SPARQL under a header of `#+` comment lines that hold YAML, as grlc reads them too. It stands at
the very top, so that a line of its YAML is the same line of the file. The header is checked here by hand:
pydantic takes longer to import than a question takes to answer.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from g60kg.errors import CatalogueError, UnknownQuery
from g60kg.query.model import EVIDENCE, MARK, TYPES, YEARS, Column, Parameter, StoredQuery, Text
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

    lines = []
    for line in text.splitlines():
        if not line.startswith(MARK):
            break
        lines.append(line.removeprefix(MARK).removeprefix(" "))
    root = read_node(Source(path, CatalogueError, "header"), "\n".join(lines))
    if root is None:
        mend = "begin the file with lines of #+ and YAML"
        raise CatalogueError("no header", path=path, line=1, mend=mend)
    parts = _fields(root, _NEEDED, ("parameters", "expect", "evidence", "maintainer", "aliases"))
    columns = tuple(Column(name, _text(part)) for name, part in _fields(parts["columns"]).items())
    own = tuple(
        _parameter(name, part)
        for name, part in (_fields(parts["parameters"]) if "parameters" in parts else {}).items()
    )
    has_years = any(each.name == "year" for each in columns)
    return StoredQuery(
        name=name,
        title=_text(parts["title"]),
        description=_text(parts["description"]),
        question=_both(parts["question"]),
        group=_words(parts["group"]),
        parameters=own + (YEARS if has_years else ()),
        columns=columns,
        text=text,
        expects_none="expect" in parts and _one_of(parts["expect"], ("none",)) == "none",
        evidence=_evidence(parts["evidence"], columns) if "evidence" in parts else (),
        maintainer="maintainer" in parts and _is_true(parts["maintainer"]),
        aliases=_aliases(parts["aliases"], own) if "aliases" in parts else {},
    )


def _evidence(node: "Node", columns: Sequence[Column]) -> tuple[str, ...]:
    """Return what a row states: the column of a claim, or subject, property and object."""
    parts = tuple(_words(node).split())
    known = {each.name for each in columns}
    if len(parts) not in (1, 3) or any(each not in known and ":" not in each for each in parts):
        mend = "write a column of claims, or subject, property and object: columns, or g60:NAME"
        raise node.error(f"evidence {' '.join(parts)!r} names no fact of a row", mend)
    if twice := known & set(EVIDENCE):
        raise node.error(f"a column {min(twice)!r} comes with the evidence", "rename the query's own")
    return parts


def _aliases(node: "Node", parameters: Sequence[Parameter]) -> Mapping[str, Mapping[str, str]]:
    """Return the names of the queries that one took in, each with the values that give its answer."""
    found = {}
    for name, part in _fields(node).items():
        values = _fields(part) if part.tag == "map" else {}
        for each, value in values.items():
            if each not in {parameter.name for parameter in parameters}:
                raise value.error(f"no parameter {each!r}", "name one of the query's parameters")
        found[name] = {each: _words(value) for each, value in values.items()}
    return found


def _is_true(node: "Node") -> bool:
    return _one_of(node, ("true", "false")) == "true"


def _parameter(name: str, node: "Node") -> Parameter:
    """Return one parameter, checked."""
    if not _NAME.fullmatch(name):
        raise node.error(f"parameter {name!r} is no variable's name", "use small letters, digits and _")
    others = ("class", "default", "required", "column", "below", "aliases", "role", "hint")
    shown = "hint" if "hint" in node.fields() else "example"
    parts = _fields(node, ("description", "type", shown), others)
    kind = _one_of(parts["type"], TYPES)
    required = "required" in parts and _is_true(parts["required"])
    if required and "default" in parts:
        raise parts["default"].error("a required parameter has no default", "take one of the two out")
    return Parameter(
        name=name,
        description=_text(parts["description"]),
        type=kind,
        class_=_class(parts["class"], kind) if "class" in parts else None,
        default=_words(parts["default"]) if "default" in parts else None,
        example=_words(parts["example"]) if "example" in parts else None,
        hint=_words(parts["hint"]) if "hint" in parts else None,
        required=required,
        column=_words(parts["column"]) if "column" in parts else "",
        below=_class(parts["below"], kind) if "below" in parts else "",
        aliases=tuple(_words(parts["aliases"]).replace(",", " ").split()) if "aliases" in parts else (),
        role=_one_of(parts["role"], ("top",)) if "role" in parts else "",
    )


def _class(node: "Node", kind: str) -> str:
    """Return the CURIE of the class of a parameter's entities, or of what leads below them."""
    curie = _words(node)
    if kind != "entity":
        raise node.error(f"a parameter of type {kind} has no class", "take it out")
    if curie.partition(":")[0] not in PREFIXES:
        raise node.error(f"{curie!r} has no known prefix", "write it as g60:NAME")
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
