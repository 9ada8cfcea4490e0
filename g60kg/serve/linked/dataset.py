"""The dataset's description: `/dataset`, the nodes below it, and `/.well-known/void`.

It is DCAT, VoID and PROV-O, counted once for each version of the graph; with `--base` it says where the graph
is served. Sources: VoID, section 7.2 (discovery); DCAT 3, section 6; Cool
URIs for the Semantic Web, section 4.3 (303 See Other).
"""

from functools import lru_cache
from http import HTTPStatus

from pyoxigraph import NamedNode, Quad

from g60kg.dataset import DatasetDescription, dataset_quads
from g60kg.kg import KnowledgeGraph
from g60kg.serve.pages.links import link, root
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site, epoch
from g60kg.serve.sparql.formats import wants_page
from g60kg.serve.values import Request, Response, see
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
