"""The tables as files: Parquet, or CSV.

Goes in: a view. Comes out: one file a table, in a folder. Parquet keeps lists and types; in CSV a list is
a JSON array, a cell without quotes and text is nothing at all, and `""` is an empty text.
"""

from pathlib import Path
from typing import Final

from g60kg.export.view import TABLES, View

_LIST: Final = "VARCHAR[]"
_ROWS: Final = 50_000
"""Rows in a group of Parquet: what is held in memory while it is written."""


def write_parquet(view: View, folder: Path) -> None:
    """Write each table as Parquet."""
    for table in TABLES:
        options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS}"
        view.copy(view.select(table), folder / f"{table}.parquet", options)


def write_csv(view: View, folder: Path) -> None:
    """Write each table as CSV: UTF-8, a head of names, lines ended by LF."""
    for table in TABLES:
        lists = [column for column, kind in view.types(table).items() if kind == _LIST]
        replaced = ", ".join(f'to_json("{column}")::VARCHAR AS "{column}"' for column in lists)
        select = f"SELECT * REPLACE ({replaced})" if lists else "SELECT *"
        rows = f"{select} FROM {table} ORDER BY {TABLES[table]}"
        view.copy(rows, folder / f"{table}.csv", "FORMAT csv, HEADER true")
