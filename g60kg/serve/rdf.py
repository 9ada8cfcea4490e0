"""Quads as an answer: in the format that a client wants, sorted, of a bounded size.

The same quads give the same bytes, with the prefixes that they use.
"""

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from io import BytesIO
from typing import Final

from pyoxigraph import Quad, Triple

from g60kg.errors import ExportError, LimitError
from g60kg.export import write_quads
from g60kg.serve.limits import Limits
from g60kg.serve.problem import Refused
from g60kg.serve.sparql.formats import GRAPHS
from g60kg.serve.values import Pairs, Response

_HEAD: Final = re.compile(rb"(?:@prefix [^\n]*\n)+|<\?xml[^>]*\?>\s*<rdf:RDF[^>]*>")
_PREFIX: Final = re.compile(rb'@prefix ([\w.-]+:)[^\n]*\n| xmlns:(?!rdf=)([\w.-]+)="[^"]*"')


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
    out = BytesIO()
    try:
        write_quads(_counted(quads, limits.rows), out, form)
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


def _counted(quads: Iterable[Quad | Triple], most: float) -> Iterator[Quad]:
    for number, each in enumerate(quads):
        if number >= most:
            raise too_many(most, "triples")
        yield Quad(each.subject, each.predicate, each.object) if isinstance(each, Triple) else each


def too_many(most: float, what: str) -> LimitError:
    """Return the error of an answer with too many rows or triples."""
    return LimitError(f"the answer has more than {most:,.0f} {what}", mend="ask for less, or add LIMIT")


def too_large(limits: Limits) -> LimitError:
    """Return the error of an answer of too many bytes."""
    most = f"{limits.answer_bytes:,.0f}"
    return LimitError(f"the answer is larger than {most} bytes", mend="ask for less, or add LIMIT")
