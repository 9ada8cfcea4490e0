"""Choosing among the layers of a graph.

Goes in: a store and a choice. Comes out: quads.
"""

from collections.abc import Iterator
from difflib import get_close_matches

from pyoxigraph import NamedNode, Quad

from g60kg.errors import ExportError
from g60kg.store import Store
from g60kg.terms import GRAPH, INFERRED_GRAPH, curie


def layers(store: Store, *, graph: str | None = None, inferred: bool = True) -> Iterator[Quad]:
    """Yield the quads of one graph, or of all, with or without what was inferred.

    A graph is named by its IRI, its CURIE, or what follows `graph:`. Raises `ExportError` with the
    nearest names for one that is not held.
    """
    held = store.graphs()
    chosen = held if graph is None else (_named(graph, held),)
    kept = [name for name in chosen if inferred or name != INFERRED_GRAPH]
    return (quad for name in kept for quad in store.match(graph=name))


def _named(text: str, held: tuple[NamedNode, ...]) -> NamedNode:
    names = {_short(name): name for name in held}
    wanted = _short(text.removeprefix("graph:").removeprefix(GRAPH.base))
    if wanted in names:
        return names[wanted]
    nearest = get_close_matches(wanted, names, 3, 0.3) or list(names)[:3]
    raise ExportError(f"no graph {text!r} is held", mend=f"nearest: {', '.join(nearest) or 'none'}")


def _short(name: NamedNode | str) -> str:
    """Return what names a graph within the project."""
    value = name if isinstance(name, str) else name.value
    return value.removeprefix(GRAPH.base) if value.startswith(GRAPH.base) else curie(value)
