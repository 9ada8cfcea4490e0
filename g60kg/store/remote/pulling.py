"""Bringing a graph back from a server.

Goes in: the store behind an endpoint, and a store here. Comes out: the second holds each graph of the
first as it is there. A graph that is the same on both is not fetched; others that are here are left
alone. What arrived whole is kept when the connection is cut, so that the next call goes on from there.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol

from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from g60kg.errors import StoreError
from g60kg.store.blank import has_blank
from g60kg.store.remote.ledger import record_of
from g60kg.store.remote.remote import RemoteStore
from g60kg.store.remote.transfer import Known, Move
from g60kg.terms import curie

_BATCH: Final = 200_000
"""So many changed quads are written at once: each writing costs a disk store a generation."""


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

    With `dry_run`, return what would be done. `report` is called after each graph. Raises `StoreError`
    where the server does not answer, or gives another number of triples than it counts.
    """
    known, moves, waiting = Known.of(source), list[Move](), _Waiting(target)
    try:
        for graph in source.graphs():
            move = _pull(source, target, graph, known, waiting)
            moves.append(move)
            if report:
                report(move)
            if not dry_run:
                waiting.write(_BATCH)
    finally:
        if not dry_run:
            waiting.write()
    return tuple(moves)


class _Waiting:
    """Changes of whole graphs that wait to be written."""

    def __init__(self, target: Fillable) -> None:
        self._target = target
        self.new: list[Quad] = []
        self.gone: list[Quad] = []

    def write(self, least: int = 1) -> None:
        """Write what waits, if it is so many quads."""
        if len(self.new) + len(self.gone) >= least:
            self._target.apply(add=self.new, remove=self.gone)
            self.new, self.gone = [], []


def _pull(source: RemoteStore, target: Fillable, graph: NamedNode, known: Known, waiting: _Waiting) -> Move:
    """Fetch one graph, if it is another than here, and let the change wait."""
    if known.has(graph, record_of(quad.triple for quad in target.match(graph=graph))):
        return Move(graph, "kept")
    there, here = _fetched(source, graph, known), set(target.match(graph=graph))
    new, gone = sorted(there - here, key=str), sorted(here - there, key=str)
    waiting.new += new
    waiting.gone += gone
    if not new and not gone:
        return Move(graph, "kept")
    return Move(graph, "changed" if here else "sent", len(new), len(gone))


def _fetched(source: RemoteStore, graph: NamedNode, known: Known) -> set[Quad]:
    """Return the quads of a graph, blank nodes labelled as a build labels them (RDFC-1.0)."""
    found, size = set(source.match(graph=graph)), known.sizes.get(graph, 0)
    if len(found) != size:
        message = f"{source.name}: gives {len(found):,} of the {size:,} triples of {curie(graph)}"
        raise StoreError(message, mend="pull again; somebody may be writing there")
    return _labelled(found) if any(map(has_blank, found)) else found


def _labelled(quads: Iterable[Quad]) -> set[Quad]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)
