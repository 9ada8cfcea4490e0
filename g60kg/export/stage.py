"""Quads into a table of DuckDB, which spills to disk, so that memory stays flat.

Goes in: quads. Comes out: a DuckDB that holds little in memory and spills into a temporary folder, which
goes with it, and in it the table `q`, one row a quad: subject `s`, predicate `p`, object (`o`, where it is
an IRI or a blank node; `value`, `lang` and `datatype`, where it is a literal; `term`, its text in N-Quads),
graph `g`, and the `layer` that the graph is: said, register, inferred, claims, or other. Of the ontology
only its licence is kept, which the table `licence` holds as a `term`.

The quads are written as N-Quads by Rust and split again by DuckDB, in parallel. The escapes of N-Quads,
as Oxigraph writes them, are those of JSON. DuckDB can spill what it sorts and joins, but not the lists and
texts that it gathers, so further tables of a large graph are gathered in parts of their keys, one after the
other: where SQL says `PART(key)`.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad, RdfFormat, serialize

from g60kg.errors import ExportError
from g60kg.terms import (
    DCTERMS,
    INFERRED_GRAPH,
    ONTOLOGY_GRAPH,
    REGISTER_GRAPH,
    XSD,
    article_graph,
    claims_graph,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_QUADS: Final = 300_000
"""How many quads a part may come from."""
_PART: Final = re.compile(r"PART\(([\w.]+)\)")
_LINE: Final = (
    r"^(\S+) (\S+) "
    r'((<[^>]*>|_:\S+)|"(.*)"(?:@(\S+)|\^\^<([^>]*)>)?)'
    r"(?: (\S+))? \.$"
)
"""A line of N-Quads. The last quotation mark ends the literal, since no name of a graph holds one."""
_STAGE: Final = rf"""
CREATE TABLE q AS
WITH lines AS (
  SELECT regexp_extract(line, '{_LINE}', ['s', 'p', 'term', 'o', 'value', 'lang', 'datatype', 'g']) AS m
  FROM read_csv($path, columns = {{'line': 'VARCHAR'}}, delim = '\x01', quote = '', escape = '',
                header = false, auto_detect = false, max_line_size = $longest)
), parts AS (
  SELECT trim(m.s, '<>') AS s, trim(m.p, '<>') AS p, m.term, m.term[1] = '"' AS literal,
         trim(m.o, '<>') AS o, m.lang, m.datatype, trim(m.g, '<>') AS g,
         CASE WHEN contains(m.value, '\') THEN ('"' || m.value || '"')::JSON ->> '$' ELSE m.value END AS value
  FROM lines
)
SELECT s, p, term, if(literal, NULL, o) AS o, if(literal, value, NULL) AS value, nullif(lang, '') AS lang,
       CASE WHEN literal AND lang = '' THEN coalesce(nullif(datatype, ''), '{XSD.string.value}')
       END AS datatype, g,
       CASE WHEN starts_with(g, '{article_graph("").value}') THEN 'said'
            WHEN g = '{REGISTER_GRAPH.value}' THEN 'register'
            WHEN g = '{INFERRED_GRAPH.value}' THEN 'inferred'
            WHEN starts_with(g, '{claims_graph("").value}') THEN 'claims'
            ELSE 'other' END AS layer
FROM parts
WHERE g <> '{ONTOLOGY_GRAPH.value}' OR p = '{DCTERMS.license.value}'
"""
_LICENCE: Final = f"CREATE TABLE licence AS SELECT DISTINCT term FROM q WHERE g = '{ONTOLOGY_GRAPH.value}'"
_MEMORY: Final = "512MB"
_THREADS: Final = 4
_LONGEST: Final = 2_000_000
"""The length of a line that DuckDB reads unless told otherwise."""


@contextmanager
def staged(quads: Iterable[Quad]) -> Iterator[tuple["DuckDBPyConnection", Path]]:
    """Open a DuckDB that holds quads, and its folder.

    Raises `ExportError` where there is no room for them.
    """
    import duckdb

    try:
        with _folder() as name, duckdb.connect() as connection:
            _limit(connection, Path(name) / "spill")
            _stage(quads, connection, Path(name) / "staged.nq")
            yield connection, Path(name)
    except duckdb.Error as error:
        raise _no_room(error) from error


def _folder() -> "tempfile.TemporaryDirectory[str]":
    try:
        return tempfile.TemporaryDirectory(prefix="g60kg-")
    except OSError as error:
        raise _no_room(error) from error


def _no_room(error: Exception) -> ExportError:
    return ExportError(f"the tables cannot be made: {error}", mend="free space, or set $TMPDIR")


def _limit(connection: "DuckDBPyConnection", spill: Path) -> None:
    connection.execute("SET memory_limit = $memory", {"memory": _MEMORY})
    connection.execute("SET temp_directory = $path", {"path": str(spill)})
    connection.execute("SET threads = $threads", {"threads": _THREADS})
    connection.execute("SET enable_progress_bar = false")


def _stage(quads: Iterable[Quad], connection: "DuckDBPyConnection", path: Path) -> None:
    """Make the tables of quads, by way of a file."""
    try:
        serialize(quads, str(path), RdfFormat.N_QUADS)
    except OSError as error:
        raise _no_room(error) from error
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(_STAGE, {"path": str(path), "longest": _longest(path)})
    connection.execute(_LICENCE)
    connection.execute("SET preserve_insertion_order = true")
    path.unlink()


def _longest(path: Path) -> int:
    with path.open("rb") as file:
        return max(_LONGEST, max(map(len, file), default=0) + 16)


def parts_for(quads: int) -> int:
    """Return in how many parts tables of so many quads are made.

    >>> parts_for(0), parts_for(3_000_000)
    (1, 10)
    """
    return max(1, -(-quads // _QUADS))


def make_table(connection: "DuckDBPyConnection", name: str, select: str, parts: int) -> None:
    """Make a table of the answers of SQL, for one part of its keys after the other."""
    count = parts if _PART.search(select) else 1
    for part in range(count):
        condition = rf"hash(\1) % {count} = {part}" if count > 1 else "true"
        head = f"INSERT INTO {name}" if part else f"CREATE TABLE {name} AS"
        connection.execute(f"{head} {_PART.sub(condition, select)}")
