"""The default graph of a store: the RDF merge of its named graphs, kept beside them as a copy.

A triple that several graphs hold stands there once, so that a query counts it once: Oxigraph's own union
has it as often as there are graphs that hold it. Where the named graphs change, what is here changes with
them. What an update puts into the default graph is kept in a graph of its own, `graph:unnamed`, and is the
default graph that the next update sees.
Source: SPARQL 1.1 Query Language, section 13; RDF 1.1 Semantics, section 4.1 (merging).
"""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from pyoxigraph import Store as Engine

from g60kg.terms import GRAPH

UNION: Final = DefaultGraph()
UNNAMED: Final = GRAPH.unnamed


def copy_of(quad: Quad) -> Quad:
    """Return the copy of a quad in the union."""
    return Quad(quad.subject, quad.predicate, quad.object, UNION)


def named(quad: Quad) -> Quad:
    """Return a quad in a graph with a name: where it has none, in that of what has none."""
    return quad if quad.graph_name != UNION else Quad(quad.subject, quad.predicate, quad.object, UNNAMED)


def unite(engine: Engine) -> None:
    """Make the union of what an engine holds, none of which is in it yet."""
    for quad in list(engine.quads_for_pattern(None, None, None, UNION)):
        engine.add(named(quad))
    engine.bulk_extend(map(copy_of, engine.quads_for_pattern(None, None, None, None)))


def change(engine: Engine, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
    """Remove and add quads, in their graphs and in the union."""
    removed, added = list(map(named, gone)), list(map(named, new))
    for quad in removed:
        engine.remove(quad)
    engine.extend(chain(added, map(copy_of, added)))
    for quad in removed:
        if not _is_held(engine, quad.triple):
            engine.remove(copy_of(quad))


def update(engine: Engine, act: Callable[[Engine], None]) -> None:
    """Let a function change what an engine holds; the default graph that it sees has what is in no other.

    What the function raises is raised here; then the union is still to be made.
    """
    own = [copy_of(quad) for quad in engine.quads_for_pattern(None, None, None, UNNAMED)]
    engine.remove_graph(UNNAMED)
    engine.clear_graph(UNION)
    engine.extend(own)
    act(engine)
    unite(engine)


def _is_held(engine: Engine, triple: Triple) -> bool:
    """Whether a named graph holds a triple."""
    found = engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(isinstance(quad.graph_name, NamedNode) for quad in found)
