"""JSON-LD with a context made for people: short names, the project's own without prefix, one node a line.

Streamed from a file of N-Quads in which the lines of a graph and of a subject stand together.
Source: JSON-LD 1.1, sections 4.1 (context) and 4.9 (named graphs).
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from g60kg.terms import G60, PREFIXES, RDF, XSD, curie

_OWN: Final = "g60:"
_CONTEXT: Final = {"@version": 1.1, "@vocab": G60.base} | PREFIXES


def write_jsonld(lines: Path, out: IO[bytes]) -> None:
    """Write a file of sorted N-Quads as JSON-LD."""
    quads = parse(path=lines, format=RdfFormat.N_QUADS)
    out.write(f'{{"@context": {_dump(_CONTEXT, indent=1)},\n"@graph": [\n'.encode())
    for number, text in enumerate(_members(quads)):
        out.write((",\n" if number else "").encode() + text.encode())
    out.write(b"\n]}\n")


def _members(quads: Iterable[Quad]) -> Iterator[str]:
    """Yield the members of the document's graph: nodes, and named graphs with theirs."""
    for graph, held in groupby(quads, key=lambda quad: quad.graph_name):
        nodes = (
            _dump(_node(subject, each)) for subject, each in groupby(held, key=lambda quad: quad.subject)
        )
        if isinstance(graph, DefaultGraph):
            yield from nodes
        else:
            yield from _graph(_name(graph), nodes)


def _graph(name: str, nodes: Iterator[str]) -> Iterator[str]:
    """Yield one named graph, in pieces that commas may join."""
    head = f'{{"@id": {_dump(name)}, "@graph": [\n' + next(nodes)
    for node in nodes:
        yield head
        head = node
    yield head + "\n]}"


def _node(subject: Any, quads: Iterable[Quad]) -> dict[str, Any]:
    """Return a node with all its values, by property."""
    node: dict[str, Any] = {"@id": _name(subject)}
    for predicate, held in groupby(quads, key=lambda quad: quad.predicate):
        values = [quad.object for quad in held]
        if predicate == RDF["type"] and all(isinstance(value, NamedNode) for value in values):
            node["@type"] = [_term(value) for value in values]
        else:
            node[_term(predicate)] = [_value(value) for value in values]
    return node


def _value(value: NamedNode | BlankNode | Literal | Triple) -> Any:
    if not isinstance(value, Literal):
        return {"@id": _name(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    if value.datatype == XSD["string"]:
        return value.value
    plain = int(value.value) if value.datatype == XSD["nonNegativeInteger"] else value.value
    return {"@value": plain, "@type": _name(value.datatype)}


def _term(term: Any) -> str:
    """Return the name of a class or property: without prefix for our own, unless it is called as one."""
    name = _name(term)
    short = name.removeprefix(_OWN)
    return name if short in PREFIXES else short


def _name(term: Any) -> str:
    return curie(term) if isinstance(term, NamedNode) else str(term)


def _dump(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
