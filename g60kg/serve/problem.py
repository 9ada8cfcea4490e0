"""What a client is told when its request cannot be answered: the status and plain words, without a trace.

It is a page for who asked for HTML, else an object of the type application/problem+json (RFC 9457).
"""

from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from g60kg import errors
from g60kg.errors import AmbiguousName, G60Error, UnknownQuery
from g60kg.serve.values import Pairs, Response, in_json
from g60kg.terms import ID

_STATUS: Final = (
    (UnknownQuery, HTTPStatus.NOT_FOUND),
    (errors.UnknownName, HTTPStatus.NOT_FOUND),
    (errors.UnknownArticle, HTTPStatus.NOT_FOUND),
    (AmbiguousName, HTTPStatus.MULTIPLE_CHOICES),
    (errors.UpdateRefused, HTTPStatus.FORBIDDEN),
    (errors.LimitError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (errors.QueryError, HTTPStatus.BAD_REQUEST),
)
_NEAR: Final = (
    (UnknownQuery, "query", "name"),
    (errors.UnknownArticle, "article", "id"),
    (errors.UnknownName, "search", "q"),
)


class Refused(Exception):  # noqa: N818
    """A request that is refused with a status; `detail` is one line that says why, and the mend.

    `cause` is the error that says what could be meant in place of what is not there.
    """

    def __init__(
        self, status: HTTPStatus, detail: str, headers: Pairs = (), cause: G60Error | None = None
    ) -> None:
        self.status, self.detail, self.headers, self.cause = status, detail, headers, cause
        super().__init__(detail)


FAILED: Final = Refused(HTTPStatus.INTERNAL_SERVER_ERROR, "the server failed at this request; others go on")


def wrong(detail: str) -> Refused:
    """Return the refusal of a request that breaks the rules."""
    return Refused(HTTPStatus.BAD_REQUEST, detail)


def absent(detail: str) -> Refused:
    """Return the refusal of a request for what is not there."""
    return Refused(HTTPStatus.NOT_FOUND, detail)


def unsupported(kind: str, taken: Iterable[str], headers: Pairs = ()) -> Refused:
    """Return the refusal of a body that is of another type than those that are taken."""
    detail = f"the body's type is {kind[:80] or 'not said'}; send one of {', '.join(taken)}"
    return Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail, headers)


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
        return Refused(status, str(error), cause=error)
    unavailable = HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, G60Error):
        return Refused(unavailable, "the graph cannot be read now; try again")
    if isinstance(error, MemoryError):
        return Refused(unavailable, "the request takes more memory than one may; ask for less")
    return FAILED


def leads(error: G60Error | None) -> tuple[tuple[str, str, str], ...]:
    """Return what could be meant, where an error knows it: routes, each with a place of it and its value."""
    for kind, route, place in _NEAR:
        if isinstance(error, kind):
            return tuple((route, place, each) for each in error.nearest)
    choices = error.choices if isinstance(error, AmbiguousName) else ()
    return tuple(("entity", "slug", each.removeprefix(ID.base)) for each in choices)


def problem(refused: Refused, **more: object) -> Response:
    """Return a refusal as application/problem+json, with more members (RFC 9457, section 3.2)."""
    status = refused.status
    told = {"title": status.phrase, "status": status.value, "detail": refused.detail, **more}
    return replace(in_json(told, "application/problem+json", status.value, 2), headers=refused.headers)
