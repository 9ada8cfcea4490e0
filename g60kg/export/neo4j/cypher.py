"""A Cypher script: one statement a line, which run twice changes nothing.

Goes in: a view. Comes out: `MERGE` statements for nodes, then for relationships, under a constraint that
makes them quick; nodes are found by `iri`.

A text stands in single quotes, with the escapes of Cypher. Neo4j reads `\\uXXXX` before it reads the
string, so a backslash before a `u` ends its string, and the next begins with the `u`.
Source: openCypher 9, section String literals; Neo4j Cypher Manual, Parsing, Using Unicode in Cypher.
"""

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from g60kg.export.neo4j.model import NODES, selections
from g60kg.export.view import View
from g60kg.export.view.view import Record

_HEAD: Final = "CREATE CONSTRAINT resource_iri IF NOT EXISTS FOR (n:`Resource`) REQUIRE n.iri IS UNIQUE;\n"
_ESCAPES: Final = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_CODED: Final = "\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff"
_SPECIAL: Final = re.compile(f"[\\\\'{_CODED}]")
_BROKEN: Final = re.compile(f"(?<=\\\\)(?=[u{_CODED}])")
"""Where a backslash stands before a `u`, or before what becomes one."""


def write_cypher(view: View, out: IO[bytes]) -> None:
    """Write the graph as a Cypher script."""
    out.writelines(line.encode() for line in _lines(view))


def _lines(view: View) -> Iterator[str]:
    yield _HEAD
    for name, select in selections(view).items():
        statement = _node if name in NODES else _relationship
        yield from map(statement, view.query(select))


def _node(row: Record) -> str:
    labels = ":".join(map(cypher_name, row[":LABEL"]))
    return f"MERGE (n:`Resource` {{iri: {cypher(row['iri:ID'])}}}) SET n:{labels}, n += {_properties(row)};\n"


def _relationship(row: Record) -> str:
    ends = ", ".join(
        f"({name}:`Resource` {{iri: {cypher(row[column])}}})"
        for name, column in (("a", ":START_ID"), ("b", ":END_ID"))
    )
    merge = f"MATCH {ends} MERGE (a)-[r:{cypher_name(row[':TYPE'])}]->(b)"
    return f"{merge} SET r += {_properties(row)};\n"


def _properties(row: Record) -> str:
    """Return the properties of a row as a map: all columns with a name of their own that hold something."""
    held = {header.partition(":")[0]: value for header, value in row.items() if value is not None}
    return cypher({name: value for name, value in held.items() if name and name != "iri"})


def cypher_name(name: str) -> str:
    """Return a label, type or key, as Cypher quotes it.

    >>> cypher_name("a`b")
    '`a``b`'
    """
    return f"`{name.replace('`', '``')}`"


def cypher(value: Any) -> str:
    """Return a value as Cypher writes it.

    >>> print(cypher({"name": "it's", "also": ["a\\\\b", "芜湖"], "value": 13.8, "candidate": True}))
    {`name`: 'it\\'s', `also`: ['a\\\\b', '芜湖'], `value`: 13.8, `candidate`: true}
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{cypher_name(name)}: {cypher(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(cypher, value))}]"
    return _text(str(value))


def _text(value: str) -> str:
    """Return a text as a string literal, or as several that are added."""
    parts = _BROKEN.split(value)
    return " + ".join(f"'{_SPECIAL.sub(lambda found: _escape(found[0]), part)}'" for part in parts)


def _escape(character: str) -> str:
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
