"""The parts of a query's text, found by its tokens.

Goes in: a text that parses. Comes out: a `Query`, from which other texts are put together. What it
leaves out is the dataset clause: what it names goes with the request, where it counts on every server.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from g60kg.store.bind import depths
from g60kg.store.lexer import Token, tokens
from g60kg.terms import PREFIXES

_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


@dataclass(frozen=True, slots=True)
class Query:
    """The parts of a query. `order` and `slice` hold their keywords; `columns` are those of the answer."""

    prologue: str
    head: str
    group: str
    grouping: str
    order: str
    slice: str
    values: str
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        return lines(self.prologue, self.body)

    @property
    def body(self) -> str:
        """The text after the prologue."""
        return lines(self.head, self.group, self.grouping, self.order, self.slice, self.values)

    def page(self, size: int, start: int) -> str:
        """Return the text that asks for so many rows from a place, in an order without ties.

        The order stands in a subquery, since Virtuoso sorts no more than 10,000 rows for a slice.
        """
        shown = variables(self.columns)
        total = replace(self, order=f"{self.order or 'ORDER BY'} {shown}").body
        ending = f"}} }} LIMIT {size} OFFSET {start}"
        return lines(self.prologue, f"SELECT {shown} {{ {{", total, ending)


def read_query(text: str, columns: tuple[str, ...] = ()) -> Query:
    """Return the parts of a query; the prefixes of the project that it uses are declared.

    >>> read_query("SELECT * FROM <g:g> { ?s g60:partOf ?o } LIMIT 1").body
    'SELECT *\\n{ ?s g60:partOf ?o }\\nLIMIT 1'
    """
    words = list(tokens(text))
    first = next(i for i, word in enumerate(words) if word.keyword in _FORMS)
    start, end = _group(words, first)
    outer = [word for word, depth in depths(words[end:]) if depth == 0]
    places = {word.keyword: word.start for word in reversed(outer)}
    sliced = ("LIMIT", "OFFSET", "VALUES")
    opened, closed = _place(words, start, text), _place(words, end, text)
    cuts = [_first(places, text, *names) for names in (("ORDER", *sliced), sliced, ("VALUES",))]
    after = [text[a:b].strip() for a, b in pairwise([closed, *cuts, len(text)])]
    grouping, order, slice_, values = after
    head = _head(words[first:start], text)
    group = text[opened:closed].strip()
    return Query(_prologue(words, first, text), head, group, grouping, order, slice_, values, columns)


def read_dataset(text: str) -> list[tuple[str, str]]:
    """Return the graphs that a query names by FROM and FROM NAMED, as the protocol's parameters.

    >>> read_dataset("ASK FROM graph:register FROM NAMED <http://e/g> {}")[1]
    ('named-graph-uri', 'http://e/g')
    """
    words = list(tokens(text))
    bases = PREFIXES | {
        b.text.removesuffix(":"): c.text[1:-1] for a, b, c in _triples(words) if a == "PREFIX"
    }
    found = []
    for keyword, after, last in _triples(words):
        if keyword == "FROM":
            role, word = ("named", last) if after.keyword == "NAMED" else ("default", after)
            found.append((f"{role}-graph-uri", _iri(word, bases)))
    return found


def _triples(words: list[Token]) -> Iterator[tuple[str, Token, Token]]:
    """Yield each keyword with the two tokens after it."""
    for word, after, last in zip(words, words[1:], words[2:], strict=False):
        yield word.keyword, after, last


def _iri(word: Token, bases: Mapping[str, str]) -> str:
    prefix, _, name = word.text.partition(":")
    return word.text[1:-1] if word.kind == "iri" else bases[prefix] + name.replace("\\", "")


def variables(names: Iterable[str]) -> str:
    """Return names as variables in a row."""
    return " ".join(f"?{name}" for name in names)


def lines(*parts: str) -> str:
    """Return the parts that are not empty, each on lines of its own, so that a comment ends with its part."""
    return "\n".join(part for part in parts if part)


def _group(words: list[Token], first: int) -> tuple[int, int]:
    """Return where the tokens of the outermost group begin and end; after all where there is none."""
    levels = depths(words)
    opens = [i for i, (word, depth) in enumerate(levels) if i > first and (word.text, depth) == ("{", 0)]
    has_template = words[first].keyword == "CONSTRUCT" and words[opens[0] - 1].keyword != "WHERE"
    start = next(iter(opens[has_template:]), len(words))
    ends = (i + 1 for i, (word, depth) in enumerate(levels) if i > start and (word.text, depth) == ("}", 0))
    return start, next(ends, _modifiers(words, first))


def _modifiers(words: list[Token], first: int) -> int:
    """Return where the modifiers of a query without a group begin."""
    names = ("ORDER", "LIMIT", "OFFSET", "VALUES")
    return next((i for i, word in enumerate(words) if i > first and word.keyword in names), len(words))


def _place(words: list[Token], index: int, text: str) -> int:
    return words[index].start if index < len(words) else len(text)


def _first(places: dict[str, int], text: str, *names: str) -> int:
    return min((places[name] for name in names if name in places), default=len(text))


def _prologue(words: list[Token], first: int, text: str) -> str:
    """Return the declarations of a text, after those that the project makes for it."""
    declared = {words[i + 1].text for i in range(first) if words[i].keyword == "PREFIX"}
    used = {word.text.partition(":")[0] for word in words if word.kind == "name"}
    known = [name for name in PREFIXES if name in used and f"{name}:" not in declared]
    given = text[words[0].start : words[first].start].strip()
    return lines(" ".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in known), given)


def _head(words: list[Token], text: str) -> str:
    """Return what stands before the group, without FROM and FROM NAMED."""
    kept, place, from_ = "", words[0].start, False
    for word, depth in depths(words):
        if depth == 0 and word.keyword == "FROM":
            kept, from_ = kept + text[place : word.start], True
        elif from_ and word.kind in ("iri", "name"):
            place, from_ = word.end, False
    return (kept + text[place : words[-1].end]).strip()
