"""Changing the graph by SPARQL 1.1 Update, and graphs as a whole by the Graph Store Protocol at `/graphs`.

All of a change is made or nothing, one at a time. A folder gets a new generation, which the whole server goes
over to before the answer is sent; readers of the one before are not disturbed. Graphs that the request of an
update names are written into the text as USING and USING NAMED before the WHERE of each operation, since the
engine has no other way to be told; `DELETE WHERE { … }`, which cannot have them, is written as
`DELETE { … } WHERE { … }`.

A graph as a whole is named by `?graph=IRI` or `?default`, or is that of the address itself (`/graphs/…`, and
`/graph/…` for the project's own). The default graph is the union of all when it is read, as in queries;
written to is the one without a name. A body is read before anything is changed; blank nodes get new labels.

Sources: SPARQL 1.1 Protocol, sections 2.2 and 2.2.3; SPARQL 1.1 Graph Store HTTP Protocol.
"""

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from itertools import count
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Triple, parse
from pyoxigraph import Store as Engine

from g60kg.errors import StoreBusy
from g60kg.kg.change import changing
from g60kg.model import content_id
from g60kg.serve.problem import Refused, absent, busy, unsupported, wrong
from g60kg.serve.site import Site, check_token
from g60kg.serve.sparql.formats import GRAPHS, media_type, rdf
from g60kg.serve.sparql.protocol import Asked, base_of, graph_name, refuse_charset
from g60kg.serve.values import FORMS, Request, Response, form_parts, see
from g60kg.store import DiskStore, MemoryStore, union
from g60kg.store.engine import reading
from g60kg.store.guard import refuse_requests
from g60kg.store.lexer import Token, depths, tokens
from g60kg.terms import GRAPH, PREFIXES


def with_dataset(asked: Asked) -> str:
    """Return the text of an update with the dataset that its request names.

    Raises `Refused` (400) where the text names one, too.

    >>> from pyoxigraph import NamedNode
    >>> with_dataset(Asked("update", "DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", (NamedNode("http://e/g"),)))
    'DELETE { ?s ?p 1 } USING <http://e/g> WHERE { ?s ?p 1 }'
    """
    if not asked.has_dataset:
        return asked.text
    words = list(tokens(asked.text))
    if any(word.keyword in ("USING", "WITH") for word in words):
        detail = "the update names its graphs by USING or WITH; do so there or in the request, not in both"
        raise wrong(detail)
    default, named = (
        [f"{word} {graph} " for graph in graphs]
        for word, graphs in (("USING", asked.default), ("USING NAMED", asked.named))
    )
    using = "".join((*default, *named))
    pieces, done = [], 0
    for place, block in _wheres(words):
        pieces += [asked.text[done:place], asked.text[block] if block else "", using]
        done = place
    return "".join((*pieces, asked.text[done:]))


def _wheres(words: list[Token]) -> Iterator[tuple[int, slice | None]]:
    """Yield where the WHERE of each operation begins; of a DELETE WHERE, also its block, to be repeated."""
    levels = depths(words)
    for number, (word, depth) in enumerate(levels):
        if depth or word.keyword != "WHERE":
            continue
        is_short = number > 0 and words[number - 1].keyword == "DELETE"
        end = next((w.end for w, level in levels[number + 1 :] if not level and w.text == "}"), word.end)
        yield word.start, slice(words[number + 1].start, end) if is_short and end > word.end else None


def store_of(site: Site) -> DiskStore | MemoryStore:
    """Return the store of a site, to be written to; raises `Refused` (501) where another server keeps it."""
    store = site.kg.store
    if isinstance(store, DiskStore | MemoryStore):
        return store
    raise Refused(HTTPStatus.NOT_IMPLEMENTED, "this graph is kept by another server; change it there")


def change(site: Site, act: Callable[[Engine], None]) -> None:
    """Change the graph; what `act` raises is raised here.

    Raises `Refused` (503) where another change does not end within half of what a request may take.
    """
    store = store_of(site)
    if isinstance(store, MemoryStore):
        store.rewrite(act)
        return
    try:
        with changing(store, site.kg.summary, wait=site.limits.query_seconds / 2):
            # it is no longer what a build made
            store.rewrite(act, about={**store.about, "inputs": "", "is_changed": True})
    except StoreBusy:
        raise busy("another change is being made; try again soon") from None


