"""Taking a graph to a server and back.

`push` makes a server hold each graph of a store as it is there, `pull` a store each graph of a server. What
is the same on both sides is not sent; other graphs are left alone. A run that was cut goes on where it was
cut when it is called again.

A push keeps a record of each graph that it sent in a graph of the server, the ledger: how many triples it
has, and a hash of them in any order. A record is forgotten before its graph is touched and written when the
graph is whole, so a cut never leaves a record that lies.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple

from g60kg.errors import StoreError
from g60kg.store.base import Store, Term, has_blank
from g60kg.store.remote.store import LEDGER, RemoteStore, forget_text
from g60kg.store.remote.text import batches, change_texts
from g60kg.terms import SCHEMA, curie, iri

_WRITTEN: Final = 200_000
"""So many changed quads a pull writes at once: each writing costs a disk store a generation."""
_SIZE: Final = iri("void:triples")
_HASH: Final = SCHEMA.sha256
_RECORDS: Final = f"SELECT ?g ?hash ?size {{ GRAPH {LEDGER} {{ ?g {_HASH} ?hash . ?g {_SIZE} ?size }} }}"
_SIZES: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


@dataclass(frozen=True, slots=True)
class Move:
    """What was done to one graph: `kept`, `sent` (new there), `changed` or `dropped`, by so many triples."""

    graph: NamedNode
    what: str
    more: int = 0
    less: int = 0


class Record(NamedTuple):
    """How many triples a graph holds, and the sum of their hashes."""

    size: int
    hash: str


def _records(store: RemoteStore) -> dict[object, Record]:
    """Return the records of the graphs that were sent to a server."""
    rows = store.rows(_RECORDS, ("g", "hash", "size"))
    return {graph: Record(_number(size), _text(hash_)) for graph, hash_, size in rows}


def _sizes(store: RemoteStore) -> dict[object, int]:
    """Return how many triples each graph of a server holds."""
    return {graph: _number(size) for graph, size in store.rows(_SIZES, ("g", "n"))}


def record_of(quads: Iterable[Quad]) -> Record:
    """Return the record of a graph; the order of its quads does not count."""
    size = total = 0
    for quad in quads:
        total += int.from_bytes(hashlib.sha256(str(quad.triple).encode()).digest(), "big")
        size += 1
    return Record(size, f"{total % (1 << 256):064x}")


def _number(term: Term | None) -> int:
    return int(_text(term))


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else "0"


def push(
    source: Store,
    target: RemoteStore,
    *,
    dry_run: bool = False,
    batch: int = 10_000,
    report: Callable[[Move], None] | None = None,
) -> tuple[Move, ...]:
    """Make a server hold the graphs of a store, and return what was done to each, sorted by name.

    With `dry_run`, return what would be done. `batch` is how many triples a request holds at most, where
    they have no blank nodes; `report` is called after each graph. A graph that was pushed once and is no more
    is dropped. Raises `StoreError` where the server does not answer, refuses, or holds another number of
    triples in the end.
    """
    known, sizes, moves = _records(target), _sizes(target), list[Move]()
    found = ((graph, record_of(source.match(graph=graph))) for graph in source.graphs())
    records = {graph: record for graph, record in found if record.size}
    pushed = {graph for graph in known if isinstance(graph, NamedNode)}
    for graph in sorted({*records, *pushed}, key=lambda name: name.value):
        if graph not in records:
            move = Move(graph, "dropped", 0, sizes.get(graph, 0))
            if not dry_run:
                target.update(f"{forget_text([graph])} ;\nDROP SILENT GRAPH {graph}")
        elif known.get(graph) == records[graph] and sizes.get(graph) == records[graph].size:
            move = Move(graph, "kept")
        else:
            size = sizes.get(graph, 0)
            change = _difference(source, target, graph, is_new=not size)
            if not dry_run:
                _send(target, graph, change, records[graph], batch)
            less = size if change.whole else len(change.gone)
            move = Move(graph, "changed" if size else "sent", len(change.new), less)
        moves.append(move)
        if report:
            report(move)
    if not dry_run:
        sizes = _sizes(target)
        for graph, record in records.items():
            _expect(target, graph, record, sizes.get(graph, 0))
    return tuple(moves)


@dataclass(slots=True)
class _Difference:
    """The quads that one store has and another lacks, both ways; `whole` where only replacing can tell."""

    new: list[Quad] = field(default_factory=list)
    gone: list[Quad] = field(default_factory=list)
    whole: bool = False


def _difference(source: Store, target: Store, graph: NamedNode, *, is_new: bool) -> _Difference:
    """Return what would make a graph of the target that of the source; of the target only hashes are kept.

    Blank nodes cannot be compared, so a graph with some is sent whole; and so is one that is new there.
    """
    if is_new or any(map(has_blank, source.match(graph=graph))):
        return _Difference(list(source.match(graph=graph)), whole=not is_new)
    found, held = _Difference(), set()
    for quad in target.match(graph=graph):
        if has_blank(quad):
            return _Difference(list(source.match(graph=graph)), whole=True)
        assert not isinstance(quad.subject, Triple)
        if next(source.match(quad.subject, quad.predicate, quad.object, graph), None):  # type: ignore[arg-type]
            held.add(hash(quad))
        else:
            found.gone.append(quad)
    found.new = [quad for quad in source.match(graph=graph) if hash(quad) not in held]
    return found


def _send(target: RemoteStore, graph: NamedNode, change: _Difference, record: Record, batch: int) -> None:
    """Make a difference; the graph's record goes first, so that a cut does not go unnoticed."""
    most = target.dataset.kind.batch
    target.update(forget_text([graph]), *change_texts(change.gone, (), most))
    in_one = change.whole or any(map(has_blank, change.new))
    for part in [change.new] if in_one else batches(change.new, batch):
        target.put(graph, (quad.triple for quad in part), whole=change.whole)
    counted = target.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}", ("n",))
    _expect(target, graph, record, _number(next(counted, (None,))[0]))
    facts = f"{graph} {_HASH} {Literal(record.hash)} ; {_SIZE} {record.size} ."
    target.update(f"INSERT DATA {{ GRAPH {LEDGER} {{ {facts} }} }}")


