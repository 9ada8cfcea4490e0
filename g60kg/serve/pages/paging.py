"""The number of a page in the query string.

Goes in: a request. Comes out: a whole number from 1.
"""

from http import HTTPStatus
from typing import Final

from g60kg.serve.problem import Refused
from g60kg.serve.values import Request

_MOST: Final = 1_000_000


def page_number(request: Request, name: str = "page") -> int:
    """Return the page that is asked for, the first where none is; raises `Refused` with 400.

    >>> page_number(Request("search", query=(("page", "3"),)))
    3
    """
    text = request.value(name)
    if not text:
        return 1
    number = int(text) if text.isascii() and text.isdigit() and len(text) < len(str(_MOST)) else 0
    if number < 1:
        raise Refused(
            HTTPStatus.BAD_REQUEST, f"{name}: {text[:20]!r} is no number of a page; write 1 or more"
        )
    return number
