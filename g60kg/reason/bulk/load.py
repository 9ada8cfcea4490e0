"""Triples into integers: the dictionary, and the table of the facts held.

Goes in: triples, in a stream or a file, and the terms of the rules. Comes out: the tables `terms` (text, id)
and `held` (a, p, b, in the order of p), and the ids of the rules' terms.

A stream is written as N-Triples by Rust and read back by DuckDB in parallel, which is quicker than any
interning in Python; a term's N-Triples form is what tells terms apart. Ids follow the order of the terms'
text, so they do not depend on the order of the input. What cannot be a subject (a literal, a quoted triple)
has a negative id: that one sign keeps illegal triples out of the result.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, Triple, serialize

from g60kg.errors import InputError
from g60kg.reason.rules import Term

if TYPE_CHECKING:
    import duckdb

_LINES: Final = """
    SELECT split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p,
           substring(line, length(s) + length(p) + 3, length(line) - length(s) - length(p) - 4) AS rest,
           {value} AS o
    FROM read_csv({path}, columns = {{'line': 'VARCHAR'}}, delim = '\x01', quote = '', escape = '',
                  header = false, auto_detect = false, max_line_size = {longest})
"""
_LAST: Final = "string_split(rest, ' ')[-1]"
_VALUES: Final = {
    ".nt": "rest",
    # The graph's name stands last. It has no quotation mark, and the last word of every literal has one.
    ".nq": f"""CASE WHEN rest[1] <> '"' THEN split_part(rest, ' ', 1) WHEN contains({_LAST}, '"') THEN rest
                    ELSE rest[:-length({_LAST}) - 2] END""",
}
_TERMS: Final = """
    CREATE TABLE terms AS
    WITH every AS (
        SELECT DISTINCT unnest([s, p, o]) AS text FROM raw UNION SELECT unnest($constants::VARCHAR[])
    ), placed AS (
        SELECT text, row_number() OVER (ORDER BY text) - (SELECT count(*) FROM every WHERE {low}) AS place
        FROM every
    )
    SELECT text, (place - if({low}, 1, 0))::INTEGER AS id FROM placed
"""
_LOW: Final = """text[1] = '"' OR text[1:2] = '<<'"""
_HELD: Final = """
    CREATE TABLE held AS
    SELECT DISTINCT a.id AS a, p.id AS p, b.id AS b
    FROM raw JOIN terms a ON a.text = raw.s JOIN terms p ON p.text = raw.p JOIN terms b ON b.text = raw.o
    ORDER BY p, a, b
"""
_LINE: Final = 2_000_000
_KEPT: Final = 150_000_000
"""The bytes up to which what is read is kept in memory, instead of being read twice."""


def load(
    connection: "duckdb.DuckDBPyConnection",
    facts: Iterable[Triple] | Path,
    more: Iterable[Triple],
    constants: Iterable[Term],
    folder: Path,
) -> Mapping[Term, int]:
    """Make the tables `terms` and `held` of the facts and more of them, and return the ids of the constants.

    A file is N-Triples (`.nt`) or N-Quads (`.nq`), as pyoxigraph writes them; names of graphs are left out.
    """
    paths = [folder / "more.nt", facts if isinstance(facts, Path) else folder / "facts.nt"]
    serialize(more, str(paths[0]), RdfFormat.N_TRIPLES)
    if not isinstance(facts, Path):
        serialize(facts, str(paths[1]), RdfFormat.N_TRIPLES)
    kind = "TABLE" if sum(path.stat().st_size for path in paths) < _KEPT else "VIEW"
    connection.execute(f"CREATE TEMP {kind} raw AS " + " UNION ALL ".join(map(_lines, paths)))
    texts = {str(term): term for term in constants}
    connection.execute(_TERMS.format(low=_LOW), {"constants": sorted(texts)})
    connection.execute(_HELD)
    connection.execute(f"DROP {kind} raw")
    for path in paths:
        if path.parent == folder:
            path.unlink()
    return _ids(connection, texts)


def _ids(connection: "duckdb.DuckDBPyConnection", texts: Mapping[str, Term]) -> Mapping[Term, int]:
    wanted = "SELECT text, id FROM terms WHERE text IN (SELECT unnest($constants::VARCHAR[]))"
    found = connection.execute(wanted, {"constants": sorted(texts)}).fetchall()
    return {texts[text]: number for text, number in found}


def _lines(path: Path) -> str:
    """The SELECT that splits each line; neither path nor size can be parameters of a view."""
    if path.suffix not in _VALUES:
        raise InputError("neither N-Triples nor N-Quads", path=path, mend="give a .nt or .nq file")
    quoted = "'" + str(path).replace("'", "''") + "'"
    split = _LINES.format(path=quoted, longest=_longest(path), value=_VALUES[path.suffix])
    return f"(SELECT s, p, o FROM ({split}))"


def _longest(path: Path) -> int:
    """The length that DuckDB must be ready for: its default unless a line is longer."""
    with path.open("rb") as file:
        return max(_LINE, max(map(len, file), default=0) + 16)
