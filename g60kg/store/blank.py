"""Blank nodes, whose labels mean nothing outside of the store that gave them.

Goes in: a quad. Comes out: whether it has one, and so is another quad wherever it is taken.
"""

from pyoxigraph import BlankNode, Quad


def has_blank(quad: Quad) -> bool:
    """Whether a quad has a blank node."""
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)
