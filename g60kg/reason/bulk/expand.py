"""From tables to what was inferred: facts of representatives become those of all that they stand for.

Goes in: closed tables and groups. Comes out: the table `inferred` (a, p, b), without what was held and
without what says nothing (`vocabulary.is_useful`), counted before it is made.
"""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from g60kg.reason.bulk.equality import Groups
from g60kg.reason.bulk.layout import FLAT
from g60kg.reason.bulk.run import HELD, Run
from g60kg.reason.bulk.terms import read_resource
from g60kg.reason.vocabulary import is_built_in, is_useful
from g60kg.terms import ID, OWL, RDF

_MEMBERS: Final = "LEFT JOIN members x ON x.rep = f.a LEFT JOIN members y ON y.rep = f.b"


def write_inferred(run: Run, groups: Groups) -> None:
    """Make the table `inferred`, in the order of its ids.

    Raises `LimitError` when equality multiplies the facts beyond the limit.
    """
    source = _grouped(run) if groups else _made(run, HELD + 1)
    run.connection.execute(
        f"CREATE TABLE inferred AS SELECT a, p, b FROM ({source}) WHERE {_useful(run, source)}"
    )


def _made(run: Run, since: int) -> str:
    """The facts of the tables from a round on, as (a, p, b)."""
    if run.layout.flat:
        return f"SELECT a, p, b FROM {FLAT} WHERE r >= {since}"
    parts = [
        f"SELECT a, {predicate} AS p, {'b' if kind is None else kind} AS b FROM {table} WHERE r >= {since}"
        for table, (predicate, kind) in sorted(run.layout.tables.items())
        if run.last.get(table, 0) >= since
    ]
    return " UNION ALL ".join(parts) or "SELECT a, p, b FROM held WHERE false"


def _grouped(run: Run) -> str:
    """The facts that were made, and those held of members, with each member in each place."""
    rest = (
        "SELECT coalesce(x.rep, h.a) AS a, h.p, coalesce(y.rep, h.b) AS b FROM held h "
        "LEFT JOIN members x ON x.m = h.a LEFT JOIN members y ON y.m = h.b "
        "WHERE x.m IS NOT NULL OR y.m IS NOT NULL"
    )
    run.connection.execute(f"CREATE TEMP TABLE folded AS {_made(run, HELD + 1)} UNION {rest}")
    counted = (
        "WITH sizes AS (SELECT rep, count(*) AS n FROM members GROUP BY rep) "
        "SELECT coalesce(sum(coalesce(x.n, 1) * coalesce(y.n, 1)), 0) FROM folded f "
        "LEFT JOIN sizes x ON x.rep = f.a LEFT JOIN sizes y ON y.rep = f.b"
    )
    row = run.connection.execute(counted).fetchone()
    run.check(int(row[0]) if row else 0)
    return (
        f"SELECT DISTINCT coalesce(x.m, f.a) AS a, f.p, coalesce(y.m, f.b) AS b FROM folded f {_MEMBERS} "
        "EXCEPT SELECT a, p, b FROM held"
    )


def _useful(run: Run, source: str) -> str:
    """The condition that `vocabulary.is_useful` states, over ids; predicates are asked one by one."""
    kind = run.layout.ids[RDF.type]
    built_in = [
        number
        for number, term in _terms(run, "starts_with(text, '<http://www.w3.org/')")
        if is_built_in(term)
    ]
    used = f"text[1] = '<' AND id IN (SELECT DISTINCT p FROM ({source}))"
    said = [number for number, term in _terms(run, used) if is_useful((ID.x, term, ID.y))]
    compared = [run.layout.ids[term] for term in (OWL.sameAs, OWL.differentFrom) if term in run.layout.ids]
    blank = "(SELECT id FROM terms WHERE starts_with(text, '_:'))"
    return (
        f"a > 0 AND a NOT IN {_listed(built_in)} AND p IN {_listed(said)} "
        f"AND NOT (p = {kind} AND (b < 0 OR b IN {_listed(built_in)} OR b IN {blank})) "
        f"AND NOT (p IN {_listed(compared)} AND (a = b OR b < 0))"
    )


def _terms(run: Run, condition: str) -> list[tuple[int, NamedNode]]:
    rows = run.connection.execute(f"SELECT id, text FROM terms WHERE {condition}").fetchall()
    return [(number, read_resource(text)) for number, text in rows]


def _listed(numbers: Iterable[int]) -> str:
    return f"({', '.join(map(str, sorted(numbers))) or 0})"
