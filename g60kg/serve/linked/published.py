"""What is published beside the graph: its description, shapes, nanopublications, the figures as a Data Cube.

The description (DCAT, VoID and PROV-O) is counted once for each version of the graph. The address of a
nanopublication ends in the code of what it says (a trusty URI); without it the address leads on, with the
code of what the claim no longer says, to nothing. Sources: VoID, section 7.2 (discovery); DCAT 3, section 6;
Cool URIs for the Semantic Web, section 4.3 (303 See Other).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from math import inf
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple

from g60kg.dataset import DatasetDescription, dataset_quads
from g60kg.resources import resource
from g60kg.serve.pages.links import link, root
from g60kg.serve.problem import absent
from g60kg.serve.site import Site, while_unchanged
from g60kg.serve.sparql.formats import rdf, wants_page, written
from g60kg.serve.values import Request, Response, see
from g60kg.store import Store
from g60kg.terms import (
    ARTICLE,
    CLAIM,
    DATASET,
    DATASET_GRAPH,
    DCAT,
    DCTERMS,
    G60,
    NANOPUB,
    ONTOLOGY_GRAPH,
    RDF,
    REPAIR,
    STATISTIC,
    VOID,
)
from g60kg.triples import canonical, read_triples

_CODE: Final = re.compile(re.escape(NANOPUB.base) + r"[^/]+/(RA[\w-]{43})#Head")
_PARTS: Final = (STATISTIC.base, REPAIR.base, ARTICLE.base)
"""What a claim leads to that is part of what it says: no other claim, and no entity."""
_SLUG: Final = re.compile(r"[\w-]+")


def dataset(site: Site, request: Request) -> Response:
    """Lead from the dataset, or from where crawlers look for it, to the page about it or to its data.

    Raises `Refused` (404) for a node that the description has not.
    """
    slug = request.path.get("slug")
    if slug is not None:
        nodes = {str(quad.subject)[1:-1] for quad in served_dataset(site)}
        if f"{DATASET.value}/{slug}" not in nodes:
            raise absent(f"the dataset's description has no node {slug[:80]!r}")
    page = request.route != "void" and wants_page(request.header("accept"))
    return see(link(site, request, "about") if page else f"{root(site)}/data/dataset")


def served_dataset(site: Site) -> list[Quad]:
    """Return the description of the dataset that a site serves, as quads of `graph:dataset`."""
    quads = dataset_quads(described(site))
    if site.base:
        for way, path in ((VOID.sparqlEndpoint, "/sparql"), (DCAT.landingPage, "/")):
            quads.append(Quad(DATASET, way, NamedNode(site.base + path), DATASET_GRAPH))
    return quads


@while_unchanged(1, elsewhere=True)
def described(site: Site) -> DatasetDescription:
    """Return the description of the dataset."""
    return site.kg.describe_dataset()


def packaged(site: Site, request: Request) -> Response:
    """Return the shapes, or the core of the ontology, in a format of RDF; raises `Refused` (406)."""
    file = "core.ttl" if request.route == "ontology-core" else "shapes.ttl"
    triples = canonical(Triple(*each) for each in read_triples(resource("ontology", file)))
    quads = (Quad(*triple) for triple in triples)
    return rdf(quads, site.limits, request.header("accept"), request.path.get("format"), ())


def nanopub(site: Site, request: Request) -> Response:
    """Return a claim as a nanopublication in TriG, or lead to it; raises `Refused` (404)."""
    claim, code = request.path["claim"], request.path.get("code")
    body = b""
    if _SLUG.fullmatch(claim):
        body = written(claim_quads(site.kg.store, CLAIM[claim]), "nanopubs", site.limits)
    found = _CODE.search(body.decode())
    if found is None or code not in (None, found[1]):
        said = "there is no such claim" if found is None else f"the claim now has the code {found[1]}"
        raise absent(f"no such nanopublication: {said}")
    if code is None:
        return see(f"{root(site)}/nanopub/{claim}/{found[1]}")
    return Response(body, "application/trig")


def figures(site: Site, request: Request) -> Response:
    """Return the figures as an RDF Data Cube, in Turtle; raises `LimitError` where there are too many."""
    everything = replace(site.limits, rows=inf)
    return Response(written(site.kg.store.match(), "cube", everything), "text/turtle")


def claim_quads(store: Store, claim: NamedNode) -> Iterator[Quad]:
    """Yield the quads that a claim's nanopublication is made of; none where there is no such claim."""
    if any(store.match(claim, RDF.type, G60.Claim)):
        yield from reached(store, claim, (f"{claim.value}/", *_PARTS))
        for name in (DCTERMS.license, DCTERMS.modified):
            yield from store.match(None, name, None, ONTOLOGY_GRAPH)


def reached(store: Store, node: NamedNode, records: tuple[str, ...], inward: str = "") -> Iterator[Quad]:
    """Yield what stands of a node, then what stands of each record that is reached from it.

    `records` are the beginnings of their IRIs. With `inward`, also what leads to the node, and to those whose
    IRIs begin so.
    """
    seen, waiting = {node}, [node]
    while waiting:
        each = waiting.pop(0)
        is_in = inward and (each == node or each.value.startswith(inward))
        for quad in chain(store.match(each), store.match(None, None, each) if is_in else ()):
            yield quad
            for end in (quad.subject, quad.object):
                if isinstance(end, NamedNode) and end not in seen and end.value.startswith(records):
                    seen.add(end)
                    waiting.append(end)
