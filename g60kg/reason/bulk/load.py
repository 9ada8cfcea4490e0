"""A DuckDB to reason in, and triples into integers: the dictionary, the facts held, the types of literals.

A stream is written as N-Triples by Rust and read back by DuckDB in parallel, which is quicker than any
interning in Python; a term's N-Triples form is what tells terms apart. Ids follow the order of the terms'
text, so they do not depend on the order of the input. What cannot be a subject (a literal, a quoted triple)
has a negative id: that one sign keeps illegal triples out of the result.

Millions of literals are of few datatypes: the datatype is asked of Python once, and only what SQL does not
see to be well-typed is read one by one.
"""

import errno
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from g60kg.errors import G60Error, StoreError
from g60kg.reason.bulk.rounds import HELD
from g60kg.reason.datatypes import is_datatype, is_ill_typed, types_of
from g60kg.reason.rules import Slot, Term
from g60kg.reason.vocabulary import SAME_AS, TYPE, Fact, as_fact, is_schema, split_schema
from g60kg.temporary import TemporaryFolder
from g60kg.terms import ID, RDF, XSD

if TYPE_CHECKING:
    import duckdb


DEFAULT_MEMORY: Final = "800MB"
_PER_THREAD: Final = 120 * 2**20
"""Sorting and joining want about this much for each thread; with less they fail instead of spilling."""
_UNITS: Final = ("bytes", "KiB", "MiB", "GiB", "TiB")
_FULL: Final = ("No space left", "max_temp_directory_size", "File too large", "failed to offload")
_FULL_ERRNO: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def workspace(folder: TemporaryFolder, memory: str | None) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Yield a DuckDB that holds at most `memory` (`"512MB"`, `"2GB"`) and spills into the folder.

    Raises `StoreError` for an amount that DuckDB does not read, when the memory does not suffice
    even with spilling, and when the disk is full.
    """
    import duckdb

    with reported(memory), duckdb.connect() as connection:
        try:
            connection.execute("SET memory_limit = $memory", {"memory": memory or DEFAULT_MEMORY})
        except duckdb.Error as error:
            raise StoreError(f"no amount of memory: {memory!r}", mend="write it as 512MB or 2GB") from error
        connection.execute("SET temp_directory = $path", {"path": str(folder.path / "spill")})
        connection.execute("SET preserve_insertion_order = false")
        settings = "SELECT current_setting('threads'), current_setting('memory_limit')"
        [(threads, limit)] = connection.execute(settings).fetchall()
        amount, unit = str(limit).split()
        fed = int(float(amount) * 1024 ** _UNITS.index(unit) // _PER_THREAD)
        connection.execute("SET threads = $threads", {"threads": max(1, min(int(threads), fed))})
        yield connection


@contextmanager
def reported(memory: str | None) -> Iterator[None]:
    """Turn what DuckDB and the operating system raise for want of room into a `StoreError`."""
    import duckdb

    full = f"the disk is full: no room for the reasoner in {tempfile.gettempdir()}"
    mend = "free it or set TMPDIR"
    try:
        yield
    except G60Error:
        raise
    except duckdb.Error as error:
        if any(sign in str(error) for sign in _FULL):
            raise StoreError(full, mend=mend) from error
        if "Out of Memory" in str(error):
            little = f"{memory or DEFAULT_MEMORY} of memory is too little to reason in"
            raise StoreError(little, mend="allow more with --memory") from error
        raise StoreError(f"the reasoner's tables cannot be read or written: {error}") from error
    except OSError as error:
        told = re.search(r"\(os error (\d+)\)", str(error))  # pyoxigraph gives it in the text alone
        if (int(told[1]) if told else error.errno) in _FULL_ERRNO:
            raise StoreError(full, mend=mend) from error
        raise StoreError(f"the folder for temporary files cannot be used: {error}") from error


_TAGGED: Final = types_of(Literal("", language="en"))
_EVIDENT: Final = {
    XSD.integer: r'^"[+-]?[0-9]+"',
    XSD.decimal: r'^"[+-]?[0-9]+(\.[0-9]+)?"',
    XSD.nonNegativeInteger: r'^"[0-9]+"',
    XSD.boolean: '^"(true|false)"',
}


def read_term(text: str) -> Term:
    """Read a term in its N-Triples form.

    >>> str(read_term('"42"^^<http://www.w3.org/2001/XMLSchema#integer>').value)
    '42'
    """
    if text.startswith("<http"):
        return NamedNode(text[1:-1])
    value: Term | Triple = next(parse(f"{ID.x} {ID.x} {text} .".encode(), RdfFormat.N_TRIPLES)).object
    if isinstance(value, Triple):
        raise TypeError("a triple term is no term of a fact")
    return value


_LOAD: Final = Path(__file__).with_name("load.sql")
_LINES: Final = """
    CREATE TEMP TABLE raw AS
    SELECT split_part(line, ' ', 1) AS s, split_part(line, ' ', 2) AS p,
           substring(line, length(s) + length(p) + 3, length(line) - length(s) - length(p) - 4) AS o
    FROM read_csv($path, columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '',
                  header = false, auto_detect = false, max_line_size = $longest)
