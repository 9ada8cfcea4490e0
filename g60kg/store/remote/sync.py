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
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple, Protocol

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.errors import StoreError
from g60kg.store.base import Store, Term, has_blank, in_graph
from g60kg.store.remote.store import LEDGER, RemoteStore, batches, change_texts, forget_text
from g60kg.terms import SCHEMA, curie, iri
from g60kg.triples import canonical

_SENT: Final = 10_000
"""So many triples a request holds at most, where they have no blank nodes."""
_WRITTEN: Final = 200_000
"""So many changed quads a pull writes at once: each writing costs a disk store a generation."""
_SIZE: Final = iri("void:triples")
_HASH: Final = SCHEMA.sha256
_RECORDS: Final = f"SELECT ?g ?size ?hash {{ GRAPH {LEDGER} {{ ?g {_HASH} ?hash . ?g {_SIZE} ?size }} }}"
_SIZES: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


@dataclass(frozen=True, slots=True)
class Move:
    """What was done to one graph: `kept`, `sent` (new there), `changed` or `dropped`, by so many triples."""

    graph: NamedNode
    what: str
    more: int = 0
    less: int = 0


Report = Callable[[Move], object]


class Record(NamedTuple):
    """How many triples a graph holds, and the sum of their hashes."""

    size: int
    hash: str

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> "Record":
        """Return the record of a graph; the order of its quads does not count."""
        size = total = 0
        for size, quad in enumerate(quads, 1):  # noqa: B007
            total += int.from_bytes(hashlib.sha256(str(quad.triple).encode()).digest(), "big")
        return cls(size, f"{total % (1 << 256):064x}")


class Known:
    """What a server says of its graphs: the records of those that were sent, and the sizes of all."""

    def __init__(self, store: RemoteStore) -> None:
        """Ask a server; raises `StoreError` where it does not answer."""
        self.records: Mapping[object, Record] = {
            graph: Record(_number(size), hash_.value if isinstance(hash_, Literal) else "")
            for graph, size, hash_ in store.rows(_RECORDS)
        }
        self.sizes: Mapping[object, int] = {graph: _number(size) for graph, size in store.rows(_SIZES)}

    def has(self, graph: NamedNode, record: Record) -> bool:
        """Whether the server holds a graph as a record says."""
        return self.records.get(graph) == record and self.sizes.get(graph, 0) == record.size


def _number(term: Term | None) -> int:
    """Return a number of triples; 0 where the ledger is damaged, so that the graph is compared anew."""
    return int(term.value) if isinstance(term, Literal) and term.value.isdecimal() else 0


def push(
    source: Store,
    target: RemoteStore,
    *,
    dry_run: bool = False,
    jobs: int = 1,
    report: Report = lambda move: None,
) -> tuple[Move, ...]:
    """Make a server hold the graphs of a store, and return what was done to each, sorted by name.

    With `dry_run`, return what would be done. `jobs` is how many graphs are sent at once; `report` is called
    after each graph. A graph that was pushed once and is no more is dropped. Raises `StoreError` where the
    server does not answer, refuses, or holds another number of triples in the end.
    """
    known, moves = Known(target), list[Move]()
    found = ((graph, Record.of(source.match(graph=graph))) for graph in source.graphs())
    records = {graph: record for graph, record in found if record.size}
    pushed = {graph for graph in known.records if isinstance(graph, NamedNode)}
    graphs = sorted({*records, *pushed}, key=lambda name: name.value)
    act = partial(_push_graph, source, records, dry_run)
    done = (
        map(partial(act, target, known), graphs) if jobs == 1 else _at_once(act, target, known, graphs, jobs)
    )
    for move in done:
        moves.append(move)
        report(move)
    if not dry_run:
        sizes = Known(target).sizes
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

    def connect() -> None:
        own.store = RemoteStore(target.name, timeout=target.wire.timeout)

    def one(graph: NamedNode) -> Move:
        try:
            return act(own.store, known, graph)
        except StoreError:
            with alone:
                return act(own.store, Known(own.store), graph)

    with ThreadPoolExecutor(jobs, initializer=connect) as pool:
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
    records: Mapping[NamedNode, Record],
    dry_run: bool,
    target: RemoteStore,
    known: Known,
    graph: NamedNode,
) -> Move:
    """Make a server hold one graph as its record says; without a record it is dropped there.

    The server's record of it goes first, so that a cut does not go unnoticed.
    """
    size, record = known.sizes.get(graph, 0), records.get(graph)
    if record is None:
        if not dry_run:
            target.update(f"{forget_text([graph])} ;\nDROP SILENT GRAPH {graph}")
        return Move(graph, "dropped", 0, size)
    if known.has(graph, record):
        return Move(graph, "kept")
    new, gone = _difference(source, target.match(graph=graph) if size else (), graph)
    whole = gone is None
    if not dry_run:
        target.update(forget_text([graph]), *change_texts(gone or (), (), target.kind.batch))
        for part in [new] if whole else batches(new, _SENT):
            target.put(graph, (quad.triple for quad in part), whole=whole)
        counted = target.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
        _expect(target, graph, record, _number(next(counted, (None,))[0]))
        facts = f"{graph} {_HASH} {Literal(record.hash)} ; {_SIZE} {record.size} ."
        target.update(f"INSERT DATA {{ GRAPH {LEDGER} {{ {facts} }} }}")
    return Move(graph, "changed" if size else "sent", len(new), size if gone is None else len(gone))


