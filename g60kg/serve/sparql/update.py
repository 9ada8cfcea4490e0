"""Making an update.

Goes in: an update, from who has the token. Comes out: 204, or what was wrong with it, and then nothing was
changed. An update changes triples and nothing else: no article is read, no claim made, nothing inferred
anew; the default graph, where it names none, is the one without a name.
Source: SPARQL 1.1 Protocol, section 2.2.
"""

from http import HTTPStatus

from g60kg.serve.site import Site
from g60kg.serve.sparql.address import base_of
from g60kg.serve.sparql.asked import Asked
from g60kg.serve.sparql.engine import answering
from g60kg.serve.sparql.using import with_dataset
from g60kg.serve.sparql.writing import change
from g60kg.serve.token import check_token
from g60kg.serve.values import Request, Response
from g60kg.store.guard import refuse_requests
from g60kg.terms import PREFIXES


def update(site: Site, request: Request, asked: Asked) -> Response:
    """Make an update.

    Raises `Refused` (401, 403) without the token, `SparqlError` for one that does not parse or cannot be
    made, `UpdateRefused` for LOAD and SERVICE.
    """
    check_token(site, request)
    text = with_dataset(asked)
    refuse_requests(text)
    base = base_of(site, request, "/sparql")
    with answering(text, "update"):
        change(site, lambda engine: engine.update(text, base_iri=base, prefixes=PREFIXES))
    return Response(status=HTTPStatus.NO_CONTENT)
