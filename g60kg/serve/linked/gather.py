"""What is known of a node: the quads that say it, in their graphs.

Goes in: a store and a node. Comes out: quads: what stands of the node itself, in both directions, and the
records that speak of it, each whole: claims with their words and repairs, statistics with the claims that
give them, facts of the register. Of an article, all that it gave.
"""

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, Quad

from g60kg.errors import LimitError
from g60kg.store import Store
from g60kg.terms import ARTICLE, CLAIM, REGISTER, REPAIR, STATISTIC, article_graph, claims_graph

_RECORDS = (CLAIM.base, STATISTIC.base, REGISTER.base, REPAIR.base)


def gather(store: Store, node: NamedNode, most: int) -> list[Quad]:
    """Return the quads about a node, each once; none where nothing is known of it.

    Raises `LimitError` where there are more than `most`.
    """
    found: dict[Quad, None] = {}
    for quad in _about(store, node):
        found[quad] = None
        if len(found) > most:
            raise LimitError(f"more than {most} triples speak of it", mend="ask for less by SPARQL")
    return list(found)


def _about(store: Store, node: NamedNode) -> Iterator[Quad]:
    if node.value.startswith(ARTICLE.base):
        return _article(store, node)
    return _records(store, node)


def _article(store: Store, node: NamedNode) -> Iterator[Quad]:
    """Yield what stands of an article, and all that it gave."""
    name = node.value.removeprefix(ARTICLE.base)
    yield from store.match(node)
    for graph in (article_graph(name), claims_graph(name)):
        yield from store.match(graph=graph)


def _records(store: Store, node: NamedNode) -> Iterator[Quad]:
    """Yield what stands of a node, then what stands of each record that is reached from it."""
    seen, waiting = {node}, [node]
    while waiting:
        each = waiting.pop(0)
        for quad in _both_ways(store, each, inward=each == node or each.value.startswith(STATISTIC.base)):
            yield quad
            ends = [end for end in (quad.subject, quad.object) if _is_record(end)]
            new = [end for end in dict.fromkeys(ends) if isinstance(end, NamedNode) and end not in seen]
            seen.update(new)
            waiting += new


def _both_ways(store: Store, node: NamedNode, *, inward: bool) -> Iterator[Quad]:
    """Yield the quads that have a node as their subject and, `inward`, as their object."""
    yield from store.match(node)
    if inward:
        yield from store.match(None, None, node)


def _is_record(end: object) -> bool:
    return isinstance(end, NamedNode | BlankNode) and str(end)[1:].startswith(_RECORDS)
