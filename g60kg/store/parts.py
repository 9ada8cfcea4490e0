"""The parts of a query, found by the words of the language, and the columns that it shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from g60kg.store.lexer import Token, depths, tokens
from g60kg.terms import PREFIXES

SLICE: Final = ("LIMIT", "OFFSET", "VALUES")
"""The keywords after which no more rows may come, or other ones."""
FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


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
        return lines(self.prologue, self.head, self.dataset, self.group, self.modifiers)

    @property
    def modifiers(self) -> str:
        """What follows the group."""
        return lines(self.grouping, self.order, self.slice, self.values)

    @property
    def subquery(self) -> str:
        """The query as a group within another."""
        return lines("{", self.head, self.group, self.modifiers, "}")

    def page(self, size: int, start: int) -> str:
        """Return the text that asks for so many rows from a place, in an order without ties.

        The order stands in a subquery, since Virtuoso sorts no more than 10,000 rows for a slice.
        """
        shown = variables(self.columns)
        total = replace(self, order=lines(self.order or "ORDER BY", shown))
        ending = f"}} LIMIT {size} OFFSET {start}"
        return lines(self.prologue, f"SELECT {shown}", self.dataset, "{", total.subquery, ending)


@lru_cache(256)  # stored queries are asked again and again
def read_query(text: str) -> Query:
    """Return the parts of a query that parses; the prefixes of the project that it uses are declared.

    >>> read_query("SELECT * FROM <g:g> { ?s g60:partOf ?o } LIMIT 1").subquery
    '{\\nSELECT *\\n{ ?s g60:partOf ?o }\\nLIMIT 1\\n}'
    """
    words = list(tokens(text))
    first = next(i for i, word in enumerate(words) if word.keyword in FORMS)
    outer = [word for word, depth in depths(words) if depth == 0 and word.start >= words[first].start]
    places = {word.keyword: word.start for word in reversed(outer)}  # of each keyword the first
    ends = [
        min((places[name] for name in names if name in places), default=len(text))
        for names in (("ORDER", *SLICE), SLICE, ("VALUES",))
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
    return lines(" ".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in known), given)


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


def variables(names: Iterable[str]) -> str:
    """Return names as variables in a row."""
    return " ".join(f"?{name}" for name in names)


def lines(*parts: str) -> str:
    """Return the parts that are not empty, each on lines of its own, so that a comment ends with its part."""
    return "\n".join(filter(None, parts))
