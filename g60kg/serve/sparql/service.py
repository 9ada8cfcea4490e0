"""What the endpoint says of itself.

Goes in: a site. Comes out: a description of the service and of the dataset behind it, in any format of RDF:
the languages, formats and features it has, the named graphs, and what `g60kg describe` counts. No node is
blank.
Source: SPARQL 1.1 Service Description; VoID, section 6.2.
"""

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from g60kg.serve.linked.dataset import served_dataset
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import GRAPHS, TABLES
from g60kg.serve.sparql.protocol import base_of
from g60kg.serve.sparql.written import SD, write_triples
from g60kg.serve.values import Request, Response
from g60kg.terms import DATASET, RDF, VOID, Namespace

_SD: Final = Namespace(SD)
_SIMPLE: Final = NamedNode("http://www.w3.org/ns/entailment/Simple")


def service(site: Site, request: Request) -> Response:
    """Return the description of the service; raises `Refused` (406) where no format suits."""
    short = request.value("format") or request.value("output")
    form, kind = GRAPHS.chosen(request.header("accept"), short)
    endpoint = NamedNode(base_of(site, request, "/sparql"))
    triples = [*_service(endpoint, site.writable), *_graphs(site, endpoint)]
    triples += (quad.triple for quad in served_dataset(site))
    body = write_triples(dict.fromkeys(triples), form.engine, site.limits)
    return Response(body, kind, headers=(("Vary", "Accept"),))


def _service(endpoint: NamedNode, writable: bool) -> Iterator[Triple]:
    node, dataset = _part(endpoint, "service"), _part(endpoint, "dataset")
    default = _part(endpoint, "default-graph")
    yield Triple(node, RDF.type, _SD.Service)
    yield Triple(node, _SD.endpoint, endpoint)
    yield Triple(node, _SD.supportedLanguage, _SD.SPARQL11Query)
    if writable:
        yield Triple(node, _SD.supportedLanguage, _SD.SPARQL11Update)
        for form in GRAPHS:
            yield Triple(node, _SD.inputFormat, NamedNode(form.engine.iri))
    for form in (*TABLES, *GRAPHS):
        yield Triple(node, _SD.resultFormat, NamedNode(form.engine.iri))
    yield Triple(node, _SD.feature, _SD.UnionDefaultGraph)
    yield Triple(node, _SD.defaultEntailmentRegime, _SIMPLE)
    yield Triple(node, _SD.defaultDataset, dataset)
    yield Triple(dataset, RDF.type, _SD.Dataset)
    yield Triple(dataset, _SD.defaultGraph, default)
    yield Triple(default, RDF.type, _SD.Graph)
    yield Triple(DATASET, VOID.sparqlEndpoint, endpoint)


def _graphs(site: Site, endpoint: NamedNode) -> Iterator[Triple]:
    """Yield the named graphs; each graph is described under its own name, as VoID counts it."""
    dataset = _part(endpoint, "dataset")
    for number, name in enumerate(site.kg.store.graphs()):
        entry = _part(endpoint, f"graph-{number + 1}")
        yield Triple(dataset, _SD.namedGraph, entry)
        yield Triple(entry, RDF.type, _SD.NamedGraph)
        yield Triple(entry, _SD.name, name)
        yield Triple(entry, _SD.graph, name)
        yield Triple(name, RDF.type, _SD.Graph)


def _part(endpoint: NamedNode, name: str) -> NamedNode:
    return NamedNode(f"{endpoint.value}#{name}")
