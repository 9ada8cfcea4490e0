"""The dataset's description: `/dataset`, the nodes below it, and `/.well-known/void`.

Goes in: a `Site`. Comes out: DCAT, VoID and PROV-O, counted once for each version of the graph; with
`--base` it says where the graph is served. Sources: VoID, section 7.2 (discovery); DCAT 3, section 6.
"""

from collections.abc import Iterator
from functools import lru_cache
from http import HTTPStatus

from pyoxigraph import NamedNode, Quad

from g60kg.dataset import DatasetDescription, dataset_quads
from g60kg.kg import KnowledgeGraph
from g60kg.serve.linked.forms import see, wants_page
from g60kg.serve.pages.links import link, root
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.stored.names import epoch
from g60kg.serve.values import Request, Response
from g60kg.terms import DATASET, DATASET_GRAPH, DCAT, VOID


def dataset(site: Site, request: Request) -> Response:
    """Lead from the dataset, or from where crawlers look for it, to the page about it or to its data.

    Raises `Refused` (404) for a node that the description has not.
    """
    if "slug" in request.path:
        _check_known(site, request.path["slug"])
    page = request.route != "void" and wants_page(request.header("accept"))
    address = link(site, request, "about") if page else f"{root(site)}/data/dataset"
    return see(address)


def _check_known(site: Site, slug: str) -> None:
    nodes = {str(quad.subject)[1:-1] for quad in served_dataset(site)}
    if f"{DATASET.value}/{slug}" not in nodes:
        raise Refused(HTTPStatus.NOT_FOUND, f"the dataset's description has no node {slug[:80]!r}")


def served_dataset(site: Site) -> list[Quad]:
    """Return the description of the dataset that a site serves, as quads of `graph:dataset`."""
    return [*dataset_quads(described(site.kg, epoch(site))), *_addresses(site.base)]


@lru_cache(maxsize=1)
def described(kg: KnowledgeGraph, version: str) -> DatasetDescription:
    """Return the description of the dataset in one version of the graph; the last asked for is kept."""
    return kg.describe_dataset()


def _addresses(base: str) -> Iterator[Quad]:
    """Yield where the dataset is served, if that is known."""
    if base:
        yield Quad(DATASET, VOID.sparqlEndpoint, NamedNode(f"{base}/sparql"), DATASET_GRAPH)
        yield Quad(DATASET, DCAT.landingPage, NamedNode(f"{base}/"), DATASET_GRAPH)
