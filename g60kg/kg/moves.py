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
from g60kg.kg.writing import building
from g60kg.query import Rows
from g60kg.store import DiskStore, Store, default_location, open_store, write_store
from g60kg.store.locate import is_url
from g60kg.store.manifest import NAME as MANIFEST
from g60kg.terms import curie

if TYPE_CHECKING:
    from g60kg.store.remote import Move

_COLUMNS: Final = ("graph", "done", "added", "removed")


def push_to(store: Store, url: str, report: Progress, *, dry_run: bool) -> Rows:
    """Make the server behind a URL hold the graphs of a store; raises `StoreError` where it cannot."""
    from g60kg.store.remote import RemoteStore, push

    return _rows(push(store, RemoteStore(url), dry_run=dry_run, report=_told(report)))


def pull_from(url: str, path: str | Path | None, report: Progress, *, dry_run: bool) -> Rows:
    """Make the store at a path hold the graphs of the server behind a URL.

    One that is not there is made, once something has arrived; other writers are kept away meanwhile. What
    arrived whole before a pull was cut or killed is kept. Raises `StoreError` where it cannot be.
    """
    from g60kg.store.remote import RemoteStore, pull

    place = str(path or default_location())
    if is_url(place):
        return _rows(pull(RemoteStore(url), open_store(place), dry_run=dry_run, report=_told(report)))
    folder = Path(place).expanduser()
    if dry_run:
        return _rows(pull(RemoteStore(url), _Place(folder), dry_run=True, report=_told(report)))
    with building(folder, report):
        return _rows(pull(RemoteStore(url), _Place(folder), report=_told(report)))


class _Place:
    """The store in a folder, made when it is first written to; its summary goes with each change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store = DiskStore(folder) if (folder / MANIFEST).exists() else None

    def match(self, *, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Yield the quads of a graph; see `Store.match`."""
        return iter(()) if self._store is None else self._store.match(graph=graph)

    def apply(self, *, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """Remove and add quads, and write down what the store holds then; see `Store.apply`."""
        new, gone = list(add), list(remove)
        before = Summary.from_json(self._store.about) if self._store else Summary(reasoner="none")
        plus, minus = counts_of(new), counts_of(gone)
        counts = {name: before.counts.get(name, 0) + plus[name] - minus[name] for name in plus}
        reasoner = "compiled" if counts["inferred facts"] else "none"
        now = replace(before, inputs="", reasoner=reasoner, problems=(), counts=counts, is_changed=True)
        about = now.to_json()
        if self._store is None:
            self._store = write_store(self._folder, new, about)
        else:
            self._store.apply(add=new, remove=gone, about=about)


def _told(report: Progress) -> "Callable[[Move], None]":
    return lambda move: report(f"{curie(move.graph)}: {move.what}")


def _rows(moves: "Iterable[Move]") -> Rows:
    return Rows(
        _COLUMNS,
        tuple((move.graph, Literal(move.what), Literal(move.more), Literal(move.less)) for move in moves),
    )
