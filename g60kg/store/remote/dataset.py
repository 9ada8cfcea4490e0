"""Which graphs of a server are asked.

Goes in: a connection. Comes out: the names of its graphs, and the parameters of a request that make
their union its default graph (SPARQL 1.1 Protocol, section 2.1.4). The store is the graphs that the
endpoint's URL names, else every named graph but the server's own and the ledger of what was pushed.
A server without named graphs is asked as it is.
"""

from time import monotonic
from typing import Final

from pyoxigraph import NamedNode

from g60kg.errors import StoreError
from g60kg.store.remote.answer import read_bool, read_rows
from g60kg.store.remote.kinds import Kind, kind_of
from g60kg.store.remote.wire import Wire
from g60kg.terms import ROOT

LEDGER: Final = NamedNode(ROOT + "ledger")
"""The graph in which `push` keeps what it sent; it is no part of the store."""
_LIST: Final = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
_FRESH: Final = 5.0


class Dataset:
    """The graphs of one endpoint; listed again when the list is some seconds old."""

    def __init__(self, wire: Wire) -> None:
        """Ask the endpoint who it is; raises `StoreError` where there is none."""
        self._wire = wire
        self._graphs: tuple[NamedNode, ...] = ()
        self._listed = -_FRESH
        self._plain = True
        body = wire.query("ask", "ASK {}")
        self.kind: Kind = kind_of(body.server)
        if not read_bool(body, wire.address.url, self.kind):
            raise StoreError(f"{wire.address.url}: answers no to ASK {{}}", mend="is this a SPARQL endpoint?")

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of the graphs, sorted."""
        if monotonic() - self._listed >= _FRESH:
            self._graphs, self._listed = self._list(), monotonic()
        return self._graphs

    def forget(self) -> None:
        """List the graphs anew the next time: they may have changed."""
        self._listed, self._plain = -_FRESH, True

    @property
    def is_plain(self) -> bool:
        """Whether the server holds no named graph: then its default graph is all there is."""
        if self._plain:  # which another process may have changed
            body = self._wire.query("ask", "ASK { GRAPH ?g { ?s ?p ?o } }")
            self._plain = not read_bool(body, self._wire.address.url, self.kind)
        return self._plain

    @property
    def hidden(self) -> tuple[str, ...]:
        """The graphs of the server that are no part of the store, as far as they are known."""
        return () if self._wire.address.default else tuple(sorted({LEDGER.value, *self.kind.own}))

    def has(self, graph: NamedNode) -> bool:
        """Whether a graph is part of the store, held or not."""
        named = self._wire.address.default
        return graph.value in named if named else graph.value not in self.hidden

    def parameters(self) -> list[tuple[str, str]]:
        """Return what makes the union of the graphs the default graph of a request."""
        if self.kind.union and not self._wire.address.default:
            return list(self.kind.union)
        names = [graph.value for graph in self.graphs()]
        return [(role, name) for role in ("default-graph-uri", "named-graph-uri") for name in names]

    def _list(self) -> tuple[NamedNode, ...]:
        address = self._wire.address
        if address.default:
            return tuple(map(NamedNode, sorted(address.default)))
        body = self._wire.query("select", _LIST)
        found = {row[0] for row in read_rows(body, address.url, self.kind, ("g",))}
        names = (name for name in found if isinstance(name, NamedNode) and self.has(name))
        return tuple(sorted(names, key=lambda name: name.value))