def update(site: Site, request: Request, asked: Asked) -> Response:
    """Make an update.

    Raises `Refused` (401, 403) without the token, `SparqlError` for one that does not parse or cannot be
    made, `UpdateRefused` for LOAD and SERVICE.
    """
    check_token(site, request)
    text = with_dataset(asked)
    refuse_requests(text)
    base = base_of(site, request, "/sparql")
    with reading("the store", text, "update"):
        change(site, lambda engine: union.update(engine, text, base_iri=base, prefixes=PREFIXES))
    return Response(status=HTTPStatus.NO_CONTENT)


Name = NamedNode | DefaultGraph


def graphs(site: Site, request: Request) -> Response:
    """Answer a request for the graph that its parameters name; without any, lead to the list of graphs, or
    put the body into a new graph, whose IRI is made here, below that of the graph store.
    """
    values, is_default = request.values("graph"), bool(request.values("default"))
    if len(values) + is_default > 1:
        raise wrong("name one graph: ?graph=IRI or ?default")
    if values or is_default:
        return _answer(site, request, graph_name("graph", values[0]) if values else DefaultGraph())
    if request.method == "GET":
        return see(f"{site.base}/sparql")
    check_token(site, request)
    if request.method == "POST":
        engine, beneath = store_of(site).engine, base_of(site, request, "/graphs")
        names = (NamedNode(f"{beneath}/{content_id(request.body, number)}") for number in count())
        name = next(name for name in names if not engine.contains_named_graph(name))
        _write(site, request, name, replace=True)
        return Response(status=HTTPStatus.CREATED, headers=(("Location", name.value),))
    raise wrong("name the graph: ?graph=IRI or ?default")


def direct(site: Site, request: Request) -> Response:
    """Answer a request for the graph whose IRI is the address itself."""
    value = base_of(site, request, f"/graphs/{request.path['path']}")
    return _answer(site, request, graph_name("the address", value))


def own(site: Site, request: Request) -> Response:
    """Answer a request for a graph of the project: that of `https://w3id.org/g60kg/graph/…`."""
    return _read(site, request, graph_name("the address", GRAPH.base + request.path["slug"]))


def _answer(site: Site, request: Request, name: Name) -> Response:
    if request.method == "GET":
        return _read(site, request, name)
    check_token(site, request)
    if request.method == "DELETE":
        if not _is_held(store_of(site).engine, name):
            raise absent(f"no graph {name} is held")
        change(site, lambda engine: union.drop(engine, name))
        return Response(status=HTTPStatus.NO_CONTENT)
    return _write(site, request, name, replace=request.method == "PUT")


def _read(site: Site, request: Request, name: Name) -> Response:
    store = site.kg.store
    triples: Iterable[Triple]
    if isinstance(name, DefaultGraph):
        triples = store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    elif name not in store.graphs():
        raise absent(f"no graph {name.value} is held")
    else:
        triples = (quad.triple for quad in store.match(graph=name))
    return rdf(triples, site.limits, request.header("accept"), request.value("format"))


def _payload(request: Request, base: str) -> Iterator[Triple]:
    """Yield the triples of a body, or of each file of a form; relative references are resolved against
    `base`.

    Raises `Refused`: 415 for a type that is none of RDF, 400 for data that does not parse or names graphs.
    """
    said = request.header("content-type")
    files: list[tuple[Any, str]] = [(request.body, said)]
    if media_type(said) == FORMS[0]:
        parts = form_parts(request)
        files = [(part.get_payload(decode=True) or b"", str(part["content-type"] or "")) for part in parts]
        if not files:
            raise wrong("the form has no parts")
    for body, kind in files:
        form = GRAPHS.of_type(media_type(kind))
        if form is None:
            raise unsupported(media_type(kind), (each.media_types[0] for each in GRAPHS))
        refuse_charset(kind)
        try:
            quads = list(parse(body, form.engine, base_iri=base, rename_blank_nodes=True))
        except (SyntaxError, ValueError) as error:
            raise wrong(f"the data does not parse: {' '.join(str(error).split())[:200]}") from None
        if any(not isinstance(quad.graph_name, DefaultGraph) for quad in quads):
            raise wrong("the data names graphs; the address names the one that it goes to")
        yield from (quad.triple for quad in quads)


def _write(site: Site, request: Request, name: Name, *, replace: bool) -> Response:
    """Add the body to a graph, or put it in its place."""
    base = name.value if isinstance(name, NamedNode) else base_of(site, request, "/graphs")
    triples = list(_payload(request, base))
    is_new = not _is_held(store_of(site).engine, name)
    change(site, lambda engine: union.put(engine, name, triples, replace=replace))
    return Response(status=HTTPStatus.CREATED if is_new else HTTPStatus.NO_CONTENT)


def _is_held(engine: Engine, name: Name) -> bool:
    return isinstance(name, DefaultGraph) or engine.contains_named_graph(name)
