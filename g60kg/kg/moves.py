"""Taking the graph to a server and back.

Goes in: a store here and the URL of an endpoint. Comes out: rows that say what was done to each graph.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.kg.progress import Progress
from g60kg.kg.stages import counts_of
from g60kg.kg.summary import Summary
from g60kg.query import Rows
from g60kg.store import DiskStore, Store, default_location, open_store, write_store
from g60kg.store.locate import is_url
from g60kg.store.manifest import NAME as MANIFEST
from g60kg.terms import INFERRED_GRAPH, curie

if TYPE_CHECKING:
    from g60kg.store.remote import Move

_COLUMNS: Final = ("graph", "done", "added", "removed")


def push_to(store: Store, url: str, report: Progress, *, dry_run: bool) -> Rows:
    """Make the server behind a URL hold the graphs of a store; raises `StoreError` where it cannot."""
    from g60kg.store.remote import RemoteStore, push

    return _rows(push(store, RemoteStore(url), dry_run=dry_run, report=_told(report)))


def pull_from(url: str, path: str | Path | None, report: Progress, *, dry_run: bool) -> Rows:
    """Make the store at a path hold the graphs of the server behind a URL.

    One that is not there is made, once something has arrived. Raises `StoreError` where it cannot be.
    """
    from g60kg.store.remote import RemoteStore, pull

    place = str(path or default_location())
    target = _Place(place)
    moves = pull(RemoteStore(url), target, dry_run=dry_run, report=_told(report))
    if not dry_run and any(move.what != "kept" for move in moves):
        target.summarise()
    return _rows(moves)


class _Place:
    """The store at a location, made when it is first written to."""

    def __init__(self, location: str) -> None:
        self._folder = Path(location).expanduser()
        is_new = not is_url(location) and not (self._folder / MANIFEST).exists()
        self._store = None if is_new else open_store(location)

    def match(self, *, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Yield the quads of a graph; see `Store.match`."""
        return iter(()) if self._store is None else self._store.match(graph=graph)

    def apply(self, *, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """Remove and add quads; see `Store.apply`."""
        if self._store is None:
            self._store = write_store(self._folder, add, Summary().to_json())
        else:
            self._store.apply(add=add, remove=remove)

    def summarise(self) -> None:
        """Write down what a store on disk holds now."""
        store = self._store
        if not isinstance(store, DiskStore):
            return
        reasoner = "compiled" if INFERRED_GRAPH in store.graphs() else "none"
        now = replace(Summary.from_json(store.about), inputs="", reasoner=reasoner, problems=())
        store.apply(about=replace(now, counts=counts_of(store.match())).to_json())


def _told(report: Progress) -> "Callable[[Move], None]":
    return lambda move: report(f"{curie(move.graph)}: {move.what}")


def _rows(moves: "Iterable[Move]") -> Rows:
    return Rows(
        _COLUMNS,
        tuple((move.graph, Literal(move.what), Literal(move.more), Literal(move.less)) for move in moves),
    )
