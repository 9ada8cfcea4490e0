"""What a store is to the other stages: the contract. SPARQL text with bound terms goes in, or quads; terms of
pyoxigraph come out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from g60kg.terms import OA, XSD

Term = NamedNode | BlankNode | Literal
Subject = NamedNode | BlankNode | None
Named = NamedNode | None
Object = Term | None
Graph = NamedNode | DefaultGraph | None
Bindings = Mapping[str, NamedNode | Literal | tuple[NamedNode | Literal, ...]]
Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The answer of a SELECT query: columns in the query's order, and rows that are read once."""

    columns: tuple[str, ...]
    rows: Iterator[Row]

    def in_order(self, names: Sequence[str]) -> "Selection":
        """Return the same with the columns in the order of names; as it is where some are missing."""
        places = [self.columns.index(name) for name in names if name in self.columns]
        if len(places) != len(self.columns):
            return self
        columns = tuple(self.columns[place] for place in places)
        return Selection(columns, (tuple(row[place] for place in places) for row in self.rows))


class Store(Protocol):
    """A set of named graphs that answers SPARQL 1.1; the default graph of a query is their union.

    A query that names its dataset by FROM and FROM NAMED is asked of that.

    `bindings` maps names of variables (without `?`) to the terms they are bound to, a variable that a SELECT
    shows to any of a tuple; nothing that a user writes is ever pasted into the text. Every method raises
    `StoreError` when the store cannot be read or written, and the query methods `SparqlError` or
    `UpdateRefused` for a text that is no plain query.
    """

    def select(self, text: str, bindings: Bindings | None = None) -> Selection:
        """Answer a SELECT query."""

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        """Answer an ASK query."""

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query."""

    def match(
        self, subject: Subject = None, predicate: Named = None, object: Object = None, graph: Graph = None
    ) -> Iterator[Quad]:
        """Yield the quads that fit; None fits all, `UNION` what any graph has, each triple once."""

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of the graphs held, sorted."""

    def apply(self, *, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """Remove and add quads, all or none."""


UNION: Final = DefaultGraph()
"""The union of the named graphs."""
_POSITIONS: Final = frozenset([OA.start, OA.end])


def with_positions(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield quads with the datatype of positions in a text, which Oxigraph keeps as plain integers.

    The Web Annotation vocabulary has `oa:start` and `oa:end` as `xsd:nonNegativeInteger`.
    """
    for quad in quads:
        place = quad.object
        if quad.predicate in _POSITIONS and isinstance(place, Literal) and place.datatype == XSD.integer:
            place = Literal(place.value, datatype=XSD.nonNegativeInteger)
            yield Quad(quad.subject, quad.predicate, place, quad.graph_name)
        else:
            yield quad


def has_blank(quad: Quad) -> bool:
    """Whether a quad has a blank node, whose label means nothing outside of the store that gave it."""
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)