def _difference(
    source: Store, there: Iterable[Quad], graph: NamedNode
) -> tuple[list[Quad], list[Quad] | None]:
    """Return what the graph of the source has and what is there lacks, and the other way round.

    Blank nodes cannot be compared: with some the second is None, and the first the whole graph. Of what is
    there only hashes are kept.
    """
    gone, held = list[Quad](), set[int]()
    if any(map(has_blank, source.match(graph=graph))):
        return list(source.match(graph=graph)), None
    for quad in there:
        if has_blank(quad):
            return list(source.match(graph=graph)), None
        subject, predicate, object_ = quad.triple
        if next(source.match(subject, predicate, object_, graph), None):
            held.add(hash(quad))
        else:
            gone.append(quad)
    return [quad for quad in source.match(graph=graph) if hash(quad) not in held], gone


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
    source: RemoteStore, target: Fillable, *, dry_run: bool = False, report: Report = lambda move: None
) -> tuple[Move, ...]:
    """Make a store hold the graphs of a server, and return what was done to each, sorted by name.

    With `dry_run`, return what would be done. `report` is called after each graph. What arrived whole is kept
    when the connection is cut. Raises `StoreError` where the server does not answer, or gives another number
    of triples than it counts.
    """
    known, moves = Known(source), list[Move]()
    new, gone = list[Quad](), list[Quad]()  # what waits to be written

    def write(least: int) -> None:
        if not dry_run and len(new) + len(gone) >= least:
            target.apply(add=new, remove=gone)
            new.clear()
            gone.clear()

    try:
        for graph in source.graphs():
            move = Move(graph, "kept")
            if not known.has(graph, Record.of(target.match(graph=graph))):
                here, there = set(target.match(graph=graph)), _fetched(source, graph, known)
                if here != there:
                    what = "changed" if here else "sent"
                    move = Move(graph, what, len(there - here), len(here - there))
                new += sorted(there - here, key=str)
                gone += sorted(here - there, key=str)
            moves.append(move)
            report(move)
            write(_WRITTEN)
    finally:
        write(1)
    return tuple(moves)


def _fetched(source: RemoteStore, graph: NamedNode, known: Known) -> set[Quad]:
    """Return the quads of a graph, blank nodes labelled as a build labels them (RDFC-1.0)."""
    found, size = set(source.match(graph=graph)), known.sizes.get(graph, 0)
    if len(found) != size:
        message = f"{source.name}: gives {len(found):,} of the {size:,} triples of {curie(graph)}"
        raise StoreError(message, mend="pull again; somebody may be writing there")
    if not any(map(has_blank, found)):
        return found
    return {in_graph(triple, graph) for triple in canonical(quad.triple for quad in found)}
