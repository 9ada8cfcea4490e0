"""The pattern of a quad as a query.

Goes in: terms, None where any fits. Comes out: the query that finds the quads, and the quad of a row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, Quad

from g60kg.store.base import Term
from g60kg.store.remote.parts import Query, read_query, variables

_PLACES: Final = ("s", "p", "o", "g")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Subject, predicate, object and graph; `plain` is for a server that has no named graphs.

    `hidden` are the names of graphs in which nothing is looked for.
    """

    terms: tuple[Term | None, ...]
    plain: bool
    hidden: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The places that a row fills; none where every term is given."""
        free = tuple(name for name, term in zip(_PLACES, self.terms, strict=True) if term is None)
        return tuple(name for name in free if name != "g") if self.plain else free

    @property
    def query(self) -> Query:
        """The query whose rows are the quads."""
        return read_query(f"SELECT {variables(self.columns)} {self.group}", self.columns)

    @property
    def group(self) -> str:
        """The group of the query."""
        pairs = zip(_PLACES, self.terms, strict=True)
        *triple, graph = [f"?{name}" if term is None else str(term) for name, term in pairs]
        pattern = f"{{ {' '.join(triple)} }}"
        if self.plain:
            return pattern
        names = ", ".join(f"<{name}>" for name in self.hidden)
        rest = f"FILTER(?g NOT IN ({names})) " if graph == "?g" and names else ""
        return f"{{ GRAPH {graph} {pattern} {rest}}}"

    def quad(self, row: Sequence[Term | None] = ()) -> Quad:
        """Return the quad of a row."""
        found = dict(zip(self.columns, row, strict=True))
        pairs = zip(_PLACES, self.terms, strict=True)
        subject, predicate, value, graph = (found.get(name) if term is None else term for name, term in pairs)
        return Quad(subject, predicate, value, DefaultGraph() if self.plain else graph)  # type: ignore[arg-type]
