"""Writing triples.

Goes in: triples, and a format. Comes out: bytes, the same whenever the triples come in the same order: the
engine's own order of prefixes changes from run to run, so they are put in order, and those that are not
used are left out.
"""

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import IO, Final, cast

from pyoxigraph import Literal, RdfFormat, Triple, serialize

from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused
from g60kg.serve.sparql.sink import Sink, too_many
from g60kg.terms import PREFIXES

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_PREFIXES: Final = PREFIXES | {"sd": SD}
_TURTLE_HEAD: Final = re.compile(rb"(?:@prefix [^\n]*\n)+")
_XML_HEAD: Final = re.compile(rb'(<\?xml[^>]*\?>\s*<rdf:RDF)((?: xmlns:[\w.-]+="[^"]*")+)')
_XML_NAME: Final = re.compile(rb' xmlns:([\w.-]+)="[^"]*"')
_LOCAL: Final = re.compile(r"[^\W\d][\w.-]*\Z")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write_triples(triples: Iterable[Triple], form: RdfFormat, limits: Limits) -> bytes:
    """Return triples in a format.

    Raises `LimitError` where there are too many, `Refused` (406) for what RDF/XML cannot write.
    """
    sink = Sink(limits)
    counted = _counted(triples, limits.rows)
    serialize(
        _sayable(counted) if form == RdfFormat.RDF_XML else counted,
        cast("IO[bytes]", sink),
        form,
        prefixes=_PREFIXES,
    )
    return _ordered(sink.whole(), form)


def _counted(triples: Iterable[Triple], most: float) -> Iterator[Triple]:
    for number, triple in enumerate(triples):
        if number >= most:
            raise too_many(most, "triples")
        yield triple


def _sayable(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the triples; refuse one that RDF/XML has no form for."""
    for triple in triples:
        value = triple.object
        if not _LOCAL.search(triple.predicate.value):
            raise _unsayable(f"the property {triple.predicate}")
        if isinstance(value, Literal) and _NOT_XML.search(value.value):
            raise _unsayable(f"a text of {triple.subject}")
        yield triple


def _unsayable(what: str) -> Refused:
    return Refused(HTTPStatus.NOT_ACCEPTABLE, f"RDF/XML cannot write {what}; ask for another format")


def _ordered(body: bytes, form: RdfFormat) -> bytes:
    """Put the prefixes at the head in order, and leave out those that are not used."""
    if form == RdfFormat.RDF_XML:
        return _XML_HEAD.sub(lambda head: head[1] + _names(head[2], body[head.end() :]), body, count=1)
    head = _TURTLE_HEAD.match(body) if form in (RdfFormat.TURTLE, RdfFormat.TRIG) else None
    if not head:
        return body
    rest = body[head.end() :]
    lines = (line for line in sorted(head[0].splitlines(keepends=True)) if line.split()[1] in rest)
    return b"".join((*lines, rest))


def _names(names: bytes, rest: bytes) -> bytes:
    found = {name[1]: name[0] for name in _XML_NAME.finditer(names)}
    used = (name for name in sorted(found) if name == b"rdf" or name + b":" in rest)
    return b"".join(found[name] for name in used)
