"""Reading the triples that a request brings.

Goes in: a request with a body of RDF, or with a form of files of it. Comes out: its triples, or a `Refused`
that names the place where it does not parse. Blank nodes get new labels, so that they are nobody else's.
"""

from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from http import HTTPStatus
from typing import Final

from pyoxigraph import DefaultGraph, Triple, parse

from g60kg.serve.problem import Refused
from g60kg.serve.sparql.asked import refuse_charset
from g60kg.serve.sparql.formats import GRAPHS
from g60kg.serve.values import Request

_FORM: Final = "multipart/form-data"


def read_payload(request: Request, base: str) -> list[Triple]:
    """Return the triples of a body; relative references in it are resolved against `base`.

    Raises `Refused`: 415 for a type that is none of RDF, 400 for data that does not parse or names graphs.
    """
    said = request.header("content-type")
    if said.partition(";")[0].strip().lower() == _FORM:
        return [triple for kind, body in _parts(said, request.body) for triple in _parsed(body, kind, base)]
    return _parsed(request.body, said, base)


def _parsed(body: bytes, said: str, base: str) -> list[Triple]:
    kind = said.partition(";")[0].strip().lower()
    form = GRAPHS.of_type(kind)
    if form is None:
        kinds = ", ".join(each.media_types[0] for each in GRAPHS)
        detail = f"the body's type is {kind[:80] or 'not said'}; send one of {kinds}"
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    refuse_charset(said)
    try:
        quads = list(parse(body, form.engine, base_iri=base, rename_blank_nodes=True))
    except (SyntaxError, ValueError) as error:
        raise _wrong(f"the data does not parse: {' '.join(str(error).split())[:200]}") from None
    if any(not isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        raise _wrong("the data names graphs; the address names the one that it goes to")
    return [quad.triple for quad in quads]


def _parts(said: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield type and content of each file of a form."""
    form = BytesParser().parsebytes(f"Content-Type: {said}\r\n\r\n".encode() + body)
    parts = form.get_payload()
    if not isinstance(parts, list) or not parts:
        raise _wrong("the form has no parts")
    for part in parts:
        assert isinstance(part, Message)
        content = part.get_payload(decode=True)
        yield str(part["content-type"] or ""), content if isinstance(content, bytes) else b""


def _wrong(detail: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, detail)
