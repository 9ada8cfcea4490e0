"""A store behind a SPARQL 1.1 endpoint.

A text is judged by the embedded engine first, so that an error is the same on every store, an update or a
SERVICE never leaves this process, and a server gets texts that parse. Long answers come in pages where a
server cuts them. Changes go by SPARQL 1.1 Update and the Graph Store Protocol.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from time import monotonic
from typing import Any, Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, serialize

from g60kg.errors import StoreError
from g60kg.store.base import (
    UNION,
    Bindings,
    Graph,
    Named,
    Object,
    Row,
    Selection,
    Subject,
    has_blank,
    with_positions,
)
from g60kg.store.bind import bound
from g60kg.store.engine import MemoryStore
from g60kg.store.guard import query_form
from g60kg.store.parts import Query, read_query, variables
from g60kg.store.remote.answer import read_bool, read_rows, read_triples
from g60kg.store.remote.server import Kind, number_in, parse_address
from g60kg.store.remote.wire import LackingError, Parameters, Wire
from g60kg.terms import ROOT, in_graph

LEDGER: Final = NamedNode(ROOT + "ledger")
"""The graph in which `push` keeps what it sent; it is no part of the store."""
_JUDGE: Final = MemoryStore()
_FRESH: Final = 5.0


class RemoteStore:
    """A `Store` behind an endpoint, such as `RemoteStore("http://localhost:7878")`.

    The URL may name the graphs that make up the store by parameters `default-graph-uri`; else it is
    every named graph of the server but its own and the ledger of what was pushed. A server without named
    graphs is asked as it is. `timeout` is how many seconds the server may be silent. Every method raises
    `StoreError` where the server does not answer as it should.
    """

    def __init__(self, url: str, *, timeout: float | None = None) -> None:
        """Take note of an endpoint; raises `StoreError` for a URL that cannot be one."""
        self.name = url
        self.wire = Wire(parse_address(url), timeout)
        self._page = int(number_in("G60KG_PAGE_ROWS", "0", "rows", "10000", 1e9))
        try:
            self._named = tuple(map(NamedNode, sorted({*self.wire.address.default})))
        except ValueError as error:
            raise StoreError(f"{url}: {error}", mend="write default-graph-uri=IRI") from error
        self._has_protocol = bool(self.wire.address.graphs)
        self._graphs: tuple[NamedNode, ...] = ()
        self._listed, self._plain = -_FRESH, True  # plain: no named graph; the default graph is all there is

    @cached_property
    def kind(self) -> Kind:
        """The ways of the server, which is asked for the first time here."""
        body = self.wire.query("ask", "ASK {}")
        if not read_bool(body):
            raise StoreError(f"{self.name}: answers no to ASK {{}}", mend="is this a SPARQL endpoint?")
        return body.kind

    def select(self, text: str, bindings: Bindings | None = None) -> Selection:
        """Answer a SELECT query; see `Store.select`."""
        columns = _JUDGE.select(text, bindings).columns
        query, dataset = self._bound(text, bindings)
        return Selection(columns, self._rows(replace(query, columns=columns), dataset))

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        """Answer an ASK query; see `Store.ask`."""
        _JUDGE.ask(text, bindings)
        query, dataset = self._bound(text, bindings)
        return read_bool(self.wire.query("ask", str(query), dataset))

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query; see `Store.construct`."""
        _JUDGE.construct(text, bindings)
        query, dataset = self._bound(text, bindings)
        form = query_form(text)
        if form == "construct" and self.kind.cuts:  # it says so of a SELECT over the same patterns
            with self.wire.query("select", str(replace(query, head="SELECT *")), dataset) as body:
                if body.most_rows:
                    message = f"{self.name}: cuts graphs of more than {body.most_rows} rows"
                    raise StoreError(message, mend="ask a SELECT, which is read in pages, or add a LIMIT")
        return read_triples(self.wire.query(form, str(query), dataset))

    def match(
        self, subject: Subject = None, predicate: Named = None, object: Object = None, graph: Graph = None
    ) -> Iterator[Quad]:
        """Yield the quads that fit; see `Store.match`.

        A blank node fits none: its label is ours, and means nothing to a server.
        """
        terms: dict[str, Any] = {"s": subject, "p": predicate, "o": object, "g": graph}
        is_held = graph in (None, UNION) or self._has(graph)
        if not is_held or any(isinstance(term, BlankNode) for term in terms.values()):
            return
        if graph is None and self._plain:  # which another process may have changed
            self._plain = not read_bool(self.wire.query("ask", "ASK { GRAPH ?g { ?s ?p ?o } }"))
        if unites := graph == UNION or (graph is None and self._plain):
            terms["g"] = UNION
        free = [name for name, term in terms.items() if term is None]
        s, p, o, g = (f"?{name}" if term is None else str(term) for name, term in terms.items())
        pattern, hidden = f"{{ {s} {p} {o} }}", ", ".join(map(str, self._hidden))
        if not unites:
            others = f"FILTER(?g NOT IN ({hidden}))" if hidden and graph is None else ""
            pattern = f"{{ GRAPH {g} {pattern} {others} }}"
        query = read_query(f"SELECT {'DISTINCT' * unites} {variables(free) or '(1 AS ?x)'} {pattern}")
        rows = self._rows(query, self._union() if unites else ())
        found = (Quad(*(terms | dict(zip(free, row, strict=False))).values()) for row in rows)
        yield from with_positions(quad for quad in found if unites or self._has(quad.graph_name))

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of the graphs held, sorted; they are listed anew after some seconds."""
        if not self._named and monotonic() - self._listed >= _FRESH:
            own = self._hidden  # the server is asked who it is first
            found = (name for (name,) in self.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
            names = {name for name in found if isinstance(name, NamedNode) and name not in own}
            self._graphs, self._listed = tuple(sorted(names, key=lambda name: name.value)), monotonic()
        return self._named or self._graphs

    def rows(self, text: str) -> Iterator[Row]:
        """Answer a SELECT over all graphs of the server, those that are no part of the store too."""
        return self._rows(read_query(text), ())

    @cached_property
    def _hidden(self) -> tuple[NamedNode, ...]:
        """The graphs of the server that are no part of the store, as far as they are known."""
        return () if self._named else (LEDGER, *map(NamedNode, self.kind.own))

    def _has(self, graph: object) -> bool:
        """Whether a graph is part of the store, held or not."""
        is_shown = graph in self._named if self._named else graph not in self._hidden
        return isinstance(graph, NamedNode) and is_shown

    def _forget(self) -> None:
        """Ask for the graphs anew the next time: they may have changed."""
        self._listed, self._plain = -_FRESH, True

    def _bound(self, text: str, bindings: Bindings | None) -> tuple[Query, Parameters]:
        """Return a query whose variables are bound as the server joins them, and its dataset."""
        query = bound(text, bindings or {}, joins=self.kind.joins)
        return query, () if query.dataset else self._union()

    def _union(self) -> Parameters:
        """Return what makes the union the default graph. Source: SPARQL 1.1 Protocol, section 2.1.4."""
        if self.kind.unites and not self._named:
            return [("union-default-graph", "")]
        roles = ("default-graph-uri", "named-graph-uri")
        return [(role, name.value) for role in roles for name in self.graphs()]

    def _rows(self, query: Query, parameters: Parameters) -> Iterator[Row]:
        """Return the rows of a query: as they come, or in pages where the server's limit is met."""
        if self._page and query.columns:
            return self._pages(query, parameters, self._page)
        body = self.wire.query("select", str(query), parameters)
        rows = read_rows(body, query.columns)
        if not body.most_rows or not query.columns:
            return rows
        found = list(rows)
        return iter(found) if len(found) < body.most_rows else self._pages(query, parameters, body.most_rows)

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
        gone, apart, new = list(remove), dict[NamedNode, list[Triple]](), list[Quad]()
        for quad in add:
            if has_blank(quad) and not self.kind.blanks:
                assert isinstance(quad.graph_name, NamedNode), "this server has no default graph"
                apart.setdefault(quad.graph_name, []).append(quad.triple)
            else:
                new.append(quad)
        if any(map(has_blank, gone)):
            raise StoreError("a server has other names for blank nodes", mend="push the whole graph again")
        texts = change_texts(gone, new, self.kind.batch)
        if touched := {*apart, *(quad.graph_name for quad in (*gone, *new))}:
            self.update(" ;\n".join(filter(None, (forget_text(touched), next(texts, "")))), *texts)
        for graph in sorted(apart, key=str):
            self.put(graph, apart[graph])

    def put(self, graph: NamedNode, triples: Iterable[Triple], *, whole: bool = False) -> None:
        """Send triples into a graph: beside what it holds, or in its place.

        In one request of the Graph Store Protocol, or in updates where the server has no such thing.
        """
        sent = list(triples)
        self._forget()
        if self._has_protocol:
            try:
                body = serialize(sent, format=RdfFormat.N_TRIPLES) or b""
                return self.wire.put(graph.value, body, whole=whole)
            except LackingError:
                self._has_protocol = False
        quads = [in_graph(triple, graph) for triple in sent]
        most = len(quads) if any(map(has_blank, quads)) else self.kind.batch
        return self.update(*[f"DROP SILENT GRAPH {graph}"] * whole, *change_texts((), quads, most))

    def update(self, *texts: str) -> None:
        """Make updates, one after the other."""
        self._forget()
        for text in texts:
            self.wire.update(text)


