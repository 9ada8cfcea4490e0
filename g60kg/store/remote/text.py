"""The texts of updates that a server gets: quads in batches, in one operation for each graph."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TypeVar

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from g60kg.errors import StoreError
from g60kg.store.base import has_blank

GraphName = NamedNode | BlankNode | DefaultGraph
T = TypeVar("T")


def change_texts(remove: Iterable[Quad], add: Iterable[Quad], most: int) -> Iterator[str]:
    """Yield the updates that remove and then add quads: one, where they are no more than `most`.

    Blank nodes may be added, and get new names; raises `StoreError` for one that is to be removed.
    """
    gone, new = list(remove), list(add)
    if any(map(has_blank, gone)):
        raise StoreError("a server has other names for blank nodes", mend="push the whole graph again")
    if len(gone) + len(new) <= most:
        yield from filter(None, [" ;\n".join([*_operations("DELETE", gone), *_operations("INSERT", new)])])
        return
    for verb, quads in (("DELETE", gone), ("INSERT", new)):
        for batch in batches(quads, most):
            yield " ;\n".join(_operations(verb, batch))


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of so many.

    >>> list(batches("abc", 2))
    [['a', 'b'], ['c']]
    """
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


def by_graph(quads: Iterable[Quad]) -> Iterator[tuple[GraphName, Iterator[Quad]]]:
    """Yield the quads of each graph, the graphs sorted by name."""
    ordered = sorted(quads, key=lambda quad: str(quad.graph_name))
    return groupby(ordered, lambda quad: quad.graph_name)


def _operations(verb: str, quads: list[Quad]) -> Iterator[str]:
    """Yield one operation for each graph: given several, Virtuoso's DELETE DATA leaves literals behind."""
    for graph, group in by_graph(quads):
        triples = "\n".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in group)
        block = triples if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{\n{triples}\n}}"
        yield f"{verb} DATA {{ {block} }}"
