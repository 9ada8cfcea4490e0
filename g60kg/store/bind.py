"""Queries with terms for their variables, the same for every store.

Terms stand, serialised, in VALUES; what a user writes is never pasted into a text. They begin the outermost
group where it needs the variable, so that an engine starts from them, and each SELECT within that shows it. A
variable that EXISTS alone tests is bound in what it tests; another of the group beside the group as a whole,
as a subquery; one that the SELECT computes beside the answer, from which order and slice are taken out.
Source: SPARQL 1.1 Query Language, sections 10.2 (VALUES), 15 (solution sequences) and 18.2.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product
from typing import Final

from g60kg.errors import ParameterError
from g60kg.store.base import Bindings
from g60kg.store.lexer import Token, depths, tokens
from g60kg.terms import PREFIXES

_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_OPERATORS: Final = frozenset("+*/|^?!")
_SLICE: Final = ("LIMIT", "OFFSET", "VALUES")
_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_ROWS: Final = re.compile(r"<bound:([^>]+)>")
"""What stands in the place of rows for these variables, while a text is kept for other terms."""


@dataclass(frozen=True, slots=True)
class Query:
    """The parts of a query, each with its keywords; `columns` are those of its answer.

    `dataset` is what stands between head and group, where FROM begins it; no subquery can have it.
    """

    prologue: str
    head: str
    dataset: str
    group: str
    grouping: str
    order: str
    slice: str
    values: str
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        return _lines(self.prologue, self.head, self.dataset, self.group, self.modifiers)

    @property
    def modifiers(self) -> str:
        """What follows the group."""
        return _lines(self.grouping, self.order, self.slice, self.values)

    @property
    def subquery(self) -> str:
        """The query as a group within another."""
        return _lines("{", self.head, self.group, self.modifiers, "}")

    def page(self, size: int, start: int) -> str:
        """Return the text that asks for so many rows from a place, in an order without ties.

        The order stands in a subquery, since Virtuoso sorts no more than 10,000 rows for a slice.
        """
        shown = variables(self.columns)
        total = replace(self, order=_lines(self.order or "ORDER BY", shown))
        ending = f"}} LIMIT {size} OFFSET {start}"
        return _lines(self.prologue, f"SELECT {shown}", self.dataset, "{", total.subquery, ending)


def read_query(text: str) -> Query:
    """Return the parts of a query that parses; the prefixes of the project that it uses are declared.

    >>> read_query("SELECT * FROM <g:g> { ?s g60:partOf ?o } LIMIT 1").subquery
    '{\\nSELECT *\\n{ ?s g60:partOf ?o }\\nLIMIT 1\\n}'
    """
    words = list(tokens(text))
    first = next(i for i, word in enumerate(words) if word.keyword in _FORMS)
    outer = [word for word, depth in depths(words) if depth == 0 and word.start >= words[first].start]
    places = {word.keyword: word.start for word in reversed(outer)}  # of each keyword the first
    ends = [
        min((places[name] for name in names if name in places), default=len(text))
        for names in (("ORDER", *_SLICE), _SLICE, ("VALUES",))
    ]
    has_template = words[first].keyword == "CONSTRUCT" and outer[1].text == "{"
    opens = [word.start for word in outer if word.text == "{" and word.start < ends[0]][has_template:]
    closes = [word.end for word in outer if word.text == "}"][has_template:]
    opened, closed = (opens[0], closes[0]) if opens else (ends[0], ends[0])
    clause = min(places.get("FROM", opened), opened)
    cuts = [words[first].start, clause, opened, closed, *ends, len(text)]
    parts = (text[a:b].strip() for a, b in pairwise(cuts))
    head, dataset, group, grouping, order, slice_, values = parts
    prologue, shown = _prologue(words, first, text), _shown(words, words[first:])
    return Query(prologue, head, dataset, group, grouping, order, slice_, values, shown)


def _prologue(words: list[Token], first: int, text: str) -> str:
    """Return the declarations of a text, after those that the project makes for it."""
    declared = {words[i + 1].text for i in range(first) if words[i].keyword == "PREFIX"}
    used = {word.text.partition(":")[0] for word in words if word.kind == "name"}
    known = [name for name in PREFIXES if name in used and f"{name}:" not in declared]
    given = text[words[0].start : words[first].start].strip()
    return _lines(" ".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in known), given)


def _shown(words: list[Token], asked: list[Token]) -> tuple[str, ...]:
    """Return what a SELECT shows, in its order; of `*` all variables in the order of the text."""
    stop = next(
        (n for n, word in enumerate(asked) if word.text == "{" or word.keyword in ("WHERE", "FROM")), 0
    )
    outer = depths(asked[:stop])
    if any(word.text == "*" and not depth for word, depth in outer):
        return tuple(dict.fromkeys(word.text[1:] for word in words if word.kind == "variable"))
    after = pairwise([(asked[0], 0), *outer])
    shown = (b for (a, _), (b, depth) in after if b.kind == "variable" and (not depth or a.keyword == "AS"))
    return tuple(dict.fromkeys(word.text[1:] for word in shown))


@lru_cache(256)
def columns_of(text: str) -> tuple[str, ...]:
    """Return the columns of a SELECT that parses: what it shows, of `*` in the order of the text."""
    return read_query(text).columns


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

    def filled(part: str) -> str:
        return _ROWS.sub(lambda found: _rows(bindings, found[1].split(",")), part)

    return replace(query, group=filled(query.group), values=filled(query.values))


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
        group = _lines("{", _values(beside), _lines("{ SELECT *", group, "}"), "}")
    query, computed = replace(query, group=group), names - _names(words)
    return _joined(query, computed) if computed else query


def _values(names: Collection[str]) -> str:
    """Return the clause that binds variables, with a mark in the place of its rows."""
    return f"VALUES ({variables(sorted(names))}) {{ <bound:{','.join(sorted(names))}> }}"


def _rows(bindings: Bindings, names: Iterable[str]) -> str:
    """Return the rows of VALUES for variables: all combinations of their terms."""
    terms = (each if isinstance(each, tuple) else (each,) for each in map(bindings.__getitem__, names))
    return " ".join(f"({' '.join(map(str, row))})" for row in product(*terms))


def variables(names: Iterable[str]) -> str:
    """Return names as variables in a row."""
    return " ".join(f"?{name}" for name in names)


def _is_plain(group: str) -> bool:
    """Whether a group has triple patterns, without paths, and VALUES alone.

    >>> _is_plain("{ VALUES ?p { <a:a> <a:b> } ?s ?p ?o }"), _is_plain("{ ?s <a:a>+ ?o }")
    (True, False)
    """
    words = list(tokens(group))
    return not any(word.keyword not in ("", "VALUES", "A") or word.text in _OPERATORS for word in words)


def _joined(query: Query, names: Collection[str]) -> Query:
    """Return a query whose answer is joined with values."""
    for word in tokens(query.order):
        if word.keyword in _AGGREGATES or (word.kind == "variable" and word.text[1:] not in query.columns):
            message = f"ORDER BY holds {word.text}, which is not shown"
            raise ParameterError(message, mend="name it in the SELECT")
    inner = replace(query, order="", slice="")
    group = _lines("{", inner.subquery, _values(names), "}")
    return replace(query, head=f"SELECT {variables(query.columns)}", group=group, grouping="", values="")


def in_selects(text: str, names: Collection[str]) -> str:
    """Return a text in which values begin the SELECTs that show a variable, and group by it.

    The answer is the same; an engine then does not find, or group, what is thrown away.
    """
    words = list(tokens(text))
    for at in reversed([place for place, word in enumerate(words) if word.keyword == "SELECT"]):
        head, group, tail = _select(words[at + 1 :])
        if group and (begun := _begun(head, group, tail) & set(names)):
            text = f"{text[: group[0].end]} {_values(begun)}{text[group[0].end :]}"
    return text


def _select(words: list[Token]) -> tuple[list[Token], list[Token], list[Token]]:
    """Return the head, the group and the tail of a SELECT; no group where it has no end."""
    opened = next((n for n, word in enumerate(words) if word.text == "{"), len(words))
    levels = enumerate(depths(words[opened:]), opened)
    after = next((n + 1 for n, (word, depth) in levels if word.text == "}" and not depth), opened)
    end = next((n for n in range(after, len(words)) if words[n].text == "}"), len(words))
    return words[:opened], words[opened:after], words[after:end]


def _begun(head: list[Token], group: list[Token], tail: list[Token]) -> set[str]:
    """Return the variables of a SELECT whose values may begin its group."""
    if any(word.keyword in _SLICE for word in tail):
        return set()
    shown = _names(word for word, depth in depths(head) if not depth)
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


def _lines(*parts: str) -> str:
    """Return the parts that are not empty, each on lines of its own, so that a comment ends with its part."""
    return "\n".join(filter(None, parts))
