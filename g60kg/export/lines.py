"""Quads in one order, and the formats that are written from it: N-Quads, Turtle, TriG and RDF/XML.

A merge sort through disk, with one part at a time in memory, gives a file of lines, sorted, each once.
Oxigraph's serialisers write it, under a head of prefixes in one order (its own changes from run to run).
Sources: RDF 1.1 Turtle, RDF 1.1 TriG, RDF 1.1 XML Syntax.
"""

import heapq
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Final

from pyoxigraph import DefaultGraph, Literal, Quad, RdfFormat, Triple, parse, serialize

from g60kg.errors import ExportError
from g60kg.terms import PREFIXES, RDF

PART: Final = 200_000
_HEAD: Final = (b"@prefix ", b"PREFIX ")
_ESCAPED: Final = re.compile(
    rb"(?<![\w:.\x80-\xff-])([a-z0-9]+):((?:[\w:.%\x80-\xff-]|\\[!#$%&'()*+,./;=?@_~-])*)"
)
"""A prefixed name; within a string no lone backslash stands before these signs."""
_LOCAL: Final = re.compile(r"[^\W\d][\w.-]*\Z")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_sorted(quads: Iterable[Quad], folder: Path, *, datasets: bool, by_graph: bool = False) -> Path:
    """Write quads as sorted lines into a file of the folder, and return its path.

    Without `datasets` the names of the graphs are dropped. With `by_graph` the lines of a graph stand
    together, and those without one first.
    """
    parts = []
    for number, part in enumerate(_parts(quads, datasets, by_graph)):
        parts.append(folder / f"part-{number}")
        with parts[-1].open("wb") as file:
            file.writelines(part)
    merged = folder / "sorted"
    with ExitStack() as stack:
        files = [stack.enter_context(part.open("rb")) for part in parts]
        out = stack.enter_context(merged.open("wb"))
        lines = map(itemgetter(0), groupby(heapq.merge(*files)))
        out.writelines(map(_graph_last, lines) if by_graph else lines)
    return merged


def _parts(quads: Iterable[Quad], datasets: bool, by_graph: bool) -> Iterator[list[bytes]]:
    """Yield the lines of as many quads as memory should hold, sorted."""
    source = iter(quads)
    while part := list(islice(source, PART)):
        if datasets and not by_graph:
            text = serialize(part, format=RdfFormat.N_QUADS)
        else:
            text = serialize((quad.triple for quad in part), format=RdfFormat.N_TRIPLES)
        lines = (text or b"").splitlines(keepends=True)
        if by_graph:
            lines = [_graph(quad) + line for quad, line in zip(part, lines, strict=True)]
        yield sorted(lines)


def _graph(quad: Quad) -> bytes:
    """Return what a line begins with that is sorted by graph: its graph, or nothing, and a tab."""
    return b"\t" if quad.graph_name == DefaultGraph() else f"{quad.graph_name} \t".encode()


def _graph_last(line: bytes) -> bytes:
    """Return a line that begins with its graph as N-Quads has it.

    >>> _graph_last(b'<g:g> \\t<s:s> <p:p> "o" .\\n')
    b'<s:s> <p:p> "o" <g:g> .\\n'
    """
    graph, _, triple = line.partition(b"\t")
    return triple.removesuffix(b".\n") + graph + b".\n"


def write_turtle(lines: Path, out: IO[bytes]) -> None:
    """Write a file of sorted N-Triples as Turtle."""
    triples = (quad.triple for quad in parse(path=lines, format=RdfFormat.N_TRIPLES))
    _write(triples, RdfFormat.TURTLE, lines.with_name("turtle"), out)


def write_trig(lines: Path, out: IO[bytes]) -> None:
    """Write a file of N-Quads, in which the lines of a graph stand together, as TriG."""
    _write(parse(path=lines, format=RdfFormat.N_QUADS), RdfFormat.TRIG, lines.with_name("trig"), out)


def _write(values: Iterable[Triple] | Iterable[Quad], form: RdfFormat, body: Path, out: IO[bytes]) -> None:
    """Write by way of a file `body`, putting the prefixes at its head in order."""
    serialize(values, str(body), form, prefixes=PREFIXES)
    with body.open("rb") as file:
        head, start = [], 0
        while (line := file.readline()).startswith(_HEAD):
            head.append(line)
            start = file.tell()
        out.writelines(sorted(head))
        file.seek(start)
        out.writelines(map(without_escapes, file))


def without_escapes(text: bytes) -> bytes:
    r"""Return Turtle whose prefixed names with escaped signs are full IRIs, which every parser reads.

    >>> without_escapes(rb'claim:ab12\/quote oa:exact "and\\/or" .')
    b'<https://w3id.org/g60kg/claim/ab12/quote> oa:exact "and\\\\/or" .'
    """
    return _ESCAPED.sub(_in_full, text) if b"\\" in text else text


def _in_full(name: re.Match[bytes]) -> bytes:
    base = PREFIXES.get(name[1].decode())
    if base is None or b"\\" not in name[2]:
        return name[0]
    return f"<{base}{name[2].decode().replace(chr(92), '')}>".encode()


def write_rdfxml(lines: Path, out: IO[bytes]) -> None:
    """Write a file of sorted N-Triples as RDF/XML; a node with a type is an element of that name.

    Raises `ExportError` for what the format cannot say: a property whose IRI ends in no name, and a
    text with a character that XML has not.
    """
    quads = parse(path=lines, format=RdfFormat.N_TRIPLES)
    serialize(_types_first(_sayable(quads)), out, RdfFormat.RDF_XML, prefixes=PREFIXES)


def _types_first(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples of each subject, its types before all else: of those the element is made."""
    for _, held in groupby(triples, key=lambda triple: triple.subject):
        yield from sorted(held, key=lambda triple: triple.predicate != RDF.type)


def _sayable(quads: Iterable[Quad]) -> Iterator[Triple]:
    checked: set[str] = set()
    for quad in quads:
        name = quad.predicate.value
        if name not in checked:
            if not _LOCAL.search(name):
                raise ExportError(f"RDF/XML cannot write the property {name}", mend="choose another format")
            checked.add(name)
        if isinstance(quad.object, Literal) and _NOT_XML.search(quad.object.value):
            raise ExportError(f"RDF/XML cannot write a text of {quad.subject}", mend="choose another format")
        yield quad.triple
