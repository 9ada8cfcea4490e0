"""What a run hands back: the table `inferred`, and the contradictions, as ground facts.

Facts of representatives become those of all that they stand for, without what was held and without what
says nothing (`vocabulary.is_useful`), counted before they are made. A contradiction is each way in which
the body of a rule that concludes false holds; where terms are equal, for every member, as the replacement
rules would. A rule that gives a literal a type its value does not have (dt-not-type), or makes literals of
two values equal (dt-diff), concludes false as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from pyoxigraph import Literal, NamedNode

from g60kg.reason.bulk.equality import Groups
from g60kg.reason.bulk.load import Literals, read_resource, read_term
from g60kg.reason.bulk.saturate import writer
from g60kg.reason.bulk.tables import FLAT, HELD, Run, Writer
from g60kg.reason.datatypes import is_datatype, is_outside, value_key
from g60kg.reason.engine import Contradiction
from g60kg.reason.rules import Atom, Rule, Slot, Term, Var, variables
from g60kg.reason.vocabulary import Fact, is_built_in, is_useful
from g60kg.terms import ID, OWL, RDF

_TOGETHER: Final = 20
"""How many bodies one statement asks for."""


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
    run.check(run.number(counted))
    return (
        "SELECT DISTINCT coalesce(x.m, f.a) AS a, f.p, coalesce(y.m, f.b) AS b FROM folded f "
        "LEFT JOIN members x ON x.rep = f.a LEFT JOIN members y ON y.rep = f.b "
        "EXCEPT SELECT a, p, b FROM held"
    )


def _useful(run: Run, source: str) -> str:
    """The condition that `vocabulary.is_useful` states, over ids; predicates are asked one by one."""
    kind = run.layout.ids[RDF.type]
    w3c = _terms(run, "starts_with(text, '<http://www.w3.org/')")
    built_in = [number for number, term in w3c if is_built_in(term)]
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


@dataclass(frozen=True, slots=True)
class Check:
    """A body that must not hold: of a rule, or where its head says of literals what their values do not.

    `literals` are the variables that must be literals, `kind` the type they are given.
    """

    name: str
    rule: Rule
    literals: tuple[Var, ...] = ()
    kind: NamedNode | None = None

    @property
    def places(self) -> list[int]:
        """The places of the literals among the body's variables."""
        names = variables(self.rule.body)
        return [names.index(name) for name in self.literals]

    def fails(self, terms: Sequence[Term]) -> bool:
        """Tell whether the head is false of these literals."""
        if self.kind is not None:
            return isinstance(terms[0], Literal) and is_outside(terms[0], self.kind)
        keys = [value_key(term) if isinstance(term, Literal) else None for term in terms]
        return not keys or (None not in keys and keys[0] != keys[1])


def find_contradictions(
    run: Run, rules: Sequence[Rule], groups: Groups, literals: Literals
) -> Iterator[Contradiction]:
    """Yield every contradiction, each set of facts once for each name of a rule."""
    found = list(_ill_typed(run, literals))
    write = writer(run, groups)
    checks = [check for rule in rules if (check := as_check(rule))]
    texts = {
        check: _body(check, write, literals if not groups else None)
        for check in checks
        if all(run.layout.place(atom).table in run.first for atom in check.rule.body)
    }
    for check in _met(run, texts):
        found += _violations(run, check, texts[check], groups)
    yield from {(each.rule, frozenset(each.premises)): each for each in reversed(found)}.values()


def _ill_typed(run: Run, literals: Literals) -> Iterator[Contradiction]:
    """One fact for each literal that has no value."""
    for number in literals.ill_typed:
        found = run.connection.execute(
            "SELECT x.text, y.text, z.text FROM (SELECT * FROM held UNION ALL SELECT * FROM inferred) f "
            "JOIN terms x ON x.id = f.a JOIN terms y ON y.id = f.p JOIN terms z ON z.id = f.b "
            "WHERE f.b = $number ORDER BY f.a, f.p LIMIT 1",
            {"number": number},
        ).fetchone()
        if found:
            subject, predicate, value = map(read_term, found)
            yield Contradiction("dt-not-type", ((subject, predicate, value),))