def forget_text(graphs: Iterable[object]) -> str:
    """Return the update that takes the records of graphs out of the ledger."""
    names = " ".join(sorted(str(graph) for graph in graphs if isinstance(graph, NamedNode)))
    gone = f"GRAPH {LEDGER} {{ ?g ?p ?o }}"
    return f"DELETE {{ {gone} }} WHERE {{ {gone} VALUES ?g {{ {names} }} }}"


def change_texts(gone: Iterable[Quad], new: Iterable[Quad], most: int) -> Iterator[str]:
    """Yield the updates that remove and then add quads, so many in each; blank nodes get new names."""
    changes = [("DELETE", quad) for quad in gone] + [("INSERT", quad) for quad in new]
    changes.sort(key=lambda change: (change[0], str(change[1].graph_name)))
    for start in range(0, len(changes), most):
        # One operation for each graph: given several, Virtuoso's DELETE DATA leaves literals behind.
        operations, batch = list[str](), changes[start : start + most]
        for (verb, graph), group in groupby(batch, lambda change: (change[0], change[1].graph_name)):
            triples = "\n".join(f"{quad.triple} ." for _, quad in group)
            data = triples if graph == UNION else f"GRAPH {graph} {{ {triples} }}"
            operations.append(f"{verb} DATA {{ {data} }}")
        yield " ;\n".join(operations)
