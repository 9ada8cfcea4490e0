"""The SPARQL 1.1 Protocol at `/sparql`: what a request asks, of which dataset, and the answer to it.

Graphs that the request names go before those of the text (FROM, FROM NAMED); where neither names any, the
default graph is the union of all. Who asks nothing is told what the endpoint is: its languages, formats and
graphs, and what `g60kg describe` counts, without blank nodes.

Sources: SPARQL 1.1 Protocol, sections 2.1 and 2.2; SPARQL 1.1 Service Description; VoID, section 6.2; RFC
3986, section 5.1 (the base of relative references).
"""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode, RdfFormat, parse

from g60kg.serve.linked.published import served_dataset
from g60kg.serve.problem import Refused, unsupported, wrong
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import GRAPHS, HTML, TABLES, media_type, preferred, rdf
from g60kg.serve.values import FORMS, Pairs, Request, Response, see

_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_UNKNOWN: Final = "http://localhost"
_DIRECT: Final = {"application/sparql-query": "query", "application/sparql-update": "update"}
_DATASETS: Final = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_BROKEN: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)


def base_of(site: Site, request: Request, path: str = "") -> str:
    """Return the IRI of a path of this server: below `--base`, else on the host that the client named.

    >>> from g60kg.kg import KnowledgeGraph
    >>> from g60kg.store import MemoryStore
    >>> site = Site(KnowledgeGraph(MemoryStore()))
    >>> base_of(site, Request("sparql", headers={"host": "127.0.0.1:8000"}), "/sparql")
    'http://127.0.0.1:8000/sparql'
    """
    host = request.header("host")
    return (site.base or (f"http://{host}" if _HOST.fullmatch(host) else _UNKNOWN)) + path


@dataclass(frozen=True, slots=True)
class Asked:
    """A query or an update (`kind`), with the graphs that the request names: as default graph, by name."""

    kind: str
    text: str
    default: tuple[NamedNode, ...] = ()
    named: tuple[NamedNode, ...] = ()
    format: str | None = None

    @property
    def has_dataset(self) -> bool:
        """Whether the request names the dataset, in place of what the text says."""
        return bool(self.default or self.named)

    @property
    def options(self) -> dict[str, Any]:
        """What the engine is told of the dataset."""
        known = {"default_graph": list(self.default), "named_graphs": list(self.named)}
        return known if self.has_dataset else {}


def read_asked(request: Request) -> Asked | None:
    """Read what a request asks; None for a GET that asks nothing.

    Raises `Refused`: 400 for what breaks the rules, 415 for an unknown type of the body.

    >>> read_asked(Request("sparql", query=(("query", "ASK {}"),)))
    Asked(kind='query', text='ASK {}', default=(), named=(), format=None)
    """
    names = {name for name, _ in request.query}
    if request.method != "POST":
        if "update" in names:
            raise wrong("an update is sent by POST")
        return _of(_sole(request.query), request.query) if names & {"query", *_DATASETS["query"]} else None
    kind = media_type(request.header("content-type"))
    if kind == FORMS[1]:
        pairs = (*request.query, *_form(request))
        return _of(_sole(pairs), pairs)
    if kind in _DIRECT:
        if names & set(_DATASETS):
            raise wrong("the body is the text already; take 'query' or 'update' out of the address")
        return _of((_DIRECT[kind], _text(request)), request.query)
    taken = (FORMS[1], *_DIRECT)
    raise unsupported(kind, taken, (("Accept-Post", ", ".join(taken)),))


def _sole(pairs: Pairs) -> tuple[str, str]:
    """Return the one query or update among the parameters."""
    texts = [(name, text) for name, text in pairs if name in _DATASETS]
    if len(texts) != 1:
        many = f"{len(texts)} parameters of them" if texts else "neither"
        raise wrong(f"a request has one parameter 'query', or one 'update'; this has {many}")
    return texts[0]


def _of(one: tuple[str, str], pairs: Pairs) -> Asked:
    kind, text = one
    if not text.strip():
        raise wrong(f"the {kind} is empty")
    other = _DATASETS["update" if kind == "query" else "query"]
    if strange := next((name for name, _ in pairs if name in other), None):
        raise wrong(f"{strange!r} does not go with a {kind}; use {' and '.join(_DATASETS[kind])}")
    default, named = (
        tuple(graph_name(name, value) for key, value in pairs if key == name) for name in _DATASETS[kind]
    )
    short = next((value for name, value in pairs if name in ("format", "output") and value), None)
    return Asked(kind, text, default, named, short)


