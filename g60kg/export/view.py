"""The tables of a graph, open for reading, and written as Parquet, CSV and data frames of pandas.

Parquet keeps lists and types; in CSV a list is a JSON array, a cell without quotes and text is nothing at
all, and `""` is an empty text.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Quad

from g60kg.errors import G60Error
from g60kg.export.stage import make_table, parts_for, staged, statements
from g60kg.resources import resource
from g60kg.terms import curie

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
_BATCH: Final = 1000
_LIST: Final = "VARCHAR[]"
_ROWS: Final = 50_000
"""Rows in a group of Parquet: what is held in memory while it is written."""

Record = dict[str, Any]


@dataclass(frozen=True)
class View:
    """A graph as the tables that `TABLES` names."""

    connection: "DuckDBPyConnection"
    parts: int

    def make(self, table: str, select: str) -> None:
        """Make a further table of the answers of SQL, in which `PART(key)` chooses a part of the keys."""
        make_table(self.connection, table, select, self.parts)

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

    def copy(self, select: str, path: Path, options: str) -> None:
        """Write the answer of SQL to a file, by DuckDB."""
        quoted = str(path).replace("'", "''")
        self.connection.execute(f"COPY ({select}) TO '{quoted}' ({options})")


@contextmanager
def view_of(quads: Iterable[Quad]) -> Iterator[View]:
    """Open the tables of a graph's quads.

    Raises `ExportError` where there is no room for them.
    """
    with staged(quads) as (connection, _):
        found = [row[0] for row in connection.execute(statements("stage")["named"]).fetchall() if row[0]]
        names = [curie(iri).removeprefix("g60:") for iri in found]  # the ontology's own without prefix
        connection.execute(
            "CREATE TABLE names AS SELECT unnest($iris::VARCHAR[]) AS iri, unnest($names::VARCHAR[]) AS name",
            {"iris": found, "names": names},
        )
        (count,) = connection.execute("SELECT count(*) FROM q").fetchone() or (0,)
        view = View(connection, parts_for(count))
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
