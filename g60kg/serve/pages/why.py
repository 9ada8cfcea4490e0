"""The page that tells why a fact holds.

Goes in: `/why?s=…&p=…&o=…`, terms as IRIs, CURIEs or names. Comes out: its proofs as trees down to quotes,
register entries and axioms; without a fact, a form that asks for one. `format=json` gives the smallest proof.
"""

import json
from http import HTTPStatus
from typing import Final

from pyoxigraph import NamedNode

from g60kg.reason import Missing
from g60kg.reason.rules import Var
from g60kg.serve.pages.render import render
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.serve.views.claims import claim_of
from g60kg.serve.views.proofs import Proofs

_MISSING: Final = "why-missing.html"
MOST: Final = 5
"""So many proofs of a fact stand on its page."""


def why(site: Site, request: Request) -> Response:
    """Return why a fact holds, or what it wants (404).

    Raises `UnknownName`, `AmbiguousName`, and `LimitError` when a proof takes too much work.
    """
    parts = [" ".join((request.value(name) or "").split()) for name in ("s", "p", "o")]
    if not all(parts):
        return render(site, request, "why-ask.html", parts=parts)
    subject, predicate, value = parts
    found = site.kg.why(subject, predicate, value)
    if request.value("format") == "json":
        body = json.dumps(found.to_json(), ensure_ascii=False, indent=1).encode() + b"\n"
        status = HTTPStatus.NOT_FOUND if isinstance(found, Missing) else HTTPStatus.OK
        return Response(body, "application/json", status)
    if isinstance(found, Missing):
        return _missing(site, request, found)
    proofs = site.kg.proofs(subject, predicate, value, most=MOST) or (found,)
    tree = Proofs(site.kg.store)
    steps = [tree.tree(each) for each in proofs]
    return render(site, request, "why.html", steps=steps, fact=found.fact)


def _missing(site: Site, request: Request, found: Missing) -> Response:
    """Return the page of a fact that does not hold, with the claims that await a person's word."""
    named = (claim_of(site.kg.store, NamedNode(one.claim)) for one in found.proposed if one.claim)
    claims = [each for each in named if each]
    variables = {slot for atom in found.wanted for slot in atom.slots if isinstance(slot, Var)}
    gone = HTTPStatus.NOT_FOUND
    return render(site, request, _MISSING, status=gone, it=found, claims=claims, variables=variables)
