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
    _check_present(words, names)
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
        start = next((place for place in range(at, len(words)) if words[place].text == "{"), len(words))
        levels = [depth for _, depth in depths(words[start:])]
        closing = next((place for place, depth in enumerate(levels) if place and depth == levels[0]), None)
        if closing is None:  # what is broken is told by who reads it whole
            continue
        end = start + closing
        after = next((n for n in range(end + 1, len(words)) if words[n].text == "}"), len(words))
        head, tail = words[at + 1 : start], words[end + 1 : after]
        names = {word.text[1:] for word, depth in depths(head) if word.kind == "variable" and depth == 0}
        if any(word.keyword in ("GROUP", *AGGREGATES) for word in (*head, *tail)):
            names &= {word.text[1:] for word in tail if word.kind == "variable"}
        body = words[start:end]
        names &= {word.text[1:] for word in _required(body) if word.kind == "variable"} & set(bound)
        names -= {word.text[1:] for before, word in pairwise(body) if before.keyword == "AS"}
        is_nested = words[start + 1].keyword == "SELECT"  # which stands alone, and has its own turn
        if names and not is_nested and not any(word.keyword in SLICE for word in tail):
            text = f"{text[: words[start].end]} {values(sorted(names))}{text[words[start].end :]}"
    return text


def _check_present(words: list[Token], names: Iterable[str]) -> None:
    present = {word.text[1:] for word in words if word.kind == "variable"}
    for name in sorted(names):
        if name not in present:
            raise ParameterError(f"the query has no variable ?{name}")


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
            frozenset(word.text[1:] for word in [*outer, *named] if word.kind == "variable"),
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