def as_check(rule: Rule) -> Check | None:
    """Return what of a rule may be false: its conclusion, or what it says of literals; None where nothing."""
    head = rule.head
    if head is None:
        return Check(rule.name, rule)
    if not rule.body or not isinstance(head.subject, Var):
        return None
    if head.predicate == RDF.type and is_datatype(head.object) and isinstance(head.object, NamedNode):
        return Check("dt-not-type", rule, (head.subject,), head.object)
    if head.predicate == OWL.sameAs and isinstance(head.object, Var):
        return Check("dt-diff", rule, (head.subject, head.object))
    return None


def _body(check: Check, write: Writer, literals: Literals | None) -> str:
    """The SELECT of a body's variables; where nothing is merged, `literals` narrow it."""
    places = [write.layout.place(atom) for atom in check.rule.body]
    doubts = [f"v{number} < 0" for number in check.places]
    if check.kind is not None and literals is not None:
        doubts += [literals.doubt(f"v{number}", check.kind) for number in check.places]
    return _where(write.select(check.rule, places, variables(check.rule.body), None, []), doubts)


def _met(run: Run, texts: dict[Check, str]) -> Iterator[Check]:
    """Yield the checks that have any row: most have none, and are asked for together."""
    checks = list(texts)
    for start in range(0, len(checks), _TOGETHER):
        part = checks[start : start + _TOGETHER]
        asked = [f"(SELECT {n} AS n WHERE EXISTS ({texts[check]}))" for n, check in enumerate(part)]
        rows = run.connection.execute(" UNION ALL ".join(asked)).fetchall()
        yield from (part[n] for (n,) in sorted(rows))


def _violations(run: Run, check: Check, sql: str, groups: Groups) -> Iterator[Contradiction]:
    rule, known = check.rule, check.places
    names = variables(rule.body)
    apart = [f"v{number} < 0" for number in known]
    apart += [_apart(run, atom, names) for atom in rule.body if groups and atom.predicate == OWL.sameAs]
    for row in _rows(run, sql, len(names), apart, groups):
        if check.fails([row[number] for number in known]):
            bound: dict[Slot, Slot] = dict(zip(names, row, strict=True))
            premises = tuple(dict.fromkeys(cast("Fact", atom.under(bound).slots) for atom in rule.body))
            yield Contradiction(check.name, premises, rule.axioms)


def _apart(run: Run, atom: Atom, names: Sequence[Var]) -> str:
    """That an equality of members is one of two: that a thing is itself counts only where it is said."""
    one, other = (
        f"v{names.index(slot)}" if isinstance(slot, Var) else "0" for slot in (atom.subject, atom.object)
    )
    said = f"SELECT a FROM held WHERE a = b AND p = {run.layout.ids[OWL.sameAs]}"
    return f"({one} <> {other} OR {one} NOT IN (SELECT m FROM members) OR {one} IN ({said}))"


def _rows(run: Run, sql: str, width: int, conditions: Sequence[str], groups: Groups) -> Iterator[list[Term]]:
    """The terms bound, a row for each choice of members."""
    if not width:
        yield from [[] for _ in run.connection.execute(f"{sql} LIMIT 1").fetchall()]
        return
    names = [f"v{n}" for n in range(width)]
    joins = "".join(f" LEFT JOIN members m{n} ON m{n}.rep = {n}" for n in names) if groups else ""
    columns = ", ".join(f"coalesce(m{n}.m, {n}) AS {n}" if groups else n for n in names)
    numbers = _where(f"SELECT DISTINCT {columns} FROM ({sql}){joins}", conditions)
    run.connection.execute(f"CREATE OR REPLACE TEMP TABLE clashing AS {numbers}")
    run.check(run.number("SELECT count(*) FROM clashing"))
    texts = ", ".join(f"t{n}.text" for n in names)
    decoded = " ".join(f"JOIN terms t{n} ON t{n}.id = {n}" for n in names)
    found = run.connection.execute(f"SELECT {texts} FROM clashing {decoded} ORDER BY ALL").fetchall()
    for row in found:
        yield [read_term(text) for text in row]


def _where(sql: str, conditions: Sequence[str]) -> str:
    return f"SELECT * FROM ({sql}) WHERE {' AND '.join(conditions)}" if conditions else sql
