"""The vocabulary: what the ontology's page documents.

Goes in: a request. Comes out: where that page is.
"""

from http import HTTPStatus

from g60kg.serve.pages.links import link
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response


def vocabulary(site: Site, request: Request) -> Response:
    """Lead to the page of the ontology."""
    return Response(status=HTTPStatus.SEE_OTHER, headers=(("Location", link(site, request, "ontology")),))
