"""Building the graph: articles, register and ontology to a summary and quads, stage by stage.

The graph goes through files, article by article, so that its size does not matter to the memory needed. A
store that holds the graph of just these inputs is left as it is.
"""

import re
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, serialize

from g60kg.article import Article
from g60kg.errors import NoStore, ParameterError, StoreError
from g60kg.kg import stages
from g60kg.kg.along import changed_repeats
from g60kg.kg.change import building
from g60kg.kg.claims import read_claims
from g60kg.kg.decisions import decide
from g60kg.kg.many import default_jobs, over_files
from g60kg.kg.overlays import Overlays, Summary, inputs_hash
from g60kg.kg.shelf import Before, look, settle
from g60kg.kg.stages import Progress, silent
from g60kg.kg.validate import problems_of
from g60kg.resources import reasoners
from g60kg.store import DiskStore, MemoryStore, QuadFile, Store, write_store
from g60kg.store.base import has_blank
from g60kg.store.disk import BESIDE, clean
from g60kg.store.locate import is_url
from g60kg.store.manifest import NAME as MANIFEST
from g60kg.temporary import TemporaryFolder
from g60kg.terms import DCTERMS, G60, INFERRED_GRAPH

_MEMORY: Final = re.compile(r"\d+(\.\d+)? *([KMGT]i?)?B", re.IGNORECASE)
_PART: Final = 20_000
_OF_ARTICLES: Final = (G60.fingerprint, DCTERMS.date)


