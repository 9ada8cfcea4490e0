"""A store behind a SPARQL 1.1 endpoint.

A text is judged by the embedded engine first, so that an error is the same on every store, an update or a
SERVICE never leaves this process, and a server gets texts that parse. Long answers come in pages where a
server cuts them. Changes go by SPARQL 1.1 Update and the Graph Store Protocol.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from time import monotonic
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize

from g60kg.errors import StoreError
from g60kg.store.base import Bindings, Named, Object, Row, Selection, Subject, has_blank, with_positions
from g60kg.store.bind import bound
from g60kg.store.engine import MemoryStore
from g60kg.store.guard import query_form
from g60kg.store.parts import Query, read_query, variables
from g60kg.store.remote.answer import read_bool, read_rows, read_triples
from g60kg.store.remote.server import parse_address
from g60kg.store.remote.wire import GraphName, Parameters, RefusedError, Wire, by_graph, change_texts
from g60kg.terms import ROOT

LEDGER: Final = NamedNode(ROOT + "ledger")
"""The graph in which `push` keeps what it sent; it is no part of the store."""
_JUDGE: Final = MemoryStore()
_NO_GRAPHS: Final = frozenset({404, 405, 501})
_FRESH: Final = 5.0
Terms = tuple[Subject, Named, Object, GraphName | None]


class RemoteStore:
    """A `Store` behind an endpoint, such as `RemoteStore("http://localhost:7878")`.

    The URL may name the graphs that make up the store by parameters `default-graph-uri`; else it is
    every named graph of the server. `timeout` is how many seconds the server may be silent. Every
    method raises `StoreError` where the server does not answer as it should.
    """

    def __init__(self, url: str, *, timeout: float | None = None) -> None:
        """Take note of an endpoint; raises `StoreError` for a URL that cannot be one."""
        self.name = url
        self.wire = Wire(parse_address(url), timeout)
        self._page = _page_rows()
        self._has_graphs = bool(self.wire.address.graphs)

    @cached_property
    def dataset(self) -> "Dataset":
        """The graphs of the endpoint, which is asked for the first time here."""
        return Dataset(self.wire)

    def select(self, text: str, bindings: Bindings | None = None) -> Selection:
        """Answer a SELECT query; see `Store.select`."""
        columns = _JUDGE.select(text, bindings).columns
        query = replace(self._bound(text, bindings), columns=columns)
        return Selection(columns, self._rows(query, self._union(query)))

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        """Answer an ASK query; see `Store.ask`."""
        _JUDGE.ask(text, bindings)
        query = self._bound(text, bindings)
        return read_bool(self.wire.query("ask", str(query), self._union(query)))

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query; see `Store.construct`."""
        _JUDGE.construct(text, bindings)
        query = self._bound(text, bindings)
        form, dataset = query_form(text), self._union(query)
        if form == "construct" and self.dataset.kind.cuts:  # it says so of a SELECT over the same patterns
            with self.wire.query("select", str(replace(query, head="SELECT *")), dataset) as body:
                if body.most_rows:
                    message = f"{self.name}: cuts graphs of more than {body.most_rows} rows"
                    raise StoreError(message, mend="ask a SELECT, which is read in pages, or add a LIMIT")
        return read_triples(self.wire.query(form, str(query), dataset))

    def match(
        self,
        subject: Subject = None,
        predicate: Named = None,
        object: Object = None,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that fit; see `Store.match`.

        A blank node fits none: its label is ours, and means nothing to a server.
        """
        if any(isinstance(term, BlankNode) for term in (subject, object)):
            return iter(())
        if isinstance(graph, NamedNode) and not self.dataset.has(graph):
            return iter(())
        plain = isinstance(graph, DefaultGraph) or (graph is None and self.dataset.is_plain)
        return with_positions(self._matching((subject, predicate, object, graph), plain))

    def _matching(self, terms: Terms, plain: bool) -> Iterator[Quad]:
        """Yield the quads that fit; `plain` are those of the union, or of a server without named graphs."""
        known = dict(zip("spog", terms, strict=True))
        columns = tuple(name for name in known if known[name] is None and not (plain and name == "g"))
        s, p, o, g = (f"?{name}" if term is None else str(term) for name, term in known.items())
        pattern, dataset = f"{{ {s} {p} {o} }}", self.dataset.parameters() if plain else ()
        if not plain:
            hidden = ", ".join(f"<{name}>" for name in self.dataset.hidden if g == "?g")
            pattern = f"{{ GRAPH {g} {pattern} {f'FILTER(?g NOT IN ({hidden}))' if hidden else ''} }}"
        if columns:
            head = f"SELECT {'DISTINCT' * plain} {variables(columns)}"
            rows = self._rows(read_query(f"{head} {pattern}"), dataset)
        else:
            rows = iter([()] if read_bool(self.wire.query("ask", f"ASK {pattern}", dataset)) else [])
        for row in rows:
            known.update(zip(columns, row, strict=True))
            subject, predicate, object, graph = known.values()
            if plain:
                yield Quad(subject, predicate, object, DefaultGraph())  # type: ignore[arg-type]
            elif isinstance(graph, NamedNode) and self.dataset.has(graph):
                yield Quad(subject, predicate, object, graph)  # type: ignore[arg-type]

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of the graphs held, sorted."""
        return self.dataset.graphs()

    def rows(self, text: str, columns: tuple[str, ...]) -> Iterator[Row]:
        """Answer a SELECT over all graphs of the server, those that are no part of the store too."""
        return self._rows(replace(read_query(text), columns=columns), ())

    def _bound(self, text: str, bindings: Bindings | None) -> Query:
        """Return a query whose variables are bound, in the way that the server joins as it should."""
        return bound(text, bindings or {}, joins=self.dataset.kind.joins)

    def _union(self, query: Query) -> Parameters:
        """Return what makes the union the default graph of a query, unless it names its graphs itself."""
        return () if query.dataset else self.dataset.parameters()

    def _rows(self, query: Query, parameters: Parameters) -> Iterator[Row]:
        """Return the rows of a query: as they come, or in pages where the server's limit is met."""
        if self._page and query.columns:
            return self._pages(query, parameters, self._page)
        body = self.wire.query("select", str(query), parameters)
        most = int(body.most_rows) if body.most_rows.isdigit() else 0
        rows = read_rows(body, query.columns)
        if not most or not query.columns:
            return rows
        found = list(rows)
        return iter(found) if len(found) < most else self._pages(query, parameters, most)

    def _pages(self, query: Query, parameters: Parameters, size: int) -> Iterator[Row]:
        """Yield rows page by page until one is empty: a server's limit may be less than a page."""
        start = 0
        while found := list(
            read_rows(self.wire.query("select", query.page(size, start), parameters), query.columns)
        ):
            yield from found
            start += len(found)

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
        if self._has_graphs:
            try:
                body = serialize(sent, format=RdfFormat.N_TRIPLES) or b""
                return self.wire.put(graph.value, body, whole=whole)
            except RefusedError as error:
                if error.status not in _NO_GRAPHS:
                    raise
                self._has_graphs = False
        quads = [Quad(each.subject, each.predicate, each.object, graph) for each in sent]
        most = len(quads) if any(map(has_blank, quads)) else self.dataset.kind.batch
        return self.update(*[f"DROP SILENT GRAPH {graph}"] * whole, *change_texts((), quads, most))

    def update(self, *texts: str) -> None:
        """Make updates, one after the other."""
        self.dataset.forget()
        for text in texts:
            self.wire.update(text)


class Dataset:
    """Which graphs of an endpoint are asked, and how its union of them is (SPARQL 1.1 Protocol, 2.1.4).

    They are those that its URL names, else every named graph but the server's own and the ledger of what was
    pushed. A server without named graphs is asked as it is. The list is made anew after some seconds.
    """

    def __init__(self, wire: Wire) -> None:
        """Ask the endpoint who it is; raises `StoreError` where there is none."""
        self._wire = wire
        self._named = wire.address.default
        self._graphs: tuple[NamedNode, ...] = ()
        self._listed, self._plain = -_FRESH, True
        body = wire.query("ask", "ASK {}")
        self.kind = body.kind
        self.hidden = () if self._named else tuple(sorted({LEDGER.value, *self.kind.own}))
        """The graphs of the server that are no part of the store, as far as they are known."""
        if not read_bool(body):
            raise StoreError(f"{wire.address.url}: answers no to ASK {{}}", mend="is this a SPARQL endpoint?")

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of the graphs, sorted."""
        if monotonic() - self._listed >= _FRESH:
            self._graphs, self._listed = self._list(), monotonic()
        return self._graphs

    def _list(self) -> tuple[NamedNode, ...]:
        if self._named:
            return tuple(map(NamedNode, sorted(self._named)))
        found = read_rows(self._wire.query("select", "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"), ("g",))
        names = {name for (name,) in found if isinstance(name, NamedNode) and self.has(name)}
        return tuple(sorted(names, key=lambda name: name.value))

    def forget(self) -> None:
        """List the graphs anew the next time: they may have changed."""
        self._listed, self._plain = -_FRESH, True

    @property
    def is_plain(self) -> bool:
        """Whether the server holds no named graph: then its default graph is all there is."""
        if self._plain:  # which another process may have changed
            self._plain = not read_bool(self._wire.query("ask", "ASK { GRAPH ?g { ?s ?p ?o } }"))
        return self._plain

    def has(self, graph: NamedNode) -> bool:
        """Whether a graph is part of the store, held or not."""
        return graph.value in self._named if self._named else graph.value not in self.hidden

    def parameters(self) -> list[tuple[str, str]]:
        """Return what makes the union of the graphs the default graph of a request."""
        if self.kind.unites and not self._named:
            return [("union-default-graph", "")]
        names = [graph.value for graph in self.graphs()]
        return [(role, name) for role in ("default-graph-uri", "named-graph-uri") for name in names]


def forget_text(graphs: Iterable[GraphName]) -> str:
    """Return the update that takes the records of graphs out of the ledger."""
    names = " ".join(sorted(str(graph) for graph in graphs if isinstance(graph, NamedNode)))
    gone = f"GRAPH {LEDGER} {{ ?g ?p ?o }}"
    return f"DELETE {{ {gone} }} WHERE {{ {gone} VALUES ?g {{ {names} }} }}"


def _page_rows() -> int:
    """Return how many rows a page is to have, as `$G60KG_PAGE_ROWS` says; 0 for a whole answer."""
    given = os.environ.get("G60KG_PAGE_ROWS", "0")
    if not given.isascii() or not given.isdigit():
        raise StoreError(f"G60KG_PAGE_ROWS: {given!r} is no number of rows", mend="write one, such as 10000")
    return int(given)
