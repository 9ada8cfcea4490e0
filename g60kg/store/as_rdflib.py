"""A store as rdflib sees it: a dataset over it, nothing copied.

An embedded store is Oxigraph's own beneath, whose default graph is the union. Of another, a query over the
union of all graphs is asked as a whole; any other is evaluated by rdflib, with a request for each pattern.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar, cast

from oxrdflib import OxigraphStore
from oxrdflib import _converter as convert
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize
from pyoxigraph import Store as Engine
from rdflib import Dataset, Graph, Variable
from rdflib.query import Result

from g60kg.store import union
from g60kg.store.base import Store
from g60kg.store.disk import DiskStore
from g60kg.store.engine import MemoryStore
from g60kg.store.guard import query_form
from g60kg.terms import PREFIXES

G = TypeVar("G", bound=Graph)
_to_ox: Final[Callable[[Any], Any]] = convert.to_ox
_from_ox: Final[Callable[[Any], Any]] = convert.from_ox


def to_dataset(store: Store) -> Dataset:
    """Return an rdflib dataset over a store; its default graph is the union of the named ones."""
    if isinstance(store, DiskStore | MemoryStore):
        beneath = OxigraphStore(store=cast(Engine, _Embedded(store)))
    else:
        beneath = AskingStore(store)
    return _bound(Dataset(store=beneath, default_union=True))


def to_graph(triples: list[Triple]) -> Graph:
    """Return triples as a graph of rdflib."""
    return _bound(Graph()).parse(data=serialize(triples, format=RdfFormat.N_TRIPLES) or b"", format="nt")


def _bound(graph: G) -> G:
    for prefix, base in PREFIXES.items():
        graph.bind(prefix, base, replace=True)
    return graph


class AskingStore(OxigraphStore):
    """rdflib's store over Oxigraph, which asks another store in Oxigraph's place."""

    def __init__(self, store: Store) -> None:
        super().__init__(store=cast("Engine", _Patterns(store)))
        self._asked = store

    def __len__(self, context: Any = None) -> int:
        """Count the triples of a graph, or of the union."""
        return len({quad.triple for quad in self._asked.match(graph=_to_ox(context))})

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
        text = "".join(f"PREFIX {name}: <{base}> " for name, base in names.items()) + f"\n{query}"
        bound = {str(name).lstrip("?"): _to_ox(term) for name, term in initBindings.items()}
        form = query_form(text)
        result = Result({"select": "SELECT", "ask": "ASK"}.get(form, "CONSTRUCT"))
        if form == "ask":
            result.askAnswer = self._asked.ask(text, bound)
        elif form == "select":
            found = self._asked.select(text, bound)
            result.vars = [Variable(name) for name in found.columns]
            rows = (zip(result.vars, row, strict=True) for row in found.rows)
            result.bindings = [
                {name: _from_ox(term) for name, term in row if term is not None} for row in rows
            ]
        else:
            result.graph = Graph()
            result.graph += (_from_ox(triple) for triple in self._asked.construct(text, bound))
        return result


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


class _Embedded(_Patterns):
    """The same over a store of this process, whose engine answers queries and makes updates."""

    def __init__(self, store: DiskStore | MemoryStore) -> None:
        super().__init__(store)
        self._embedded = store

    def query(self, text: str, *, use_default_graph_as_union: bool = False, **options: Any) -> Any:
        """Answer a query, over the union or a graph."""
        return self._embedded.engine.query(text, **options)

    def update(self, text: str, **options: Any) -> None:
        """Make an update."""
        self._embedded.rewrite(lambda engine: union.update(engine, text, **options))
