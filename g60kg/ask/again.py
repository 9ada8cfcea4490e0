"""The command that gives the rows of an answer again: the stored query that is found to, else a proof."""

from collections.abc import Iterator, Sequence
from shlex import join
from typing import Final

from g60kg.ask.asked import Asked
from g60kg.ask.index import local
from g60kg.ask.model import Choice, Fact
from g60kg.ask.words import table
from g60kg.errors import G60Error

Values = dict[str, str]
_LIMITS: Final = {"industry": "industry", "countedKind": "kind", "change": "change", "unit": "unit"}
"""What limits figures, and the parameter of the stored query that takes it."""


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
    return join(["g60kg", "why", _name(q, first.subject), first.predicate, _name(q, first.object)])


def _name(q: Asked, thing: str) -> str:
    return q.index.label(thing, "en")


def _figures(q: Asked, facts: Sequence[Fact]) -> Iterator[tuple[str, Values]]:
    """Yield the stored query of figures, with no limit that they share, with each, and with more and more."""
    if len({(fact.subject, fact.predicate) for fact in facts}) > 1:
        return
    first, shared = facts[0], dict[str, str]()
    for limit, option in _LIMITS.items():
        held = {fact.limits.get(limit, ()) for fact in facts}
        if len(held) == 1 and (value := next(iter(held))):
            shared[option] = _name(q, value[0]).removeprefix("CCY_")
    years = {time[:4] for fact in facts for time in fact.times[:1]}
    shared |= {"year": min(years)} if len(years) == 1 else {}
    base = {"of": _name(q, first.subject), "measure": first.predicate}
    options = list(shared.items())
    for some in ([], *([each] for each in options), *(options[:n] for n in range(2, len(options) + 1))):
        yield "figures", base | dict(some)


def _relations(q: Asked, facts: Sequence[Fact]) -> Iterator[tuple[str, Values]]:
    """Yield the stored query of a relation, with what its facts share."""
    predicates = {fact.predicate for fact in facts}
    name, first, second, *kind = table("graph")["queries"].get(facts[0].predicate, ("", "", ""))
    if len(predicates) > 1 or not name:
        return
    left, right = {fact.subject for fact in facts}, {fact.object for fact in facts}
    sides = [(option, held) for option, held in ((first, left), (second, right)) if option]
    ends = [{option: _name(q, *held)} for option, held in sides if len(held) == 1]
    both = [ends[0] | ends[1]] if len(ends) == 2 else []
    for values in (*ends, *both, {}):
        yield name, values
        for class_ in q.mean("classes")[:1] if kind and values else ():
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
