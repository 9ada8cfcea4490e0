"""What a client is told when its request cannot be answered: the status and plain words, without a trace.

It is a page for who asked for HTML, else an object of the type application/problem+json (RFC 9457).
"""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from g60kg.errors import (
    AmbiguousName,
    G60Error,
    LimitError,
    QueryError,
    UnknownArticle,
    UnknownName,
    UnknownQuery,
    UpdateRefused,
)
from g60kg.serve.values import Pairs, Response
from g60kg.terms import ID

_STATUS: Final = (
    (UnknownQuery, HTTPStatus.NOT_FOUND),
    (UnknownName, HTTPStatus.NOT_FOUND),
    (UnknownArticle, HTTPStatus.NOT_FOUND),
    (AmbiguousName, HTTPStatus.MULTIPLE_CHOICES),
    (UpdateRefused, HTTPStatus.FORBIDDEN),
    (LimitError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (QueryError, HTTPStatus.BAD_REQUEST),
)
_NEAR: Final = (
    (UnknownQuery, "query", "name"),
    (UnknownArticle, "article", "id"),
    (UnknownName, "search", "q"),
)


@dataclass(frozen=True, slots=True)
class Lead:
    """What could be meant in place of what is not there: the `route` to it, by the value of a place."""

    route: str
    place: str
    value: str


class Refused(Exception):  # noqa: N818
    """A request that is refused with a status; `detail` is one line that says why, and the mend.

    Where there are `leads` to what could be meant, a page shows `brief` and these in place of the detail.
    """

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        headers: Pairs = (),
        *,
        brief: str = "",
        leads: tuple[Lead, ...] = (),
    ) -> None:
        self.status, self.detail, self.headers = status, detail, headers
        self.brief, self.leads = brief or detail, leads
        super().__init__(detail)


FAILED: Final = Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed at this request; others go on")


def wrong(detail: str) -> Refused:
    """Return the refusal of a request that breaks the rules."""
    return Refused(HTTPStatus.BAD_REQUEST, detail)


def busy(detail: str, seconds: int = 2) -> Refused:
    """Return the refusal of a request that may come again, after so many seconds."""
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, detail, (("Retry-After", str(seconds)),))


def refusal(error: Exception) -> Refused:
    """Return what a client is told of an error; of one that is not its fault, nothing but that it happened.

    >>> refusal(UnknownQuery("compnies", ["companies"])).status
    <HTTPStatus.NOT_FOUND: 404>
    """
    if isinstance(error, Refused):
        return error
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), None)
    if status is not None and isinstance(error, G60Error):
        return Refused(status, str(error), brief=error.message, leads=_leads(error))
    unavailable = HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, G60Error):
        return Refused(unavailable, "the graph cannot be read now; try again")
    if isinstance(error, MemoryError):
        return Refused(unavailable, "the request takes more memory than one may; ask for less")
    return FAILED


def _leads(error: Exception) -> tuple[Lead, ...]:
    """Return leads to what could be meant, where an error knows it."""
    for kind, route, place in _NEAR:
        if isinstance(error, kind):
            return tuple(Lead(route, place, each) for each in error.nearest)
    if isinstance(error, AmbiguousName):
        return tuple(Lead("entity", "slug", each.removeprefix(ID.base)) for each in error.choices)
    return ()


def problem(refused: Refused) -> Response:
    """Return a refusal as application/problem+json."""
    found = {"title": refused.status.phrase, "status": refused.status.value, "detail": refused.detail}
    body = json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n"
    return Response(body, "application/problem+json", refused.status.value, refused.headers)
