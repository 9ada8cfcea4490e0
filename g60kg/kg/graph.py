"""The one class that a user needs.

Each method hands on to a function of this room or of a stage, imported when it is first needed.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad, Triple

from g60kg.article import Article
from g60kg.describe.articles import articles
from g60kg.describe.description import Description, describe
from g60kg.describe.figures import name_of
from g60kg.errors import ArticleError, StoreError, UnknownName
from g60kg.kg.claims import Claims
from g60kg.kg.overlays import Overlays, Summary
from g60kg.kg.stages import PACKAGED, Progress, claims_of, register, rules, silent, stored_queries
from g60kg.model import Claim
from g60kg.query import Rows, resolve, run
from g60kg.store import DiskStore, EngineStore, Store, default_location, open_store, query_form
from g60kg.terms import G60

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from networkx import MultiDiGraph
    from pandas import DataFrame
    from rdflib import Dataset
    from rdflib import Graph as RdfGraph

    from g60kg.ask import Answer
    from g60kg.check import Report
    from g60kg.dataset import DatasetDescription
    from g60kg.kg.decisions import History, Verdict
    from g60kg.kg.many import Done
    from g60kg.kg.review import Candidates, Proposed
    from g60kg.kg.texts import Source
    from g60kg.kg.verdicts import Accepted, Word
    from g60kg.query import Catalogue, StoredQuery
    from g60kg.reason import Explanation, Missing


Node = Any
"""What names a thing: an IRI, a CURIE, a name in any language, or a term of rdflib or pyoxigraph."""


class KnowledgeGraph:
    """A knowledge graph: what articles say, what the register adds, what the ontology entails.

    Make one by `build` or `open`. `summary` says how much there is; `is_new` whether the build had
    anything to do.
    """

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

    def __enter__(self) -> "KnowledgeGraph":
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    @classmethod
    def build(
        cls,
        path: str | Path | None = None,
        *,
        reasoner: str = "compiled",
        memory: str | None = None,
        validate: bool = True,
        overlays: Overlays = PACKAGED,
        report: Progress = silent,
    ) -> "KnowledgeGraph":
        """Build the graph from the packaged data: in memory, or into a folder at `path`.

        A folder that holds the graph of the same inputs is opened as it is. What is built into a folder is
        validated by its shapes unless `validate` is False; for one in memory there is `check`. `report` is
        called with the name of each stage as it begins. `overlays` are the user's own folders, which add to
        the packaged knowledge or replace by id what it holds, and who reads the articles: see
        `Overlays.from_folders`. `memory` (`"512MB"`, `"2GB"`) bounds what reasoning over a large graph takes.
        Raises `InputError` for unusable data, `StoreError` for an unusable folder, `ParameterError` for an
        unknown reasoner.
        """
        from g60kg.kg.build import Plan, build

        store, summary, is_new = build(path, Plan(reasoner, overlays, validate, memory, report))
        return cls(store, summary, is_new=is_new)

    @classmethod
    def repair(
        cls, path: str | Path | None = None, *, overlays: Overlays | None = None, report: Progress = silent
    ) -> "KnowledgeGraph":
        """Build the store at a path again where any of its files is damaged; `is_new` says whether it was.

        It is made from the packaged data and the texts, decisions and replies that are kept, with the
        reasoner and the user's own folders that it was built with, or with `overlays` where they are given. A
        text that is lost is one of the `problems` of the `summary`. Raises `StoreError` for a folder that
        holds nothing of a store or may not be read.
        """
        from g60kg.kg.build import repair

        store, summary, is_new = repair(Path(path or default_location()).expanduser(), overlays, report)
        return cls(store, summary, is_new=is_new)

    @classmethod
    def open(cls, path: str | Path | None = None, *, follow: bool = True) -> "KnowledgeGraph":
        """Open a graph that was built: at `path`, else at `$G60KG_STORE` or in the user's data directory.

        `:memory:` builds one in memory. What other processes change later shows at the next call, unless
        `follow` is False. Raises `StoreError` where there is none.
        """
        place = str(path or default_location())
        if place == ":memory:":
            return cls.build()
        store = open_store(place)
        kg = cls(store, Summary.from_json(store.about) if isinstance(store, DiskStore) else None)
        kg._follows = follow
        return kg

    @classmethod
    def connect(cls, url: str, *, timeout: float | None = None) -> "KnowledgeGraph":
        """Use the graph behind a SPARQL 1.1 endpoint; `timeout` is how many seconds it may be silent.

        Raises `StoreError` for a URL that is none; whether the endpoint answers shows at the first question.
        """
        from g60kg.store.remote import RemoteStore

        return cls(RemoteStore(url, timeout=timeout))

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
        from g60kg.describe.evidence import with_evidence

        query = self.catalogue[name] if isinstance(name, str) else name
        try:
            rows = run(self._within(timeout), query, values, limit=limit, offset=offset)
        except UnknownName as error:
            from g60kg.kg.asking import nearer

            raise nearer(self.store, error) from None
        return with_evidence(self.store, query, rows, rules)

    def readable(self, rows: Rows) -> Rows:
        """Return rows for a person to read: things by their names, numbers in full, no empty column."""
        from g60kg.describe.answers import readable

        return readable(self.store, rows)

    def sparql(self, text: str, *, timeout: float | None = None) -> "Rows | bool | RdfGraph":
        """Ask any SPARQL query: SELECT gives rows, ASK a bool, CONSTRUCT and DESCRIBE an rdflib graph.

        Prefixes of the project need no declaration; `timeout` is as with `query`. `select`, `holds` and
        `construct` ask one form each. Raises `SparqlError`, `UpdateRefused`, `LimitError`.
        """
        answer = self.answer(text, timeout=timeout)
        if not isinstance(answer, list):
            return answer
        from g60kg.store.as_rdflib import to_graph

        return to_graph(answer)

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

    def construct(self, text: str, *, timeout: float | None = None) -> "RdfGraph":
        """Answer a CONSTRUCT or DESCRIBE query; raises what `sparql` raises, also for one of another form."""
        from g60kg.store.as_rdflib import to_graph

        return to_graph(list(dict.fromkeys(self._within(timeout).construct(text))))

    def _within(self, seconds: float | None) -> Store:
        """Return the store, or one over it whose queries end after so many seconds."""
        if seconds is None:
            return self.store
        from g60kg.store.bounded import BoundedStore

        return BoundedStore(self.store, seconds)

    def ask(self, question: str, **parts: Any) -> "Answer":
        """Answer a question in plain words, English or Chinese, with the sentence that says so.

        `str()` of the answer shows it, and how the question was understood; `kind=` and `instead=` change
        that: a dictionary of ids, by the words that they are meant by (`-` leaves these out). Raises
        `ParameterError` for an empty question.
        """
        from g60kg.kg.asking import asker

        return asker(self.store, self.summary).ask(question, **parts)

    def add(
        self,
        article: "Article | str | Path",
        claims: tuple[Claim, ...] | None = None,
        *,
        report: Progress = silent,
        **known: str | None,
    ) -> bool:
        """Add an article and what follows from it; False where it is held already, unchanged.

        `article` is one, the path of one, or a text; `title`, `date` and `url` are what is known of it. It is
        read with the user's own folders that the graph was built with; `claims` are those that it has where
        that is known already. Another process that writes to the store is waited for, and `report` told.
        Raises `ArticleError` for what is no article, or where another one has its id, `StoreError` where the
        store cannot be written, or where these folders changed.
        """
        from g60kg.kg.change import add_all
        from g60kg.kg.texts import to_article

        read = [(to_article(article, known), claims)]
        self.summary, (outcome,) = add_all(self.store, self.summary, read, report)
        if isinstance(outcome, ArticleError):
            raise outcome
        return outcome

    def extract(self, article: "Article | str | Path", **known: str | None) -> Claims:
        """Return the claims that an article states, which is as with `add`; the graph stays as it is."""
        from g60kg.kg.texts import to_article

        return Claims(claims_of(to_article(article, known), self.summary.overlays))

    def add_many(
        self,
        sources: "Iterable[Path | Source]",
        *,
        jobs: int | None = None,
        batch: int = 50,
        report: Progress = silent,
        **known: str | None,
    ) -> Iterator["Done[bool]"]:
        """Add files and articles, many in one step; yield what came of each, in their order.

        A `Done` has True for one that is new, False for one that is held, or the error of one that cannot be
        used: the others go in. They are read in `jobs` processes, and `batch` of them are added at once: what
        was yielded is kept, whatever happens to the rest, and one that is held is not read again. `title`,
        `date` and `url` are those of them all.
        Raises as `add` does where the store cannot be changed.
        """
        from g60kg.kg.many import add_many

        yield from add_many(self, sources, known, jobs, batch, report)

    def remove(self, article: str, *, report: Progress = silent) -> None:
        """Take an article back, by its id or IRI, with all that only it supported.

        Another process that writes to the store is waited for, and `report` told. Raises `UnknownArticle`
        with the nearest ids, `StoreError` where it cannot be written.
        """
        from g60kg.kg.change import remove

        self.summary = remove(self.store, self.summary, article, report)

    def articles(self) -> Rows:
        """Return the articles held: id, title, date, and how many claims and direct facts each gives."""
        return articles(self.store)

    def dedupe(self) -> Rows:
        """Return the articles that repeat others, with the first of each and how much of it they repeat.

        Wire copies and second translations are held like others, and count as one source with the first in
        `facts-with-several-sources`.
        """
        from g60kg.kg.along import repeated

        return repeated(self.store)

    def why(self, subject: Node, predicate: Node, object: Node) -> "Explanation | Missing":
        """Explain a fact down to quotes, register entries and axioms; a `Missing` says that it does not hold.

        Raises `UnknownName`, `AmbiguousName`.
        """
        from g60kg.describe.proofs import explain

        return explain(self.store, rules(), subject, predicate, object)

    def proofs(
        self, subject: Node, predicate: Node, object: Node, *, most: int = 20
    ) -> "tuple[Explanation, ...]":
        """Return the proofs of a fact, the smallest first, at most so many; none where it does not hold."""
        from g60kg.describe.proofs import explain_all

        return explain_all(self.store, rules(), subject, predicate, object, most)

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
        from g60kg.describe.search import search

        return search(self.store, text)

    def candidates(self) -> "Candidates":
        """Return the names that articles use and the register lacks, with the known names most like each."""
        from g60kg.kg.review import candidates

        return candidates(self.store, register(self.summary.overlays.again()))

    def proposed(self) -> "Proposed":
        """Return the claims that await a person's word: they are kept, and are no facts until it is given."""
        from g60kg.kg.review import proposed

        return proposed(self.store)

    def decide(
        self,
        claim: str,
        verdict: "Verdict",
        *,
        subject: str | None = None,
        object: str | None = None,
        by: str | None = None,
        seen: int | None = None,
        report: Progress = silent,
    ) -> str:
        """Write a person's word on a claim beside the store, and return what was written; see `proposed`.

        `verdict` is `confirmed`, `rejected` or `corrected`; with the last come the right subject, the right
        object, or both. `withdrawn` takes back what was decided on a claim or a name. `by` is who decides,
        and `seen` how many decisions they saw. It counts from the next build. Raises `UnknownName`,
        `DecisionError` for what the register or the ontology does not let pass or another person decided
        meanwhile, `StoreError` for a store that is no folder.
        """
        from g60kg.kg.change import changing
        from g60kg.kg.verdicts import decide_claim

        with changing(self.store, self.summary, report) as self.summary:
            known = self.summary.overlays.again()
            return decide_claim(self.store, known, claim, verdict, (subject, object), by, seen)

    def accept(
        self,
        name: str,
        word: "Word",
        file: Path | None = None,
        *,
        by: str | None = None,
        seen: int | None = None,
        report: Progress = silent,
    ) -> "Accepted":
        """Write a candidate into a register file by a person's word; see `candidates`.

        Without a file it is one in the user's own register, else beside the store. `by` and `seen` are as
        with `decide`. Raises `UnknownName`, `ParameterError`, `RegisterError`, `DecisionError`.
        """
        from g60kg.kg.change import changing
        from g60kg.kg.verdicts import accept_name

        with changing(self.store, self.summary, report) as self.summary:
            known = self.summary.overlays.again()
            return accept_name(self.store, known, name, word, file, by, seen)

    def history(self) -> "History":
        """Return who decided what on claims and names, and when; nothing of a store that is no folder."""
        from g60kg.kg.decisions import History, read_history

        return read_history(self.store.folder) if isinstance(self.store, DiskStore) else History()

    def resolve(self, name: Node) -> NamedNode:
        """Return the term of an IRI, a CURIE or a name.

        Raises `UnknownName` with the nearest names, `AmbiguousName` with the choices.
        """
        return name if isinstance(name, NamedNode) else resolve(self.store, str(name))

    def check(self) -> "Report":
        """Check the graph: its shapes, the ontology's profile and form, consistency, and the frames."""
        from g60kg.kg.validate import check_graph

        return check_graph(self.store, self.summary.overlays)

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
        from g60kg.export import export_quads

        export_quads(self._layers(graph=graph, inferred=inferred), path, format, **how)

    def _layers(self, **chosen: Any) -> Iterator[Quad]:
        from g60kg.kg.sync import layers

        return layers(self.store, **chosen)

    def to_networkx(self, *, inferred: bool = True) -> "MultiDiGraph[str]":
        """Return the graph as networkx has it: entities and statistics, with layer and quotes on each edge.

        Raises `G60Error` where networkx is not installed.
        """
        from g60kg.export import to_networkx

        return to_networkx(self._layers(inferred=inferred))

    def to_pandas(self, *, inferred: bool = True) -> dict[str, "DataFrame"]:
        """Return the tables of the graph as data frames of pandas: entities, relations, claims, ….

        Raises `G60Error` where pandas is not installed.
        """
        from g60kg.export import to_pandas

        return to_pandas(self._layers(inferred=inferred))

    def plot(
        self, entity: Node | None = None, *, measure: Node | None = None, axes: "Axes | None" = None
    ) -> "Axes":
        """Draw what is around an entity; with a measure, its figures over time; without both, the map.

        The picture is matplotlib's, on its own or on `axes`. Raises `G60Error` where matplotlib is not
        installed, `ParameterError` where there is nothing to draw, `UnknownName`, `AmbiguousName`.
        """
        from g60kg.kg.plot import plot

        thing = None if entity is None else self.resolve(entity)
        of = None if measure is None else resolve(self.store, str(measure), G60.Measure)
        return plot(self.store, thing, of, axes)

    def describe_dataset(self) -> "DatasetDescription":
        """Return what the dataset says of itself: counts, licence, version, sources."""
        from g60kg.dataset import describe_dataset

        return describe_dataset(self.store)

    def push(self, url: str, *, dry_run: bool = False, jobs: int = 1, report: Progress = silent) -> Rows:
        """Send the graph to the server behind a URL; returns what was done to each named graph.

        Only what the server lacks is sent, `jobs` graphs at once; a push that was cut goes on when it is
        called again. With `dry_run` nothing is sent. Raises `StoreError` where the server refuses or does not
        answer.
        """
        from g60kg.kg.sync import push_to

        return push_to(self.store, url, report, dry_run=dry_run, jobs=jobs)

    @staticmethod
    def pull(
        url: str, path: str | Path | None = None, *, dry_run: bool = False, report: Progress = silent
    ) -> Rows:
        """Bring the graph behind a URL into the store at `path`; returns what was done to each named graph.

        Raises `StoreError` where the server does not answer or the store cannot be written.
        """
        from g60kg.kg.sync import pull_from

        return pull_from(url, path, report, dry_run=dry_run)

    @property
    def graph(self) -> "Dataset":
        """An rdflib `Dataset` over the store, nothing copied; its default graph is the union."""
        from g60kg.store.as_rdflib import to_dataset

        return to_dataset(self.store)

    def __len__(self) -> int:
        return sum(1 for _ in self.store.match())

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.summary.amounts or 'of an unknown size'}>"


def open_current(
    path: str | Path | None = None, overlays: Overlays = PACKAGED, *, report: Progress = silent
) -> KnowledgeGraph:
    """Open a graph for articles to be added; without folders, with those that it was built with.

    Raises `StoreError` where there is none, or none that can be built again, and what `Overlays.from_folders`
    raises for unusable folders.
    """
    place = str(path or default_location())
    if place == ":memory:":
        return KnowledgeGraph.build(overlays=overlays)
    kg = KnowledgeGraph.open(place)
    before = kg.summary.overlays
    now = overlays.over(before)
    if now == before:
        return kg
    if not isinstance(kg.store, DiskStore):
        raise StoreError(
            f"{place}: cannot be built again with your own folders", mend="use a store in a folder"
        )
    return KnowledgeGraph.build(place, reasoner=kg.summary.reasoner, report=report, overlays=now)
