"""The formats of answers and data, which of them a client wants, and quads written in it, of a bounded size.

Those of SPARQL and RDF stand in `formats.yaml`. A client wants one by its Accept header, by a short name, or
by the ending of an address. Of two types that suit a client alike, the one that is named more exactly wins,
then the one that it names first, then the one that is offered first. The same quads give the
same bytes, with the prefixes that they use.

Sources: RFC 9110, section 12.5.1; SPARQL 1.1 Query Results JSON, XML, CSV and TSV; RDF 1.1;
https://www.w3.org/ns/formats/.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Final, Generic, TypeVar

import yaml
from pyoxigraph import Quad, QueryResultsFormat, RdfFormat, Triple

from g60kg.errors import ExportError, LimitError
from g60kg.export import write_quads
from g60kg.serve.problem import Refused
from g60kg.serve.values import Limits, Pairs, Response


@lru_cache(256)
def ranges(accept: str, broken: float = 1.0) -> tuple[tuple[str, float], ...]:
    """Return the ranges of an `Accept` header and how much each is liked, from 0 to 1; of an empty one, any.

    The most exact come first, of those alike the first named. A weight that is no number counts as `broken`.

    >>> ranges("text/*;q=0.5, text/csv")
    (('text/csv', 1.0), ('text/*', 0.5))
    """
    found = []
    for part in filter(str.strip, accept.split(",")):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        said = next((each.removeprefix("q=") for each in parameters if each.startswith("q=")), "1")
        try:
            liked = min(max(float(said), 0.0), 1.0)
        except ValueError:
            liked = broken
        found.append(("*/*" if kind == "*" else kind, liked))
    return tuple(sorted(found or [("*/*", 1.0)], key=lambda pair: pair[0].count("*")))


def _liked(accept: str, kind: str) -> tuple[float, int]:
    """Return how much a client likes a media type, and how exactly and early it names it."""
    for place, (each, liked) in enumerate(ranges(accept)):
        if each in (kind, "*/*") or (each.endswith("/*") and kind.startswith(each[:-1])):
            return liked, -place
    return 0.0, 0


def quality(accept: str, kind: str) -> float:
    """Return how much a client likes a media type, from 0 to 1.

    >>> quality("text/*, text/csv;q=0", "text/csv"), quality("text/*, text/csv;q=0", "text/html")
    (0.0, 1.0)
    """
    return _liked(accept, kind)[0]


@lru_cache(256)
def preferred(accept: str, offers: tuple[str, ...]) -> str | None:
    """Return the media type on offer that a client likes best; None where it takes none.

    >>> preferred("text/turtle;q=0.5, application/*", ("text/turtle", "application/n-triples"))
    'application/n-triples'
    """
    best = max(offers, key=lambda kind: _liked(accept, kind), default=None)
    return best if best is not None and quality(accept, best) > 0 else None


E = TypeVar("E")
_HEAD: Final = re.compile(rb"(?:@prefix [^\n]*\n)+|<\?xml[^>]*\?>\s*<rdf:RDF[^>]*>")
_PREFIX: Final = re.compile(rb'@prefix ([\w.-]+:)[^\n]*\n| xmlns:(?!rdf=)([\w.-]+)="[^"]*"')
_XML: Final = ("application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class Format(Generic[E]):
    """A format: its short names, its media types (its own first), and what writes it."""

    names: tuple[str, ...]
    media_types: tuple[str, ...]
    engine: E

    @property
    def name(self) -> str:
        """Its first short name."""
        return self.names[0]


class Formats(Generic[E]):
    """Formats that one kind of answer has; the first is given to who takes any."""

    def __init__(self, *formats: Format[E]) -> None:
        self.formats = formats
        self._by_type = {kind: each for each in reversed(formats) for kind in each.media_types}
        self._by_name = self._by_type | {name: each for each in reversed(formats) for name in each.names}
        own = dict.fromkeys(each.media_types[0] for each in formats)
        self.media_types = tuple(own | self._by_type)
        """All that can be asked for: the formats' own types first."""

    def __iter__(self) -> Iterator[Format[E]]:
        return iter(self.formats)

    def of_type(self, kind: str) -> Format[E] | None:
        """Return the format of a media type, if there is one."""
        return self._by_type.get(kind)

    def chosen(self, accept: str, short: str | None = None) -> tuple[Format[E], str]:
        """Return the format that a client asks for, and the media type to name.

        A short name or an ending goes before `accept`. Who asks for a page gets the first format, unless
        another is liked more. Raises `Refused` (406) where there is none.

        >>> TABLES.chosen("text/csv;q=0.5, */*;q=0.1")[1]
        'text/csv; charset=utf-8'
        """
        if short:
            found = self._by_name.get(short.strip().lower().replace(" ", "+"))
            if found is None:
                raise self._none(f"this answer has no format {short[:40]!r}")
            return found, with_charset(found.media_types[0])
        kind = preferred(accept, self.media_types)
        if kind is None or kind in _XML:
            likes = quality(accept, "text/html")  # a browser takes XML, too, and means a page
            kind = self.media_types[0] if likes and likes >= quality(accept, kind or "") else kind
        if kind is None:
            raise self._none("no type that the Accept header names is made here")
        return self._by_type[kind], with_charset(kind)

    def _none(self, why: str) -> Refused:
        names = ", ".join(f"{each.media_types[0]} ({each.names[0]})" for each in self)
        return Refused(HTTPStatus.NOT_ACCEPTABLE, f"{why}; ask for one of: {names}")


