"""The texts that a server gets: queries with terms for their variables, pages of an answer, updates.

Terms stand, serialised, in a VALUES clause; what a user writes is never pasted into a text. A variable that
a triple pattern of the outermost group binds is joined at the beginning of that group, and one that EXISTS
alone tests in what it tests; another of the group is joined to the group as a whole, as a subquery; one that
the SELECT computes is joined to the answer, from which order and slice are taken out.
Source: SPARQL 1.1 Query Language, sections 10.2 (VALUES), 15 (solution sequences) and 18.2.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, islice, pairwise
from typing import Final, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from g60kg.errors import ParameterError, StoreError
from g60kg.store.base import Bindings, has_blank
from g60kg.store.bind import AGGREGATES, SLICE, in_selects, rows_of, variables
from g60kg.store.lexer import Token, depths, tokens
from g60kg.terms import PREFIXES

_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_OPERATORS: Final = frozenset("+*/|^?!")
GraphName = NamedNode | BlankNode | DefaultGraph
T = TypeVar("T")


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


def read_query(text: str, columns: tuple[str, ...] = ()) -> Query:
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
        for names in (("ORDER", *SLICE), SLICE, ("VALUES",))
    ]
    has_template = words[first].keyword == "CONSTRUCT" and outer[1].text == "{"
    opens = [word.start for word in outer if word.text == "{" and word.start < ends[0]][has_template:]
    closes = [word.end for word in outer if word.text == "}"][has_template:]
    opened, closed = (opens[0], closes[0]) if opens else (ends[0], ends[0])
    clause = min(places.get("FROM", opened), opened)
    cuts = [words[first].start, clause, opened, closed, *ends, len(text)]
    prologue, parts = _prologue(words, first, text), (text[a:b].strip() for a, b in pairwise(cuts))
    head, dataset, group, grouping, order, slice_, values = parts
    return Query(prologue, head, dataset, group, grouping, order, slice_, values, columns)


def _prologue(words: list[Token], first: int, text: str) -> str:
    """Return the declarations of a text, after those that the project makes for it."""
    declared = {words[i + 1].text for i in range(first) if words[i].keyword == "PREFIX"}
    used = {word.text.partition(":")[0] for word in words if word.kind == "name"}
    known = [name for name in PREFIXES if name in used and f"{name}:" not in declared]
    given = text[words[0].start : words[first].start].strip()
    return _lines(" ".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in known), given)


def bound(query: Query, bindings: Bindings, *, within: bool = True) -> Query:
    """Return a query whose variables are bound; `within` lets VALUES begin a group of patterns.

    Raises `ParameterError` where there is no group of patterns, and where what is not shown orders an answer
    of which a computed column is bound.
    """
    if not bindings:
        return query
    if not query.group:
        raise ParameterError("the query has no WHERE", mend="bind its variables in one")
    if query.head.upper().split() in (["CONSTRUCT"], ["CONSTRUCT", "WHERE"]):  # with no group of its own
        return replace(query, values=_values(bindings, bindings))
    if within:
        query = replace(query, group=in_selects(query.group, bindings, partial(_values, bindings)))
    places = {name: _places(query.group, name) for name in bindings}
    tested = [name for name in bindings if places[name] == {"exists"}]
    if tested:
        query = replace(query, group=_in_exists(query.group, _values(bindings, tested)))
    begins = [name for name in bindings if within and "pattern" in places[name]]
    if begins:
        query = replace(query, group=f"{{ {_values(bindings, begins)}\n{query.group[1:]}")
    beside = [name for name in bindings if places[name] - {"exists"} and name not in begins]
    if beside:
        inner = _lines("{ SELECT *", query.group, "}")  # Virtuoso fails at some that are no subquery
        query = replace(query, group=_lines("{", _values(bindings, beside), inner, "}"))
    computed = {name: bindings[name] for name in bindings if not places[name]}
    return _joined(query, computed) if computed else query


def is_plain(group: str) -> bool:
    """Whether a group has triple patterns, without paths, and VALUES alone.

    >>> is_plain("{ VALUES ?p { <a:a> <a:b> } ?s ?p ?o }"), is_plain("{ ?s <a:a>+ ?o }")
    (True, False)
    """
    words = list(tokens(group))
    return not any(word.keyword not in ("", "VALUES", "A") or word.text in _OPERATORS for word in words)


def _places(group: str, name: str) -> set[str]:
    """Return where a group has a variable: in a "pattern" of its own, in "exists", "within" other groups."""
    found, until = set(), -1
    words = depths(list(tokens(group)))
    own = "within" if words[1][0].keyword == "SELECT" else "pattern"
    for (before, _), (word, depth) in pairwise(words):
        if until < 0 and word.text == "{" and before.keyword == "EXISTS":
            until = depth
        elif word.text == "}" and depth == until:
            until = -1
        elif word.kind == "variable" and word.text[1:] == name:
            is_own = depth == 1 and before.keyword != "VALUES"
            found.add("exists" if until >= 0 else own if is_own else "within")
    return found


def _in_exists(group: str, values: str) -> str:
    """Return a group in which values stand at the beginning of all that EXISTS tests."""
    words = list(tokens(group))
    for before, word in reversed(list(pairwise(words))):
        if before.keyword == "EXISTS":
            group = f"{group[: word.end]} {values} {group[word.end :]}"
    return group


def _joined(query: Query, bindings: Bindings) -> Query:
    """Return a query whose answer is joined with terms."""
    for word in tokens(query.order):
        if word.keyword in AGGREGATES or (word.kind == "variable" and word.text[1:] not in query.columns):
            message = f"ORDER BY holds {word.text}, which is not shown"
            raise ParameterError(message, mend="name it in the SELECT")
    inner = replace(query, order="", slice="")
    group = _lines("{", inner.subquery, _values(bindings, bindings), "}")
    return replace(query, head=f"SELECT {variables(query.columns)}", group=group, grouping="", values="")


def _values(bindings: Bindings, names: Collection[str]) -> str:
    """Return the clause that binds the variables of these names to their terms."""
    return f"VALUES ({variables(names)}) {{ {rows_of(bindings, names)} }}"


def _lines(*parts: str) -> str:
    """Return the parts that are not empty, each on lines of its own, so that a comment ends with its part."""
    return "\n".join(filter(None, parts))


def change_texts(remove: Iterable[Quad], add: Iterable[Quad], most: int) -> Iterator[str]:
    """Yield the updates that remove and then add quads: one, where they are no more than `most`.

    Blank nodes may be added, and get new names; raises `StoreError` for one that is to be removed.
    """
    gone, new = list(remove), list(add)
    if any(map(has_blank, gone)):
        raise StoreError("a server has other names for blank nodes", mend="push the whole graph again")
    if len(gone) + len(new) <= most:
        yield from filter(None, [" ;\n".join([*_operations("DELETE", gone), *_operations("INSERT", new)])])
        return
    for verb, quads in (("DELETE", gone), ("INSERT", new)):
        for batch in batches(quads, most):
            yield " ;\n".join(_operations(verb, batch))


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of so many.

    >>> list(batches("abc", 2))
    [['a', 'b'], ['c']]
    """
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def by_graph(quads: Iterable[Quad]) -> Iterator[tuple[GraphName, Iterator[Quad]]]:
    """Yield the quads of each graph, the graphs sorted by name."""
    ordered = sorted(quads, key=lambda quad: str(quad.graph_name))
    return groupby(ordered, lambda quad: quad.graph_name)


def _operations(verb: str, quads: list[Quad]) -> Iterator[str]:
    """Yield one operation for each graph: given several, Virtuoso's DELETE DATA leaves literals behind."""
    for graph, group in by_graph(quads):
        triples = "\n".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in group)
        block = triples if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{\n{triples}\n}}"
        yield f"{verb} DATA {{ {block} }}"
