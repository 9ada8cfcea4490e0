"""Quads in one order, whatever order they come in: a merge sort of N-Quads lines, through disk.

Goes in: quads, and a folder for the parts. Comes out: a file of N-Quads or N-Triples lines, sorted by
bytes, each once. Memory holds one part at a time, so it stays flat.
"""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Quad, RdfFormat, serialize

PART: Final = 200_000


def write_sorted(quads: Iterable[Quad], folder: Path, *, datasets: bool, by_graph: bool = False) -> Path:
    """Write quads as sorted lines into a file of the folder, and return its path.

    Without `datasets` the names of the graphs are dropped. With `by_graph` the lines of a graph stand
    together, and those without one first.
    """
    parts = [
        _write_part(lines, folder / f"part-{number}")
        for number, lines in enumerate(_parts(quads, datasets, by_graph))
    ]
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
        if by_graph:
            lines = [_graph(quad) + line for quad, line in zip(part, _triples(part), strict=True)]
        else:
            lines = _quads(part) if datasets else _triples(part)
        yield sorted(lines)


def _quads(part: list[Quad]) -> list[bytes]:
    return _lines(serialize(part, format=RdfFormat.N_QUADS))


def _triples(part: list[Quad]) -> list[bytes]:
    return _lines(serialize((quad.triple for quad in part), format=RdfFormat.N_TRIPLES))


def _lines(text: bytes | None) -> list[bytes]:
    return (text or b"").splitlines(keepends=True)


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


def _write_part(lines: list[bytes], path: Path) -> Path:
    with path.open("wb") as file:
        file.writelines(lines)
    return path
