"""The engine in bulk: the rules of an ontology over any number of triples, in DuckDB.

Semi-naive evaluation over integers, in one table of facts. A run works in a folder of its own, all that it
ever writes: tables spill into it, the result lies there, and it goes when both are done with. What DuckDB and
the disk complain of comes out as `StoreError`.
"""

import errno
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, Triple, parse

from g60kg.errors import G60Error, StoreError
from g60kg.reason.bulk.load import load, read_literals, read_triples, take_axioms
from g60kg.reason.bulk.rounds import LEAST_LIMIT, PER_FACT, datatypes_asked, terms_of
from g60kg.reason.bulk.tables import SAID, Run
from g60kg.reason.compile import compile_rules
from g60kg.reason.engine import Closure, Task
from g60kg.reason.evaluate import LIMIT
from g60kg.reason.increments import close
from g60kg.reason.rules import RuleSet, Term
from g60kg.reason.vocabulary import as_triple, seeds
from g60kg.temporary import TemporaryFolder
from g60kg.terms import OWL, RDF

if TYPE_CHECKING:
    import duckdb

DEFAULT_MEMORY: Final = "800MB"
_PER_THREAD: Final = 120 * 2**20
"""Sorting and joining want about this much for each thread; with less they fail instead of spilling."""
_UNITS: Final = ("bytes", "KiB", "MiB", "GiB", "TiB")
_FULL: Final = ("No space left", "max_temp_directory_size", "File too large", "failed to offload")
_FULL_ERRNO: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


_DECODED: Final = """
    SELECT a.text || ' ' || p.text || ' ' || b.text || ' .'
    FROM ({facts}) i JOIN terms a ON a.id = i.a JOIN terms p ON p.id = i.p JOIN terms b ON b.id = i.b
"""


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
        connection.execute("SET threads = $threads", {"threads": _threads(connection)})
        yield connection


def _threads(connection: "duckdb.DuckDBPyConnection") -> int:
    """As many as there are, but not more than the memory feeds."""
    row = connection.execute("SELECT current_setting('threads'), current_setting('memory_limit')").fetchone()
    threads, memory = row or (1, "0 MiB")
    amount, unit = str(memory).split()
    size = float(amount) * 1024 ** _UNITS.index(unit)
    return max(1, min(int(threads), int(size // _PER_THREAD)))


@contextmanager
def reported(memory: str | None) -> Iterator[None]:
    """Turn what DuckDB and the operating system raise for want of room into a `StoreError`."""
    import duckdb

    try:
        yield
    except G60Error:
        raise
    except duckdb.Error as error:
        if any(sign in str(error) for sign in _FULL):
            raise _disk() from error
        if "Out of Memory" in str(error):
            little = f"{memory or DEFAULT_MEMORY} of memory is too little to reason in"
            raise StoreError(little, mend="allow more with --memory") from error
        raise StoreError(f"the reasoner's tables cannot be read or written: {error}") from error
    except OSError as error:
        told = re.search(r"\(os error (\d+)\)", str(error))  # pyoxigraph gives it in the text alone
        if (int(told[1]) if told else error.errno) in _FULL_ERRNO:
            raise _disk() from error
        raise StoreError(f"the folder for temporary files cannot be used: {error}") from error


def _disk() -> StoreError:
    place = tempfile.gettempdir()
    return StoreError(f"the disk is full: no room for the reasoner in {place}", mend="free it or set TMPDIR")


class Inferred(Collection[Triple]):
    """Triples that lie in an N-Triples file: counted, and read as often as one likes.

    `path` is the file; `Store.bulk_load(path=…)` reads it without a detour through Python.
    """

    def __init__(self, folder: TemporaryFolder, path: Path, count: int) -> None:
        self._folder = folder
        self.path = path
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Triple]:
        for quad in parse(path=str(self.path), format=RdfFormat.N_TRIPLES):
            yield quad.triple

    def __contains__(self, triple: object) -> bool:
        return any(other == triple for other in self)


def write_result(
    connection: "duckdb.DuckDBPyConnection", folder: TemporaryFolder, facts: str = "FROM inferred"
) -> Inferred:
    """Write facts as N-Triples, in the order of their ids."""
    path = folder.path / "inferred.nt"
    target = "'" + str(path).replace("'", "''") + "'"
    plain = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
    decoded = f"{_DECODED.format(facts=facts)} ORDER BY i.a, i.p, i.b"
    row = connection.execute(f"COPY ({decoded}) TO {target} ({plain})").fetchone()
    return Inferred(folder, path, int(row[0]) if row else 0)


def infer_large(task: Task) -> Closure:
    """Infer with compiled rules in bulk; an `Engine`.

    The facts are never in memory as a whole: they go from the stream to a file, and what follows stays in
    one.
    """

    def compiled(connection: "duckdb.DuckDBPyConnection") -> RuleSet:
        return compile_rules([*task.ontology, *take_axioms(connection)])

    return infer_bulk(compiled, task.facts, memory=task.memory)


def infer_bulk(
    rules: "RuleSet | Callable[[duckdb.DuckDBPyConnection], RuleSet]",
    facts: Iterable[Triple] | Path,
    *,
    memory: str | None = None,
    limit: int | None = None,
) -> Closure:
    """Infer all that follows from the facts and the ontology's own.

    `rules` may be what compiles them when the facts are read (`load.take_axioms`). `facts` are triples in a
    stream, or an `.nt` file as pyoxigraph writes it, which is read quicker. `memory` bounds DuckDB's memory
    (`"512MB"`; default 800 MB); what does not fit spills to a temporary folder, which goes with the result.
    `limit` bounds the number of inferred facts; default 30 for each fact held, and at least 10 million.
    Nothing but that folder is ever written. Where a literal is equal to a thing, all is closed in memory.
    Raises `LimitError` beyond the limit, and `StoreError` when memory or disk do not suffice.
    """
    folder = TemporaryFolder("infer")
    try:
        with workspace(folder, memory) as connection:
            read_triples(connection, facts, folder.path)
            rules = rules if isinstance(rules, RuleSet) else rules(connection)
            brought = {fact: as_triple(fact) for fact in seeds(rules)}
            said = [triple for triple in brought.values() if triple in rules.asserted]
            rest = [fact for fact, triple in brought.items() if triple not in rules.asserted]
            run = Run(connection, load(connection, said, {*_constants(rules), *chain.from_iterable(rest)}))
            held = run.number("SELECT count(*) FROM facts")
            run.limit = max(LEAST_LIMIT, PER_FACT * held) if limit is None else limit
            ill_typed = read_literals(connection, run.ids, datatypes_asked(rules.rules))
            run.state(rest)
            run.saturate(rules.rules)
            if run.has_odd_equality():
                return close(
                    rules, write_result(connection, folder, SAID), limit=LIMIT if limit is None else limit
                )
            run.write_inferred()
            contradictions = run.contradictions(rules.rules, ill_typed)
            return Closure(write_result(connection, folder), contradictions)
    except BaseException:
        folder.remove()
        raise


def _constants(rules: RuleSet) -> set[Term]:
    """Return the terms that rules name, and those that every run asks for."""
    named = {term for rule in rules.rules for term in terms_of(rule)}
    return named | {RDF.type, OWL.sameAs, OWL.differentFrom}
