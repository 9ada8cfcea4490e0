"""What Neo4j would hold: its bulk import's files and a Cypher script, read by the rules that it documents.

Neo4j cannot be had from the package indexes. The files are read by a strict reader of RFC 4180 and of the
header format; the script is parsed by openCypher's grammar and its statements are carried out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from antlr4 import CommonTokenStream, InputStream, ParserRuleContext, TerminalNode
from antlr4_cypher import CypherLexer, CypherParser

SEPARATOR = "\x1f"
ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.S)
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


@dataclass
class Database:
    """Nodes by IRI, with labels and properties; relationships by their ends and type."""

    nodes: dict[str, tuple[frozenset[str], dict[str, Any]]] = field(default_factory=dict)
    relationships: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)


def csv_rows(text: str) -> Iterator[list[str | None]]:
    """Yield the rows of RFC 4180, where a cell without quotes and text is None; fail on anything else."""
    row: list[str | None] = []
    place = 0
    cell = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n)', re.S)
    while place < len(text):
        found = cell.match(text, place)
        assert found, f"no CSV at {text[place : place + 40]!r}"
        quoted, plain, end = found.groups()
        row.append(quoted.replace('""', '"') if quoted is not None else plain or None)
        if end == "\n":
            yield row
            row = []
        place = found.end()
    assert not row


def read_bulk(folder: Path, nodes: list[str], relationships: list[str]) -> Database:
    """Read the files as the bulk import does; every relationship must find its ends."""
    database = Database()
    for name in nodes:
        for row in _records(folder / f"{name}.csv"):
            labels, iri = row.pop(":LABEL"), row.pop("iri:ID")
            assert iri not in database.nodes
            database.nodes[iri] = frozenset(labels.split(SEPARATOR)), _typed(row)
    for name in relationships:
        for row in _records(folder / f"{name}.csv"):
            start, end, kind = (row.pop(f":{part}") for part in ("START_ID", "END_ID", "TYPE"))
            assert start in database.nodes
            assert end in database.nodes
            assert (start, kind, end) not in database.relationships
            database.relationships[start, kind, end] = _typed(row)
    return database


def _records(path: Path) -> Iterator[dict[str, Any]]:
    head, *rows = csv_rows(path.read_bytes().decode())
    assert len(set(head)) == len(head)
    yield from ({str(name): cell for name, cell in zip(head, row, strict=True)} for row in rows)


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """Return properties with the types that their headers say."""
    readers: dict[str, Any] = {"": str, "string": str, "long": int, "double": float, "boolean": "true".__eq__}
    properties = {}
    for header, text in row.items():
        name, _, kind = header.partition(":")
        assert re.fullmatch(r"\w+", name)
        reader = readers[kind.removesuffix("[]")]
        if text is not None:
            listed = kind.endswith("[]")
            properties[name] = [reader(part) for part in text.split(SEPARATOR)] if listed else reader(text)
    return properties


def run_script(text: str) -> Database:
    """Carry out the MERGE statements of a script, after its constraint."""
    constraint, *statements = text.split(";\n")
    assert constraint.startswith("CREATE CONSTRAINT ")
    assert statements.pop() == ""
    database = Database()
    for statement in statements:
        _carry_out(_parsed(statement), database)
    return database


@cache
def _parsed(statement: str) -> Any:
    parser = CypherParser(CommonTokenStream(CypherLexer(InputStream(statement))))
    parser.removeErrorListeners()
    tree = parser.script()
    assert parser.getNumberOfSyntaxErrors() == 0, statement
    return tree


def _carry_out(tree: Any, database: Database) -> None:
    iris = [value(each)["iri"] for each in _found(tree, CypherParser.MapLitContext)[: _nodes(tree)]]
    properties = value(_found(tree, CypherParser.SetItemContext)[-1].expression())
    kinds = _found(tree, CypherParser.RelationshipTypesContext)
    if kinds:
        key = iris[0], _name(kinds[0].name(0)), iris[1]
        database.relationships[key] = database.relationships.get(key, {}) | properties
        assert {iris[0], iris[1]} <= set(database.nodes)
    else:
        labels = {
            _name(name) for each in _found(tree, CypherParser.NodeLabelsContext) for name in each.name()
        }
        database.nodes[iris[0]] = frozenset(labels), properties


def _nodes(tree: Any) -> int:
    """Return how many node patterns have properties."""
    return sum(1 for node in _found(tree, CypherParser.NodePatternContext) if node.properties())


def _found(tree: Any, kind: type) -> list[Any]:
    if isinstance(tree, kind):
        return [tree]
    if isinstance(tree, TerminalNode):
        return []
    return [each for child in tree.getChildren() for each in _found(child, kind)]


def _name(tree: Any) -> str:
    text = str(tree.getText())
    return text[1:-1].replace("``", "`") if text.startswith("`") else text


def value(tree: Any) -> Any:
    """Return the value of an expression made of literals, lists, maps and `+`."""
    if NUMBER.fullmatch(text := tree.getText()):  # the grammar reads `1` as a symbol
        return float(text) if set(text) & set(".e") else int(text)
    if isinstance(tree, CypherParser.MapLitContext):
        return {_name(pair.name()): value(pair.expression()) for pair in tree.mapPair()}
    if isinstance(tree, CypherParser.ListLitContext):
        return [value(each) for each in tree.expressionChain().expression()] if tree.expressionChain() else []
    if isinstance(tree, CypherParser.StringLitContext | CypherParser.CharLitContext):
        return text_of(tree.getText())
    if isinstance(tree, CypherParser.BoolLitContext):
        return bool(tree.getText() == "true")
    assert isinstance(tree, ParserRuleContext)
    parts = [child for child in tree.getChildren() if isinstance(child, ParserRuleContext)]
    if isinstance(tree, CypherParser.AddSubExpressionContext) and len(parts) > 1:
        return "".join(value(part) for part in parts)
    (only,) = parts
    return value(only)


def text_of(literal: str) -> str:
    """Return what a string literal says."""

    def unescaped(found: re.Match[str]) -> str:
        code = found[1]
        return chr(int(code[1:], 16)) if len(code) == 5 else PLAIN.get(code, code)

    return ESCAPE.sub(unescaped, literal[1:-1])
