"""Tables that fit a terminal.

Goes in: rows. Comes out: a table of rich, long cells wrapped; control characters, which could move
the cursor, are shown as a mark.
"""

from unicodedata import category

from rich.console import Console
from rich.table import Table
from rich.text import Text

from g60kg.query import Rows
from g60kg.query.write import to_text


def print_table(rows: Rows) -> None:
    """Print rows as a table on standard output."""
    table = Table(*rows.columns, header_style="bold")
    for terms in rows.terms:
        table.add_row(*(Text(_shown(to_text(term))) for term in terms))
    Console().print(table)


def _shown(text: str) -> str:
    return "".join("�" if category(letter) == "Cc" else letter for letter in " ".join(text.split()))
