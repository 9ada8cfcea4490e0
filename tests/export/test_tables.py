"""Parquet and CSV, read back by DuckDB, pandas and polars."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pyoxigraph import Quad

from g60kg.export import export_quads
from g60kg.export.view import TABLES, Record, view_of
from tests.export.samples import QUADS

LISTS = "VARCHAR[]"
OPTIONS = "header = true, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', auto_detect = false"
OPTIONS += ", allow_quoted_nulls = false"


def expected(quads: list[Quad]) -> dict[str, list[Record]]:
    with view_of(quads) as view:
        return {table: list(view.rows(table)) for table in TABLES}


def plain(value: Any) -> Any:
    """Return a cell as plain Python has it; nothing is None."""
    if value is None or (isinstance(value, float) and value != value) or str(value) == "<NA>":
        return None
    if isinstance(value, bool | str):
        return value
    return [plain(each) for each in value] if hasattr(value, "__iter__") else value


@pytest.mark.parametrize("source", ["hostile", "packaged"])
def test_parquet_is_read_by_duckdb_pandas_and_polars(source: str, quads: list[Quad], tmp_path: Path) -> None:
    import polars as pl  # with pandas below, a second to import

    held = QUADS if source == "hostile" else quads
    export_quads(held, tmp_path / "tables", "parquet")
    for table, rows in expected(held).items():
        path = tmp_path / "tables" / f"{table}.parquet"
        assert pl.read_parquet(path).to_dicts() == rows
        found = duckdb.execute(f"SELECT * FROM '{path}'")
        columns = [column[0] for column in found.description or []]
        assert [dict(zip(columns, row, strict=True)) for row in found.fetchall()] == rows
        frame = duckdb.execute(f"SELECT * FROM '{path}'").df()
        assert [{k: plain(v) for k, v in row.items()} for row in frame.to_dict("records")] == rows


def test_csv_is_read_by_polars_and_duckdb_as_it_was(quads: list[Quad], tmp_path: Path) -> None:
    import polars as pl

    for held in (QUADS, quads):
        export_quads(held, tmp_path / "tables", "csv")
        with view_of(held) as view:
            types = {table: view.types(table) for table in TABLES}
        for table, rows in expected(held).items():
            path = tmp_path / "tables" / f"{table}.csv"
            frame = pl.read_csv(path, infer_schema=False)
            assert [cells(row, types[table]) for row in frame.to_dicts()] == rows
            select = f"SELECT * FROM read_csv('{path}', {OPTIONS}, columns = {texts(types[table])})"
            read = duckdb.execute(select)
            texted = [dict(zip(types[table], row, strict=True)) for row in read.fetchall()]
            assert [cells(row, types[table]) for row in texted] == rows


def texts(types: dict[str, str]) -> str:
    return str(dict.fromkeys(types, "VARCHAR"))


def cells(row: Record, types: dict[str, str]) -> Record:
    """Return a row of texts with the types that the table has."""
    return {name: None if text is None else cell(text, types[name]) for name, text in row.items()}


def cell(text: str, kind: str) -> Any:
    if kind == LISTS:
        return json.loads(text)
    if kind == "BOOLEAN":
        return text == "true"
    return {"DOUBLE": float, "BIGINT": int}.get(kind, str)(text)


@pytest.mark.parametrize("format_", ["parquet", "csv", "neo4j"])
def test_the_same_content_gives_the_same_bytes(format_: str, tmp_path: Path) -> None:
    export_quads(QUADS, tmp_path / "one", format_)
    export_quads([*QUADS[::-1], *QUADS[:9]], tmp_path / "two", format_)
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "two").iterdir())
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
