"""Binding the variables of a query to terms.

The engine's substitution reaches a variable only through the projection (https://github.com/w3c/sparql-dev,
SEP-0007): it is added to the projection, and to GROUP BY, and its column taken off the answer again. The
terms themselves never enter the text.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from g60kg.errors import ParameterError
from g60kg.store.lexer import Token, depths, tokens

AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


@dataclass(frozen=True, slots=True)
class Bindable:
    """A text whose variables can be bound, and how many columns at its end were not asked for.

    `star` are the variables of a `SELECT *`, in the order of the text.
    """

    text: str
    added: int = 0
    star: tuple[str, ...] = ()


def bindable(text: str, names: Collection[str]) -> Bindable:
    """Return a SELECT text in which the variables of these names can be bound.

    Raises `ParameterError` where a variable is not in the text, or where only an aggregate without
    GROUP BY stands over it.

    >>> bindable("SELECT ?o { ?s ?p ?o }", ["s"])
    Bindable(text='SELECT ?o ?s { ?s ?p ?o }', added=1, star=())
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
    if not missing:
        return Bindable(text)
    extra = "".join(f" ?{name}" for name in missing)
    places = [head.end, *head.group_by]
    if head.aggregate and not head.group_by:
        raise ParameterError("an aggregate hides the variable that is bound", mend="add GROUP BY with it")
    for place in sorted(places, reverse=True):
        text = text[:place] + extra + text[place:]
    return Bindable(text, len(missing))


def _check_present(words: list[Token], names: Iterable[str]) -> None:
    present = {word.text[1:] for word in words if word.kind == "variable"}
    for name in sorted(names):
        if name not in present:
            raise ParameterError(f"the query has no variable ?{name}")


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
