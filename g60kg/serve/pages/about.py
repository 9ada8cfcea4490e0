"""What the site is: the layers of truth, what the dataset holds, how programs use it, its limits.

Goes in: a `Site` and a `Request`. Comes out: a page.
"""

from typing import Final

from g60kg.serve.limits import table
from g60kg.serve.pages.render import render
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response

_TOLD: Final = ("query_seconds", "rows", "answer_bytes", "query_bytes", "upload_bytes", "rate", "burst")
"""The limits that a user may meet."""
_COUNTED: Final = ("entities", "claims", "triples")


def about(site: Site, request: Request) -> Response:
    """Return the page about the site."""
    held = site.kg.describe_dataset()
    return render(
        site,
        request,
        "about.html",
        held=held,
        counts=tuple((name, getattr(held, name)) for name in _COUNTED),
        limits=tuple(
            (name, getattr(site.limits, name), unit) for name, _, unit, _ in table() if name in _TOLD
        ),
    )
