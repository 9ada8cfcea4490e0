"""What a request of the SPARQL 1.1 Protocol asks, and of which dataset.

Graphs that the request names go before those of the text (FROM, FROM NAMED); where neither names any, the
default graph is the union of all.

Sources: SPARQL 1.1 Protocol, sections 2.1 and 2.2; RFC 3986, section 5.1 (the base of relative references).
"""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from g60kg.serve.problem import Refused, unsupported, wrong
from g60kg.serve.site import Site
from g60kg.serve.sparql.formats import media_type
from g60kg.serve.values import FORMS, Pairs, Request

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
        return _of(request.query) if names & {"query", *_DATASETS["query"]} else None
    kind = media_type(request.header("content-type"))
    if kind == FORMS[1]:
        text = _text(request)
        if broken := _BROKEN.search(text):
            where = f"at character {broken.start() + 1}"
            raise wrong(f"a % without two hexadecimal digits {where}; write it as %25")
        try:
            form = parse_qsl(text, keep_blank_values=True, errors="strict")
        except ValueError:
            raise wrong("the form's escapes are not UTF-8") from None
        return _of((*request.query, *form))
    if kind in _DIRECT:
        if names & set(_DATASETS):
            raise wrong("the body is the text already; take 'query' or 'update' out of the address")
        return _of((*request.query, (_DIRECT[kind], _text(request))))
    taken = (FORMS[1], *_DIRECT)
    raise unsupported(kind, taken, (("Accept-Post", ", ".join(taken)),))


def _of(pairs: Pairs) -> Asked:
    """Return the one query or update among the parameters, with the graphs that they name."""
    texts = [pair for pair in pairs if pair[0] in _DATASETS]
    if len(texts) != 1:
        many = f"{len(texts)} parameters of them" if texts else "neither"
        raise wrong(f"a request has one parameter 'query', or one 'update'; this has {many}")
    ((kind, text),) = texts
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
