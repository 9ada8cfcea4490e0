"""What a run hands back: the table `inferred`, and the contradictions, as ground facts.

A contradiction is each way in which the body of a rule that concludes false holds. A rule that gives a
literal a type its value does not have (dt-not-type), or makes literals of two values equal (dt-diff),
concludes false as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from pyoxigraph import NamedNode

from g60kg.reason.bulk.load import Literals, read_resource, read_term
from g60kg.reason.bulk.tables import HELD, Run
from g60kg.reason.datatypes import is_datatype
from g60kg.reason.engine import Contradiction
from g60kg.reason.evaluate import clash
from g60kg.reason.rules import Rule, Slot, Term, Var, variables
from g60kg.reason.vocabulary import Fact, is_built_in, is_useful
from g60kg.terms import ID, OWL, RDF

_TOGETHER: Final = 20
"""How many bodies one statement asks for."""


def write_inferred(run: Run) -> None:
    """Make the table `inferred`, without what says nothing (`vocabulary.is_useful`)."""
    parts = [
        f"SELECT a, {predicate} AS p, {'b' if kind is None else kind} AS b FROM {table} WHERE r > {HELD}"
        for table, (predicate, kind) in sorted(run.tables.items())
        if run.last.get(table, 0) > HELD
    ]
    made = " UNION ALL ".join(parts) or "SELECT a, p, b FROM held WHERE false"
    run.connection.execute(f"CREATE TABLE inferred AS SELECT a, p, b FROM ({made}) WHERE {_useful(run)}")


def _useful(run: Run) -> str:
    """The condition that `vocabulary.is_useful` states, over ids; predicates are asked one by one."""
    ids = run.ids
    rows = run.connection.execute("SELECT id, text FROM terms WHERE starts_with(text, '<http://www.w3.org/')")
    built_in = [number for number, text in rows.fetchall() if is_built_in(read_resource(text))]
    predicates = {predicate for predicate, _ in run.tables.values()}
    said = [number for term, number in ids.items() if number in predicates and is_useful((ID.x, term, ID.y))]
    blank = "(SELECT id FROM terms WHERE starts_with(text, '_:'))"
    return (
        f"a > 0 AND a NOT IN {_listed(built_in)} AND p IN {_listed(said)} "
        f"AND NOT (p = {ids[RDF.type]} AND (b < 0 OR b IN {_listed(built_in)} OR b IN {blank})) "
        f"AND NOT (p IN {_listed([ids[OWL.sameAs], ids[OWL.differentFrom]])} AND (a = b OR b < 0))"
    )


def _listed(numbers: Iterable[int]) -> str:
    return f"({', '.join(map(str, sorted(numbers))) or 0})"


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that may be broken: it concludes false, or says of literals what their values do not.

    `literals` are the places of those among the body's variables, `kind` the type that one is given.
    """

    rule: Rule
    literals: tuple[int, ...] = ()
    kind: NamedNode | None = None

    def contradiction(self, terms: Sequence[Term]) -> Contradiction | None:
        """Return what cannot hold where the body's variables stand for these terms, if anything."""
        bound: dict[Slot, Slot] = dict(zip(variables(self.rule.body), terms, strict=True))
        head = self.rule.head
        name = clash(cast("Fact", head.under(bound).slots)) if head else self.rule.name
        if name is None:
            return None
        premises = dict.fromkeys(cast("Fact", atom.under(bound).slots) for atom in self.rule.body)
        return Contradiction(name, tuple(premises), self.rule.axioms, "" if head else self.rule.statement)


def as_check(rule: Rule) -> Check | None:
    """Return how a rule may be broken; None where it cannot be."""
    head, names = rule.head, variables(rule.body)
    if head is None:
        return Check(rule)
    if not rule.body or not isinstance(head.subject, Var):
        return None
    if head.predicate == RDF.type and is_datatype(head.object) and isinstance(head.object, NamedNode):
        return Check(rule, (names.index(head.subject),), head.object)
    if head.predicate == OWL.sameAs and isinstance(head.object, Var):
        return Check(rule, (names.index(head.subject), names.index(head.object)))
    return None


def find_contradictions(run: Run, rules: Sequence[Rule], literals: Literals) -> tuple[Contradiction, ...]:
    """Return every contradiction, each set of facts once for each name of a rule, sorted by text."""
    checks = [check for rule in rules if (check := as_check(rule))]
    texts = {
        check: _body(run, check, literals)
        for check in checks
        if all(run.place(atom).table in run.first for atom in check.rule.body)
    }
    found = list(_ill_typed(run, literals))
    for check in _met(run, texts):
        rows = _rows(run, texts[check], len(variables(check.rule.body)))
        found += filter(None, map(check.contradiction, rows))
    once = {(each.rule, frozenset(each.premises)): each for each in reversed(found)}
    return tuple(sorted(once.values(), key=str))


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


def _body(run: Run, check: Check, literals: Literals) -> str:
    """The SELECT of a body's variables as v0, v1, …, narrowed to the literals that may be wrong."""
    places = [run.place(atom) for atom in check.rule.body]
    columns = [(name, f"v{n}") for n, name in enumerate(variables(check.rule.body))]
    doubts = [f"v{number} < 0" for number in check.literals]
    if check.kind is not None:
        doubts += [literals.doubt(f"v{number}", check.kind) for number in check.literals]
    sql = run.select(check.rule, places, columns)
    return f"SELECT * FROM ({sql}) WHERE {' AND '.join(doubts)}" if doubts else sql


def _met(run: Run, texts: dict[Check, str]) -> Iterator[Check]:
    """Yield the checks that have any row: most have none, and are asked for together."""
    checks = list(texts)
    for start in range(0, len(checks), _TOGETHER):
        part = checks[start : start + _TOGETHER]
        asked = [f"(SELECT {n} AS n WHERE EXISTS ({texts[check]}))" for n, check in enumerate(part)]
        rows = run.connection.execute(" UNION ALL ".join(asked)).fetchall()
        yield from (part[n] for (n,) in sorted(rows))


def _rows(run: Run, sql: str, width: int) -> Iterator[list[Term]]:
    """The terms bound, each row once."""
    if not width:
        yield from [[] for _ in run.connection.execute(f"{sql} LIMIT 1").fetchall()]
        return
    run.connection.execute(f"CREATE OR REPLACE TEMP TABLE clashing AS SELECT DISTINCT * FROM ({sql})")
    run.check(run.number("SELECT count(*) FROM clashing"))
    texts = ", ".join(f"t{n}.text" for n in range(width))
    decoded = " ".join(f"JOIN terms t{n} ON t{n}.id = v{n}" for n in range(width))
    found = run.connection.execute(f"SELECT {texts} FROM clashing {decoded} ORDER BY ALL").fetchall()
    yield from ([read_term(text) for text in row] for row in found)
