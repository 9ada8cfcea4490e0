"""Turtle, TriG and RDF/XML: the formats whose terms are shortened by prefixes.

Goes in: a file of sorted lines. Comes out: the same graph, written by Oxigraph's serialisers, under a
head of prefixes in one order (Oxigraph's own order of them changes from run to run).
Sources: RDF 1.1 Turtle, RDF 1.1 TriG, RDF 1.1 XML Syntax.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse, serialize

from g60kg.errors import ExportError
from g60kg.terms import PREFIXES

_HEAD: Final = (b"@prefix ", b"PREFIX ")
_LOCAL: Final = re.compile(r"[^\W\d][\w.-]*\Z")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


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
        shutil.copyfileobj(file, out)


def write_rdfxml(lines: Path, out: IO[bytes]) -> None:
    """Write a file of sorted N-Triples as RDF/XML.

    Raises `ExportError` for what the format cannot say: a property whose IRI ends in no name, and a
    text with a character that XML has not.
    """
    quads = parse(path=lines, format=RdfFormat.N_TRIPLES)
    serialize(_sayable(quads), out, RdfFormat.RDF_XML, prefixes=PREFIXES)


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
