"""The rounds: rules run over what is new until nothing is.

Each turn closes what is transitive, joins what has become equal, and then runs those of the other rules
whose body has new facts: one statement per table of heads, made of one SELECT per rule and body atom.
"""

from collections import defaultdict
from collections.abc import Sequence

from g60kg.reason.bulk.equality import Groups, Named, write_members
from g60kg.reason.bulk.plan import Plan
from g60kg.reason.bulk.tables import SAME, Place, Run, Window, Writer
from g60kg.reason.rules import Atom, Term, Var

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
    rows = run.number(
        "SELECT coalesce(sum(l.n::BIGINT * s.n), 0) "
        f"FROM (SELECT b, count(*) AS n FROM {table} GROUP BY b) l "
        "JOIN (SELECT a, count(*) AS n FROM step GROUP BY a) s ON l.b = s.a"
    )
    if rows > _WORK_PER_FACT * run.limit:
        run.check(rows)


def saturate(run: Run, plan: Plan, groups: Groups, named: Named) -> None:
    """Run the plan until no table grows."""
    _state(run, plan)
    while run.done < max(run.last.values(), default=0):
        _close(run, plan)
        while plan.grouped and _equate(run, plan, groups, named):
            _close(run, plan)
        window = Window(run.done, run.now)
        _join(run, plan, writer(run, groups), window)
        run.done, run.now = window.now, window.now + 1


def writer(run: Run, groups: Groups) -> Writer:
    """Return what writes statements: a constant is written as the representative of its group."""

    def number(term: Term) -> int:
        return groups.find(run.layout.ids[term])

    return Writer(run.layout, number, "members" if groups else None)


def _state(run: Run, plan: Plan) -> None:
    """Insert what rules without body say."""
    write = Writer(run.layout, lambda term: run.layout.ids[term])
    heads: dict[Place, list[str]] = defaultdict(list)
    for rule in plan.joins:
        if rule.head is not None and not rule.body:
            head, place = _head(run, rule.head)
            heads[head].append(write.select(rule, [], [slot for slot, _ in place.columns], place, []))
    _insert(run, heads)
    run.now += 1


def _join(run: Run, plan: Plan, write: Writer, window: Window) -> None:
    """Run each rule that has new facts in its body, the rules of one head at once."""
    heads: dict[Place, list[str]] = defaultdict(list)
    for rule in plan.joins:
        if rule.head is not None:
            head, place = _head(run, rule.head)
            heads[head] += write.selects(rule, place, window, run.live)
    _insert(run, heads)


def _head(run: Run, atom: Atom) -> tuple[Place, Place]:
    """The place of a head, by its columns alone and with the head's own slots."""
    place = run.layout.place(atom)
    return Place(place.table, tuple((Var(column), column) for _, column in place.columns)), place


def _insert(run: Run, heads: dict[Place, list[str]]) -> None:
    for place, selects in sorted(heads.items(), key=lambda item: item[0].table):
        if selects:
            run.insert(place, selects)


def _close(run: Run, plan: Plan) -> None:
    for atom in plan.closures:
        close(run, run.layout.place(atom))


def _equate(run: Run, plan: Plan, groups: Groups, named: Named) -> bool:
    """Join the groups of what has become equal, until that makes nothing else equal; tell whether any was.

    Then chains that were apart may have met, and are to be closed again.
    """
    joined = False
    pairs = _new_equals(run, plan, writer(run, groups))
    while changed := groups.merge(pairs):
        joined = True
        write_members(run.connection, groups)
        run.connection.execute(
            "CREATE OR REPLACE TEMP TABLE moved AS SELECT rep, m FROM members "
            "WHERE rep IN (SELECT unnest($changed::INTEGER[]))",
            {"changed": sorted(changed)},
        )
        for table in _touched(run):
            _rewrite(run, table)
        # each representative equals itself, for the rules that ask for equality
        table = run.layout.place(SAME).table
        run.connection.execute(
            f"DELETE FROM {table} WHERE a IN (SELECT m FROM moved) OR b IN (SELECT m FROM moved)"
        )
        run.connection.execute(f"INSERT INTO {table} SELECT DISTINCT rep, rep, {run.now + 1} FROM moved")
        run.mark(table, run.now + 1)
        run.now += 1
        pairs = [*named.equals(run, groups), *_new_equals(run, plan, writer(run, groups))]
    if named.write_differences(run, groups):
        run.now += 1
    return joined


def _new_equals(run: Run, plan: Plan, write: Writer) -> list[tuple[int, int]]:
    table = run.layout.place(SAME).table
    pairs = run.connection.execute(f"SELECT a, b FROM {table} WHERE a <> b").fetchall()
    for link in plan.links:
        tables = [place.table for place in link.places(write)]
        if all(each in run.first for each in tables) and any(run.live(each, True) for each in tables):
            pairs += run.connection.execute(link.sql(write)).fetchall()
    return pairs


def _columns(run: Run, table: str) -> list[str]:
    return ["a"] if run.layout.tables[table][1] is not None else ["a", "b"]


def _touched(run: Run) -> list[str]:
    """The tables with a row of a group that changed."""
    checks = [
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table} WHERE "
        + " OR ".join(f"{column} IN (SELECT m FROM moved)" for column in _columns(run, table))
        + ")"
        for table in sorted(run.layout.tables)
        if table in run.first
    ]
    found = run.connection.execute(" UNION ALL ".join(checks)).fetchall() if checks else []
    return [name for (name,) in found]


def _rewrite(run: Run, table: str) -> None:
    """Replace members by representatives; the rows count as new, since rules may now meet in them."""
    columns = _columns(run, table)
    joins = " ".join(f"LEFT JOIN moved m{c} ON m{c}.m = t.{c}" for c in columns)
    values = ", ".join(f"coalesce(m{c}.rep, t.{c}) AS {c}" for c in columns)
    met = " OR ".join(f"m{c}.m IS NOT NULL" for c in columns)
    kept = " AND ".join(f"{c} NOT IN (SELECT m FROM moved)" for c in columns)
    run.connection.execute(
        "CREATE OR REPLACE TEMP TABLE rewritten AS "
        f"SELECT DISTINCT {values} FROM {table} t {joins} WHERE {met}"
    )
    run.connection.execute(f"DELETE FROM {table} WHERE NOT ({kept})")
    run.connection.execute(f"INSERT INTO {table} SELECT {', '.join(columns)}, {run.now + 1} FROM rewritten")
    run.mark(table, run.now + 1)
