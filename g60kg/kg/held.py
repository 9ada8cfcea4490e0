"""A graph as it is asked, looked at, and written elsewhere; what a method needs is imported for it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pyoxigraph import NamedNode, Triple

from g60kg.describe.description import Description, describe
from g60kg.describe.figures import name_of
from g60kg.describe.overview import articles
from g60kg.errors import UnknownName
from g60kg.kg.overlays import Summary
from g60kg.kg.stages import rules, stored_queries
from g60kg.later import later
from g60kg.query import Catalogue, Rows, StoredQuery, resolve, run
from g60kg.store import DiskStore, EngineStore, Store, query_form

if TYPE_CHECKING:
    import rdflib
    from matplotlib.axes import Axes
    from networkx import MultiDiGraph
    from pandas import DataFrame

    from g60kg import dataset, export
    from g60kg.ask import Answer
    from g60kg.dataset import DatasetDescription
    from g60kg.describe import answers, evidence, proofs, search
    from g60kg.kg import along, asking, plot, sync
    from g60kg.reason import Explanation, Missing
    from g60kg.store import as_rdflib, bounded
else:
    dataset, export = later("g60kg", "dataset export")
    answers, evidence, proofs, search = later("g60kg.describe", "answers evidence proofs search")
    along, asking, plot, sync = later("g60kg.kg", "along asking plot sync")
    as_rdflib, bounded = later("g60kg.store", "as_rdflib bounded")

Node = Any
"""What names a thing: an IRI, a CURIE, a name in any language, or a term of rdflib or pyoxigraph."""


class HeldGraph:
    """A knowledge graph in a store: asked, looked at and written elsewhere, never changed."""

    def __init__(self, store: Store, summary: Summary | None = None, *, is_new: bool = False) -> None:
        self._store = store
        self._follows = False
        self.summary = summary or Summary()
        self.is_new = is_new

    @property
    def store(self) -> Store:
        """The store; of a folder that was opened to follow it, as other processes have left it by now."""
        if self._follows and isinstance(self._store, DiskStore) and self._store.follow():
            self.summary = Summary.from_json(self._store.about)
        return self._store

    def close(self) -> None:
        """Let go of the store; nothing can be asked any more. A `with` block does it at its end."""
        if isinstance(self._store, EngineStore):
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    @property
    def catalogue(self) -> "Catalogue":
        """The stored queries, and those of the user's folders that the graph was built with."""
        return stored_queries(*self.summary.overlays.queries)

    def query(
        self,
        name: "str | StoredQuery",
        /,
        *,
        limit: int | None = None,
        offset: int = 0,
        timeout: float | None = None,
        **values: object,
    ) -> Rows:
        """Run a stored query; `values` are those of its parameters, a list for each of several.

        Rows that state a fact have its `quote`, `article`, `date`, `basis` and `status`. With a `timeout` it
        runs in a process of its own, which ends after so many seconds, or with Ctrl-C. Raises `UnknownQuery`,
        `ParameterError`, `UnknownName`, `AmbiguousName`, `LimitError`.
        """
        query = self.catalogue[name] if isinstance(name, str) else name
        try:
            rows = run(self._within(timeout), query, values, limit=limit, offset=offset)
        except UnknownName as error:
            raise asking.nearer(self.store, error) from None
        return evidence.with_evidence(self.store, query, rows, rules)

    def readable(self, rows: Rows) -> Rows:
        """Return rows for a person to read: things by their names, numbers in full, no empty column."""
        return answers.readable(self.store, rows)

    def sparql(self, text: str, *, timeout: float | None = None) -> "Rows | bool | rdflib.Graph":
        """Ask any SPARQL query: SELECT gives rows, ASK a bool, CONSTRUCT and DESCRIBE an rdflib graph.

        Prefixes of the project need no declaration; `timeout` is as with `query`. `select`, `holds` and
        `construct` ask one form each. Raises `SparqlError`, `UpdateRefused`, `LimitError`.
        """
        answer = self.answer(text, timeout=timeout)
        return as_rdflib.to_graph(answer) if isinstance(answer, list) else answer

    def answer(self, text: str, *, timeout: float | None = None) -> "Rows | bool | list[Triple]":
        """Ask any SPARQL query, as `sparql` does, with graphs as the store's own triples."""
        store, form = self._within(timeout), query_form(text)
        if form == "select":
            return Rows.of(store.select(text))
        return store.ask(text) if form == "ask" else list(dict.fromkeys(store.construct(text)))

    def select(self, text: str, *, timeout: float | None = None) -> Rows:
        """Answer a SELECT query; raises what `sparql` raises, also for a query of another form."""
        return Rows.of(self._within(timeout).select(text))

    def holds(self, text: str, *, timeout: float | None = None) -> bool:
        """Answer an ASK query; raises what `sparql` raises, also for a query of another form."""
        return self._within(timeout).ask(text)

    def construct(self, text: str, *, timeout: float | None = None) -> "rdflib.Graph":
        """Answer a CONSTRUCT or DESCRIBE query; raises what `sparql` raises, also for one of another form."""
        return as_rdflib.to_graph(list(dict.fromkeys(self._within(timeout).construct(text))))

    def _within(self, seconds: float | None) -> Store:
        """Return the store, or one over it whose queries end after so many seconds."""
        return self.store if seconds is None else bounded.BoundedStore(self.store, seconds)

    def ask(self, question: str, **parts: Any) -> "Answer":
        """Answer a question in plain words, English or Chinese, with the sentence that says so.

        `str()` of the answer shows it, and how the question was understood; `kind=` and `instead=` change
        that: a dictionary of ids, by the words that they are meant by (`-` leaves these out). Raises
        `ParameterError` for an empty question.
        """
        return asking.asker(self.store, self.summary).ask(question, **parts)

    def articles(self) -> Rows:
        """Return the articles held: id, title, date, and how many claims and direct facts each gives."""
        return articles(self.store)

    def dedupe(self) -> Rows:
        """Return the articles that repeat others, with the first of each and how much of it they repeat.

        Wire copies and second translations are held like others, and count as one source with the first in
        `facts-with-several-sources`.
        """
        return along.repeated(self.store)

    def why(self, subject: Node, predicate: Node, object: Node) -> "Explanation | Missing":
        """Explain a fact down to quotes, register entries and axioms; a `Missing` says that it does not hold.

        Raises `UnknownName`, `AmbiguousName`.
        """
        return proofs.explain(self.store, rules(), subject, predicate, object)

    def proofs(
        self, subject: Node, predicate: Node, object: Node, *, most: int = 20
    ) -> "tuple[Explanation, ...]":
        """Return the proofs of a fact, the smallest first, at most so many; none where it does not hold."""
        return proofs.explain_all(self.store, rules(), subject, predicate, object, most)

    def name(self, term: object) -> str:
        """Return a term as a person reads it: its English name, else any name, else its CURIE.

        A statistic reads as its number, comparator and unit.
        """
        return name_of(self.store, term)

    def describe(self, entity: Node) -> Description:
        """Return all that is known of an entity: said, added by the register, inferred.

        Raises `UnknownName` with the nearest names, `AmbiguousName` with the choices.
        """
        return describe(self.store, self.resolve(entity))

    def search(self, text: str) -> Rows:
        """Find entities by any of their names, in part or whole, English or Chinese, best first."""
        return search.search(self.store, text)

    def resolve(self, name: Node) -> NamedNode:
        """Return the term of an IRI, a CURIE or a name.

        Raises `UnknownName` with the nearest names, `AmbiguousName` with the choices.
        """
        return name if isinstance(name, NamedNode) else resolve(self.store, str(name))

    def export(
        self,
        path: str | Path,
        *,
        format: str | None = None,
        graph: str | Sequence[str] | None = None,
        inferred: bool = True,
        **how: Any,
    ) -> None:
        """Write the graph to a file, whole or not at all; its ending says the format.

        `graph` chooses named graphs (`register`, `claims/*`), `inferred=False` leaves out what was inferred,
        `flat` drops the names of the graphs. `graph:dataset`, the description of the dataset, is added where
        no graphs are chosen. The formats `neo4j`, `parquet` and `csv` write a folder. With `parts` the path
        is a folder of so many files of N-Quads for a bulk loader, and `compress=True` compresses each. Raises
        `ExportError`.
        """
        quads = sync.layers(self.store, graph=graph, inferred=inferred)
        export.export_quads(quads, path, format, **how)

    def to_networkx(self, *, inferred: bool = True) -> "MultiDiGraph[str]":
        """Return the graph as networkx has it: entities and statistics, with layer and quotes on each edge.

        Raises `G60Error` where networkx is not installed.
        """
        return export.to_networkx(sync.layers(self.store, inferred=inferred))

    def to_pandas(self, *, inferred: bool = True) -> dict[str, "DataFrame"]:
        """Return the tables of the graph as data frames of pandas: entities, relations, claims, ….

        Raises `G60Error` where pandas is not installed.
        """
        return export.to_pandas(sync.layers(self.store, inferred=inferred))

    def plot(
        self, entity: Node | None = None, *, measure: Node | None = None, axes: "Axes | None" = None
    ) -> "Axes":
        """Draw what is around an entity; with a measure, its figures over time; without both, the map.

        The picture is matplotlib's, on its own or on `axes`. Raises `G60Error` where matplotlib is not
        installed, `ParameterError` where there is nothing to draw, `UnknownName`, `AmbiguousName`.
        """
        return plot.plot(self.store, None if entity is None else self.resolve(entity), measure, axes)

    def describe_dataset(self) -> "DatasetDescription":
        """Return what the dataset says of itself: counts, licence, version, sources."""
        return dataset.describe_dataset(self.store)

    @property
    def graph(self) -> "rdflib.Dataset":
        """An rdflib `Dataset` over the store, nothing copied; its default graph is the union."""
        return as_rdflib.to_dataset(self.store)

    def __len__(self) -> int:
        return sum(1 for _ in self.store.match())

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.summary.amounts or 'of an unknown size'}>"
