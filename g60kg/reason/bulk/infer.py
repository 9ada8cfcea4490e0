"""Bulk reasoning: a set of rules over any number of triples, in DuckDB.

Goes in: rules, triples in a stream, and the memory allowed. Comes out: the triples that follow, in a
stream, and the contradictions. Semi-naive evaluation over integers (`saturate`), one table per predicate
and per class (`layout`), equality by representatives (`equality`), spilling to a folder of the run's own
(`workspace`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Triple

from g60kg.reason.bulk.contradictions import Clash, find_clashes
from g60kg.reason.bulk.equality import Groups, NotRepresentable
from g60kg.reason.bulk.expand import write_inferred
from g60kg.reason.bulk.layout import Layout, constants, create
from g60kg.reason.bulk.load import load
from g60kg.reason.bulk.plan import Plan, make_plan
from g60kg.reason.bulk.result import Inferred, write_result
from g60kg.reason.bulk.run import Run
from g60kg.reason.bulk.saturate import saturate
from g60kg.reason.bulk.workspace import Folder, workspace
from g60kg.reason.rules import Rule, Term
from g60kg.terms import OWL

if TYPE_CHECKING:
    import duckdb

_LEAST_LIMIT: Final = 10_000_000
_PER_FACT: Final = 30


@dataclass(frozen=True, slots=True)
class BulkClosure:
    """What follows from rules and facts: new triples, streamed from disk, and the contradictions."""

    inferred: Inferred
    clashes: tuple[Clash, ...]


def infer_bulk(
    rules: Iterable[Rule], facts: Iterable[Triple], *, memory: str | None = None, limit: int | None = None
) -> BulkClosure:
    """Infer all that follows from the facts.

    `memory` bounds DuckDB's memory (`"512MB"`; default 1 GB); what does not fit spills to a temporary
    folder, which goes with the result. `limit` bounds the number of inferred facts; default 30 for each
    fact held, and at least 10 million. Raises `LimitError` beyond it, and `StoreError` when memory or
    disk do not suffice. Nothing but that folder is ever written.
    """
    folder = Folder()
    try:
        known = tuple(rules)
        with workspace(folder, memory) as connection:
            ids = load(connection, facts, constants(known) | {OWL.sameAs}, folder.path)
            clashes = _evaluate(connection, known, ids, limit or _limit(connection))
            return BulkClosure(write_result(connection, folder), clashes)
    except BaseException:
        folder.remove()
        raise


def _evaluate(
    connection: "duckdb.DuckDBPyConnection", rules: tuple[Rule, ...], ids: Mapping[Term, int], limit: int
) -> tuple[Clash, ...]:
    try:
        return _run(connection, make_plan(rules), ids, limit)
    except NotRepresentable:
        return _run(connection, make_plan(rules, flat=True), ids, limit)


def _run(
    connection: "duckdb.DuckDBPyConnection", plan: Plan, ids: Mapping[Term, int], limit: int
) -> tuple[Clash, ...]:
    layout = Layout(ids, plan.flat)
    create(connection, layout, plan.all)
    run = Run(connection, layout, limit)
    run.scan()
    groups = Groups(_fixed(connection, layout))
    saturate(run, plan, groups)
    write_inferred(run, groups)
    return tuple(find_clashes(run, plan.contradictions, groups))


def _fixed(connection: "duckdb.DuckDBPyConnection", layout: Layout) -> frozenset[int]:
    """The ids that no representative may stand in for: predicates, and classes that rules name."""
    used = {number for (number,) in connection.execute("SELECT DISTINCT p FROM held").fetchall()}
    named = {number for pair in layout.tables.values() for number in pair if number is not None}
    return frozenset(used | named)


def _limit(connection: "duckdb.DuckDBPyConnection") -> int:
    row = connection.execute("SELECT count(*) FROM held").fetchone()
    return max(_LEAST_LIMIT, _PER_FACT * int(row[0])) if row else _LEAST_LIMIT
