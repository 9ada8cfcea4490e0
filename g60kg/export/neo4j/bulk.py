"""Files for `neo4j-admin database import full`.

Goes in: a view. Comes out: a CSV file for each kind of node and relationship, its head in Neo4j's form. The
values of a list are parted by U+001F (UNIT SEPARATOR), which a text would have to hold to be changed: there
it becomes U+241F. Quotation marks are doubled, line ends stand as they are, and an empty cell is no value.
"""

from pathlib import Path
from typing import Final

from g60kg.export.neo4j.model import NODES, RELATIONSHIPS, is_list, selections
from g60kg.export.view import View

SEPARATOR: Final = "\x1f"
FILES: Final = frozenset(f"{name}.csv" for name in (*NODES, *RELATIONSHIPS))


def write_neo4j(view: View, folder: Path) -> None:
    """Write the files of nodes and of relationships."""
    for name, select in selections(view).items():
        lists = [column for column in view.headers(select) if is_list(column)]
        joined = ", ".join(f'{_joined(column)} AS "{column}"' for column in lists)
        rows = f"SELECT * REPLACE ({joined}) FROM ({select})" if lists else select
        view.copy(rows, folder / f"{name}.csv", "FORMAT csv, HEADER true")


def _joined(column: str) -> str:
    """Return the SQL of a list as one text; an empty list is no value."""
    parts = f"[replace(x::VARCHAR, chr({ord(SEPARATOR)}), '␟') FOR x IN \"{column}\"]"
    return f"array_to_string({parts}, chr({ord(SEPARATOR)}))"
