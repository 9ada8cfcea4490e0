"""Quads in the formats of RDF, by an address's ending or an Accept header; from a thing to documents of it.

The same quads give the same bytes; TriG, N-Quads and JSON-LD hold the names of their graphs. Source: Cool
URIs for the Semantic Web, section 4.3 (303 See Other).
"""

from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from typing import Final

from pyoxigraph import Quad

from g60kg.errors import LimitError
from g60kg.export import write_quads
from g60kg.serve.limits import Limits
from g60kg.serve.sparql.formats import GRAPHS, preferred
from g60kg.serve.values import Pairs, Response

HTML: Final = "text/html"
ENDINGS: Final = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
"""The endings of data, with their media types."""


def parted(path: str) -> tuple[str, str | None]:
    """Return a path without the ending of a format, and the ending.

    >>> parted("wuhu.ttl"), parted("wuhu"), parted("v1.0")
    (('wuhu', 'ttl'), ('wuhu', None), ('v1.0', None))
    """
    stem, _, ending = path.rpartition(".")
    return (stem, ending) if stem and ending in (*ENDINGS, "html") else (path, None)


def wants_page(accept: str) -> bool:
    """Whether a client likes a page better than any format of RDF.

    >>> wants_page("text/html,*/*;q=0.8"), wants_page("*/*"), wants_page("text/turtle, text/html;q=0.9")
    (True, False, False)
    """
    types = (kind for kind in GRAPHS.media_types if not kind.endswith("/xml"))
    return preferred(accept, (*types, HTML)) == HTML


def wants_text(accept: str) -> bool:
    """Whether a client likes plain text better than a page and any format of RDF.

    >>> wants_text("text/plain"), wants_text("text/turtle, text/plain;q=0.5"), wants_text("*/*")
    (True, False, False)
    """
    types = (kind for kind in GRAPHS.media_types if not kind.endswith("/xml"))
    return preferred(accept, (*types, HTML)) == "text/plain"


def written(
    quads: Iterable[Quad], limits: Limits, accept: str, ending: str | None, headers: Pairs
) -> Response:
    """Return quads in the format of an ending, or else the one that the client likes best.

    Raises `Refused` (406) where there is none, `LimitError` where the answer is too long.
    """
    form, media_type = GRAPHS.chosen(accept, ending)
    out = BytesIO()
    write_quads(quads, out, form.names[0])
    if out.tell() > limits.answer_bytes:
        raise LimitError(f"the answer is longer than {int(limits.answer_bytes)} bytes", mend="ask for less")
    return Response(out.getvalue(), media_type, headers=headers)


def see(address: str) -> Response:
    """Lead to an address."""
    headers = (("Location", address), ("Vary", "Accept, Accept-Language"))
    return Response(f"See {address}\n".encode(), status=HTTPStatus.SEE_OTHER.value, headers=headers)
