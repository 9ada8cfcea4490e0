"""The page of a request that cannot be answered.

Goes in: why. Comes out: a page that says so, with its status.
"""

from g60kg.serve.pages.render import render
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response


def failure(site: Site, request: Request, refused: Refused) -> Response:
    """Return the page that tells why a request is refused."""
    status = refused.status.value
    return render(
        site,
        request,
        "failure.html",
        status=status,
        headers=refused.headers,
        code=status,
        phrase=refused.status.phrase,
        detail=refused.brief if refused.leads else refused.detail,
        leads=refused.leads,
    )
