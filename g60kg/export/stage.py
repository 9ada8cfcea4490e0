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
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad, RdfFormat, serialize

from g60kg.errors import ExportError
from g60kg.terms import PREFIXES, ROOT

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
_STATEMENT: Final = re.compile(r"^-- (?:table|select) (\w+)\n", re.MULTILINE)
_SHORT: Final = (
    (r"\bOF\((.+?)\)", r"FILTER (p = \1)"),
    (r"\bONE\((.+?)\)", r"min(coalesce(o, value)) FILTER (p = \1)"),
    (
        r"\bLAYER\b",
        "CASE WHEN bool_or(layer = 'said') THEN 'said' WHEN bool_or(layer = 'register') THEN 'register' "
        "ELSE 'inferred' END",
    ),
)
"""What is written short in the files of SQL."""
_BASES: Final = PREFIXES | {"root": ROOT}
_MEMORY: Final = "512MB"
_THREADS: Final = 4
_LONGEST: Final = 2_000_000
"""The length of a line that DuckDB reads unless told otherwise."""


@cache
def statements(name: str) -> dict[str, str]:
    """Return the SQL of a file beside this one, by the names that stand before each statement.

    >>> statements("stage")["licence"].strip()
    "SELECT DISTINCT term FROM q WHERE g = 'https://w3id.org/g60kg/graph/ontology' AND p = 'http://purl.org/dc/terms/license'"
    """
    _, _, text = Path(__file__).with_name(f"{name}.sql").read_text("utf-8").partition("\n\n")
    text = re.sub(r"<(\w+):([\w/]*)>", lambda iri: f"'{_BASES[iri[1]]}{iri[2]}'", text)
    for short, long in _SHORT:
        text = re.sub(short, long, text)
    _, *parts = _STATEMENT.split(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))


@contextmanager
def staged(quads: Iterable[Quad]) -> Iterator[tuple["DuckDBPyConnection", Path]]:
    """Open a DuckDB that holds quads, and its folder.

    Raises `ExportError` where there is no room for them.
    """
    import duckdb

    try:
        with temporary_folder() as folder, duckdb.connect() as connection:
            _limit(connection, folder / "spill")
            _stage(quads, connection, folder / "staged.nq")
            yield connection, folder
    except duckdb.Error as error:
        raise _no_room(error) from error


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder that goes with the block; raises `ExportError` where there is no place for it."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="g60kg-")
    except OSError as error:
        raise _no_room(error) from error
    with folder as name:
        yield Path(name)


def _no_room(error: Exception) -> ExportError:
    return ExportError(f"no room for what is sorted: {error}", mend="free space, or set $TMPDIR")


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
    with path.open("rb") as file:
        longest = max(_LONGEST, max(map(len, file), default=0) + 16)
    made = statements("stage")
    connection.execute(
        f"CREATE TABLE q AS {made['q']}", {"line": _LINE, "path": str(path), "longest": longest}
    )
    connection.execute(f"CREATE TABLE licence AS {made['licence']}")
    connection.execute("SET preserve_insertion_order = true")
    path.unlink()


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
