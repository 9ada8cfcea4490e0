"""A store behind a SPARQL 1.1 endpoint.

Goes in: the URL of an endpoint. Comes out: a `Store`: what it asks stands in `asking`, here is what
changes the server, by SPARQL 1.1 Update and the Graph Store Protocol.
"""

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from g60kg.store.blank import has_blank
from g60kg.store.remote.asking import RemoteReader
from g60kg.store.remote.ledger import forget_text
from g60kg.store.remote.update import by_graph, change_texts
from g60kg.store.remote.wire import RefusedError

_NO_GRAPHS: Final = frozenset({404, 405, 501})


class RemoteStore(RemoteReader):
    """A `Store` behind an endpoint, such as `RemoteStore("http://localhost:7878")`.

    The URL may name the graphs that make up the store by parameters `default-graph-uri`; else it is
    every named graph of the server. `timeout` is how many seconds the server may be silent. Every
    method raises `StoreError` where the server does not answer as it should.
    """

    def __init__(self, url: str, *, timeout: float | None = None) -> None:
        """Take note of an endpoint; raises `StoreError` for a URL that cannot be one."""
        super().__init__(url, timeout=timeout)
        self._has_graphs = bool(self.wire.address.graphs)

    def apply(self, *, add: Iterable[Quad] = (), remove: Iterable[Quad] = ()) -> None:
        """Remove and add quads; see `Store.apply`.

        All or none, where the server does one request so and the change fits in one (10,000 quads; 1,000
        for Virtuoso). Raises `StoreError` for a blank node that is to be removed.
        """
        gone, new, kind = list(remove), list(add), self.dataset.kind
        apart = [] if kind.blanks else [quad for quad in new if has_blank(quad)]
        plain = [quad for quad in new if not has_blank(quad)] if apart else new
        first, *more = list(change_texts(gone, plain, kind.batch)) or [""]
        touched = {quad.graph_name for quad in (*gone, *new)}
        if touched:
            self.update(" ;\n".join(filter(None, (forget_text(touched), first))), *more)
        for graph, quads in by_graph(apart):
            assert isinstance(graph, NamedNode), "this server has no default graph"
            self.put(graph, (quad.triple for quad in quads))

    def put(self, graph: NamedNode, triples: Iterable[Triple], *, whole: bool = False) -> None:
        """Send triples into a graph: beside what it holds, or in its place.

        In one request of the Graph Store Protocol, or in updates where the server has no such thing.
        """
        sent = list(triples)
        self.dataset.forget()
        if not self._put(graph, sent, whole):
            quads = [Quad(each.subject, each.predicate, each.object, graph) for each in sent]
            most = len(quads) if any(map(has_blank, quads)) else self.dataset.kind.batch
            self.update(*[f"DROP SILENT GRAPH {graph}"] * whole, *change_texts((), quads, most))

    def _put(self, graph: NamedNode, triples: list[Triple], whole: bool) -> bool:
        """Send triples by the Graph Store Protocol, and return whether the server has it."""
        if not self._has_graphs:
            return False
        try:
            self.wire.put(graph.value, serialize(triples, format=RdfFormat.N_TRIPLES) or b"", whole=whole)
        except RefusedError as error:
            if error.status not in _NO_GRAPHS:
                raise
            self._has_graphs = False
        return self._has_graphs

    def update(self, *texts: str) -> None:
        """Make updates, one after the other."""
        self.dataset.forget()
        for text in texts:
            self.wire.update(text)
