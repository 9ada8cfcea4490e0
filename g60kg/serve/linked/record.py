"""The page of a record: a claim, a statistic, a fact of the register, a repair.

Goes in: its quads. Comes out: a page that shows them as they stand in the graph, and where its data are.
"""

from collections.abc import Iterable
from itertools import groupby

from pyoxigraph import NamedNode, Quad

from g60kg.serve.linked.forms import ENDINGS
from g60kg.serve.linked.nodes import RECORDS, path_of
from g60kg.serve.pages.page import render
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.terms import ARTICLE, OA, PROV, RDF, ROOT, curie

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
        fact=_fact(node, ordered),
        words=_words(ordered),
        place=_place,
        path=path_of(node),
        endings=ENDINGS,
    )


def _fact(node: NamedNode, quads: Iterable[Quad]) -> tuple[object, ...]:
    """Return subject, property and object of the fact that a record is of; nothing where it is of none."""
    held = {quad.predicate: quad.object for quad in quads if quad.subject == node}
    found = tuple(held.get(part) for part in (RDF.subject, RDF.predicate, RDF.object))
    return found if None not in found else ()


def _words(quads: Iterable[Quad]) -> dict[str, str] | None:
    """Return the words of an article that a record rests on, and where they stand; of several the first."""
    held: dict[object, str] = {}
    for quad in quads:
        held.setdefault(quad.predicate, getattr(quad.object, "value", ""))
    if OA.exact not in held or PROV.wasQuotedFrom not in held:
        return None
    found = {name: held.get(OA[name], "") for name in ("exact", "prefix", "suffix", "start", "end")}
    return found | {"article": held[PROV.wasQuotedFrom].removeprefix(ARTICLE.base)}


def _place(term: object) -> str | None:
    """Return where below `/data/` the page of a record is, for a term that is one."""
    path = path_of(term) if isinstance(term, NamedNode) else ""
    is_record = path.partition("/")[0] in RECORDS and not path.startswith("article/")
    return f"{path}.html" if is_record else None


def _blocks(quads: Iterable[Quad]) -> list[tuple[str, list[Quad]]]:
    """Return quads by their subjects."""
    return [(name, list(held)) for name, held in groupby(quads, key=lambda quad: _name(quad.subject))]


def _name(subject: object) -> str:
    if not isinstance(subject, NamedNode):
        return str(subject)
    return path_of(subject) if subject.value.startswith(ROOT) else curie(subject)
