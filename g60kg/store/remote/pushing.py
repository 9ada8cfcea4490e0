"""Sending a graph to a server.

Goes in: a store, and the store behind an endpoint. Comes out: the server holds each graph of the first
as it is there. A graph that the server holds already is not sent again; of one that changed, only the
difference is. A run that was cut goes on where it was cut when it is called again: what arrived is
part of the difference. Graphs of the server that were never pushed are left alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from g60kg.errors import StoreError
from g60kg.store.base import Store
from g60kg.store.blank import has_blank
from g60kg.store.remote.ledger import Record, forget_text, record_of, write_text
from g60kg.store.remote.remote import RemoteStore
from g60kg.store.remote.transfer import Difference, Known, Move, difference, size_of, triples_of
from g60kg.store.remote.update import batches, change_texts
from g60kg.terms import curie


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
    they have no blank nodes; `report` is called after each graph. Raises `StoreError` where the server
    does not answer, refuses, or holds another number of triples in the end.
    """
    known = Known.of(target)
    found = ((graph, record_of(triples_of(source, graph))) for graph in source.graphs())
    records = {graph: record for graph, record in found if record.size}
    run, moves = _Push(source, target, known, dry_run, batch), []
    for graph in sorted({*records, *known.records}, key=lambda name: name.value):
        move = run.send(graph, records[graph]) if graph in records else run.drop(graph)
        moves.append(move)
        if report:
            report(move)
    if not dry_run:
        run.check(records)
    return tuple(moves)


@dataclass(frozen=True, slots=True)
class _Push:
    """One run: from where to where, and what was known of the server at its beginning."""

    source: Store
    target: RemoteStore
    known: Known
    dry_run: bool
    batch: int

    def send(self, graph: NamedNode, record: Record) -> Move:
        """Send one graph, or what of it the server lacks."""
        if self.known.has(graph, record):
            return Move(graph, "kept")
        size = self.known.sizes.get(graph, 0)
        found = difference(self.source, self.target, graph, is_new=not size)
        if not self.dry_run:
            self._make(graph, found)
            _expect(self.target, graph, record, size_of(self.target, graph))
            self.target.update(write_text(graph, record))
        less = size if found.whole else len(found.gone)
        return Move(graph, "changed" if size else "sent", len(found.new), less)

    def _make(self, graph: NamedNode, found: Difference) -> None:
        """Make a difference; the graph's record goes first, so that a cut does not go unnoticed."""
        most = self.target.dataset.kind.batch
        self.target.update(forget_text([graph]), *change_texts(found.gone, (), most))
        in_one = found.whole or any(map(has_blank, found.new))
        for part in [found.new] if in_one else batches(found.new, self.batch):
            self.target.put(graph, (quad.triple for quad in part), whole=found.whole)

    def drop(self, graph: NamedNode) -> Move:
        """Take away a graph that was pushed once and is no more."""
        if not self.dry_run:
            self.target.update(f"{forget_text([graph])} ;\nDROP SILENT GRAPH {graph}")
        return Move(graph, "dropped", 0, self.known.sizes.get(graph, 0))

    def check(self, records: dict[NamedNode, Record]) -> None:
        """Check that the server holds as many triples as are to be there."""
        sizes = Known.of(self.target).sizes
        for graph, record in records.items():
            _expect(self.target, graph, record, sizes.get(graph, 0))


def _expect(target: RemoteStore, graph: NamedNode, record: Record, size: int) -> None:
    if size != record.size:
        message = f"{target.name}: holds {size:,} of the {record.size:,} triples of {curie(graph)}"
        raise StoreError(message, mend="push again; if it stays so, the server takes some for the same")
