"""Leading from the IRI of what is no document to a document about it.

Goes in: an address. Comes out: 303, which depends on what the client likes best. Source: Cool URIs for the
Semantic Web, section 4.3.
"""

from http import HTTPStatus

from g60kg.serve.values import Response


def see(address: str) -> Response:
    """Lead to an address."""
    headers = (("Location", address), ("Vary", "Accept, Accept-Language"))
    return Response(f"See {address}\n".encode(), status=HTTPStatus.SEE_OTHER.value, headers=headers)