def graph_name(parameter: str, value: str) -> NamedNode:
    """Return the graph that a parameter names; raises `Refused` (400) where it is no IRI."""
    try:
        return NamedNode(value)
    except ValueError:
        raise wrong(f"{parameter}: {value[:80]!r} is no absolute IRI") from None


def _form(request: Request) -> Pairs:
    text = _text(request)
    if broken := _BROKEN.search(text):
        raise wrong(f"a % without two hexadecimal digits at character {broken.start() + 1}; write it as %25")
    try:
        return tuple(parse_qsl(text, keep_blank_values=True, errors="strict"))
    except ValueError:
        raise wrong("the form's escapes are not UTF-8") from None


def _text(request: Request) -> str:
    """Return the body as text."""
    refuse_charset(request.header("content-type"))
    try:
        return request.body.decode()
    except UnicodeDecodeError:
        raise wrong("the body is not UTF-8") from None


def refuse_charset(kind: str) -> None:
    """Refuse a media type with a charset that is not UTF-8; raises `Refused` (415)."""
    charset = _CHARSET.search(kind)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the charset is {charset[1][:40]}; send UTF-8")


def sparql(site: Site, request: Request) -> Response:
    """Answer a request of the protocol."""
    asked = read_asked(request)
    if asked is None:
        return _described(site, request)
    if asked.kind == "update":
        from g60kg.serve.sparql.update import update

        return update(site, request, asked)
    size, most = len(asked.text.encode()), site.limits.query_bytes
    if size > most:
        detail = f"the query is {size:,} bytes long, and may be {most:,.0f}; shorten it"
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
    offers = (*TABLES.media_types, *GRAPHS.media_types, HTML)
    if request.method != "GET" or asked.format or asked.has_dataset:
        offers = ()  # the editor's page can show no other answer than one over the whole graph
    if preferred(request.header("accept"), offers) == HTML:
        from g60kg.serve.pages.editor import editor

        return editor(site, request)
    from g60kg.serve.sparql.query import query

    return query(site, request, asked)


_SERVICE: Final = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
<#service> a sd:Service ; sd:endpoint <> ; sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {results} ; sd:feature sd:UnionDefaultGraph ;
    sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> ; sd:defaultDataset <#dataset> .
<#dataset> a sd:Dataset ; sd:defaultGraph <#default-graph> .
<#default-graph> a sd:Graph .
<https://w3id.org/g60kg/dataset> <http://rdfs.org/ns/void#sparqlEndpoint> <> .
"""
_UPDATES: Final = "<#service> sd:supportedLanguage sd:SPARQL11Update ; sd:inputFormat {inputs} .\n"
_GRAPH: Final = """
<#dataset> sd:namedGraph <#graph-{number}> .
<#graph-{number}> a sd:NamedGraph ; sd:name {name} ; sd:graph {name} .
{name} a sd:Graph .
"""


def _described(site: Site, request: Request) -> Response:
    """Describe the service, or lead who wants a page to the editor; raises `Refused` (406)."""
    accept = request.header("accept")
    if preferred(accept, (*GRAPHS.media_types, HTML)) == HTML:
        from g60kg.serve.pages.links import link

        return see(link(site, request, "editor"))
    short = request.value("format") or request.value("output")
    inputs = ", ".join(f"<{each.engine.iri}>" for each in GRAPHS)
    text = _SERVICE.format(results=", ".join((*(f"<{each.engine.iri}>" for each in TABLES), inputs)))
    text += _UPDATES.format(inputs=inputs) if site.writable else ""
    for number, name in enumerate(site.kg.store.graphs(), 1):
        text += _GRAPH.format(number=number, name=name)
    quads = [
        *parse(text, RdfFormat.TURTLE, base_iri=base_of(site, request, "/sparql")),
        *served_dataset(site),
    ]
    triples = (quad.triple for quad in quads)
    return rdf(triples, site.limits, accept, short, (("Vary", "Accept"),))
