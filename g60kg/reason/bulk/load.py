"""Triples into integers: the dictionary, and the table of the facts held.

Goes in: triples, in a stream, and the terms of the rules. Comes out: the tables `terms` (text, id) and
`held` (a, p, b, in the order of p), and the ids of the rules' terms.

The stream is written as N-Triples by Rust and read back by DuckDB in parallel, which is quicker than
any interning in Python; a term's N-Triples form is what tells terms apart. Ids follow the order of the
terms' text, so they do not depend on the order of the input. What cannot be a subject (a literal, a
quoted triple) has a negative id: that one sign keeps illegal triples out of
the result, and the order of ids is still the order of texts.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, serialize

from g60kg.reason.rules import Term

if TYPE_CHECKING:
    import duckdb

_DEFAULT_LINE = 2_000_000
_LINES = """
    SELECT split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p,
           substring(line, length(s) + length(p) + 3, length(line) - length(s) - length(p) - 4) AS o
    FROM read_csv({path}, columns = {{'line': 'VARCHAR'}}, delim = '\x01', quote = '', escape = '',
                  header = false, auto_detect = false, max_line_size = {longest})
"""
_TERMS = """
    CREATE TABLE terms AS
    WITH every AS (
        SELECT DISTINCT unnest([s, p, o]) AS text FROM raw UNION SELECT unnest($constants::VARCHAR[])
    ), placed AS (
        SELECT text, row_number() OVER (ORDER BY text) - (SELECT count(*) FROM every WHERE {low}) AS place
        FROM every
    )
    SELECT text, (place - if({low}, 1, 0))::INTEGER AS id FROM placed
"""
_LOW = """text[1] = '"' OR text[1:2] = '<<'"""
_HELD = """
    CREATE TABLE held AS
    SELECT DISTINCT a.id AS a, p.id AS p, b.id AS b
    FROM raw JOIN terms a ON a.text = raw.s JOIN terms p ON p.text = raw.p JOIN terms b ON b.text = raw.o
    ORDER BY p, a, b
"""


def load(
    connection: "duckdb.DuckDBPyConnection",
    triples: Iterable[Triple],
    constants: Iterable[Term],
    folder: Path,
) -> Mapping[Term, int]:
    """Make the tables `terms` and `held`, and return the ids of the constants."""
    path = folder / "facts.nt"
    serialize(triples, str(path), RdfFormat.N_TRIPLES)
    texts = {str(term): term for term in constants}
    # The path and the size cannot be parameters of a view; the path is of our own making.
    lines = _LINES.format(path="'" + str(path).replace("'", "''") + "'", longest=_longest(path))
    connection.execute(f"CREATE TEMP VIEW raw AS {lines}")
    connection.execute(_TERMS.format(low=_LOW), {"constants": sorted(texts)})
    connection.execute(_HELD)
    connection.execute("DROP VIEW raw")
    path.unlink()
    found = connection.execute(
        "SELECT text, id FROM terms WHERE text IN (SELECT unnest($constants::VARCHAR[]))",
        {"constants": sorted(texts)},
    ).fetchall()
    return {texts[text]: number for text, number in found}


def _longest(path: Path) -> int:
    """The length that DuckDB must be ready for: its default unless a line is longer."""
    with path.open("rb") as file:
        return max(_DEFAULT_LINE, max(map(len, file), default=0) + 16)
