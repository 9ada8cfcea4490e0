"""Writing answers, to where writing ends once an answer is larger than it may be.

The engine writes piece by piece and is stopped where it is, so that a million rows are never made, neither
by the engine nor in Python. Rows of a table are counted in the bytes: a quick count of what ends or parts
rows is never too small; where it goes beyond the limit the texts are cut out and it is counted again.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import IO, Final, cast

from pyoxigraph import Literal, QueryResultsFormat, RdfFormat, Triple, serialize

from g60kg.errors import LimitError
from g60kg.export import without_escapes
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused
from g60kg.terms import PREFIXES


@dataclass(frozen=True, slots=True)
class Mark:
    """What there is one of for each row, `spare` times beside; `texts` are what may hold it by accident, up
    to where the answer ends as yet."""

    text: bytes
    spare: int = 0
    texts: re.Pattern[bytes] | None = None


_MARKS: Final = {
    QueryResultsFormat.JSON: Mark(b"},{", -1, re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)),
    QueryResultsFormat.XML: Mark(b"<result>"),
    QueryResultsFormat.CSV: Mark(b"\r\n", 1, re.compile(rb'"[^"]*+"?')),
    QueryResultsFormat.TSV: Mark(b"\n", 1),
}


class Sink:
    """A stream that takes an answer; with `table`, its rows are counted."""

    __slots__ = ("_body", "_bytes", "_counted", "_mark", "_rows", "_seen")

    def __init__(self, limits: Limits, table: QueryResultsFormat | None = None) -> None:
        self._body = bytearray()
        self._bytes, self._rows = limits.answer_bytes, limits.rows
        self._mark = _MARKS[table] if table else None
        self._seen = self._counted = 0

    def write(self, data: bytes) -> int:
        """Take a piece; raises `LimitError` where the answer is too large now."""
        self._body += data
        if len(self._body) > self._bytes:
            raise LimitError(
                f"the answer is larger than {self._bytes:,.0f} bytes", mend="ask for less, or add LIMIT"
            )
        if self._mark:
            self._count(self._mark)
        return len(data)

    def flush(self) -> None:
        """Do nothing: all is in memory."""

    def whole(self) -> bytes:
        """Return the whole answer."""
        return bytes(self._body)

    def _count(self, mark: Mark) -> None:
        self._seen += self._body.count(mark.text, max(self._counted - len(mark.text) + 1, 0))
        self._counted = len(self._body)
        if self._seen - mark.spare <= self._rows:
            return
        if mark.texts:
            self._seen = mark.texts.sub(b"", self._body).count(mark.text)
        if self._seen - mark.spare > self._rows:
            raise too_many(self._rows, "rows")


def too_many(most: float, what: str) -> LimitError:
    """Return the error of an answer with too many rows or triples."""
    return LimitError(f"the answer has more than {most:,.0f} {what}", mend="ask for less, or add LIMIT")


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
    rest = without_escapes(body[head.end() :])
    lines = (line for line in sorted(head[0].splitlines(keepends=True)) if line.split()[1] in rest)
    return b"".join((*lines, rest))


def _names(names: bytes, rest: bytes) -> bytes:
    found = {name[1]: name[0] for name in _XML_NAME.finditer(names)}
    used = (name for name in sorted(found) if name == b"rdf" or name + b":" in rest)
    return b"".join(found[name] for name in used)
