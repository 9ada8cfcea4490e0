"""The SPARQL 1.1 Graph Store Protocol at `/graphs`.

Goes in: a request. Comes out: a graph, in any format of RDF; or, to who has the token, a graph put, added
to or deleted. The graph is named by `?graph=IRI` or `?default`, or is that of the address itself
(`/graphs/…`, and `/graph/…` for the project's own). The default graph is the union of all when it is read,
as in queries; written to is the one without a name.
Source: SPARQL 1.1 Graph Store HTTP Protocol.
"""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Triple

from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql import graph_writes as writes
from g60kg.serve.sparql.address import base_of
from g60kg.serve.sparql.asked import graph_name
from g60kg.serve.sparql.engine import holds
from g60kg.serve.sparql.formats import GRAPHS
from g60kg.serve.sparql.triples import write_triples
from g60kg.serve.token import check_token
from g60kg.serve.values import Request, Response
from g60kg.terms import GRAPH

Name = NamedNode | DefaultGraph
_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ACTS: Final[dict[str, Callable[[Site, Request, Name], Response]]] = {
    "PUT": writes.put,
    "POST": writes.post,
    "DELETE": writes.delete,
}


def graphs(site: Site, request: Request) -> Response:
    """Answer a request for the graph that its parameters name; without any, lead to the list of graphs."""
    name = _named(request)
    if name is not None:
        return _answer(site, request, name)
    if request.method == "GET":
        return Response(status=HTTPStatus.SEE_OTHER, headers=(("Location", f"{site.base}/sparql"),))
    check_token(site, request)
    if request.method == "POST":
        return writes.create(site, request, base_of(site, request, "/graphs"))
    raise Refused(HTTPStatus.BAD_REQUEST, "name the graph: ?graph=IRI or ?default")


def direct(site: Site, request: Request) -> Response:
    """Answer a request for the graph whose IRI is the address itself."""
    value = base_of(site, request, f"/graphs/{request.path['path']}")
    return _answer(site, request, graph_name("the address", value))


def own(site: Site, request: Request) -> Response:
    """Answer a request for a graph of the project: that of `https://w3id.org/g60kg/graph/…`."""
    return _read(site, request, graph_name("the address", GRAPH.base + request.path["slug"]))


def _named(request: Request) -> Name | None:
    values, is_default = request.values("graph"), bool(request.values("default"))
    if len(values) + is_default > 1:
        raise Refused(HTTPStatus.BAD_REQUEST, "name one graph: ?graph=IRI or ?default")
    if values:
        return graph_name("graph", values[0])
    return DefaultGraph() if is_default else None


def _answer(site: Site, request: Request, name: Name) -> Response:
    if request.method == "GET":
        return _read(site, request, name)
    check_token(site, request)
    return _ACTS[request.method](site, request, name)


def _read(site: Site, request: Request, name: Name) -> Response:
    form, kind = GRAPHS.chosen(request.header("accept"), request.value("format"))
    body = write_triples(_triples(site, name), form.engine, site.limits)
    return Response(body, kind)


def _triples(site: Site, name: Name) -> Iterable[Triple]:
    if isinstance(name, DefaultGraph):
        return site.kg.store.construct(_ALL)
    if not holds(site, name):
        raise Refused(HTTPStatus.NOT_FOUND, f"no graph {name.value} is held")
    return (quad.triple for quad in site.kg.store.match(graph=name))
