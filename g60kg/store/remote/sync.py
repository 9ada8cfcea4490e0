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
from g60kg.store.base import Store, Term, has_blank
from g60kg.store.remote.store import LEDGER, RemoteStore, change_texts, forget_text
from g60kg.terms import SCHEMA, curie, in_graph, iri
from g60kg.triples import canonical

_SENT: Final = 10_000
"""So many triples a request holds at most, where they have no blank nodes."""
_WRITTEN: Final = 200_000
"""So many changed quads a pull writes at once: each writing costs a disk store a generation."""
_SIZE: Final = iri("void:triples")
_HASH: Final = SCHEMA.sha256
_HASHES: Final = f"SELECT ?g ?hash {{ GRAPH {LEDGER} {{ ?g {_HASH} ?hash }} }}"
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
    """How many triples a graph holds, and the sum of their hashes; None where nobody has kept it."""

    size: int
    hash: Term | None


Records = Mapping[Term | None, Record]
_NOTHING: Final = Record(0, None)


def record_of(quads: Iterable[Quad]) -> Record:
    """Return the record of a graph; the order of its quads does not count."""
    size = total = 0
    for quad in quads:
        total += int.from_bytes(hashlib.sha256(str(quad.triple).encode()).digest(), "big")
        size += 1
    return Record(size, Literal(f"{total % (1 << 256):064x}"))


def records_of(store: RemoteStore) -> Records:
    """Return how many triples each graph of a server holds, with the hash that a push wrote down of it."""
    hashes = {graph: hash_ for graph, hash_ in store.rows(_HASHES)}  # noqa: C416
    sizes = {graph: _number(count) for graph, count in store.rows(_SIZES)}
    return {graph: Record(sizes.get(graph, 0), hashes.get(graph)) for graph in {*hashes, *sizes}}


def _number(count: Term | None) -> int:
    return int(count.value) if isinstance(count, Literal) else 0


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
    server does not answer, refuses, or holds another number of triples of a graph when all of it was sent.
    """
    there, moves = records_of(target), list[Move]()
    found = ((graph, record_of(source.match(graph=graph))) for graph in source.graphs())
    here = {graph: record for graph, record in found if record.size}
    pushed = {graph for graph, record in there.items() if isinstance(graph, NamedNode) and record.hash}
    graphs = sorted({*here, *pushed}, key=lambda name: name.value)

    def move(graph: NamedNode, there: Records = there) -> Move:
        old, new = there.get(graph, _NOTHING), here.get(graph)
        if new is None:
            if not dry_run:
                target.update(f"{forget_text([graph])} ;\nDROP SILENT GRAPH {graph}")
            return Move(graph, "dropped", 0, old.size)
        if old == new:
            return Move(graph, "kept")
        more, less = _difference(source, target.match(graph=graph) if old.size else (), graph)
        if not dry_run:
            _send(target, graph, more, less, new)
        what = "changed" if old.size else "sent"
        return Move(graph, what, len(more), old.size if less is None else len(less))

    def again(graph: NamedNode) -> Move:
        return move(graph, records_of(target))

    for done in map(move, graphs) if jobs == 1 else _at_once(move, again, graphs, jobs):
        moves.append(done)
        report(done)
    return tuple(moves)


def _at_once(
    move: Callable[[NamedNode], Move], again: Callable[[NamedNode], Move], graphs: list[NamedNode], jobs: int
) -> Iterator[Move]:
    """Yield what is done to each graph, so many at once.

    Where one fails, as servers do that two writers lock out, it is tried once more, no other such beside it.
    """
    alone = threading.Lock()

    def one(graph: NamedNode) -> Move:
        try:
            return move(graph)
        except StoreError:
            with alone:
                return again(graph)

    with ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(one, graph) for graph in graphs]
        for graph, future in zip(graphs, futures, strict=True):
            try:
                yield future.result()
            except StoreError as error:
                pool.shutdown(cancel_futures=True)
                sent = sum(not each.cancelled() and each.exception() is None for each in futures)
                message = f"{curie(graph)}: {error.message}; {sent:,} of {len(graphs):,} graphs are there"
                raise StoreError(message, mend="push again: it goes on from there") from error


def _difference(
    source: Store, there: Iterable[Quad], graph: NamedNode
) -> tuple[list[Quad], list[Quad] | None]:
    """Return what the graph of the source has and what is there lacks, and the other way round.

    Blank nodes cannot be compared: with some the second is None, and the first the whole graph. Of what is
    there only hashes are kept.
    """
    here, gone, held = partial(source.match, graph=graph), list[Quad](), set[int]()
    if any(map(has_blank, here())):
        return list(here()), None
    for quad in there:
        if has_blank(quad):
            return list(here()), None
        if next(here(*quad.triple), None):
            held.add(hash(quad))
        else:
            gone.append(quad)
    return [quad for quad in here() if hash(quad) not in held], gone


def _send(
    target: RemoteStore, graph: NamedNode, more: list[Quad], less: list[Quad] | None, record: Record
) -> None:
    """Make a difference; the graph's record goes first, so that a cut does not go unnoticed."""
    target.update(forget_text([graph]), *change_texts(less or (), (), target.kind.batch))
    parts = (more[start : start + _SENT] for start in range(0, len(more), _SENT))
    for part in [more] if less is None else parts:
        target.put(graph, (quad.triple for quad in part), whole=less is None)
    ((count,),) = target.rows(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    if (size := _number(count)) != record.size:
        message = f"{target.name}: holds {size:,} of the {record.size:,} triples of {curie(graph)}"
        raise StoreError(message, mend="push again; if it stays so, the server takes some for the same")
    facts = f"{graph} {_HASH} {record.hash} ; {_SIZE} {record.size} ."
    target.update(f"INSERT DATA {{ GRAPH {LEDGER} {{ {facts} }} }}")


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
    held, moves = records_of(source), list[Move]()
    new, gone = list[Quad](), list[Quad]()  # what waits to be written

    def write(least: int) -> None:
        if not dry_run and len(new) + len(gone) >= least:
            target.apply(add=new, remove=gone)
            new.clear()
            gone.clear()

    try:
        for graph in source.graphs():
            move, old = Move(graph, "kept"), held.get(graph, _NOTHING)
            if old != record_of(target.match(graph=graph)):
                here, there = set(target.match(graph=graph)), _fetched(source, graph, old.size)
                more, less = sorted(there - here, key=str), sorted(here - there, key=str)
                new.extend(more)
                gone.extend(less)
                if more or less:
                    move = Move(graph, "changed" if here else "sent", len(more), len(less))
            moves.append(move)
            report(move)
            write(_WRITTEN)
    finally:
        write(1)
    return tuple(moves)


def _fetched(source: RemoteStore, graph: NamedNode, size: int) -> set[Quad]:
    """Return the quads of a graph, blank nodes labelled as a build labels them (RDFC-1.0)."""
    found = set(source.match(graph=graph))
    if len(found) != size:
        message = f"{source.name}: gives {len(found):,} of the {size:,} triples of {curie(graph)}"
        raise StoreError(message, mend="pull again; somebody may be writing there")
    if not any(map(has_blank, found)):
        return found
    return {in_graph(triple, graph) for triple in canonical(quad.triple for quad in found)}
