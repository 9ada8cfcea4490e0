"""The page of a record: a claim, a statistic, a fact of the register, a repair.

Goes in: its quads. Comes out: a page that shows them as they stand in the graph, and where its data are.
"""

from collections.abc import Iterable
from itertools import groupby

from pyoxigraph import NamedNode, Quad

from g60kg.serve.linked.forms import ENDINGS
from g60kg.serve.linked.nodes import path_of
from g60kg.serve.pages.render import render
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.terms import PROV, curie

_SHOWN = 200


def record_page(site: Site, request: Request, node: NamedNode, quads: Iterable[Quad]) -> Response:
    """Return the page of a record."""
    ordered = sorted(quads, key=lambda quad: (quad.subject != node, str(quad.subject), str(quad)))
    return render(
        site,
        request,
        "record.html",
        node=node,
        name=curie(node),
        kind=path_of(node).partition("/")[0],
        blocks=_blocks(ordered[:_SHOWN]),
        left=max(len(ordered) - _SHOWN, 0),
        article=next((quad.object for quad in ordered if quad.predicate == PROV.wasQuotedFrom), None),
        path=path_of(node),
        endings=ENDINGS,
    )


def _blocks(quads: Iterable[Quad]) -> list[tuple[str, list[Quad]]]:
    """Return quads by their subjects."""
    return [(name, list(held)) for name, held in groupby(quads, key=lambda quad: _name(quad.subject))]


def _name(subject: object) -> str:
    return curie(subject) if isinstance(subject, NamedNode) else str(subject)
