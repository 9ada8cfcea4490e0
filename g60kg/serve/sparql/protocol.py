"""The SPARQL 1.1 Protocol at `/sparql`: what a request asks, of which dataset, and the answer to it.

Graphs that the request names go before those of the text (FROM, FROM NAMED); where neither names any, the
default graph is the union of all.

Sources: SPARQL 1.1 Protocol, sections 2.1 and 2.2; RFC 3986, section 5.1 (the base of relative
references).
"""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import GRAPHS, TABLES, preferred
from g60kg.serve.values import Pairs, Request, Response

_HOST: Final = re.compile(r"[A-Za-z0-9.-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
_UNKNOWN: Final = "http://localhost"


def base_of(site: Site, request: Request, path: str = "") -> str:
    """Return the IRI of a path of this server: below `--base`, else on the host that the client named.

    >>> from g60kg.kg import KnowledgeGraph
    >>> from g60kg.store import MemoryStore
    >>> site = Site(KnowledgeGraph(MemoryStore()))
    >>> base_of(site, Request("sparql", headers={"host": "127.0.0.1:8000"}), "/sparql")
    'http://127.0.0.1:8000/sparql'
    """
    if site.base:
        return site.base + path
    host = request.header("host")
    return (f"http://{host}" if _HOST.fullmatch(host) else _UNKNOWN) + path


_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = {"application/sparql-query": "query", "application/sparql-update": "update"}
_DATASETS: Final = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}
_QUERY: Final = ("query", *_DATASETS["query"])
_BROKEN: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)


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


def read_asked(request: Request) -> Asked | None:
    """Read what a request asks; None for a GET that asks nothing.

    Raises `Refused`: 400 for what breaks the rules, 415 for an unknown type of the body.

    >>> read_asked(Request("sparql", query=(("query", "ASK {}"),)))
    Asked(kind='query', text='ASK {}', default=(), named=(), format=None)
    """
    if request.method != "POST":
        return _got(request.query)
    kind = request.header("content-type").partition(";")[0].strip().lower()
    if kind == _FORM:
        pairs = (*request.query, *_form(request))
        return _of(_sole(pairs), pairs)
    if kind in _DIRECT:
        _refuse_both(request.query)
        return _of((_DIRECT[kind], _text(request)), request.query)
    raise Refused(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"the body's type is {kind[:80] or 'not said'}; send one of {', '.join((_FORM, *_DIRECT))}",
        (("Accept-Post", ", ".join((_FORM, *_DIRECT))),),
    )


def _got(pairs: Pairs) -> Asked | None:
    if any(name == "update" for name, _ in pairs):
        raise _wrong("an update is sent by POST")
    if not any(name in _QUERY for name, _ in pairs):
        return None
    return _of(_sole(pairs), pairs)


def _sole(pairs: Pairs) -> tuple[str, str]:
    """Return the one query or update among the parameters."""
    texts = [(name, text) for name, text in pairs if name in _DATASETS]
    if len(texts) != 1:
        many = f"{len(texts)} parameters of them" if texts else "neither"
        raise _wrong(f"a request has one parameter 'query', or one 'update'; this has {many}")
    return texts[0]


def _refuse_both(pairs: Pairs) -> None:
    if any(name in _DATASETS for name, _ in pairs):
        raise _wrong("the body is the text already; take 'query' or 'update' out of the address")


def _of(one: tuple[str, str], pairs: Pairs) -> Asked:
    kind, text = one
    if not text.strip():
        raise _wrong(f"the {kind} is empty")
    other = _DATASETS["update" if kind == "query" else "query"]
    if strange := next((name for name, _ in pairs if name in other), None):
        raise _wrong(f"{strange!r} does not go with a {kind}; use {' and '.join(_DATASETS[kind])}")
    default, named = (_graphs(pairs, name) for name in _DATASETS[kind])
    short = next((value for name, value in pairs if name in ("format", "output") and value), None)
    return Asked(kind, text, default, named, short)


def _graphs(pairs: Pairs, name: str) -> tuple[NamedNode, ...]:
    return tuple(graph_name(name, value) for key, value in pairs if key == name)


def graph_name(parameter: str, value: str) -> NamedNode:
    """Return the graph that a parameter names; raises `Refused` (400) where it is no IRI."""
    try:
        return NamedNode(value)
    except ValueError:
        raise _wrong(f"{parameter}: {value[:80]!r} is no absolute IRI") from None


def _form(request: Request) -> Pairs:
    text = _text(request)
    _check_escapes(text)
    try:
        return request.form()
    except ValueError:
        raise _wrong("the form's escapes are not UTF-8") from None


def _text(request: Request) -> str:
    """Return the body as text."""
    refuse_charset(request.header("content-type"))
    try:
        return request.body.decode()
    except UnicodeDecodeError:
        raise _wrong("the body is not UTF-8") from None


def refuse_charset(kind: str) -> None:
    """Refuse a media type with a charset that is not UTF-8; raises `Refused` (415)."""
    charset = _CHARSET.search(kind)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the charset is {charset[1][:40]}; send UTF-8")


def _check_escapes(text: str) -> None:
    if broken := _BROKEN.search(text):
        raise _wrong(f"a % without two hexadecimal digits at character {broken.start() + 1}; write it as %25")


def _wrong(detail: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, detail)


def dataset_options(asked: Asked) -> dict[str, Any]:
    """Return what the engine is told of the dataset."""
    if asked.has_dataset:
        return {"default_graph": list(asked.default), "named_graphs": list(asked.named)}
    return {}


_OFFERS: Final = (*GRAPHS.media_types, "text/html")
_ANSWERS: Final = (*TABLES.media_types, *_OFFERS)


def sparql(site: Site, request: Request) -> Response:
    """Answer a request of the protocol."""
    asked = read_asked(request)
    if asked is None:
        return _described(site, request)
    if asked.kind == "update":
        from g60kg.serve.sparql.update import update

        return update(site, request, asked)
    _check_length(site, asked)
    if _wants_page(request, asked):
        from g60kg.serve.pages.editor import editor

        return editor(site, request)
    from g60kg.serve.sparql.query import query

    return query(site, request, asked)


def _wants_page(request: Request, asked: Asked) -> bool:
    """Whether a browser asks, and of the whole graph: the editor's page can show no other answer."""
    if request.method != "GET" or asked.format or asked.has_dataset:
        return False
    return preferred(request.header("accept"), _ANSWERS) == "text/html"


def _described(site: Site, request: Request) -> Response:
    accept = request.header("accept")
    if preferred(accept, _OFFERS) == "text/html":
        from g60kg.serve.pages.links import link

        headers = (("Location", link(site, request, "editor")), ("Vary", "Accept"))
        return Response(status=HTTPStatus.SEE_OTHER, headers=headers)
    from g60kg.serve.sparql.service import service

    return service(site, request)


def _check_length(site: Site, asked: Asked) -> None:
    size, most = len(asked.text.encode()), site.limits.query_bytes
    if size > most:
        detail = f"the query is {size:,} bytes long, and may be {most:,.0f}; shorten it"
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
