"""Exchanges of requests and responses, as the manifests of the protocols describe them.

Goes in: the manifest's description of a connection. Comes out: `Exchange` values: what to send, and what
should come.
"""

from dataclasses import dataclass
from typing import Any, Final

from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Literal, Node

from tests.serve.sparql.w3c.cases import MF

CNT: Final = Namespace("http://www.w3.org/2011/content#")
HT: Final = Namespace("http://www.w3.org/2011/http#")
_CODES: Final = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}


@dataclass(frozen=True)
class Exchange:
    """A request, and the response that it should get; `status` are the codes that are right, or their
    beginnings."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    status: tuple[str, ...]
    format: str = ""
    boolean: bool | None = None
    answer: str = ""
    answer_type: str = ""
    location: str = ""

    def is_right(self, status: int) -> bool:
        """Whether a status is one that should come."""
        return str(status).startswith(self.status)


def exchanges(graph: Graph, entry: Node) -> list[Exchange]:
    """Return the exchanges of a case, in order."""
    connection = graph.value(entry, MF.action)
    return [_exchange(graph, each) for each in _list(graph, graph.value(connection, HT.requests))]


def _exchange(graph: Graph, request: Node) -> Exchange:
    said = graph.value(request, HT.resp)
    answer = graph.value(said, HT.body)
    boolean = graph.value(said, MF.expectedBoolean)
    return Exchange(
        _text(graph, request, HT.methodName),
        _text(graph, request, HT.absolutePath),
        _headers(graph, request),
        _body(graph, graph.value(request, HT.body)),
        tuple(_code(each) for each in graph.objects(said, MF.expectedStatus)),
        _text(graph, said, MF.expectedFormat),
        bool(boolean.toPython()) if isinstance(boolean, Literal) else None,
        _text(graph, answer, CNT.chars),
        _headers(graph, said).get("content-type", ""),
        _text(graph, said, MF.expectedLocation),
    )


def _headers(graph: Graph, node: Node | None) -> dict[str, str]:
    listed = _list(graph, graph.value(node, HT.headers))
    return {_text(graph, each, HT.fieldName): _text(graph, each, HT.fieldValue) for each in listed}


def _body(graph: Graph, node: Node | None) -> bytes:
    encoding = _text(graph, node, CNT.characterEncoding) or "UTF-8"
    return _text(graph, node, CNT.chars).encode(encoding)


def _code(status: Any) -> str:
    name = str(status).rpartition("#")[2]
    return _CODES.get(name) or name.removeprefix("StatusCode").removesuffix("xx")


def _list(graph: Graph, node: Node | None) -> list[Node]:
    return list(Collection(graph, node)) if node else []


def _text(graph: Graph, node: Node | None, predicate: Node) -> str:
    found = graph.value(node, predicate) if node else None
    return str(found) if found is not None else ""
