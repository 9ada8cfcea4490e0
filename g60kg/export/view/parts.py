"""Tables made part by part, so that memory stays flat.

Goes in: SQL that gathers rows by a key, with `PART(key)` where it chooses them. Comes out: a table. DuckDB
can spill what it sorts and joins, but not the lists and texts that it gathers, so a large graph is gathered
in parts of its keys, one after the other.
"""

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_QUADS: Final = 300_000
"""How many quads a part may come from."""
_PART: Final = re.compile(r"PART\(([\w.]+)\)")


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
