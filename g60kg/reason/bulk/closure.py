"""Transitive closure by doubling: a chain of n links takes log n steps, and makes each pair once.

Goes in: the table of a transitive predicate, closed but for its new rows. Comes out: the same table,
closed. With T the old rows, E the new ones and D = E + T∘E, the paths over one E or more are D⁺∘T*; the
steps of exactly 1, 2, 4, … D make D⁺ (the «smart» closure of Ioannidis, 1986), where plain
semi-naive evaluation would make each pair of a chain once for each node between.
"""

from collections.abc import Sequence

from g60kg.reason.bulk.layout import Place
from g60kg.reason.bulk.run import Run

_WORK_PER_FACT = 100


def close(run: Run, place: Place) -> None:
    """Close one table under transitivity, each step a round."""
    table = place.table
    if not run.live(table, True):
        return
    old, new = f"r <= {run.done}", f"r > {run.done} AND r <= {run.now}"
    joined = f"SELECT l.a, n.b FROM {table} l, {table} n WHERE l.b = n.a AND l.{old} AND n.r > {run.done}"
    run.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE step AS "
        f"SELECT a, b FROM {table} WHERE {new} UNION {joined} AND n.r <= {run.now}"
    )
    _advance(run, place, ["SELECT a, b FROM step"])
    _double(run, place)
    if run.first[table] <= run.done:
        late = f"SELECT n.a, l.b FROM {table} n, {table} l WHERE n.b = l.a AND n.r > {run.done} AND l.{old}"
        _advance(run, place, [late])
    run.connection.execute("DROP TABLE step")


def _double(run: Run, place: Place) -> None:
    """Add paths twice as long until there are no new ones."""
    while True:
        _measure(run, place.table)
        if not _advance(run, place, [f"SELECT l.a, s.b FROM {place.table} l, step s WHERE l.b = s.a"]):
            return
        run.connection.execute(
            "CREATE OR REPLACE TEMP TABLE step AS "
            "SELECT DISTINCT x.a, y.b FROM step x, step y WHERE x.b = y.a"
        )


def _advance(run: Run, place: Place, selects: Sequence[str]) -> int:
    added = run.insert(place, selects)
    if added:
        run.now += 1
    return added


def _measure(run: Run, table: str) -> None:
    """Stop before a join that makes far more rows than there may be facts."""
    rows = run.connection.execute(
        "SELECT coalesce(sum(l.n::BIGINT * s.n), 0) "
        f"FROM (SELECT b, count(*) AS n FROM {table} GROUP BY b) l "
        "JOIN (SELECT a, count(*) AS n FROM step GROUP BY a) s ON l.b = s.a"
    ).fetchone()
    if rows and int(rows[0]) > _WORK_PER_FACT * run.limit:
        run.check(int(rows[0]))
