"""The formats that answers are written in, and data is read from: two tables.

Goes in: what a client accepts, or the short name of a format. Comes out: a `Format` and the media type to
name.
Sources: SPARQL 1.1 Query Results JSON, XML, CSV and TSV; RDF 1.1; https://www.w3.org/ns/formats/.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Generic, TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

from g60kg.serve.problem import Refused
from g60kg.serve.sparql.negotiate import preferred, quality

E = TypeVar("E")
_XML: Final = ("application/xml", "text/xml")


@dataclass(frozen=True, slots=True)
class Format(Generic[E]):
    """A format: its short names, its media types (its own first), and what the engine calls it."""

    names: tuple[str, ...]
    media_types: tuple[str, ...]
    engine: E


class Formats(Generic[E]):
    """Formats that one kind of answer has; the first is given to who takes any."""

    def __init__(self, *formats: Format[E]) -> None:
        self._formats = formats
        self._by_type = {kind: each for each in reversed(formats) for kind in each.media_types}
        self._by_name = self._by_type | {name: each for each in reversed(formats) for name in each.names}
        own = dict.fromkeys(each.media_types[0] for each in formats)
        self.media_types = tuple(own | self._by_type)
        """All that can be asked for: the formats' own types first."""

    def __iter__(self) -> Iterator[Format[E]]:
        return iter(self._formats)

    def of_type(self, kind: str) -> Format[E] | None:
        """Return the format of a media type, if there is one."""
        return self._by_type.get(kind)

    def chosen(self, accept: str, short: str | None = None) -> tuple[Format[E], str]:
        """Return the format that a client asks for, and the media type to name.

        A short name goes before `accept`. Who asks for a page gets the first format, unless another is
        liked more. Raises `Refused` (406) where there is none.

        >>> TABLES.chosen("text/csv;q=0.5, */*;q=0.1")[1]
        'text/csv; charset=utf-8'
        """
        if short:
            return self._named(short)
        kind = preferred(accept, self.media_types)
        if kind is None or kind in _XML:
            likes = quality(accept, "text/html")  # a browser takes XML, too, and means a page
            kind = self.media_types[0] if likes and likes >= quality(accept, kind or "") else kind
        if kind is None:
            raise self._none("no type that the Accept header names is made here")
        return self._by_type[kind], with_charset(kind)

    def _named(self, short: str) -> tuple[Format[E], str]:
        found = self._by_name.get(short.strip().lower().replace(" ", "+"))
        if found is None:
            raise self._none(f"this answer has no format {short[:40]!r}")
        return found, with_charset(found.media_types[0])

    def _none(self, why: str) -> Refused:
        names = ", ".join(f"{each.media_types[0]} ({each.names[0]})" for each in self)
        return Refused(HTTPStatus.NOT_ACCEPTABLE, f"{why}; ask for one of: {names}")


def with_charset(kind: str) -> str:
    """Return a media type with its charset, where it is one of text."""
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


TABLES: Final = Formats(
    Format(
        ("json", "srj"),
        ("application/sparql-results+json", "application/json", "text/json"),
        QueryResultsFormat.JSON,
    ),
    Format(("xml", "srx"), ("application/sparql-results+xml", *_XML), QueryResultsFormat.XML),
    Format(("csv",), ("text/csv",), QueryResultsFormat.CSV),
    Format(("tsv",), ("text/tab-separated-values",), QueryResultsFormat.TSV),
)
"""Formats of the answers to SELECT and ASK."""

GRAPHS: Final = Formats(
    Format(
        ("turtle", "ttl", "n3"),
        ("text/turtle", "application/turtle", "application/x-turtle", "text/n3"),
        RdfFormat.TURTLE,
    ),
    Format(("ntriples", "nt"), ("application/n-triples", "text/plain"), RdfFormat.N_TRIPLES),
    Format(("trig",), ("application/trig", "application/x-trig"), RdfFormat.TRIG),
    Format(("nquads", "nq"), ("application/n-quads",), RdfFormat.N_QUADS),
    Format(("jsonld", "json-ld", "json"), ("application/ld+json", "application/json"), RdfFormat.JSON_LD),
    Format(("rdfxml", "rdf+xml", "rdf", "xml"), ("application/rdf+xml", *_XML), RdfFormat.RDF_XML),
)
"""Formats of the answers to CONSTRUCT and DESCRIBE, and of graphs."""
