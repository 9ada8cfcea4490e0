"""Asking a SPARQL 1.1 endpoint: the reading half of the store behind it.

Goes in: the URL of an endpoint, and questions. Comes out: terms of pyoxigraph. A text is judged by the
embedded engine first, so that an error is the same on every store, an update or a SERVICE never leaves
this process, and a server gets texts that parse. Long answers come in pages where a server cuts them.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from g60kg.errors import StoreError
from g60kg.store.base import Bindings, Selection, Term
from g60kg.store.guard import names_graphs, query_form
from g60kg.store.memory import MemoryStore
from g60kg.store.remote.address import parse_address
from g60kg.store.remote.answer import Row, read_bool, read_rows, read_triples
from g60kg.store.remote.dataset import Dataset
from g60kg.store.remote.parts import Query, read_dataset, read_query
from g60kg.store.remote.pattern import Pattern
from g60kg.store.remote.rewrite import other_text, select_text
from g60kg.store.remote.wire import Parameters, Wire

_JUDGE: Final = MemoryStore()


class RemoteReader:
    """What a `RemoteStore` does without changing the server."""

    def __init__(self, url: str, *, timeout: float | None = None) -> None:
        """Take note of an endpoint; raises `StoreError` for a URL that cannot be one."""
        self.name = url
        self.wire = Wire(parse_address(url), timeout)
        self._page = _page_rows()

    @cached_property
    def dataset(self) -> Dataset:
        """The graphs of the endpoint, which is asked for the first time here."""
        return Dataset(self.wire)

    def select(self, text: str, bindings: Bindings | None = None) -> Selection:
        """Answer a SELECT query; see `Store.select`."""
        columns = _JUDGE.select(text, bindings).columns
        query = select_text(text, bindings or {}, columns, within=self.dataset.kind.joins)
        return Selection(columns, self._rows(query, self._dataset(text)))

    def ask(self, text: str, bindings: Bindings | None = None) -> bool:
        """Answer an ASK query; see `Store.ask`."""
        _JUDGE.ask(text, bindings)
        return self._ask(str(other_text(text, bindings or {})), self._dataset(text))

    def construct(self, text: str, bindings: Bindings | None = None) -> Iterator[Triple]:
        """Answer a CONSTRUCT or DESCRIBE query; see `Store.construct`."""
        _JUDGE.construct(text, bindings)
        query = other_text(text, bindings or {})
        form = query_form(text)
        if form == "construct" and self.dataset.kind.cuts:
            self._refuse_cut(query)
        return read_triples(self.wire.query(form, str(query), self._dataset(text)), self.name)

    def match(
        self,
        subject: NamedNode | BlankNode | None = None,
        predicate: NamedNode | None = None,
        object: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that fit; see `Store.match`.

        A blank node fits none: its label is ours, and means nothing to a server.
        """
        if any(isinstance(term, BlankNode) for term in (subject, object)):
            return iter(())
        if graph is not None and not self.dataset.has(graph):
            return iter(())
        plain = graph is None and self.dataset.is_plain
        return self._matching(Pattern((subject, predicate, object, graph), plain, self.dataset.hidden))

    def graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of the graphs held, sorted."""
        return self.dataset.graphs()

    def rows(self, text: str, columns: tuple[str, ...]) -> Iterator[Row]:
        """Answer a SELECT over all graphs of the server, those that are no part of the store too."""
        return self._rows(read_query(text, columns), ())

    def __len__(self) -> int:
        return sum(1 for _ in self.match())

    def _dataset(self, text: str) -> Parameters:
        """Return what makes the union the default graph of a query, unless it names its graphs itself."""
        return read_dataset(text) if names_graphs(text) else self.dataset.parameters()

    def _ask(self, text: str, parameters: Parameters = ()) -> bool:
        return read_bool(self.wire.query("ask", text, parameters), self.name, self.dataset.kind)

    def _rows(self, query: Query, parameters: Parameters) -> Iterator[Row]:
        """Return the rows of a query: as they come, or in pages where the server's limit is met."""
        if self._page and query.columns:
            return self._pages(query, parameters, self._page)
        body = self.wire.query("select", str(query), parameters)
        rows = read_rows(body, self.name, self.dataset.kind, query.columns)
        most = int(body.most_rows) if body.most_rows.isdigit() else 0
        if not most or not query.columns:
            return rows
        found = list(rows)
        return iter(found) if len(found) < most else self._pages(query, parameters, most)

    def _pages(self, query: Query, parameters: Parameters, size: int) -> Iterator[Row]:
        """Yield rows page by page until one is empty: a server's limit may be less than a page."""
        start = 0
        while True:
            body = self.wire.query("select", query.page(size, start), parameters)
            found = list(read_rows(body, self.name, self.dataset.kind, query.columns))
            yield from found
            if not found:
                return
            start += len(found)

    def _refuse_cut(self, query: Query) -> None:
        """Refuse a CONSTRUCT that the server would cut: it says so of a SELECT over the same patterns."""
        same = replace(query, head="SELECT *")
        body = self.wire.query("select", str(same), self.dataset.parameters())
        if body.most_rows:
            message = f"{self.name}: cuts graphs of more than {body.most_rows} rows"
            raise StoreError(message, mend="ask a SELECT, which is read in pages, or add a LIMIT")

    def _matching(self, pattern: Pattern) -> Iterator[Quad]:
        if not pattern.columns:
            yield from [pattern.quad()] if self._ask(f"ASK {pattern.group}") else []
            return
        for quad in map(pattern.quad, self._rows(pattern.query, ())):
            graph = quad.graph_name
            if not isinstance(graph, NamedNode) or self.dataset.has(graph):
                yield quad


def _page_rows() -> int:
    """Return how many rows a page is to have, as `$G60KG_PAGE_ROWS` says; 0 for a whole answer."""
    given = os.environ.get("G60KG_PAGE_ROWS", "0")
    if not given.isascii() or not given.isdigit():
        raise StoreError(f"G60KG_PAGE_ROWS: {given!r} is no number of rows", mend="write one, such as 10000")
    return int(given)
