"""The dataset's description: `/dataset`, the nodes below it, and `/.well-known/void`; and quads as RDF.

It is DCAT, VoID and PROV-O, counted once for each version of the graph; with `--base` it says where the graph
is served. The same quads give the same bytes. Sources: VoID, section 7.2 (discovery); DCAT 3, section 6; Cool
URIs for the Semantic Web, section 4.3 (303 See Other).
"""

from collections.abc import Iterable
from functools import lru_cache
from http import HTTPStatus
from io import BytesIO

from pyoxigraph import NamedNode, Quad

from g60kg.dataset import DatasetDescription, dataset_quads
from g60kg.errors import LimitError
from g60kg.export import write_quads
from g60kg.kg import KnowledgeGraph
from g60kg.serve.limits import Limits
from g60kg.serve.pages.links import link, root
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site, epoch
from g60kg.serve.sparql.formats import GRAPHS, wants_page
from g60kg.serve.values import Pairs, Request, Response
from g60kg.terms import DATASET, DATASET_GRAPH, DCAT, VOID


def dataset(site: Site, request: Request) -> Response:
    """Lead from the dataset, or from where crawlers look for it, to the page about it or to its data.

    Raises `Refused` (404) for a node that the description has not.
    """
    slug = request.path.get("slug")
    if slug is not None:
        nodes = {str(quad.subject)[1:-1] for quad in served_dataset(site)}
        if f"{DATASET.value}/{slug}" not in nodes:
            raise Refused(HTTPStatus.NOT_FOUND, f"the dataset's description has no node {slug[:80]!r}")
    page = request.route != "void" and wants_page(request.header("accept"))
    return see(link(site, request, "about") if page else f"{root(site)}/data/dataset")


def served_dataset(site: Site) -> list[Quad]:
    """Return the description of the dataset that a site serves, as quads of `graph:dataset`."""
    quads = dataset_quads(described(site.kg, epoch(site)))
    if site.base:
        for way, path in ((VOID.sparqlEndpoint, "/sparql"), (DCAT.landingPage, "/")):
            quads.append(Quad(DATASET, way, NamedNode(site.base + path), DATASET_GRAPH))
    return quads


@lru_cache(maxsize=1)
def described(kg: KnowledgeGraph, version: str) -> DatasetDescription:
    """Return the description of the dataset in one version of the graph; the last asked for is kept."""
    return kg.describe_dataset()


def written(
    quads: Iterable[Quad], limits: Limits, accept: str, ending: str | None, headers: Pairs
) -> Response:
    """Return quads in the format of an ending, or else the one that the client likes best.

    Raises `Refused` (406) where there is none, `LimitError` where the answer is too long.
    """
    form, media_type = GRAPHS.chosen(accept, ending)
    out = BytesIO()
    write_quads(quads, out, form.name)
    if out.tell() > limits.answer_bytes:
        raise LimitError(f"the answer is longer than {int(limits.answer_bytes)} bytes", mend="ask for less")
    return Response(out.getvalue(), media_type, headers=headers)


def see(address: str) -> Response:
    """Lead to an address."""
    headers = (("Location", address), ("Vary", "Accept, Accept-Language"))
    return Response(f"See {address}\n".encode(), status=HTTPStatus.SEE_OTHER.value, headers=headers)
