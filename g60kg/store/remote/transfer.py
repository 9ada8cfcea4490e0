"""What a transfer between two stores does to each graph, and how two graphs differ.

Goes in: two stores and a graph. Comes out: quads that one of them lacks; `Move`s, which say what
happened. Only the graph at hand is looked at, and of the other store only hashes are kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad, Triple

from g60kg.store.base import Store, Term
from g60kg.store.blank import has_blank
from g60kg.store.remote.ledger import RECORDS, SIZES, Record, size_query
from g60kg.store.remote.remote import RemoteStore


@dataclass(frozen=True, slots=True)
class Move:
    """What was done to one graph: `kept`, `sent` (new there), `changed` or `dropped`, by so many triples."""

    graph: NamedNode
    what: str
    more: int = 0
    less: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What a server says of its graphs: the records of those that were sent, and the sizes of all."""

    records: Mapping[NamedNode, Record]
    sizes: Mapping[NamedNode, int]

    @classmethod
    def of(cls, store: RemoteStore) -> "Known":
        """Ask a server; raises `StoreError` where it does not answer."""
        records = store.rows(RECORDS, ("g", "hash", "size"))
        sizes = store.rows(SIZES, ("g", "n"))
        return cls(
            {
                row[0]: Record(_number(row[2]), _text(row[1]))
                for row in records
                if isinstance(row[0], NamedNode)
            },
            {row[0]: _number(row[1]) for row in sizes if isinstance(row[0], NamedNode)},
        )

    def has(self, graph: NamedNode, record: Record) -> bool:
        """Whether the server holds a graph as a record says."""
        return self.records.get(graph) == record and self.sizes.get(graph, 0) == record.size


@dataclass(slots=True)
class Difference:
    """The quads that one store has and another lacks, both ways; `whole` where only replacing can tell."""

    new: list[Quad] = field(default_factory=list)
    gone: list[Quad] = field(default_factory=list)
    whole: bool = False


def difference(source: Store, target: Store, graph: NamedNode, *, is_new: bool) -> Difference:
    """Return what would make a graph of the target that of the source.

    Blank nodes cannot be compared, so a graph with some is sent whole; and so is one that is new there.
    """
    if is_new or any(map(has_blank, source.match(graph=graph))):
        return Difference(list(source.match(graph=graph)), whole=not is_new)
    found, held = Difference(), set()
    for quad in target.match(graph=graph):
        if has_blank(quad):
            return Difference(list(source.match(graph=graph)), whole=True)
        if _holds(source, quad):
            held.add(hash(quad))
        else:
            found.gone.append(quad)
    found.new = [quad for quad in source.match(graph=graph) if hash(quad) not in held]
    return found


def size_of(store: RemoteStore, graph: NamedNode) -> int:
    """Return how many triples a server holds of a graph."""
    return next((_number(row[0]) for row in store.rows(size_query(graph), ("n",))), 0)


def triples_of(store: Store, graph: NamedNode) -> Iterator[Triple]:
    """Yield the triples of a graph."""
    return (quad.triple for quad in store.match(graph=graph))


def _holds(store: Store, quad: Quad) -> bool:
    parts: Iterable[Term] = (quad.subject, quad.predicate, quad.object, quad.graph_name)  # type: ignore[assignment]
    return next(store.match(*parts), None) is not None  # type: ignore[arg-type]


def _number(term: Term | None) -> int:
    return int(_text(term))


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else "0"
