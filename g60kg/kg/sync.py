"""Taking the graph, or layers of it, elsewhere and back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from g60kg.dataset import dataset_quads, describe_dataset
from g60kg.errors import ExportError
from g60kg.kg.change import building
from g60kg.kg.overlays import Summary
from g60kg.kg.stages import Progress, counts_after
from g60kg.later import later
from g60kg.query import Rows
from g60kg.store import DiskStore, Store, default_location, open_store, write_store
from g60kg.store.locate import is_url
from g60kg.store.manifest import NAME as MANIFEST
from g60kg.terms import DATASET_GRAPH, GRAPH, INFERRED_GRAPH, curie

if TYPE_CHECKING:
    from g60kg.store import remote
else:
    (remote,) = later("g60kg.store", "remote")


def layers(
    store: Store, *, graph: str | Sequence[str] | None = None, inferred: bool = True
) -> Iterator[Quad]:
    """Yield the quads of the graphs chosen, or of all, with or without what was inferred.

    A graph is named by its IRI, its CURIE, or what follows `graph:`; `*` stands for any characters. To
    what the store holds, `graph:dataset` is added, its description. Raises `ExportError` with the nearest
    names for one that is not held.
    """
    chosen = held = (*store.graphs(), DATASET_GRAPH)
    if graph is not None:
        texts = [graph] if isinstance(graph, str) else graph
        chosen = tuple(sorted({name for text in texts for name in _named(text, held)}, key=str))

    def quads(name: NamedNode) -> Iterable[Quad]:
        if name == DATASET_GRAPH:
            return dataset_quads(describe_dataset(store, inferred=inferred))
        return store.match(graph=name)

    return (quad for name in chosen if inferred or name != INFERRED_GRAPH for quad in quads(name))


def _named(text: str, held: tuple[NamedNode, ...]) -> list[NamedNode]:
    names = {_short(name.value): name for name in held}
    wanted = _short(text.removeprefix("graph:").removeprefix(GRAPH.base))
    found = [name for short, name in names.items() if fnmatchcase(short, wanted)]
    if not found:
        nearest = get_close_matches(wanted, names, 3, 0.3) or list(names)[:3]
        raise ExportError(f"no graph {text!r} is held", mend=f"nearest: {', '.join(nearest) or 'none'}")
    return found


def _short(name: str) -> str:
    """Return what names a graph within the project."""
    return name.removeprefix(GRAPH.base) if name.startswith(GRAPH.base) else curie(name)


def pull_from(url: str, path: str | Path | None, report: Progress, *, dry_run: bool) -> Rows:
    """Make the store at a path hold the graphs of the server behind a URL.

    One that is not there is made, once something has arrived; other writers are kept away meanwhile. What
    arrived whole before a pull was cut or killed is kept. Raises `StoreError` where it cannot be.
    """
    place = str(path or default_location())
    folder, is_remote = Path(place).expanduser(), is_url(place)
    with nullcontext() if is_remote or dry_run else building(folder, report):
        target = open_store(place) if is_remote else FilledFolder(folder)
        return moved(remote.pull(remote.RemoteStore(url), target, dry_run=dry_run, report=told(report)))


class FilledFolder:
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
        counts = counts_after(before.counts, new, gone)
        reasoner = "compiled" if counts["inferred facts"] else "none"
        now = replace(before, inputs="", reasoner=reasoner, problems=(), counts=counts, is_changed=True)
        about = now.to_json()
        if self._store is None:
            self._store = write_store(self._folder, new, about)
        else:
            self._store.apply(add=new, remove=gone, about=about)


def told(report: Progress) -> "Callable[[remote.Move], None]":
    """Return what reports a graph that was moved as a line."""
    return lambda move: report(f"{curie(move.graph)}: {move.what}")


def moved(moves: "Iterable[remote.Move]") -> Rows:
    """Return what was done to each named graph as rows."""
    rows = ((it.graph, Literal(it.what), Literal(it.more), Literal(it.less)) for it in moves)
    return Rows(("graph", "done", "added", "removed"), tuple(rows))
