"""Taking a graph to a server and back.

`push` makes a server hold each graph of a store as it is there, `pull` a store each graph of a server. What
is the same on both sides is not sent; other graphs are left alone. A run that was cut goes on where it was
cut when it is called again.

A push keeps a record of each graph that it sent in a graph of the server, the ledger: how many triples it
has, and a hash of them in any order. A record is forgotten before its graph is touched and written when the
graph is whole, so a cut never leaves a record that lies.
"""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from pyoxigraph import Literal, NamedNode, Quad, Triple

from g60kg.errors import StoreError
from g60kg.store.base import Store, Term, has_blank
from g60kg.store.remote.store import LEDGER, RemoteStore, forget_text
from g60kg.store.remote.wire import batches, change_texts
from g60kg.terms import SCHEMA, curie, iri
from g60kg.triples import canonical

_SENT: Final = 10_000
"""So many triples a request holds at most, where they have no blank nodes."""
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


@dataclass(frozen=True, slots=True)
class Known:
    """What a server says of its graphs: the records of those that were sent, and the sizes of all."""

    records: Mapping[object, Record]
    sizes: Mapping[object, int]

    @classmethod
    def of(cls, store: RemoteStore) -> "Known":
        """Ask a server; raises `StoreError` where it does not answer."""
        records = store.rows(_RECORDS, ("g", "hash", "size"))
        sizes = store.rows(_SIZES, ("g", "n"))
        return cls(
            {graph: Record(_number(size), _text(hash_)) for graph, hash_, size in records},
            {graph: _number(size) for graph, size in sizes},
        )

    def has(self, graph: NamedNode, record: Record) -> bool:
        """Whether the server holds a graph as a record says."""
        return self.records.get(graph) == record and self.sizes.get(graph, 0) == record.size


def record_of(quads: Iterable[Quad]) -> Record:
    """Return the record of a graph; the order of its quads does not count."""
    size = total = 0
    for quad in quads:
        total += int.from_bytes(hashlib.sha256(str(quad.triple).encode()).digest(), "big")
        size += 1
    return Record(size, f"{total % (1 << 256):064x}")


def _number(term: Term | None) -> int:
    """Return a number of triples; 0 where the ledger is damaged, so that the graph is compared anew."""
    text = _text(term)
    return int(text) if text.isdecimal() else 0


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, Literal) else "0"


def push(
    source: Store,
    target: RemoteStore,
    *,
    dry_run: bool = False,
    jobs: int = 1,
    report: Callable[[Move], None] | None = None,
) -> tuple[Move, ...]:
    """Make a server hold the graphs of a store, and return what was done to each, sorted by name.

    With `dry_run`, return what would be done. `jobs` is how many graphs are sent at once; `report` is called
    after each graph. A graph that was pushed once and is no more is dropped. Raises `StoreError` where the
    server does not answer, refuses, or holds another number of triples in the end.
    """
    known, moves = Known.of(target), list[Move]()
    found = ((graph, record_of(source.match(graph=graph))) for graph in source.graphs())
    records = {graph: record for graph, record in found if record.size}
    pushed = {graph for graph in known.records if isinstance(graph, NamedNode)}
    graphs = sorted({*records, *pushed}, key=lambda name: name.value)

    def act(there: RemoteStore, known: Known, graph: NamedNode) -> Move:
        return _push_graph(source, there, known, graph, records.get(graph), dry_run=dry_run)

    alone = (act(target, known, each) for each in graphs)
    for move in alone if jobs == 1 else _at_once(act, target, known, graphs, jobs):
        moves.append(move)
        if report:
            report(move)
    if not dry_run:
        sizes = Known.of(target).sizes
        for graph, record in records.items():
            _expect(target, graph, record, sizes.get(graph, 0))
    return tuple(moves)


