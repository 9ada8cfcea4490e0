"""The default graph of a store: the RDF merge of its named graphs, kept beside them as a copy.

A triple that several graphs hold stands there once, so that a query counts it once: Oxigraph's own union
has it as often as there are graphs that hold it. Where quads that are known come and go, what is here changes
with them; after an update with patterns it is made anew. What an update puts into the default graph is kept
in a graph of its own, `graph:unnamed`, and is the default graph that the next update sees.
Source: SPARQL 1.1 Query Language, section 13; RDF 1.1 Semantics, section 4.1 (merging).
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any, Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from pyoxigraph import Store as Engine

from g60kg.store.base import UNION
from g60kg.store.lexer import depths, tokens
from g60kg.terms import GRAPH, in_graph

UNNAMED: Final = GRAPH.unnamed


def copy_of(quad: Quad) -> Quad:
    """Return the copy of a quad in the union."""
    return in_graph(quad, UNION)


def named(quad: Quad) -> Quad:
    """Return a quad in a graph with a name: where it has none, in that of what has none."""
    return quad if quad.graph_name != UNION else in_graph(quad, UNNAMED)


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
    engine.bulk_extend(chain(added, map(copy_of, added)))
    for quad in removed:
        held = engine.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if not any(isinstance(each.graph_name, NamedNode) for each in held):
            engine.remove(copy_of(quad))


def put(engine: Engine, graph: NamedNode | DefaultGraph, triples: Iterable[Triple], *, replace: bool) -> None:
    """Add triples to a graph, which is made where there is none, or put them in its place."""
    name = UNNAMED if isinstance(graph, DefaultGraph) else graph
    new = {in_graph(each, name) for each in triples}
    held = engine.quads_for_pattern(None, None, None, name) if replace else ()
    change(engine, [quad for quad in held if quad not in new], new)
    if name != UNNAMED:
        engine.add_graph(name)


def drop(engine: Engine, graph: NamedNode | DefaultGraph) -> None:
    """Take a graph away."""
    put(engine, graph, (), replace=True)
    engine.remove_graph(UNNAMED if isinstance(graph, DefaultGraph) else graph)


def update(engine: Engine, text: str, **options: Any) -> None:
    """Make a SPARQL update; `options` are those of the engine, and what it raises is raised here.

    One of data alone costs what the data do. The default graph that another sees has what is in no other; it
    makes the union anew.
    """
    operations = _data(text)
    if operations is not None:
        Engine().update(text, **options)  # what does not parse changes nothing
        gone, new = dict[Quad, None](), dict[Quad, None]()
        for is_gone, operation in operations:
            data = Engine()
            data.update(operation, **options)
            for quad in map(named, data):
                (new if is_gone else gone).pop(quad, None)
                (gone if is_gone else new)[quad] = None
        change(engine, gone, new)
        return
    own = [copy_of(quad) for quad in engine.quads_for_pattern(None, None, None, UNNAMED)]
    engine.remove_graph(UNNAMED)
    engine.clear_graph(UNION)
    engine.extend(own)
    try:
        engine.update(text, **options)
    finally:
        unite(engine)


def _data(text: str) -> list[tuple[bool, str]] | None:
    """Return the operations of an update as INSERT DATA, each with whether it deletes; None for others.

    >>> _data("DELETE DATA { <e:a> <e:b> 1 } ; INSERT DATA { }")
    [(True, 'INSERT DATA { <e:a> <e:b> 1 }'), (False, 'INSERT DATA { }')]
    """
    outer = [word for word, depth in depths(list(tokens(text))) if not depth]
    if "\\" in text or {word.keyword for word in outer} - {"", "PREFIX", "BASE", "INSERT", "DELETE", "DATA"}:
        return None
    found, prologue, done, is_gone, start = list[tuple[bool, str]](), "", 0, False, 0
    for word in outer:
        if word.keyword in ("INSERT", "DELETE"):
            is_gone, prologue = word.keyword == "DELETE", prologue + text[done : word.start]
        elif word.keyword == "DATA":
            start = word.end
        elif word.text in ("}", ";"):
            done = word.end
            if word.text == "}":
                found.append((is_gone, f"{prologue}INSERT DATA{text[start:done]}".lstrip()))
    return found
