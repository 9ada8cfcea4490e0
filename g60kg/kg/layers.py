"""Choosing among the layers of a graph.

Goes in: a store and a choice. Comes out: quads.
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from pyoxigraph import NamedNode, Quad

from g60kg.dataset import dataset_quads, describe_dataset
from g60kg.errors import ExportError
from g60kg.store import Store
from g60kg.terms import DATASET_GRAPH, GRAPH, INFERRED_GRAPH, curie


def layers(
    store: Store, *, graph: str | Sequence[str] | None = None, inferred: bool = True
) -> Iterator[Quad]:
    """Yield the quads of the graphs chosen, or of all, with or without what was inferred.

    A graph is named by its IRI, its CURIE, or what follows `graph:`; `*` stands for any characters. To
    what the store holds, `graph:dataset` is added, its description. Raises `ExportError` with the nearest
    names for one that is not held.
    """
    held = (*store.graphs(), DATASET_GRAPH)
    texts = [graph] if isinstance(graph, str) else graph
    chosen = (
        held if texts is None else sorted({name for text in texts for name in _named(text, held)}, key=str)
    )
    kept = [name for name in chosen if inferred or name != INFERRED_GRAPH]
    return (quad for name in kept for quad in _quads(store, name, inferred))


def _quads(store: Store, graph: NamedNode, inferred: bool) -> Iterator[Quad]:
    if graph == DATASET_GRAPH:
        return iter(dataset_quads(describe_dataset(store, inferred=inferred)))
    return store.match(graph=graph)


def _named(text: str, held: tuple[NamedNode, ...]) -> list[NamedNode]:
    names = {_short(name): name for name in held}
    wanted = _short(text.removeprefix("graph:").removeprefix(GRAPH.base))
    found = [name for short, name in names.items() if fnmatchcase(short, wanted)]
    if not found:
        nearest = get_close_matches(wanted, names, 3, 0.3) or list(names)[:3]
        raise ExportError(f"no graph {text!r} is held", mend=f"nearest: {', '.join(nearest) or 'none'}")
    return found


def _short(name: NamedNode | str) -> str:
    """Return what names a graph within the project."""
    value = name if isinstance(name, str) else name.value
    return value.removeprefix(GRAPH.base) if value.startswith(GRAPH.base) else curie(value)
