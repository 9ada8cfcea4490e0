"""The tables of a graph in DuckDB, open for reading, and written as Parquet, CSV and data frames of pandas.

Quads go into a table `q`, one row a quad: subject `s`, predicate `p`, object (`o`, where it is an IRI or a
blank node; `value`, `lang` and `datatype`, where it is a literal; `term`, its text in N-Quads), graph `g`,
and the `layer` that the graph is: said, register, inferred, claims, or other. Of the ontology only its
licence is kept, in the table `licence`. They are written as N-Quads by Rust and split again by DuckDB; the
escapes of N-Quads, as Oxigraph writes them, are those of JSON.

DuckDB spills to disk what it sorts and joins, but not the lists and texts that it gathers, so the tables of a
large graph are gathered in parts of their keys, one after the other: where SQL says `PART(key)`. Parquet
keeps lists and types; in CSV a list is a JSON array, a cell without quotes and text is nothing at all, and
`""` is an empty text.
"""

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Quad, RdfFormat, serialize

from g60kg.errors import ExportError, G60Error
from g60kg.resources import resource
from g60kg.temporary import TemporaryFolder
from g60kg.terms import PREFIXES, ROOT, curie

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame

TABLES: Final[Mapping[str, str]] = {
    "entities": "iri",
    "relations": "subject, predicate, object",
    "statistics": "iri",
    "attributes": "subject, predicate, value, language, datatype",
    "claims": 'article, start, "end", iri',
    "articles": "iri",
    "repairs": "iri",
}
"""The tables by name, each with its order; `tables.sql` says what they hold."""
METADATA: Final = "csv-metadata.json"
"""What the columns mean, where CSV on the Web looks for it."""
PARQUET: Final = frozenset(f"{table}.parquet" for table in TABLES)
CSV: Final = frozenset([*(f"{table}.csv" for table in TABLES), METADATA])
"""The files of a folder in these formats."""
_BATCH: Final = 1000
_LIST: Final = "VARCHAR[]"
_ROWS: Final = 50_000
"""Rows in a group of Parquet: what is held in memory while it is written."""

Record = dict[str, Any]
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


@dataclass(frozen=True)
class View:
    """A graph as tables in DuckDB: of its quads, and those that `TABLES` names; what is large has `parts`."""

    connection: "DuckDBPyConnection"
    folder: Path
    parts: int

    def make(self, table: str, select: str) -> None:
        """Make a table of the answers of SQL; for one part after the other of the keys in `PART(key)`."""
        count = self.parts if _PART.search(select) else 1
        for part in range(count):
            condition = rf"hash(\1) % {count} = {part}" if count > 1 else "true"
            head = f"INSERT INTO {table}" if part else f"CREATE TABLE {table} AS"
            self.connection.execute(f"{head} {_PART.sub(condition, select)}")

    def types(self, select: str) -> dict[str, str]:
        """Return the columns of a table, or of SQL, with the types that DuckDB gives them."""
        return {row[0]: row[1] for row in self.connection.execute(f"DESCRIBE {select}").fetchall()}

    def select(self, table: str) -> str:
        """Return the SQL that reads a table, in its order."""
        return f"SELECT * FROM {table} ORDER BY {TABLES[table]}"

    def rows(self, table: str) -> Iterator[Record]:
        """Yield the rows of a table in its order, a few in memory at a time; what is not there is None."""
        return self.query(self.select(table))

    def query(self, text: str) -> Iterator[Record]:
        """Yield the rows of any SQL over the tables."""
        found = self.connection.cursor().execute(text)
        columns = [column[0] for column in found.description or []]
        while batch := found.fetchmany(_BATCH):
            yield from (dict(zip(columns, row, strict=True)) for row in batch)

    def lines(self, select: str) -> Path:
        """Write the lines that SQL answers with to a file of the folder, and return its path."""
        found, path = self.connection.execute(select), self.folder / "lines"
        with path.open("wb") as file:
            while batch := found.fetchmany(_BATCH):
                file.writelines(row[0].encode() + b"\n" for row in batch)
        return path

    def copy(self, select: str, path: Path, options: str) -> None:
        """Write the answer of SQL to a file, by DuckDB."""
        quoted = str(path).replace("'", "''")
        self.connection.execute(f"COPY ({select}) TO '{quoted}' ({options})")


@contextmanager
def staged(quads: Iterable[Quad]) -> Iterator[View]:
    """Open a DuckDB that holds quads.

    Raises `ExportError` where there is no room for them.
    """
    import duckdb

    try:
        with TemporaryFolder("export") as folder:
            limits: dict[str, Any] = {
                "memory_limit": _MEMORY,
                "threads": _THREADS,
                "temp_directory": str(folder / "spill"),
            }
            with duckdb.connect(config=limits) as connection:
                _stage(quads, connection, folder / "staged.nq")
                (count,) = connection.execute("SELECT count(*) FROM q").fetchone() or (0,)
                yield View(connection, folder, parts_for(count))
    except duckdb.Error as error:
        raise _no_room(error) from error


def _no_room(error: Exception) -> ExportError:
    return ExportError(f"no room for what is sorted: {error}", mend="free space, or set $TMPDIR")


def _stage(quads: Iterable[Quad], connection: "DuckDBPyConnection", path: Path) -> None:
    """Make the tables of quads, by way of a file."""
    try:
        serialize(quads, str(path), RdfFormat.N_QUADS)
    except OSError as error:
        raise _no_room(error) from error
    connection.execute("SET enable_progress_bar = false")
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


@contextmanager
def view_of(quads: Iterable[Quad]) -> Iterator[View]:
    """Open the tables of a graph's quads.

    Raises `ExportError` where there is no room for them.
    """
    with staged(quads) as view:
        found = [row[0] for row in view.connection.execute(statements("stage")["named"]).fetchall() if row[0]]
        names = [curie(iri).removeprefix("g60:") for iri in found]  # the ontology's own without prefix
        view.connection.execute(
            "CREATE TABLE names AS SELECT unnest($iris::VARCHAR[]) AS iri, unnest($names::VARCHAR[]) AS name",
            {"iris": found, "names": names},
        )
        for table, select in statements("tables").items():
            view.make(table, select)
        yield view


def to_pandas(quads: Iterable[Quad]) -> "dict[str, DataFrame]":
    """Return the tables as pandas `DataFrame`s, by name.

    Raises `G60Error` where pandas is missing.
    """
    try:
        from pandas import DataFrame
    except ImportError as error:
        raise G60Error("pandas is not installed", mend="run pip install 'g60kg[pandas]'") from error
    with view_of(quads) as view:
        return {table: DataFrame(list(view.rows(table)), columns=list(view.types(table))) for table in TABLES}


def write_parquet(view: View, folder: Path) -> None:
    """Write each table as Parquet."""
    for table in TABLES:
        options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS}"
        view.copy(view.select(table), folder / f"{table}.parquet", options)


def write_csv(view: View, folder: Path) -> None:
    """Write each table as CSV on the Web: UTF-8, a head of names, LF as line end, what columns mean."""
    for table in TABLES:
        lists = [column for column, kind in view.types(table).items() if kind == _LIST]
        replaced = ", ".join(f'to_json("{column}")::VARCHAR AS "{column}"' for column in lists)
        select = f"SELECT * REPLACE ({replaced})" if lists else "SELECT *"
        rows = f"{select} FROM {table} ORDER BY {TABLES[table]}"
        view.copy(rows, folder / f"{table}.csv", "FORMAT csv, HEADER true")
    shutil.copy(resource("ontology", METADATA), folder)
