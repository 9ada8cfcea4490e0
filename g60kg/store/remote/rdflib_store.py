"""A store of rdflib's over ours: its graphs ask the server.

Goes in: a `Store`. Comes out: what `rdflib.Dataset` needs to read and change it. A query over the union
of all graphs is asked as a whole; any other is evaluated by rdflib, with a request for each pattern.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from oxrdflib import OxigraphStore
from oxrdflib._converter import from_ox, to_ox
from pyoxigraph import DefaultGraph, NamedNode, Quad
from pyoxigraph import Store as Engine
from rdflib import Graph, Variable
from rdflib.query import Result

from g60kg.store.base import Store
from g60kg.store.guard import query_form


class AskingStore(OxigraphStore):
    """rdflib's store over Oxigraph, which asks another store in Oxigraph's place."""

    def __init__(self, store: Store) -> None:
        super().__init__(store=cast(Engine, _Patterns(store)))
        self._asked = store

    def __len__(self, context: Any = None) -> int:
        """Count the triples of a graph, or of the union."""
        graph = None if context is None else to_ox(context)
        return len({quad.triple for quad in self._asked.match(graph=cast("NamedNode | None", graph))})

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """Answer a query over the union; raise `NotImplementedError` where rdflib is to do it."""
        if not isinstance(query, str) or queryGraph != "__UNION__" or kwargs:
            raise NotImplementedError
        names = dict(self.namespaces()) | {name: str(base) for name, base in initNs.items()}
        declared = " ".join(f"PREFIX {name}: <{base}>" for name, base in names.items())
        bound = {str(name).lstrip("?"): to_ox(term) for name, term in initBindings.items()}
        return _result(self._asked, f"{declared}\n{query}", bound)


def _result(store: Store, text: str, bound: Any) -> Result:
    """Return an answer as rdflib has it."""
    form = query_form(text)
    result = Result({"select": "SELECT", "ask": "ASK"}.get(form, "CONSTRUCT"))
    if form == "ask":
        result.askAnswer = store.ask(text, bound)
    elif form == "select":
        found = store.select(text, bound)
        result.vars = [Variable(name) for name in found.columns]
        rows = (zip(result.vars, row, strict=True) for row in found.rows)
        result.bindings = [{name: _term(term) for name, term in row if term is not None} for row in rows]
    else:
        result.graph = Graph()
        for triple in store.construct(text, bound):
            result.graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return result


def _term(term: Any) -> Any:
    return from_ox(term)


class _Patterns:
    """As much of Oxigraph's engine as rdflib uses, over a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def quads_for_pattern(self, s: Any, p: Any, o: Any, graph: Any = None) -> Iterator[Quad]:
        """Yield the quads that fit; there are none outside the named graphs."""
        return iter(()) if isinstance(graph, DefaultGraph) else self._store.match(s, p, o, graph)

    def named_graphs(self) -> tuple[NamedNode, ...]:
        """Return the names of the graphs."""
        return self._store.graphs()

    def add_graph(self, graph: NamedNode) -> None:
        """Do nothing: a graph is there while it holds something."""

    def remove_graph(self, graph: NamedNode) -> None:
        """Remove what a graph holds."""
        self._store.apply(remove=self._store.match(graph=graph))

    def add(self, quad: Quad) -> None:
        """Add a quad."""
        self._store.apply(add=[quad])

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        self._store.apply(add=quads)

    def remove(self, quad: Quad) -> None:
        """Remove a quad."""
        self._store.apply(remove=[quad])
