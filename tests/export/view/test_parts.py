"""Tables are made in parts of their keys, and hold every row once."""

from pathlib import Path

import duckdb
import pytest

from g60kg.export.view import View


@pytest.mark.parametrize("parts", [1, 2, 9])
def test_every_group_is_gathered_once(parts: int) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE n AS SELECT i % 50 AS k, i AS v FROM range(1000) t(i)")
        view = View(connection, Path(), parts)
        view.make("made", "SELECT k, list(v) AS held FROM n WHERE PART(n.k) GROUP BY k")
        found = connection.execute("SELECT k, len(held) FROM made ORDER BY k").fetchall()
    assert found == [(k, 20) for k in range(50)]
