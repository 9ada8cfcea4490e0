"""The page of a request that cannot be answered.

Goes in: why. Comes out: a page that says so, with its status.
"""

from g60kg.serve.problem import Refused, problem
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response


def failure(site: Site, request: Request, refused: Refused) -> Response:
    """Return the page that tells why a request is refused."""
    return problem(refused)
