"""Contradictions: each way in which the body of a rule that concludes false holds, as ground facts.

Goes in: closed tables and groups. Comes out: pairs of a rule and the facts of its body. Where terms are
equal, the facts are given for every member, as the replacement rules would.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from g60kg.reason.bulk.equality import Groups
from g60kg.reason.bulk.run import Run
from g60kg.reason.bulk.saturate import writer
from g60kg.reason.bulk.statement import variables
from g60kg.reason.rules import Rule, Slot, Term, Var
from g60kg.reason.vocabulary import Fact
from g60kg.terms import ID


@dataclass(frozen=True, slots=True)
class Clash:
    """A rule that concludes false, and the facts that meet its body."""

    rule: Rule
    facts: tuple[Fact, ...]


def find_clashes(run: Run, rules: tuple[Rule, ...], groups: Groups) -> Iterator[Clash]:
    """Yield every clash, rule by rule, in the order of ids."""
    write = writer(run, groups)
    for rule in rules:
        places = [run.layout.place(atom) for atom in rule.body]
        if all(place.table in run.first for place in places):
            names = variables(rule.body)
            sql = write.select(rule, places, names, None, [])
            for row in _rows(run, sql, len(names), groups):
                bound: dict[Slot, Term] = dict(zip(names, row, strict=True))
                yield Clash(rule, tuple(_ground(atom.slots, bound) for atom in rule.body))


def _rows(run: Run, sql: str, width: int, groups: Groups) -> Iterator[list[Term]]:
    """The terms bound, a row for each choice of members."""
    if not width:
        yield from [[] for _ in run.connection.execute(f"{sql} LIMIT 1").fetchall()]
        return
    names = [f"v{n}" for n in range(width)]
    values = [f"coalesce(m{n}.m, {n})" if groups else n for n in names]
    joins = "".join(f" LEFT JOIN members m{n} ON m{n}.rep = {n}" for n in names) if groups else ""
    columns = ", ".join(f"{value} AS {name}" for value, name in zip(values, names, strict=True))
    numbers = f"SELECT DISTINCT {columns} FROM ({sql}){joins}"
    texts = ", ".join(f"(SELECT text FROM terms WHERE id = {n})" for n in names)
    found = run.connection.execute(f"SELECT {texts} FROM ({numbers}) ORDER BY ALL").fetchall()
    run.check(len(found))
    for row in found:
        yield [_term(text) for text in row]


def _term(text: str) -> Term:
    """Read a term in its N-Triples form."""
    if text[0] == "<":
        return NamedNode(text[1:-1])
    value: Term | Triple = next(parse(f"{ID.x} {ID.x} {text} .".encode(), RdfFormat.N_TRIPLES)).object
    assert not isinstance(value, Triple)
    return value


def _ground(slots: tuple[Slot, Slot, Slot], bound: dict[Slot, Term]) -> Fact:
    subject, predicate, value = (bound[slot] if isinstance(slot, Var) else slot for slot in slots)
    return (subject, predicate, value)