def media_type(said: str) -> str:
    """Return the media type that a `Content-Type` header says, without its parameters."""
    return said.partition(";")[0].strip().lower()


def with_charset(kind: str) -> str:
    """Return a media type with its charset, where it is one of text."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _formats(kind: str, engines: type[E]) -> Formats[E]:
    """Return the formats of a kind of answer, as the table has them."""
    told = _READ[kind].items()
    return Formats(
        *(Format(tuple(each["names"]), tuple(each["types"]), getattr(engines, name)) for name, each in told)
    )


_READ: Final = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
TABLES: Final = _formats("tables", QueryResultsFormat)
GRAPHS: Final = _formats("graphs", RdfFormat)
HTML: Final = "text/html"
JSON_OR_PAGE: Final[Formats[None]] = Formats(
    Format(("json",), ("application/json",), None), Format(("html",), (HTML,), None)
)
"""JSON for programs, a page for people."""
ENDINGS: Final = {
    ending: str(form.media_types[0])
    for ending in ("ttl", "nt", "nq", "trig", "jsonld", "rdf")
    for form in GRAPHS
    if ending in form.names
}
"""The endings of addresses of data, with their media types."""
_TYPES: Final = (*(kind for kind in GRAPHS.media_types if kind not in _XML), HTML)


def wants_text(accept: str) -> bool:
    """Whether a client likes plain text better than a page and any format of RDF.

    >>> wants_text("text/plain"), wants_text("text/turtle, text/plain;q=0.5"), wants_text("*/*")
    (True, False, False)
    """
    return preferred(accept, _TYPES) == "text/plain"


def wants_page(accept: str) -> bool:
    """Whether a client likes a page better than any format of RDF.

    >>> wants_page("text/html,*/*;q=0.8"), wants_page("*/*"), wants_page("text/turtle, text/html;q=0.9")
    (True, False, False)
    """
    return preferred(accept, _TYPES) == HTML


def rdf(
    quads: Iterable[Quad] | Iterable[Triple],
    limits: Limits,
    accept: str,
    short: str | None = None,
    headers: Pairs = (),
) -> Response:
    """Return quads in the format of a short name or an ending, or else the one that the client likes best.

    Raises `Refused` (406) where there is none or it cannot say them, `LimitError` where they are too many.
    """
    form, kind = GRAPHS.chosen(accept, short)
    return Response(written(quads, form.name, limits), kind, headers=headers)


def written(quads: Iterable[Quad] | Iterable[Triple], form: str, limits: Limits) -> bytes:
    """Return quads in a format of `g60kg export`; raises as `rdf` does."""

    def counted(found: Iterable[Quad | Triple]) -> Iterator[Quad]:
        for number, each in enumerate(found):
            if number >= limits.rows:
                raise too_many(limits.rows, "triples")
            yield Quad(*each) if isinstance(each, Triple) else each

    out = BytesIO()
    try:
        write_quads(counted(quads), out, form)
    except ExportError as error:
        raise Refused(HTTPStatus.NOT_ACCEPTABLE, str(error)) from None
    if out.tell() > limits.answer_bytes:
        raise too_large(limits)
    body = out.getvalue()
    head = _HEAD.match(body)
    if head is None:
        return body
    rest = body[head.end() :]
    return _PREFIX.sub(lambda it: it[0] if (it[1] or it[2] + b":") in rest else b"", head[0]) + rest


def too_many(most: float, what: str) -> LimitError:
    """Return the error of an answer with too many rows or triples."""
    return LimitError(f"the answer has more than {most:,.0f} {what}", mend="ask for less, or add LIMIT")


def too_large(limits: Limits) -> LimitError:
    """Return the error of an answer of too many bytes."""
    most = f"{limits.answer_bytes:,.0f}"
    return LimitError(f"the answer is larger than {most} bytes", mend="ask for less, or add LIMIT")
