"""The SPARQL 1.1 Graph Store Protocol at `/graphs`: graphs read as RDF and, with the token, written.

A graph is named by `?graph=IRI` or `?default`, or is that of the address itself (`/graphs/…`, and
`/graph/…` for the project's own). The default graph is the union of all when it is read, as in queries;
written to is the one without a name. A body is read before anything is changed; blank nodes get new
labels, so that they are nobody else's.

Source: SPARQL 1.1 Graph Store HTTP Protocol.
"""

from collections.abc import Callable, Iterable, Iterator
from email.message import Message
from email.parser import BytesParser
from http import HTTPStatus
from itertools import count
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple, parse
from pyoxigraph import Store as Engine

from g60kg.model import content_id
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import GRAPHS
from g60kg.serve.sparql.protocol import base_of, graph_name, refuse_charset
from g60kg.serve.sparql.query import holds, store_of
from g60kg.serve.sparql.update import change
from g60kg.serve.sparql.written import write_triples
from g60kg.serve.token import check_token
from g60kg.serve.values import Request, Response
from g60kg.terms import GRAPH

Name = NamedNode | DefaultGraph
_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def graphs(site: Site, request: Request) -> Response:
    """Answer a request for the graph that its parameters name; without any, lead to the list of graphs."""
    name = _named(request)
    if name is not None:
        return _answer(site, request, name)
    if request.method == "GET":
        return Response(status=HTTPStatus.SEE_OTHER, headers=(("Location", f"{site.base}/sparql"),))
    check_token(site, request)
    if request.method == "POST":
        return create(site, request, base_of(site, request, "/graphs"))
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


_FORM: Final = "multipart/form-data"


def read_payload(request: Request, base: str) -> list[Triple]:
    """Return the triples of a body; relative references in it are resolved against `base`.

    Raises `Refused`: 415 for a type that is none of RDF, 400 for data that does not parse or names graphs.
    """
    said = request.header("content-type")
    if said.partition(";")[0].strip().lower() == _FORM:
        return [triple for kind, body in _parts(said, request.body) for triple in _parsed(body, kind, base)]
    return _parsed(request.body, said, base)


def _parsed(body: bytes, said: str, base: str) -> list[Triple]:
    kind = said.partition(";")[0].strip().lower()
    form = GRAPHS.of_type(kind)
    if form is None:
        kinds = ", ".join(each.media_types[0] for each in GRAPHS)
        detail = f"the body's type is {kind[:80] or 'not said'}; send one of {kinds}"
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail)
    refuse_charset(said)
    try:
        quads = list(parse(body, form.engine, base_iri=base, rename_blank_nodes=True))
    except (SyntaxError, ValueError) as error:
        raise _wrong(f"the data does not parse: {' '.join(str(error).split())[:200]}") from None
    if any(not isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        raise _wrong("the data names graphs; the address names the one that it goes to")
    return [quad.triple for quad in quads]


def _parts(said: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield type and content of each file of a form."""
    form = BytesParser().parsebytes(f"Content-Type: {said}\r\n\r\n".encode() + body)
    parts = form.get_payload()
    if not isinstance(parts, list) or not parts:
        raise _wrong("the form has no parts")
    for part in parts:
        assert isinstance(part, Message)
        content = part.get_payload(decode=True)
        yield str(part["content-type"] or ""), content if isinstance(content, bytes) else b""


def _wrong(detail: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, detail)


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


_ACTS: Final[dict[str, Callable[[Site, Request, Name], Response]]] = {
    "PUT": put,
    "POST": post,
    "DELETE": delete,
}
