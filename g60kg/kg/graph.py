"""The one class that a user needs: a graph is made, asked (`HeldGraph`), and changed."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from g60kg.article import Article
from g60kg.errors import ArticleError, StoreError
from g60kg.kg.claims import Claims
from g60kg.kg.held import HeldGraph
from g60kg.kg.overlays import Overlays, Summary
from g60kg.kg.stages import PACKAGED, Progress, claims_of, register, silent
from g60kg.later import later
from g60kg.model import Claim
from g60kg.query import Rows
from g60kg.store import DiskStore, default_location, open_store

if TYPE_CHECKING:
    from g60kg.check import Report
    from g60kg.kg import build, change, decisions, many, review, sync, texts, validate, verdicts
    from g60kg.kg.decisions import History, Verdict
    from g60kg.kg.many import Done
    from g60kg.kg.review import Candidates, Proposed, Word
    from g60kg.kg.texts import Source
    from g60kg.kg.verdicts import Accepted
    from g60kg.store import remote
else:
    build, change, decisions, many = later("g60kg.kg", "build change decisions many")
    review, sync, texts, validate, verdicts = later("g60kg.kg", "review sync texts validate verdicts")
    (remote,) = later("g60kg.store", "remote")


class KnowledgeGraph(HeldGraph):
    """A knowledge graph: what articles say, what the register adds, what the ontology entails.

    Make one by `build` or `open`. `summary` says how much there is; `is_new` whether the build had
    anything to do.
    """

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
        store, summary, is_new = build.build(path, build.Plan(reasoner, overlays, validate, memory, report))
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
        store, summary, is_new = build.repair(Path(path or default_location()).expanduser(), overlays, report)
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
        return cls(remote.RemoteStore(url, timeout=timeout))

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
        read = [(texts.to_article(article, known), claims)]
        self.summary, (outcome,) = change.add_all(self.store, self.summary, read, report)
        if isinstance(outcome, ArticleError):
            raise outcome
        return outcome

    def extract(self, article: "Article | str | Path", **known: str | None) -> Claims:
        """Return the claims that an article states, which is as with `add`; the graph stays as it is."""
        return Claims(claims_of(texts.to_article(article, known), self.summary.overlays))

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
        yield from many.add_many(self, sources, known, jobs, batch, report)

    def remove(self, article: str, *, report: Progress = silent) -> None:
        """Take an article back, by its id or IRI, with all that only it supported.

        Another process that writes to the store is waited for, and `report` told. Raises `UnknownArticle`
        with the nearest ids, `StoreError` where it cannot be written.
        """
        self.summary = change.remove(self.store, self.summary, article, report)

    def candidates(self) -> "Candidates":
        """Return the names that articles use and the register lacks, with the known names most like each."""
        return review.candidates(self.store, register(self.summary.overlays.again()))

    def proposed(self) -> "Proposed":
        """Return the claims that await a person's word: they are kept, and are no facts until it is given."""
        return review.proposed(self.store)

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
        with change.changing(self.store, self.summary, report) as self.summary:
            reviewer = verdicts.Reviewer(self.store, self.summary.overlays, by, seen)
            return reviewer.decide(claim, verdict, (subject, object))

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
        with change.changing(self.store, self.summary, report) as self.summary:
            reviewer = verdicts.Reviewer(self.store, self.summary.overlays, by, seen)
            return reviewer.accept(name, word, file)

    def history(self) -> "History":
        """Return who decided what on claims and names, and when; nothing of a store that is no folder."""
        return decisions.read_history(self.store.folder if isinstance(self.store, DiskStore) else None)

    def check(self) -> "Report":
        """Check the graph: its shapes, the ontology's profile and form, consistency, and the frames."""
        return validate.check_graph(self.store, self.summary.overlays)

    def push(self, url: str, *, dry_run: bool = False, jobs: int = 1, report: Progress = silent) -> Rows:
        """Send the graph to the server behind a URL; returns what was done to each named graph.

        Only what the server lacks is sent, `jobs` graphs at once; a push that was cut goes on when it is
        called again. With `dry_run` nothing is sent. Raises `StoreError` where the server refuses or does not
        answer.
        """
        server, told = remote.RemoteStore(url), sync.told(report)
        return sync.moved(remote.push(self.store, server, dry_run=dry_run, jobs=jobs, report=told))

    @staticmethod
    def pull(
        url: str, path: str | Path | None = None, *, dry_run: bool = False, report: Progress = silent
    ) -> Rows:
        """Bring the graph behind a URL into the store at `path`; returns what was done to each named graph.

        Raises `StoreError` where the server does not answer or the store cannot be written.
        """
        return sync.pull_from(url, path, report, dry_run=dry_run)


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
    if (now := overlays.over(kg.summary.overlays)) == kg.summary.overlays:
        return kg
    if not isinstance(kg.store, DiskStore):
        message = f"{place}: cannot be built again with your own folders"
        raise StoreError(message, mend="use a store in a folder")
    return KnowledgeGraph.build(place, reasoner=kg.summary.reasoner, report=report, overlays=now)
