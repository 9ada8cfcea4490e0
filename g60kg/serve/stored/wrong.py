"""What is wrong with the values of a request, parameter by parameter.

Goes in: an error about one parameter. Comes out: a `Wrong`, for a form to show beside its field; and all of
them as application/problem+json, which names each parameter.
Source: RFC 9457, section 3.2 (extension members).
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from g60kg.errors import AmbiguousName, G60Error, UnknownName
from g60kg.serve.values import Response


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a value cannot be taken, and what could be instead.

    `kind` sorts it for the pages, which say it in their language: `missing`, `unknown`, `ambiguous`, `count`,
    `strange` (no such parameter), `twice`, `tongue` (no such language), or `value` (not of its type).

    >>> str(Wrong("year", "write four digits"))
    'write four digits'
    """

    parameter: str
    detail: str
    nearest: tuple[str, ...] = ()
    status: HTTPStatus = HTTPStatus.BAD_REQUEST
    kind: str = "value"

    @property
    def missing(self) -> bool:
        """Whether there is no value."""
        return self.kind == "missing"

    @classmethod
    def of(cls, parameter: str, error: G60Error) -> "Wrong":
        """Return what an error says of a parameter: 404 for a name that nothing bears, else 400."""
        if isinstance(error, UnknownName):
            return cls(parameter, error.message, error.nearest, HTTPStatus.NOT_FOUND, "unknown")
        detail = str(error).removeprefix(f"{parameter}: ")
        if isinstance(error, AmbiguousName):
            return cls(parameter, detail, error.choices, kind="ambiguous")
        return cls(parameter, detail)

    def __str__(self) -> str:
        return self.detail

    def to_json(self) -> dict[str, Any]:
        """Return it as a member of a problem."""
        kept = asdict(self)
        return {name: kept[name] for name in ("parameter", "detail", "nearest")}


def worst(wrong: Mapping[str, Wrong]) -> HTTPStatus:
    """Return the status of an answer: 404 where every fault is a name that nothing bears, else 400."""
    found = {each.status for each in wrong.values()}
    return found.pop() if len(found) == 1 else HTTPStatus.BAD_REQUEST


def wrong_values(wrong: Mapping[str, Wrong]) -> Response:
    """Return the faults of a request's values as application/problem+json; the first gives the detail."""
    status, first = worst(wrong), next(iter(wrong.values()))
    told = {
        "title": status.phrase,
        "status": status.value,
        "detail": f"{first.parameter}: {first.detail}",
        "parameter": first.parameter,
        "problems": [each.to_json() for each in wrong.values()],
    }
    body = json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"
    return Response(body, "application/problem+json", status.value)
