"""Queries with terms for their variables, the same for every store.

Terms stand, serialised, in VALUES; what a user writes is never pasted into a text. They begin the outermost
group where it needs the variable, so that an engine starts from them, and each SELECT within that shows it. A
variable that EXISTS alone tests is bound in what it tests; another of the group beside the group as a whole,
as a subquery; one that the SELECT computes beside the answer, from which order and slice are taken out.
Source: SPARQL 1.1 Query Language, sections 10.2 (VALUES), 15 (solution sequences) and 18.2.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise, product
from typing import Final

from g60kg.errors import ParameterError
from g60kg.store.base import Bindings
from g60kg.store.lexer import Token, depths, tokens
from g60kg.store.parts import SLICE, Query, lines, read_query, variables

_OPERATORS: Final = frozenset("+*/|^?!")
_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_ROWS: Final = re.compile(r"<bound:([^>]+)>")
"""What stands in the place of rows for these variables, while a text is kept for other terms."""


def bound(text: str, bindings: Bindings, *, joins: bool = True) -> Query:
    """Return a query whose variables are bound, each to a term or to any of several.

    Without `joins`, which is for a server that joins VALUES and OPTIONAL wrongly, values begin a plain group
    alone. Raises `ParameterError` where a variable is not in the text, where there is no group of patterns,
    and where what is not shown orders an answer of which a computed column is bound.

    >>> from pyoxigraph import Literal
    >>> print(bound("SELECT ?o { ?s ?p ?o }", {"s": (Literal('"} DROP ALL'), Literal(1))}))
    SELECT ?o
    { VALUES (?s) { ("\\"} DROP ALL") ("1"^^<http://www.w3.org/2001/XMLSchema#integer>) }
     ?s ?p ?o }
    """
    if not bindings:
        return read_query(text)
    query = _bound(text, frozenset(bindings), joins)

    def rows(mark: re.Match[str]) -> str:
        """All combinations of the terms."""
        terms = map(bindings.__getitem__, mark[1].split(","))
        found = product(*(each if isinstance(each, tuple) else (each,) for each in terms))
        return " ".join(f"({' '.join(map(str, row))})" for row in found)

    return replace(query, group=_ROWS.sub(rows, query.group), values=_ROWS.sub(rows, query.values))


@lru_cache(256)  # stored queries are asked again and again
def _bound(text: str, names: frozenset[str], joins: bool) -> Query:
    for name in sorted(names - _names(tokens(text))):
        raise ParameterError(f"the query has no variable ?{name}")
    query = read_query(text)
    if not query.group:
        raise ParameterError("the query has no WHERE", mend="bind its variables in one")
    if query.head.upper().split() in (["CONSTRUCT"], ["CONSTRUCT", "WHERE"]):  # with no group of its own
        return replace(query, values=_values(names))
    within = joins or _is_plain(query.group)
    group = in_selects(query.group, names) if within else query.group
    words = list(tokens(group))
    if unseen := sorted(names & _names(words) - _seen(words)):
        message = f"?{unseen[0]} stands in a SELECT within, which does not show it"
        raise ParameterError(message, mend="name it in that SELECT")
    outside = _names(_without(words, lambda before, word: before.keyword == "EXISTS"))
    patterns = _names(_without(words, lambda before, word: word.text == "(" and before.keyword != "VALUES"))
    compared = outside - patterns - _made(words)  # in expressions alone
    begins = names & (compared | _needed(words) if within else compared)
    if tested := names & _names(words) - outside:
        for before, word in reversed(list(pairwise(words))):
            if before.keyword == "EXISTS":
                group = f"{group[: word.end]} {_values(tested)} {group[word.end :]}"
    if begins:
        group = f"{{ {_values(begins)}\n{group[1:]}"
    if beside := names & outside - begins:  # Virtuoso fails at some groups that are no subquery
        group = lines("{", _values(beside), lines("{ SELECT *", group, "}"), "}")
    query, computed = replace(query, group=group), names - _names(words)
    return _joined(query, computed) if computed else query


def _values(names: Collection[str]) -> str:
    """Return the clause that binds variables, with a mark in the place of its rows."""
    return f"VALUES ({variables(sorted(names))}) {{ <bound:{','.join(sorted(names))}> }}"


def _is_plain(group: str) -> bool:
    """Whether a group has triple patterns, without paths, and VALUES alone.

    >>> _is_plain("{ VALUES ?p { <a:a> <a:b> } ?s ?p ?o }"), _is_plain("{ ?s <a:a>+ ?o }")
    (True, False)
    """
    words = list(tokens(group))
    return not any(word.keyword not in ("", "VALUES", "A") or word.text in _OPERATORS for word in words)


def _joined(query: Query, names: Collection[str]) -> Query:
    """Return a query whose answer is joined with values."""
    if free := sorted(set(names) - set(query.columns)):
        raise ParameterError(f"?{free[0]} stands outside the WHERE alone", mend="bind it in the WHERE")
    for word in tokens(query.order):
        if word.keyword in _AGGREGATES or (word.kind == "variable" and word.text[1:] not in query.columns):
            message = f"ORDER BY holds {word.text}, which is not shown"
            raise ParameterError(message, mend="name it in the SELECT")
    inner = replace(query, order="", slice="")
    group = lines("{", inner.subquery, _values(names), "}")
    return replace(query, head=f"SELECT {variables(query.columns)}", group=group, grouping="", values="")


def in_selects(text: str, names: Collection[str]) -> str:
    """Return a text in which values begin the SELECTs that show a variable, and group by it.

    The answer is the same; an engine then does not find, or group, what is thrown away.
    """
    for head, group, tail in reversed(list(_selects(list(tokens(text))))):
        if begun := _begun(head, group, tail) & set(names):
            text = f"{text[: group[0].end]} {_values(begun)}{text[group[0].end :]}"
    return text


def _seen(words: list[Token]) -> set[str]:
    """Return the variables of a group that stand in it outside of the SELECTs which do not show them."""
    hidden = [
        (group[0].start, group[-1].end, _names(_outer(head)))
        for head, group, _ in _selects(words)
        if "*" not in {word.text for word in _outer(head)}
    ]
    return {
        name
        for word in words
        for name in _names([word])
        if not any(start < word.start < end and name not in shown for start, end, shown in hidden)
    }


def _selects(words: list[Token]) -> Iterator[tuple[list[Token], list[Token], list[Token]]]:
    """Yield the head, the group and the tail of each SELECT that has a group."""
    for at in (place for place, word in enumerate(words, 1) if word.keyword == "SELECT"):
        opened = next((n for n in range(at, len(words)) if words[n].text == "{"), len(words))
        levels = enumerate(depths(words[opened:]), opened + 1)
        after = next((n for n, (word, depth) in levels if word.text == "}" and not depth), opened)
        end = next((n for n in range(after, len(words)) if words[n].text == "}"), len(words))
        if opened < after:
            yield words[at:opened], words[opened:after], words[after:end]


def _outer(words: list[Token]) -> list[Token]:
    """Return the words that stand in no brackets: of the head of a SELECT, what it shows as it is."""
    return [word for word, depth in depths(words) if not depth]


def _begun(head: list[Token], group: list[Token], tail: list[Token]) -> set[str]:
    """Return the variables of a SELECT whose values may begin its group."""
    if any(word.keyword in SLICE for word in tail):
        return set()
    shown = _names(_outer(head))
    if any(word.keyword in ("GROUP", *_AGGREGATES) for word in (*head, *tail)):
        shown &= _names(tail)
    return shown & _needed(group)


def _needed(group: list[Token]) -> set[str]:
    """Return the variables that a group needs, in no part which may be missing, and does not make itself."""
    if group[1].keyword == "SELECT":  # which stands alone, and has its own turn
        return set()

    def is_apart(before: Token, word: Token) -> bool:
        if word.text == "(":
            return before.keyword != "VALUES"
        return before.keyword in ("OPTIONAL", "MINUS", "EXISTS")

    own = [word for word, depth in depths(group) if depth == 2]  # BIND makes what is not there yet
    return _names(_without(group, is_apart)) - _made(own)


def _made(words: list[Token]) -> set[str]:
    """Return the variables that expressions give values to."""
    return _names(after for word, after in pairwise(words) if word.keyword == "AS")


def _names(words: Iterable[Token]) -> set[str]:
    """Return the names of the variables among words."""
    return {word.text[1:] for word in words if word.kind == "variable"}


def _without(words: list[Token], is_apart: Callable[[Token, Token], bool]) -> Iterator[Token]:
    """Yield the tokens of a group but for brackets that stand apart, by the word before and the bracket."""
    until = -1
    for (before, _), (word, depth) in pairwise(depths(words)):
        if until < 0 and word.text in ("{", "(") and is_apart(before, word):
            until = depth
        elif until < 0:
            yield word
        elif word.text in ("}", ")") and depth == until:
            until = -1
