"""Updates as text.

Goes in: quads. Comes out: SPARQL 1.1 Update requests, of so many quads at most, with every term
serialised. Each graph has an operation of its own: given several, Virtuoso's DELETE DATA leaves
literals behind. Blank nodes may be added (the server names them anew), never removed.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TypeVar

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from g60kg.errors import StoreError
from g60kg.store.blank import has_blank

T = TypeVar("T")


def change_texts(remove: Iterable[Quad], add: Iterable[Quad], most: int) -> Iterator[str]:
    """Yield the updates that remove and then add quads: one, where they are no more than `most`.

    Raises `StoreError` for a blank node that is to be removed.
    """
    gone, new = list(remove), list(add)
    if any(map(has_blank, gone)):
        raise StoreError("a server has other names for blank nodes", mend="push the whole graph again")
    if len(gone) + len(new) <= most:
        operations = [*_operations("DELETE DATA", gone), *_operations("INSERT DATA", new)]
        yield from [" ;\n".join(operations)] if operations else []
        return
    for verb, quads in (("DELETE DATA", gone), ("INSERT DATA", new)):
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


def by_graph(quads: Iterable[Quad]) -> Iterator[tuple[NamedNode | BlankNode | DefaultGraph, Iterator[Quad]]]:
    """Yield the quads of each graph, the graphs sorted by name."""
    ordered = sorted(quads, key=lambda quad: str(quad.graph_name))
    return groupby(ordered, lambda quad: quad.graph_name)


def _operations(verb: str, quads: list[Quad]) -> Iterator[str]:
    """Yield one operation for each graph."""
    for graph, group in by_graph(quads):
        yield f"{verb} {{ {_block(graph, group)} }}"


def _block(graph: NamedNode | BlankNode | DefaultGraph, quads: Iterable[Quad]) -> str:
    triples = "\n".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in quads)
    return triples if isinstance(graph, DefaultGraph) else f"GRAPH {graph} {{\n{triples}\n}}"