def _expect(target: RemoteStore, graph: NamedNode, record: Record, size: int) -> None:
    if size != record.size:
        message = f"{target.name}: holds {size:,} of the {record.size:,} triples of {curie(graph)}"
        raise StoreError(message, mend="push again; if it stays so, the server takes some for the same")


class Fillable(Protocol):
    """What a pull needs of the store that it fills."""

    def match(self, *, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Yield the quads of a graph."""

    def apply(self, *, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """Remove and add quads, all or none."""


def pull(
    source: RemoteStore,
    target: Fillable,
    *,
    dry_run: bool = False,
    report: Callable[[Move], None] | None = None,
) -> tuple[Move, ...]:
    """Make a store hold the graphs of a server, and return what was done to each, sorted by name.

    With `dry_run`, return what would be done. `report` is called after each graph. What arrived whole is kept
    when the connection is cut. Raises `StoreError` where the server does not answer, or gives another number
    of triples than it counts.
    """
    known, sizes, moves = _records(source), _sizes(source), list[Move]()
    new, gone = list[Quad](), list[Quad]()  # what waits to be written
    try:
        for graph in source.graphs():
            move = Move(graph, "kept")
            record = record_of(target.match(graph=graph))
            if known.get(graph) != record or sizes.get(graph, 0) != record.size:
                here, there = set(target.match(graph=graph)), _fetched(source, graph, sizes.get(graph, 0))
                more, less = sorted(there - here, key=str), sorted(here - there, key=str)
                new, gone = new + more, gone + less
                if more or less:
                    move = Move(graph, "changed" if here else "sent", len(more), len(less))
            moves.append(move)
            if report:
                report(move)
            if not dry_run and len(new) + len(gone) >= _WRITTEN:
                target.apply(add=new, remove=gone)
                new, gone = [], []
    finally:
        if not dry_run and (new or gone):
            target.apply(add=new, remove=gone)
    return tuple(moves)


def _fetched(source: RemoteStore, graph: NamedNode, size: int) -> set[Quad]:
    """Return the quads of a graph, blank nodes labelled as a build labels them (RDFC-1.0)."""
    found = set(source.match(graph=graph))
    if len(found) != size:
        message = f"{source.name}: gives {len(found):,} of the {size:,} triples of {curie(graph)}"
        raise StoreError(message, mend="pull again; somebody may be writing there")
    if not any(map(has_blank, found)):
        return found
    dataset = Dataset(found)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)
