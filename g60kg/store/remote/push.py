"""Sending a graph to a server.

Goes in: a store, and the store behind an endpoint. Comes out: the server holds each graph of the first
as it is there. A graph that the server holds already is not sent again; of one that changed, only the
difference is. A run that was cut goes on where it was cut when it is called again: what arrived is
part of the difference. Graphs of the server that were never pushed are left alone.
"""

from collections.abc import Callable, Mapping
from typing import Final

from pyoxigraph import NamedNode

from g60kg.errors import StoreError
from g60kg.store.base import Store
from g60kg.store.remote.ledger import Record, forget_text, record_of, write_text
from g60kg.store.remote.remote import RemoteStore
from g60kg.store.remote.transfer import Difference, Known, Move, difference, size_of, triples_of
from g60kg.store.remote.update import batches, change_texts, has_blank
from g60kg.terms import curie

_BATCH: Final = 10_000


def push(
    source: Store, target: RemoteStore, *, dry_run: bool = False, report: Callable[[Move], None] | None = None
) -> tuple[Move, ...]:
    """Make a server hold the graphs of a store, and return what was done to each, sorted by name.

    With `dry_run`, return what would be done. `report` is called after each graph. Raises `StoreError`
    where the server does not answer, refuses, or holds another number of triples in the end.
    """
    known = Known.of(target)
    found = ((graph, record_of(triples_of(source, graph))) for graph in source.graphs())
    records = {graph: record for graph, record in found if record.size}
    moves = []
    for graph in sorted({*records, *known.records}, key=lambda name: name.value):
        if graph in records:
            move = _push(source, target, graph, records[graph], known, dry_run)
        else:
            move = _drop(target, graph, known, dry_run)
        moves.append(move)
        if report:
            report(move)
    if not dry_run:
        _check(target, records)
    return tuple(moves)


def _push(
    source: Store, target: RemoteStore, graph: NamedNode, record: Record, known: Known, dry_run: bool
) -> Move:
    """Send one graph, or what of it the server lacks."""
    if known.has(graph, record):
        return Move(graph, "kept")
    size = known.sizes.get(graph, 0)
    found = difference(source, target, graph, is_new=not size)
    if not dry_run:
        _send(target, graph, found)
        _confirm(target, graph, record)
    less = size if found.whole else len(found.gone)
    return Move(graph, "changed" if size else "sent", len(found.new), less)


def _send(target: RemoteStore, graph: NamedNode, found: Difference) -> None:
    """Make a difference; the graph's record is gone before, so that a cut does not go unnoticed."""
    target.update(forget_text([graph]), *change_texts(found.gone, (), target.dataset.kind.batch))
    in_one = found.whole or any(map(has_blank, found.new))
    for batch in [found.new] if in_one else batches(found.new, _BATCH):
        target.put(graph, (quad.triple for quad in batch), whole=found.whole)


def _confirm(target: RemoteStore, graph: NamedNode, record: Record) -> None:
    """Write the record of a graph that arrived whole."""
    _expect(target, graph, record, size_of(target, graph))
    target.update(write_text(graph, record))


def _drop(target: RemoteStore, graph: NamedNode, known: Known, dry_run: bool) -> Move:
    """Take away a graph that was pushed once and is no more."""
    if not dry_run:
        target.update(f"{forget_text([graph])} ;\nDROP SILENT GRAPH {graph}")
    return Move(graph, "dropped", 0, known.sizes.get(graph, 0))


def _check(target: RemoteStore, records: Mapping[NamedNode, Record]) -> None:
    """Check that the server holds as many triples as were to be there."""
    sizes = Known.of(target).sizes
    for graph, record in records.items():
        _expect(target, graph, record, sizes.get(graph, 0))


def _expect(target: RemoteStore, graph: NamedNode, record: Record, size: int) -> None:
    if size != record.size:
        message = f"{target.name}: holds {size:,} of the {record.size:,} triples of {curie(graph)}"
        raise StoreError(message, mend="push again; if it stays so, the server takes some for the same")
