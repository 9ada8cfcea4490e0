"""Binding the variables of a query to terms.

The engine's substitution reaches a variable only through the projection (https://github.com/w3c/sparql-dev,
SEP-0007): it is added to the projection, and to GROUP BY, and its column taken off the answer again. Since
the engine plans before it substitutes, the terms stand, serialised, in VALUES too, where that changes no
answer; what a user writes is never pasted into a text.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product
from typing import Final

from g60kg.errors import ParameterError
from g60kg.store.base import Bindings, Term
from g60kg.store.lexer import Token, depths, tokens

SLICE: Final = ("LIMIT", "OFFSET", "VALUES")
_ROWS: Final = re.compile(r"<bound:([^>]+)>")
AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


@dataclass(frozen=True, slots=True)
class Bindable:
    """A text whose variables can be bound, and how many columns at its end were not asked for.

    `star` are the variables of a `SELECT *`, in the order of the text. Where VALUES may stand, `text` has the
    names of their variables instead of rows.
    """

    text: str
    added: int = 0
    star: tuple[str, ...] = ()

    def filled(self, bindings: Bindings) -> str:
        """Return the text with the rows of its VALUES."""
        return _ROWS.sub(lambda found: rows_of(bindings, found[1].split(",")), self.text)


def bindable(text: str, names: Collection[str]) -> Bindable:
    """Return a SELECT text in which the variables of these names can be bound.

    Raises `ParameterError` where a variable is not in the text, or where only an aggregate without
    GROUP BY stands over it.

    >>> bindable("SELECT ?o { ?s ?p ?o }", ["s"])
    Bindable(text='SELECT ?o ?s { VALUES (?s) { <bound:s> } ?s ?p ?o }', added=1, star=())
    """
    return _bindable(text, frozenset(names))


@lru_cache(256)  # stored queries are asked again and again
def _bindable(text: str, names: frozenset[str]) -> Bindable:
    words = list(tokens(text))
    for name in sorted(names - _names(words)):
        raise ParameterError(f"the query has no variable ?{name}")
    head = _Head.of(words)
    missing = sorted(names - head.projected)
    if head.star:
        return Bindable(
            text, star=tuple(dict.fromkeys(each.text[1:] for each in words if each.kind == "variable"))
        )
    extra = "".join(f" ?{name}" for name in missing)
    places = [head.end, *head.group_by]
    if missing and head.aggregate and not head.group_by:
        raise ParameterError("an aggregate hides the variable that is bound", mend="add GROUP BY with it")
    for place in sorted(places if missing else (), reverse=True):
        text = text[:place] + extra + text[place:]
    return Bindable(in_selects(text, names, _marked), len(missing))


def _marked(names: list[str]) -> str:
    return f"VALUES ({variables(names)}) {{ <bound:{','.join(names)}> }}"


def rows_of(bindings: Bindings, names: Collection[str]) -> str:
    """Return the rows of VALUES for variables: all combinations of their terms.

    >>> from pyoxigraph import Literal
    >>> rows_of({"name": Literal('"} DROP ALL'), "n": (Literal(1), Literal(2))}, ["name"])
    '("\\\\"} DROP ALL")'
    """
    rows = product(*(terms_of(bindings[name]) for name in names))
    return " ".join(f"({' '.join(map(str, row))})" for row in rows)


def terms_of(bound: Term | tuple[Term, ...]) -> tuple[Term, ...]:
    """Return the terms that a variable is bound to."""
    return bound if isinstance(bound, tuple) else (bound,)


def variables(names: Iterable[str]) -> str:
    """Return names as variables in a row."""
    return " ".join(f"?{name}" for name in names)


def in_selects(text: str, bound: Collection[str], values: Callable[[list[str]], str]) -> str:
    """Return a text in which values begin the SELECTs that show a variable, and group by it.

    The answer is the same; an engine then does not find, or group, what is thrown away.
    """
    words = list(tokens(text))
    for at in reversed([place for place, word in enumerate(words) if word.keyword == "SELECT"]):
        head, group, tail = _select(words[at + 1 :])
        if group and (names := _begun(head, group, tail) & set(bound)):
            text = f"{text[: group[0].end]} {values(sorted(names))}{text[group[0].end :]}"
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
    is_nested = group[1].keyword == "SELECT"  # which stands alone, and has its own turn
    if is_nested or any(word.keyword in SLICE for word in tail):
        return set()
    shown = _names(word for word, depth in depths(head) if not depth)
    if any(word.keyword in ("GROUP", *AGGREGATES) for word in (*head, *tail)):
        shown &= _names(tail)
    inner = pairwise(word for word, depth in depths(group) if depth == 2)  # BIND makes what is not there yet
    return shown & _names(_required(group)) - _names(b for a, b in inner if a.keyword == "AS")


def _names(words: Iterable[Token]) -> set[str]:
    """Return the names of the variables among words."""
    return {word.text[1:] for word in words if word.kind == "variable"}


def _required(words: list[Token]) -> Iterator[Token]:
    """Yield the tokens of a group that stand in no part which may be missing, and in no expression."""
    until = -1
    for (before, _), (word, depth) in pairwise(depths(words)):
        is_apart = word.text == "{" and before.keyword in ("OPTIONAL", "MINUS", "EXISTS")
        is_computed = word.text == "(" and before.keyword != "VALUES"
        if until < 0 and (is_apart or is_computed):
            until = depth
        elif until < 0:
            yield word
        elif word.text in ("}", ")") and depth == until:
            until = -1


@dataclass(frozen=True, slots=True)
class _Head:
    """The projection of the outermost SELECT: its variables, where it ends, where its GROUP BY begins."""

    projected: frozenset[str]
    star: bool
    aggregate: bool
    end: int
    group_by: tuple[int, ...]

    @classmethod
    def of(cls, words: list[Token]) -> "_Head":
        """Read the head of a query's tokens."""
        first = next(i for i, word in enumerate(words) if word.keyword == "SELECT")
        stop = next((i for i, w in enumerate(words) if i > first and _ends(w)), len(words))
        shown = words[first + 1 : stop]
        outer = [word for word, depth in depths(shown) if depth == 0]
        named = [b for a, b in pairwise(shown) if a.keyword == "AS"]
        return cls(
            frozenset(_names([*outer, *named])),
            any(word.text == "*" for word in outer),
            any(word.keyword in AGGREGATES for word in words[first:stop]),
            words[stop - 1].end,
            _group_by(words[stop:]),
        )


def _ends(word: Token) -> bool:
    """Whether a token ends the projection."""
    return word.text == "{" or word.keyword in ("WHERE", "FROM")


def _group_by(words: list[Token]) -> tuple[int, ...]:
    """Return where the expressions of the outermost GROUP BY begin, or nothing."""
    outer = [word for word, depth in depths(words) if depth == 0]
    pairs = pairwise(outer)
    return tuple(b.end for a, b in pairs if a.keyword == "GROUP" and b.keyword == "BY")[:1]