"""
_LINE: Final = 2_000_000
"""The length of a line that DuckDB is ready for, unless told of a longer one."""


def read_triples(
    connection: "duckdb.DuckDBPyConnection", facts: Iterable[Triple] | Path, folder: Path
) -> None:
    """Make `raw` (s, p, o) of a stream of triples, or of an N-Triples file as pyoxigraph writes it."""
    path = facts if isinstance(facts, Path) else folder / "facts.nt"
    if not isinstance(facts, Path):
        serialize(facts, str(path), RdfFormat.N_TRIPLES)
    with path.open("rb") as file:
        longest = max(_LINE, max(map(len, file), default=0) + 16)
    connection.execute(_LINES, {"path": str(path), "longest": longest})
    if not isinstance(facts, Path):
        path.unlink()
    _write_lines(connection, "axioms", [])


def take_axioms(connection: "duckdb.DuckDBPyConnection") -> list[Triple]:
    """Return the axioms among the triples that were read, which are facts no longer."""

    def asked(sql: str) -> list[tuple[str, ...]]:
        return connection.execute(sql).fetchall()

    predicates = (read_term(text) for (text,) in asked("SELECT DISTINCT p FROM raw"))
    classes = (read_term(text) for (text,) in asked(f"SELECT DISTINCT o FROM raw WHERE p = '{TYPE}'"))
    links = (SAME_AS, RDF.first, RDF.rest)
    telling = [f"'{each}'" for each in predicates if each in links or is_schema((ID.x, each, ID.x))]
    kinds = [f"'{each}'" for each in classes if isinstance(each, BlankNode) or is_schema((ID.x, TYPE, each))]
    if not telling and not kinds:
        return []
    typed = f"p = '{TYPE}' AND o IN ({', '.join(kinds) or 'NULL'})"
    rows = asked(f"SELECT s, p, o FROM raw WHERE p IN ({', '.join(telling) or 'NULL'}) OR ({typed})")
    lines = "".join(f"{' '.join(row)} .\n" for row in rows)
    axioms = split_schema(quad.triple for quad in parse(lines, RdfFormat.N_TRIPLES))[0]
    _write_lines(connection, "axioms", map(as_fact, axioms))
    return axioms


def load(
    connection: "duckdb.DuckDBPyConnection", more: Iterable[Fact], constants: Iterable[Term]
) -> dict[Term, int]:
    """Make the tables `terms`, `facts` and `typed` of what was read, and more; return the ids of the
    constants.
    """
    _write_lines(connection, "more", more)
    texts = {str(term): term for term in constants}
    named = "CREATE TEMP TABLE named AS SELECT unnest($texts::VARCHAR[]) AS text"
    connection.execute(named, {"texts": list(texts)})
    connection.execute(_LOAD.read_text("utf-8"))
    found = connection.execute("SELECT text, id FROM terms JOIN named USING (text)").fetchall()
    return {texts[text]: number for text, number in found}


def _write_lines(connection: "duckdb.DuckDBPyConnection", name: str, facts: Iterable[Fact]) -> None:
    rows = list(facts)
    lists = {column: [str(fact[place]) for fact in rows] for place, column in enumerate("spo")}
    texts = ", ".join(f"unnest(${column}::VARCHAR[]) AS {column}" for column in "spo")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {texts}", lists)


def read_literals(
    connection: "duckdb.DuckDBPyConnection", ids: Mapping[Term, int], wanted: frozenset[Slot]
) -> list[int]:
    """Add to the facts which literals are of which of the wanted datatypes, and return the ids of those
    without value.
    """
    ill_typed: list[int] = []
    for (name,) in connection.execute("SELECT DISTINCT datatype FROM typed ORDER BY 1").fetchall():
        datatype, of = NamedNode(name), {"datatype": name}
        for kind in types_of(Literal("", datatype=datatype)) if datatype != RDF.langString else _TAGGED:
            if kind in wanted:
                values = f"SELECT id, {ids[TYPE]}, {ids[kind]}, {HELD} FROM typed WHERE datatype = $datatype"
                connection.execute(f"INSERT INTO facts {values}", of)
        if datatype not in (XSD.string, RDF.langString) and is_datatype(datatype):
            doubt = f"AND NOT regexp_matches(text, '{_EVIDENT[datatype]}')" if datatype in _EVIDENT else ""
            texts = f"SELECT id, text FROM terms JOIN typed USING (id) WHERE datatype = $datatype {doubt}"
            found = connection.execute(f"{texts} ORDER BY id", of).fetchall()
            ill_typed += [number for number, text in found if is_ill_typed(cast("Literal", read_term(text)))]
    return ill_typed
