"""Who may change the graph: the one who has the token.

Goes in: a request. Comes out: nothing, or a `Refused`. The token is in the environment variable
`G60KG_TOKEN` of the server, never in its command line, where others could read it.
Source: RFC 6750, sections 2.1 and 3 (bearer tokens).
"""

import os
from hmac import compare_digest
from http import HTTPStatus
from typing import Final

from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.values import Request

TOKEN: Final = "G60KG_TOKEN"
"""The environment variable that holds the token of who may change the graph."""
_ASK: Final = (("WWW-Authenticate", 'Bearer realm="g60kg"'),)


def check_token(site: Site, request: Request) -> None:
    """Check that a request may change the graph.

    Raises `Refused`: 403 where the server was not started with `--writable`, or with no token; 401 where the
    request has no token or another.
    """
    wanted = os.environ.get(TOKEN, "")
    if not (site.writable and wanted):
        raise Refused(HTTPStatus.FORBIDDEN, "this server is read only")
    if request.header("authorization").partition(" ")[0].lower() != "bearer":
        raise Refused(HTTPStatus.UNAUTHORIZED, "a change needs the header Authorization: Bearer TOKEN", _ASK)
    if not has_token(request):
        raise Refused(HTTPStatus.UNAUTHORIZED, "the token is not that of this server", _ASK)


def has_token(request: Request) -> bool:
    """Whether a request bears the token of this server, if it has one."""
    wanted = os.environ.get(TOKEN, "")
    scheme, _, given = request.header("authorization").partition(" ")
    is_bearer = bool(wanted) and scheme.lower() == "bearer"
    return is_bearer and compare_digest(given.strip().encode(), wanted.encode())
