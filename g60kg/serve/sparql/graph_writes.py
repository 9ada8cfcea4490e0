"""Writing graphs by the Graph Store Protocol.

Goes in: a request that may write, and the graph it names. Comes out: 201 for a graph that is new, else 204;
the body is read before anything is changed.
Source: SPARQL 1.1 Graph Store HTTP Protocol, sections 5.3 to 5.5.
"""

from http import HTTPStatus
from itertools import count

from pyoxigraph import DefaultGraph, NamedNode, Quad
from pyoxigraph import Store as Engine

from g60kg.model import content_id
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.address import base_of
from g60kg.serve.sparql.engine import store_of
from g60kg.serve.sparql.payload import read_payload
from g60kg.serve.sparql.writing import change
from g60kg.serve.values import Request, Response

Name = NamedNode | DefaultGraph


def put(site: Site, request: Request, name: Name) -> Response:
    """Put the body in place of a graph."""
    return _written(site, request, name, replace=True)


def post(site: Site, request: Request, name: Name) -> Response:
    """Add the body to a graph."""
    return _written(site, request, name, replace=False)


def delete(site: Site, request: Request, name: Name) -> Response:
    """Delete a graph; raises `Refused` (404) where there is none."""
    if not _is_held(store_of(site).engine, name):
        raise Refused(HTTPStatus.NOT_FOUND, f"no graph {name} is held")
    change(site, lambda engine: engine.remove_graph(name))
    return Response(status=HTTPStatus.NO_CONTENT)


def create(site: Site, request: Request, beneath: str) -> Response:
    """Put the body into a new graph, whose IRI is made here, below that of the graph store."""
    engine = store_of(site).engine
    names = (NamedNode(f"{beneath}/{content_id(request.body, number)}") for number in count())
    name = next(name for name in names if not engine.contains_named_graph(name))
    put(site, request, name)
    return Response(status=HTTPStatus.CREATED, headers=(("Location", name.value),))


def _written(site: Site, request: Request, name: Name, *, replace: bool) -> Response:
    base = name.value if isinstance(name, NamedNode) else base_of(site, request, "/graphs")
    quads = [Quad(t.subject, t.predicate, t.object, name) for t in read_payload(request, base)]
    is_new = not _is_held(store_of(site).engine, name)

    def act(engine: Engine) -> None:
        if isinstance(name, NamedNode):
            engine.add_graph(name)
        if replace:
            engine.clear_graph(name)
        engine.extend(quads)

    change(site, act)
    return Response(status=HTTPStatus.CREATED if is_new else HTTPStatus.NO_CONTENT)


def _is_held(engine: Engine, name: Name) -> bool:
    return isinstance(name, DefaultGraph) or engine.contains_named_graph(name)