def _at_once(
    act: Callable[[RemoteStore, Known, NamedNode], Move],
    target: RemoteStore,
    known: Known,
    graphs: list[NamedNode],
    jobs: int,
) -> Iterator[Move]:
    """Yield what is done to each graph, so many at once, each by a connection of its own.

    Where one fails, as servers do that two writers lock out, it is tried once more, no other such beside it.
    """
    own, alone = threading.local(), threading.Lock()

    def one(graph: NamedNode) -> Move:
        if not hasattr(own, "store"):
            own.store = RemoteStore(target.name, timeout=target.wire.timeout)
        try:
            return act(own.store, known, graph)
        except StoreError:
            with alone:
                return act(own.store, Known.of(own.store), graph)

    with ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(one, graph) for graph in graphs]
        for graph, future in zip(graphs, futures, strict=True):
            try:
                yield future.result()
            except StoreError as error:
                pool.shutdown(cancel_futures=True)
                there = sum(not each.cancelled() and each.exception() is None for each in futures)
                message = f"{curie(graph)}: {error.message}; {there:,} of {len(graphs):,} graphs are there"
                raise StoreError(message, mend="push again: it goes on from there") from error


def _push_graph(
    source: Store,
    target: RemoteStore,
    known: Known,
    graph: NamedNode,
    record: Record | None,
    *,
    dry_run: bool,
) -> Move:
    """Make a server hold one graph as its record says; without a record it is dropped there."""
    size = known.sizes.get(graph, 0)
    if record is None:
        if not dry_run:
            target.update(f"{forget_text([graph])} ;\nDROP SILENT GRAPH {graph}")
        return Move(graph, "dropped", 0, size)
    if known.has(graph, record):
        return Move(graph, "kept")
    change = _difference(source, target.match(graph=graph) if size else (), graph)
    if not dry_run:
        _send(target, graph, change, record)
    less = size if change.whole else len(change.gone)
    return Move(graph, "changed" if size else "sent", len(change.new), less)


class _Difference(NamedTuple):
    """The quads that one store has and another lacks, both ways; `whole` where only replacing can tell."""

    new: list[Quad]
    gone: Sequence[Quad] = ()
    whole: bool = False


def _difference(source: Store, there: Iterable[Quad], graph: NamedNode) -> _Difference:
    """Return what would make what is there the graph of the source; of what is there only hashes are kept.

    Blank nodes cannot be compared, so a graph with some is sent whole.
    """
    if any(map(has_blank, source.match(graph=graph))):
        return _Difference(list(source.match(graph=graph)), whole=True)
    gone, held = list[Quad](), set[int]()
    for quad in there:
        if has_blank(quad):
            return _Difference(list(source.match(graph=graph)), whole=True)
        assert not isinstance(quad.subject, Triple)
        if next(source.match(quad.subject, quad.predicate, quad.object, graph), None):  # type: ignore[arg-type]
            held.add(hash(quad))
        else:
            gone.append(quad)
    return _Difference([quad for quad in source.match(graph=graph) if hash(quad) not in held], gone)


def _send(target: RemoteStore, graph: NamedNode, change: _Difference, record: Record) -> None:
    """Make a difference; the graph's record goes first, so that a cut does not go unnoticed."""
    most = target.dataset.kind.batch
    target.update(forget_text([graph]), *change_texts(change.gone, (), most))
    in_one = change.whole or any(map(has_blank, change.new))
    for part in [change.new] if in_one else batches(change.new, _SENT):
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
    known, moves = Known.of(source), list[Move]()
    new, gone = list[Quad](), list[Quad]()  # what waits to be written
    try:
        for graph in source.graphs():
            move = Move(graph, "kept")
            if not known.has(graph, record_of(target.match(graph=graph))):
                here, there = set(target.match(graph=graph)), _fetched(source, graph, known)
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


def _fetched(source: RemoteStore, graph: NamedNode, known: Known) -> set[Quad]:
    """Return the quads of a graph, blank nodes labelled as a build labels them (RDFC-1.0)."""
    found, size = set(source.match(graph=graph)), known.sizes.get(graph, 0)
    if len(found) != size:
        message = f"{source.name}: gives {len(found):,} of the {size:,} triples of {curie(graph)}"
        raise StoreError(message, mend="pull again; somebody may be writing there")
    if not any(map(has_blank, found)):
        return found
    labelled = canonical(quad.triple for quad in found)
    return {Quad(each.subject, each.predicate, each.object, graph) for each in labelled}