class Spool:
    """Two files that grow in a folder: `path` (N-Quads) and `facts` (N-Triples); `counts` by kind.

    `unnamed` are the quads with a blank node, `articles` those that tell which articles repeat which.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "quads.nq"
        self.facts = folder / "facts.nt"
        self.counts: Counter[str] = Counter()
        self.unnamed: list[Quad] = []
        self.articles: list[Quad] = []
        self.write(())

    def write(self, quads: Iterable[Quad]) -> None:
        """Add quads; raises `StoreError` where the disk is full."""
        stream = iter(quads)
        try:
            with self.path.open("ab") as whole, self.facts.open("ab") as facts:
                while part := list(islice(stream, _PART)):
                    self.counts.update(stages.counts_of(part))
                    self.unnamed += filter(has_blank, part)
                    self.articles += (quad for quad in part if quad.predicate in _OF_ARTICLES)
                    named = (quad for quad in part if not has_blank(quad))
                    serialize(named, whole, RdfFormat.N_QUADS)
                    serialize(stages.facts_of(part), facts, RdfFormat.N_TRIPLES)
        except OSError as error:
            message = f"{self.path.parent}: cannot be written: {error}"
            raise StoreError(message, mend="free space or set TMPDIR") from error


@dataclass(frozen=True, slots=True)
class Plan:
    """How a graph is to be built, and the `seconds` of its stages, which stand as they ended.

    Raises `ParameterError` for a reasoner that there is not, or no memory.
    """

    reasoner: str = "compiled"
    overlays: Overlays = stages.PACKAGED
    validate: bool = True
    memory: str | None = None
    report: Progress = silent
    seconds: dict[str, float] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if self.reasoner not in reasoners():
            mend = f"choose one of {', '.join(reasoners())}"
            raise ParameterError(f"no reasoner {self.reasoner!r}", mend=mend)
        if self.memory is not None and not _MEMORY.fullmatch(self.memory):
            raise ParameterError(f"no amount of memory: {self.memory!r}", mend="write it as 512MB or 2GB")

    @contextmanager
    def stage(self, name: str, *, goes_on: bool = False) -> Iterator[None]:
        """Say that a stage begins, unless it goes on, and add to its time.

        >>> plan = Plan()
        >>> with plan.stage("extract"):
        ...     pass
        >>> list(plan.seconds)
        ['extract']
        """
        if not goes_on:
            self.report(name)
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - start, 4)


def build(path: str | Path | None, plan: Plan) -> tuple[Store, Summary, bool]:
    """Build into memory, or into a folder at `path`; the third value says whether there was anything to do.

    Articles that were added to a folder are kept, and one that holds this graph already is left as it is.
    What is built in memory is not validated, which `check` does. Raises `StoreError` for a URL: a graph is
    built in a folder, and sent from there.
    """
    if path is None or str(path) == ":memory:":
        with TemporaryFolder("build") as room:
            summary, quads, files = _assemble(room, plan)
            return MemoryStore(quads, files=files), summary, True
    if is_url(str(path)):
        message = f"{path}: a graph cannot be built behind a URL"
        raise StoreError(message, mend="build it in a folder, then `g60kg push` it there")
    folder = Path(path).expanduser()
    with building(folder, plan.report):
        before, decisions = look(folder), stages.decisions_of(folder, plan.overlays)
        options = f"{plan.reasoner} {plan.validate} {plan.overlays} {decisions}"
        inputs = inputs_hash(options, before.articles)
        if before.store and before.summary.inputs == inputs:
            return before.store, before.summary, False
        built = _rebuild(folder, plan, before, inputs)
        del before  # which holds what is replaced open
        clean(folder)
        return *built, True


def repair(folder: Path, overlays: Overlays | None, report: Progress) -> tuple[DiskStore, Summary, bool]:
    """Build a store again where any of its files is damaged, as `KnowledgeGraph.repair` does."""
    if not any((folder / name).exists() for name in (MANIFEST, *BESIDE)):
        for left in folder.glob("quads-*"):
            message = f"{left.name} alone is left of a store, no manifest, article or decision"
            raise NoStore(f"{folder}: {message}", mend="run `g60kg build`")
        raise NoStore(f"{folder}: no store here", mend="run `g60kg build` first")
    with building(folder, report):
        before = look(folder, whole=True)
        if before.store and not before.found:
            problems = (*before.summary.problems, *before.lost)
            return before.store, replace(before.summary, problems=problems), False
        overlays = before.summary.overlays.again() if overlays is None else overlays
        plan = Plan(before.summary.reasoner, overlays, report=report)
        return *_rebuild(folder, plan, before, ""), True


def _rebuild(folder: Path, plan: Plan, before: Before, inputs: str) -> tuple[DiskStore, Summary]:
    """Build a store in the place of what a folder held."""
    with TemporaryFolder("build") as room:
        summary, quads, files = _assemble(room, plan, before.articles, folder)
        store = write_store(folder, quads, summary.to_json(), files=files)
    summary = replace(summary, inputs=inputs, problems=before.lost, notes=before.notes)
    return store, finished(store, summary, plan)


def finished(store: DiskStore, summary: Summary, plan: Plan) -> Summary:
    """Keep the texts of a store that was written, validate it, and note what came of it."""
    settle(store.folder, summary.added)
    if plan.validate:
        with plan.stage("validate"):
            summary = replace(summary, problems=(*summary.problems, *problems_of(store)))
    summary = replace(summary, seconds=plan.seconds)
    store.note(summary.to_json())
    return summary


def _assemble(
    room: Path, plan: Plan, added: tuple[Article, ...] = (), folder: Path | None = None
) -> tuple[Summary, list[Quad], list[QuadFile]]:
    """Run the stages from the articles' texts to the inferences, in a room; what was decided is in a folder.

    Returns what it did, the quads that are in memory (all without a name, and what follows in a small graph),
    and the files of all the rest, which go with the room.
    """
    spool = Spool(room)
    with plan.stage("read"):
        articles = {article.id: article for article in (*stages.packaged_articles(), *added)}
        stages.extractor(plan.overlays)
    named, decisions = set[str](), stages.decisions_of(folder, plan.overlays)
    plan.report("extract")
    texts = [articles[key] for key in sorted(articles)]
    results = over_files(texts, read_claims, plan.overlays, {}, default_jobs(len(texts)))
    for _ in texts:
        with plan.stage("extract", goes_on=True):
            article, read = next(results).needed()
            claims = decide(read, decisions)
        with plan.stage("assemble", goes_on=True):
            spool.write(stages.quads_of(article, claims))
        named |= stages.named_by(claims)
    with plan.stage("assemble"):
        spool.write(stages.ground_quads(plan.overlays, named))
        spool.write(changed_repeats(MemoryStore(), spool.articles)[0])
    with plan.stage("reason"):
        closure = stages.reasoned(spool.facts, plan.reasoner, plan.memory)
    summary = Summary(
        reasoner=plan.reasoner,
        counts={**spool.counts, "inferred facts": len(closure.inferred)},
        seconds=plan.seconds,
        contradictions=tuple(map(str, closure.contradictions)),
        added=tuple(sorted(article.id for article in added)),
        overlays=plan.overlays,
    )
    said, path = QuadFile(spool.path), closure.path
    if path is not None:
        path = Path(shutil.move(path, room))  # what was inferred in a file goes with the closure
    quads = [*spool.unnamed, *stages.inferred_quads(() if path else closure.inferred)]
    return summary, quads, [said, QuadFile(path, INFERRED_GRAPH)] if path else [said]
