"""Bulk reasoning: the rules of an ontology over any number of triples, in DuckDB.

Goes in: rules, triples in a stream, and the memory allowed. Comes out: the triples that follow, in a
stream, and the contradictions. Semi-naive evaluation over integers (`saturate`), one table per predicate
and per class (`layout`), equality by representatives (`equality`), spilling to a folder of the run's own
(`workspace`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Triple

from g60kg.reason.bulk.contradictions import find_contradictions
from g60kg.reason.bulk.equality import Groups, NotRepresentable
from g60kg.reason.bulk.expand import write_inferred
from g60kg.reason.bulk.layout import Layout, constants, create
from g60kg.reason.bulk.literals import Literals, read_literals, write_types
from g60kg.reason.bulk.load import load
from g60kg.reason.bulk.plan import Plan, make_plan
from g60kg.reason.bulk.result import Inferred, write_result
from g60kg.reason.bulk.run import Run
from g60kg.reason.bulk.saturate import saturate
from g60kg.reason.bulk.values import Named
from g60kg.reason.bulk.workspace import Folder, workspace
from g60kg.reason.closure import Closure, Contradiction
from g60kg.reason.rules import Atom, Rule, RuleSet, Term
from g60kg.reason.seeds import seeds
from g60kg.reason.vocabulary import as_triple

if TYPE_CHECKING:
    import duckdb

_LEAST_LIMIT: Final = 10_000_000
_PER_FACT: Final = 30


@dataclass(frozen=True, slots=True)
class BulkClosure(Closure):
    """A `Closure` whose inferred triples stream from disk, in the same order."""

    inferred: Inferred

    @property
    def path(self) -> Path:
        """The N-Triples file that the inferred triples lie in."""
        return self.inferred.path


def infer_bulk(
    rules: RuleSet, facts: Iterable[Triple] | Path, *, memory: str | None = None, limit: int | None = None
) -> BulkClosure:
    """Infer all that follows from the facts and the ontology's own.

    `facts` are triples in a stream, or an `.nt` or `.nq` file as pyoxigraph writes it, which is read quicker.
    `memory` bounds DuckDB's memory (`"512MB"`; default 800 MB); what does not fit spills to a temporary
    folder, which goes with the result. `limit` bounds the number of inferred facts; default 30 for each
    fact held, and at least 10 million. Raises `LimitError` beyond it, and `StoreError` when memory or
    disk do not suffice. Nothing but that folder is ever written.
    """
    folder = Folder()
    brought = {fact: as_triple(fact) for fact in seeds(rules)}
    said = [triple for triple in brought.values() if triple in rules.asserted]
    follows = [Rule("", (), Atom(*fact)) for fact, triple in brought.items() if triple not in rules.asserted]
    try:
        with workspace(folder, memory) as connection:
            known = (*rules.rules, *follows)
            ids = load(connection, facts, said, constants(known), folder.path)
            task = _Task(
                connection, ids, _limit(connection) if limit is None else limit, read_literals(connection)
            )
            contradictions = task.run(known)
            return BulkClosure(write_result(connection, folder), contradictions)
    except BaseException:
        folder.remove()
        raise


@dataclass(frozen=True, slots=True)
class _Task:
    """What a run needs, whichever way it goes."""

    connection: "duckdb.DuckDBPyConnection"
    ids: Mapping[Term, int]
    limit: int
    literals: Literals

    def run(self, rules: tuple[Rule, ...]) -> tuple[Contradiction, ...]:
        """Make the table `inferred`; by representatives, or else with the replacement rules as they stand."""
        try:
            return self._evaluate(make_plan(rules))
        except NotRepresentable:
            return self._evaluate(make_plan(rules, flat=True))

    def _evaluate(self, plan: Plan) -> tuple[Contradiction, ...]:
        layout = Layout(self.ids, plan.flat)
        create(self.connection, layout, plan.all)
        write_types(self.connection, layout, plan.all, self.literals)
        run = Run(self.connection, layout, self.limit)
        run.scan()
        groups, named = Groups(_fixed(self.connection, layout)), Named()
        saturate(run, plan, groups, named)
        write_inferred(run, groups)
        found = set(find_contradictions(run, plan.all, groups, self.literals))
        found.update(named.contradictions(run, groups))
        return tuple(sorted(found, key=str))


def _fixed(connection: "duckdb.DuckDBPyConnection", layout: Layout) -> frozenset[int]:
    """The ids that no representative may stand in for: predicates, and classes that rules name."""
    used = {number for (number,) in connection.execute("SELECT DISTINCT p FROM held").fetchall()}
    named = {number for pair in layout.tables.values() for number in pair if number is not None}
    return frozenset(used | named)


def _limit(connection: "duckdb.DuckDBPyConnection") -> int:
    row = connection.execute("SELECT count(*) FROM held").fetchone()
    return max(_LEAST_LIMIT, _PER_FACT * int(row[0])) if row else _LEAST_LIMIT
