"""Quads in one order, and the formats of RDF that are written from it.

A merge sort through disk, with one part at a time in memory, gives a file of lines, sorted, each once.
Oxigraph's serialisers write it, under a head of prefixes in one order (its own changes from run to run).
JSON-LD has a context made for people: short names, the project's own without prefix, one node a line.
Sources: RDF 1.1 Turtle, RDF 1.1 TriG, RDF 1.1 XML Syntax; JSON-LD 1.1, sections 4.1 (context) and 4.9.
"""

import heapq
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, nullcontext
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from g60kg.errors import ExportError
from g60kg.terms import G60, PREFIXES, RDF, XSD, curie
from g60kg.whole import compressed

PART: Final = 200_000
_PARTS: Final = (RDF.subject, RDF.predicate, RDF.object)
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
        lines: Iterable[bytes] = map(itemgetter(0), groupby(heapq.merge(*files)))
        if by_graph:  # in N-Quads it stands last
            split = (line.partition(b"\t") for line in lines)
            lines = (triple.removesuffix(b".\n") + graph + b".\n" for graph, _, triple in split)
        out.writelines(lines)
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
        if by_graph:  # a line begins with its graph, or nothing, and a tab
            graphs = ("" if quad.graph_name == DefaultGraph() else f"{quad.graph_name} " for quad in part)
            lines = [f"{graph}\t".encode() + line for graph, line in zip(graphs, lines, strict=True)]
        yield sorted(lines)


def write_parts(lines: Path, folder: Path, count: int, *, compress: bool) -> None:
    """Write a file of sorted N-Quads as so many files of a folder, to be loaded side by side.

    The lines with blank nodes stand together in the last: the names of these hold within one file alone.
    """
    unnamed: list[bytes] = []
    with lines.open("rb") as file:
        share = -(-sum(1 for _ in file) // count)
        file.seek(0)
        for number in range(count):
            path = folder / f"part-{number:05}.nq{'.gz' if compress else ''}"
            with path.open("wb") as raw, compressed(raw) if compress else nullcontext(raw) as out:
                for line in islice(file, share):
                    unnamed.append(line) if b"_:" in line else out.write(line)
                out.writelines(unnamed if number == count - 1 else ())


def _triples(lines: Path) -> Iterator[Triple]:
    return (quad.triple for quad in parse(path=lines, format=RdfFormat.N_TRIPLES))


def write_turtle(lines: Path, out: IO[bytes], *, reifies: bool = False) -> None:
    """Write a file of sorted N-Triples as Turtle; with `reifies`, claims reify the triples they state."""
    triples = _reifying(_triples(lines)) if reifies else _triples(lines)
    _write(triples, RdfFormat.TURTLE, lines.with_name("turtle"), out)


def _reifying(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield triples; a record's subject, predicate and object, where it has each, as one triple term.

    Source: RDF 1.2 Concepts, section 1.5.
    """
    for subject, held in groupby(triples, key=lambda triple: triple.subject):
        listed = list(held)
        parts: dict[NamedNode, Any] = {t.predicate: t.object for t in listed if t.predicate in _PARTS}
        if len(parts) == len(_PARTS):
            yield Triple(subject, RDF.reifies, Triple(*(parts[part] for part in _PARTS)))
            listed = [triple for triple in listed if triple.predicate not in parts]
        yield from listed


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
    groups = groupby(_expressible(_triples(lines)), key=lambda triple: triple.subject)
    # of a subject its types before all else: of those the element is made
    ordered = (each for _, held in groups for each in sorted(held, key=lambda it: it.predicate != RDF.type))
    serialize(ordered, out, RdfFormat.RDF_XML, prefixes=PREFIXES)


def _expressible(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield triples; raise `ExportError` for one that RDF/XML cannot say."""
    checked: set[str] = set()
    for triple in triples:
        name, value = triple.predicate.value, triple.object
        if name not in checked and not _LOCAL.search(name):
            raise ExportError(f"RDF/XML cannot write the property {name}", mend="choose another format")
        checked.add(name)
        if isinstance(value, Literal) and _NOT_XML.search(value.value):
            message = f"RDF/XML cannot write a text of {triple.subject}"
            raise ExportError(message, mend="choose another format")
        yield triple


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
        if not isinstance(graph, DefaultGraph):  # in pieces that commas may join
            piece = f'{{"@id": {_dump(_name(graph))}, "@graph": [\n' + next(nodes)
            for node in nodes:
                yield piece
                piece = node
            yield piece + "\n]}"
        yield from nodes


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
