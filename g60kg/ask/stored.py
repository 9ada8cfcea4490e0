"""Stored queries: what one answers as a whole (who signed what when), and which gives an answer again."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from shlex import join
from typing import Final

from pyoxigraph import Literal, NamedNode

from g60kg.ask.asked import Asked
from g60kg.ask.index import local
from g60kg.ask.model import Choice, Fact
from g60kg.ask.words import group, table
from g60kg.errors import G60Error
from g60kg.store.base import Term

Values = dict[str, str]
_GROUNDS: Final = ("Name", "laim", "Year", "Dated", "Quote")
"""The ends of the names of columns that say on what ground the others stand, or say them again."""
_MOST: Final = 10
"""So many lines are told; the table has all."""


def tables(q: Asked) -> list[Choice]:
    """Return the rows of the stored queries of the relations that a question names: who, what and when."""
    queries, named = table("graph")["queries"], q.mean("predicates")
    named = [each for each in named if each not in group("where")] or named
    names = {queries[each][0]: queries[each][1:3] for each in named if each in queries}
    things = [thing for thing in q.values("thing", least=1) if thing not in q.index.home]
    found: list[Choice] = []
    for name, options in names.items() if not q.of("number", least=1) else ():
        ways = [{option: thing} for option in options if option for thing in things] if things else [{}]
        found += [choice for values in ways for choice in stored(q, name, values | _years(q))][:1]
    return found[:1]


def differences(q: Asked) -> list[Choice]:
    """Return what differs between two things, or what changed from one year to another."""
    things, years = q.values("thing", least=1), _years(q)
    if q.mean("measures"):
        return []
    if len(years) == 2:
        return stored(q, "changes", years | ({"entity": things[0]} if things else {}))
    return stored(q, "compare", dict(zip(("one", "other"), things, strict=True))) if len(things) == 2 else []


def disagreements(q: Asked) -> list[Choice]:
    """Return where articles disagree, two values of one thing, or that they agree."""
    values = dict(zip(("entity",), q.values("thing", least=1), strict=False))
    none = q.choice(q.say("no_disagreement"), score=0.9, query="g60kg query disagreements")
    return stored(q, "disagreements", values) or [none]


def _years(q: Asked) -> dict[str, str]:
    years = q.values("year")
    return {"from": min(years), "to": max(years)} if len(years) > 1 else {}


def stored(q: Asked, name: str, values: Mapping[str, str]) -> list[Choice]:
    """Return the rows of a stored query as a reading; nothing where it has none, or takes no such values."""
    try:
        given = {
            option: f"id:{value}" if value in q.index.labels else value for option, value in values.items()
        }
        found = q.index.source.query(name, given, quoted=True)
    except G60Error:
        return []
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.terms]
    told = _told(q, [_cells(q, row) for row in rows], {*map(q.label, values.values())})
    quotes = (term for row in rows for name, term in row.items() if name.lower().endswith("quote"))
    words = {term.value for term in quotes if isinstance(term, Literal) and term.value}
    numbers = (n for n, each in enumerate(q.index.sentences) if any(word in each.text for word in words))
    options = (part for key, value in values.items() for part in (f"--{key}", q.index.label(value)))
    lines = [q.say("colon").join(filter(None, line)) for line in told]
    evidence, query = tuple(map(q.quoted, islice(numbers, 4))), join(["g60kg", "query", name, *options])
    columns = ("what", "value")
    return q.listing(lines, _MOST, columns=columns, rows=tuple(told), evidence=evidence, query=query)


def _cells(q: Asked, row: Mapping[str, Term | None]) -> dict[str, str]:
    """Return what a row says in words: no second name, no ground; numbers with their unit."""
    unit, cells = row.get("unit"), dict[str, str]()
    for name, term in row.items():
        if term is not None and not name.endswith(_GROUNDS) and name not in group("unsaid"):
            text = q.label(local(term)) if isinstance(term, NamedNode) else local(term)
            is_number = unit is not None and name in group("numbers")
            text = q.number(text, local(unit), local(row.get("comparator"))) if is_number else text
            cells[name] = table("texts")["cells"].get(text, {}).get(q.language, text)
    if "higher" in cells:
        cells["lower"] += f" ≠ {cells.pop('higher')}"
    return cells


def _told(q: Asked, rows: Sequence[Mapping[str, str]], given: set[str]) -> list[tuple[str, str]]:
    """Return rows by what they share, with a list of what they do not; what was given goes without saying."""
    values = {name: {row.get(name, "") for row in rows} for name in dict.fromkeys(n for r in rows for n in r)}
    kept = [name for name, held in values.items() if len(held) > 1 or not held <= given]
    if not kept:
        return []
    listed = max(reversed(kept), key=lambda name: len(values[name]))
    lines: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        shared = (row.get(name, "") for name in kept if name != listed)
        lines[q.say("comma").join(filter(None, shared))][row.get(listed, "")] = None
    return [(what, q.say("comma").join(filter(None, each))) for what, each in lines.items()]


def again(q: Asked, choice: Choice) -> str:
    """Return the command that gives the same rows, with parts to change; nothing where none does."""
    facts = choice.facts
    if choice.query or choice.quoted or not facts:
        return choice.query
    for name, values in _figures(q, facts) if facts[0].is_figure else _relations(q, facts):
        if _gives(q, name, values, facts):
            options = (part for option, value in values.items() for part in (f"--{option}", value))
            return join(["g60kg", "query", name, *options])
    first, triples = facts[0], {(fact.subject, fact.predicate, fact.object) for fact in facts}
    if len(triples) > 1 or len(first.ends) < 2 or not triples <= q.index.held:
        return ""
    return join(["g60kg", "why", q.index.label(first.subject), first.predicate, q.index.label(first.object)])


def _figures(q: Asked, facts: Sequence[Fact]) -> Iterator[tuple[str, Values]]:
    """Yield the stored query of figures, with no limit that they share, with each, and with more and more."""
    first, shared = facts[0], dict[str, str]()
    for limit, option in table("graph")["limits"].items():
        held = {fact.limits.get(limit, ()) for fact in facts}
        if len(held) == 1 and (value := next(iter(held))):
            shared[option] = q.index.label(value[0]).removeprefix("CCY_")
    years = {time[:4] for fact in facts for time in fact.times[:1]}
    shared |= {"year": min(years)} if len(years) == 1 else {}
    base = {"of": q.index.label(first.subject), "measure": first.predicate}
    options = list(shared.items())
    for some in ([], *([each] for each in options), *(options[:n] for n in range(2, len(options) + 1))):
        yield "figures", base | dict(some)


def _relations(q: Asked, facts: Sequence[Fact]) -> Iterator[tuple[str, Values]]:
    """Yield the stored query of a relation, with what its facts share."""
    name, first, second, *kind = table("graph")["queries"].get(facts[0].predicate, ("", "", ""))
    sides = (first, {fact.subject for fact in facts}), (second, {fact.object for fact in facts})
    ends = [{option: q.index.label(*held)} for option, held in sides if option and len(held) == 1]
    both = [ends[0] | ends[1]] if len(ends) == 2 else []
    for values in (*ends, *both, {}):
        yield name, values
        for class_ in q.mean("classes")[:1] if kind else ():
            yield name, values | {kind[0]: class_}


def _gives(q: Asked, name: str, values: Values, facts: Sequence[Fact]) -> bool:
    """Whether a stored query gives each of the facts, and nothing else."""
    wanted = [{fact.subject, fact.limits["value"][0] if fact.is_figure else fact.object} for fact in facts]
    try:
        rows = [set(map(local, row)) for row in q.index.source.query(name, values).terms]
    except G60Error:
        return False
    given = all(any(each <= row for row in rows) for each in wanted)
    return given and all(any(each <= row for each in wanted) for row in rows)
