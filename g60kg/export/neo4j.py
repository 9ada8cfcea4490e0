"""The graph for Neo4j: files for `neo4j-admin database import full`, and a Cypher script.

There is a CSV file for each kind of node and relationship, its columns called as the
headers of the bulk import are (`iri:ID`, `also:string[]`, `:LABEL`, `:START_ID`, `:TYPE`); or one statement
a line, which run twice changes nothing: `MERGE` for nodes, then for relationships, under a constraint that
makes them quick.

Every node is a `Resource` with its `iri`. Entities, statistics, claims, articles and repairs are nodes;
relations are relationships by the name of their property, and so are a claim's subject, object, limits,
article and repairs. A prefix is joined by `_`, since `:` has a meaning of its own in Neo4j.

In CSV the values of a list are parted by U+001F (UNIT SEPARATOR), which a text would have to hold to be
changed: there it becomes U+241F. Quotation marks are doubled, line ends stand as they are, an empty cell is
no value.
In Cypher a text stands in single quotes. Neo4j reads `\\uXXXX` before it reads the string, so a backslash
before a `u` ends its string, and the next begins with the `u`.
Sources: Neo4j Operations Manual, Import, CSV file header format; openCypher 9, section String literals;
Neo4j Cypher Manual, Parsing, Using Unicode in Cypher.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, Final

from g60kg.export.view import Record, View, statements

NODES: Final = ("entities", "statistics", "claims", "articles", "repairs")
RELATIONSHIPS: Final = ("relations", "evidence")

_JOINED: Final = """array_to_string([replace(x::VARCHAR, chr(31), '␟') FOR x IN "{0}"], chr(31)) AS "{0}\""""
"""The SQL of a list as one text; an empty list is no value."""
FILES: Final = frozenset(f"{name}.csv" for name in (*NODES, *RELATIONSHIPS))
_HEAD: Final = "CREATE CONSTRAINT resource_iri IF NOT EXISTS FOR (n:`Resource`) REQUIRE n.iri IS UNIQUE;\n"
_ESCAPES: Final = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_CODED: Final = "\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff"
_SPECIAL: Final = re.compile(f"[\\\\'{_CODED}]")
_BROKEN: Final = re.compile(f"(?<=\\\\)(?=[u{_CODED}])")
"""Where a backslash stands before a `u`, or before what becomes one."""


def write_neo4j(view: View, folder: Path) -> None:
    """Write the files of nodes and of relationships."""
    for name, select in selections(view).items():
        lists = [column for column in view.types(select) if column.endswith("[]") or column == ":LABEL"]
        joined = ", ".join(map(_JOINED.format, lists))
        rows = f"SELECT * REPLACE ({joined}) FROM ({select})" if lists else select
        view.copy(rows, folder / f"{name}.csv", "FORMAT csv, HEADER true")


def write_cypher(view: View, out: IO[bytes]) -> None:
    """Write the graph as a Cypher script."""
    out.write(_HEAD.encode())
    for name, select in selections(view).items():
        statement = _node if name in NODES else _relationship
        out.writelines(statement(row).encode() for row in view.query(select))


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

    def escape(found: re.Match[str]) -> str:
        return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"

    return " + ".join(f"'{_SPECIAL.sub(escape, part)}'" for part in _BROKEN.split(value))


def selections(view: View) -> dict[str, str]:
    """Return the SQL of each file, by its name: first those of nodes, then those of relationships.

    Of an entity every attribute that there is makes a property.
    """
    select = dict(statements("neo4j"))
    found = view.connection.execute(select.pop("attributes")).fetchall()
    held = ", ".join(["subject", *(_attribute(predicate, whole) for predicate, whole in found)])
    view.make("properties", f"SELECT {held} FROM attributes WHERE PART(subject) GROUP BY subject")
    return select


def _attribute(predicate: str, whole: bool) -> str:
    """Return the column of an attribute; one whose values are whole numbers holds numbers."""
    name, type_ = predicate.replace(":", "_"), "long" if whole else "string"
    value = "try_cast(value AS BIGINT)" if whole else "value"
    return f"list({value} ORDER BY value) FILTER (predicate = '{predicate}') AS \"{name}:{type_}[]\""
