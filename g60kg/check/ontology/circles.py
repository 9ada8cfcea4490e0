"""Circles in a hierarchy.

Goes in: a node and the link that goes up. Comes out: whether it leads back.
"""

from pyoxigraph import NamedNode

from g60kg.check.triples import Node, Triples


def circle(triples: Triples, start: Node, link: NamedNode) -> bool:
    """Whether the link leads from a node back to it."""
    return start in above(triples, start, link)


def above(triples: Triples, start: Node, link: NamedNode) -> set[Node]:
    """Return all that the link leads to, in one step or many."""
    found: set[Node] = set()
    queue = [start]
    while queue:
        new = [node for node in triples.nodes(queue.pop(), link) if node not in found]
        found.update(new)
        queue += new
    return found
