"""From a SPARQL text and terms to the text that a server gets.

Goes in: a text that the embedded engine has parsed, and terms for its variables. Comes out: a text in
which the terms stand, serialised, in a VALUES clause; what a user writes is never pasted into it.

A variable that a triple pattern of the outermost group binds is joined at the beginning of that group.
Any other is joined to the whole answer, which all engines understand alike: the query becomes a
subquery, from which order and slice are taken out. One that stands in EXISTS alone, where no join
reaches it, is replaced. Source: SPARQL 1.1 Query Language, sections 10.2 (VALUES), 15 (solution
sequences) and 18.2.
"""

from dataclasses import replace
from typing import Final

from g60kg.errors import ParameterError
from g60kg.store.base import Bindings
from g60kg.store.bind import AGGREGATES, bindable, depths
from g60kg.store.lexer import tokens
from g60kg.store.remote.parts import Query, lines, read_query, variables

_GROUPS: Final = frozenset({"OPTIONAL", "UNION", "MINUS", "SELECT"})
_PATHS: Final = frozenset("+*/|^!")


def select_text(text: str, bindings: Bindings, columns: tuple[str, ...], *, within: bool = True) -> Query:
    """Return a SELECT whose variables are bound; `columns` are those of its answer.

    Without `within`, a group of more than plain patterns is left as it is.

    Raises `ParameterError` where an aggregate without a name orders what is bound.
    """
    query = read_query(text, columns)
    inside = {name: bindings[name] for name in bindings if _only_tested(query.group, name)}
    query = replace(query, group=_with_terms(query.group, inside))
    opened = within or _is_plain(query.group)
    sure = {name: bindings[name] for name in bindings if opened and _binds(query.group, name)}
    if sure:
        query = replace(query, group=f"{{ {_values(sure)}\n{query.group[1:]}")
    rest = {name: bindings[name] for name in bindings if name not in sure and name not in inside}
    return _joined(query, rest) if rest else query


def other_text(text: str, bindings: Bindings) -> Query:
    """Return an ASK, CONSTRUCT or DESCRIBE whose variables are bound.

    Raises `ParameterError` where there is no group of patterns that could bind them.
    """
    query = read_query(text)
    if not bindings:
        return query
    if not query.group:
        raise ParameterError("the query has no WHERE", mend="bind its variables in one")
    if query.head.upper().split() in (["CONSTRUCT"], ["CONSTRUCT", "WHERE"]):
        return replace(query, values=_values(bindings))
    return replace(query, group=lines("{", query.group, _values(bindings), "}"))


def _joined(query: Query, bindings: Bindings) -> Query:
    """Return a query whose answer is joined with terms."""
    order = list(tokens(query.order))
    if any(word.keyword in AGGREGATES for word in order):
        raise ParameterError("ORDER BY holds an aggregate", mend="give it a name in the SELECT")
    sorting = {word.text[1:] for word in order if word.kind == "variable"} - set(query.columns)
    plain = str(replace(query, order="", slice=""))
    inner = read_query(bindable(plain, {*bindings, *sorting}).text)
    distinct = "DISTINCT " if _is_distinct(query.head) else ""
    return replace(
        query,
        head=f"SELECT {distinct}{variables(query.columns)}",
        group=lines("{ {", inner.body, "}", _values(bindings), "}"),
        grouping="",
        values="",
    )


def _is_distinct(head: str) -> bool:
    return [word.keyword for word in tokens(head)][1:2] == ["DISTINCT"]


def _binds(group: str, name: str) -> bool:
    """Whether every row of a group binds a variable: a pattern of its own, not of a group within, has it."""
    words = depths(list(tokens(group)))
    if [word.keyword for word, _ in words[1:2]] == ["SELECT"]:
        return False
    before = [word for word, _ in words]
    return any(
        word.text[1:] == name and word.kind == "variable" and depth == 1 and before[i - 1].keyword != "VALUES"
        for i, (word, depth) in enumerate(words)
    )


def _is_plain(group: str) -> bool:
    """Whether a group has no more than triples, filters and values: no other groups, and no paths."""
    return not any(word.keyword in _GROUPS or word.text in _PATHS for word in tokens(group))


def _only_tested(group: str, name: str) -> bool:
    """Whether a variable stands in EXISTS alone, where no join reaches it."""
    words = list(tokens(group))
    places = {word.start for word in words if word.text[1:] == name and word.kind == "variable"}
    inside, until = set(), -1
    for before, (word, depth) in zip([words[0], *words], depths(words), strict=False):
        if until < 0 and word.text == "{" and before.keyword == "EXISTS":
            until = depth
        elif word.text == "}" and depth == until:
            until = -1
        elif until >= 0:
            inside.add(word.start)
    return bool(places) and places <= inside


def _with_terms(group: str, bindings: Bindings) -> str:
    """Return a group in which terms stand in place of variables."""
    for word in reversed(list(tokens(group))):
        if word.kind == "variable" and word.text[1:] in bindings:
            group = f"{group[: word.start]}{bindings[word.text[1:]]}{group[word.end :]}"
    return group


def _values(bindings: Bindings) -> str:
    """Return the clause that binds variables to terms, in one row.

    >>> from pyoxigraph import Literal
    >>> _values({"name": Literal('"} DROP ALL')})
    'VALUES (?name) { ("\\\\"} DROP ALL") }'
    """
    return f"VALUES ({variables(bindings)}) {{ ({' '.join(map(str, bindings.values()))}) }}"
