"""Building the graph: articles, register and ontology to a summary and quads, stage by stage.

Goes in: a reasoner's name and articles. Comes out: a `Built` graph, or, where a store on disk holds
the graph of just these inputs already, nothing to do. The graph goes through files, article by article, so
that its size does not matter to the memory needed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad

from g60kg.errors import NoStore, ParameterError, StoreError
from g60kg.kg import stages
from g60kg.kg.before import Before, look
from g60kg.kg.inputs import inputs_hash
from g60kg.kg.own import Own
from g60kg.kg.progress import Progress
from g60kg.kg.shelf import settle
from g60kg.kg.spool import Spool
from g60kg.kg.summary import Clock, Summary
from g60kg.kg.validate import problems_of
from g60kg.kg.writing import building
from g60kg.model import Article
from g60kg.store import DiskStore, MemoryStore, QuadFile, Store, write_store
from g60kg.store.disk import BESIDE
from g60kg.store.locate import is_url
from g60kg.store.lock import FolderLock, sweep
from g60kg.store.manifest import NAME as MANIFEST
from g60kg.terms import INFERRED_GRAPH

if TYPE_CHECKING:
    from g60kg.kg.decisions import Decision
    from g60kg.reason import Closure

_ROOM: Final = "g60kg-build-"
REASONERS: Final = ("compiled", "owlrl", "none")


@dataclass(frozen=True, slots=True)
class Built:
    """A graph, most of it in files that go when its building ends, and what its building did."""

    spool: Spool
    closure: "Closure"
    summary: Summary

    @property
    def quads(self) -> list[Quad]:
        """What is in memory: all without a name, and the inferences of a small graph."""
        inferred = () if self.closure.path else self.closure.inferred
        return [*self.spool.unnamed, *stages.inferred_quads(inferred)]

    @property
    def files(self) -> list[QuadFile]:
        """The files of all the rest."""
        said, path = QuadFile(self.spool.path), self.closure.path
        return [said, QuadFile(path, INFERRED_GRAPH)] if path else [said]


def build(
    path: str | Path | None, reasoner: str, report: Progress, own: Own, *, validate: bool, memory: str | None
) -> tuple[Store, Summary, bool]:
    """Build into memory, or into a folder at `path`; the third value says whether there was anything to do.

    Raises `StoreError` for a URL: a graph is built in a folder, and sent from there.
    """
    if path is None or str(path) == ":memory:":
        return *_build_memory(reasoner, report, own, memory), True
    _refuse_url(str(path))
    return _build_disk(Path(path).expanduser(), reasoner, report, own, validate, memory)


def _build_memory(
    reasoner: str, report: Progress, own: Own, memory: str | None
) -> tuple[MemoryStore, Summary]:
    """Build from the packaged data and the user's own into memory; without validation, which `check` does."""
    _check_reasoner(reasoner)
    with _room() as room:
        built = _assemble(room, reasoner, (), Clock(), report, own, memory)
        return MemoryStore(built.quads, files=built.files), built.summary


def _build_disk(
    folder: Path, reasoner: str, report: Progress, own: Own, validate: bool, memory: str | None
) -> tuple[DiskStore, Summary, bool]:
    """Build into a folder, unless it holds this graph already; the third value says whether it was built.

    Articles that were added to the store are kept. Raises `StoreError` where the folder cannot be used.
    """
    _check_reasoner(reasoner)
    with building(folder, report):
        before = look(folder)
        decisions = stages.decisions_of(folder, own)
        inputs = inputs_hash(f"{reasoner} {validate} {own} {decisions}", before.articles)
        if before.store and before.summary.inputs == inputs:
            return before.store, before.summary, False
        plan = _Plan(folder, reasoner, report, own, memory, validate, inputs, decisions)
        return *_rebuild(plan, before), True


def repair(folder: Path, overlays: Own | None, report: Progress) -> tuple[DiskStore, Summary, bool]:
    """Build a store again where any of its files is damaged; the third value says whether it was.

    It is built with the reasoner and the user's own folders that its manifest names, or with these overlays.
    Raises `NoStore` for a folder with nothing of a store in it.
    """
    if not any((folder / name).exists() for name in (MANIFEST, *BESIDE)):
        raise NoStore(f"{folder}: no store here", mend="run `g60kg build` first")
    with building(folder, report):
        before = look(folder, whole=True)
        if before.store and not before.found:
            problems = (*before.summary.problems, *before.lost)
            return before.store, replace(before.summary, problems=problems), False
        own = before.summary.own.again() if overlays is None else overlays
        decisions = stages.decisions_of(folder, own)
        plan = _Plan(folder, before.summary.reasoner, report, own, None, True, "", decisions)
        return *_rebuild(plan, before), True


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a build into a folder is to do."""

    folder: Path
    reasoner: str
    report: Progress
    own: Own
    memory: str | None
    validate: bool
    inputs: str
    decisions: tuple["Decision", ...]


def _rebuild(plan: _Plan, before: Before) -> tuple[DiskStore, Summary]:
    """Build a store in the place of what a folder held."""
    clock = Clock()
    with _room() as room:
        built = _assemble(
            room,
            plan.reasoner,
            before.articles,
            clock,
            plan.report,
            plan.own,
            plan.memory,
            plan.decisions,
        )
        problems = before.lost
        if plan.validate:
            with _reported(clock, "validate", plan.report):
                problems += problems_of(built.spool)
        summary = replace(
            built.summary, inputs=plan.inputs, problems=problems, seconds=clock.seconds, notes=before.notes
        )
        store = write_store(plan.folder, built.quads, summary.to_json(), files=built.files)
    settle(plan.folder, summary.added)
    return store, summary


def _assemble(
    room: Path,
    reasoner: str,
    added: tuple[Article, ...],
    clock: Clock,
    report: Progress,
    own: Own,
    memory: str | None,
    decisions: tuple["Decision", ...] = (),
) -> Built:
    """Run the stages from the articles' texts to the inferences, in a folder."""
    spool = Spool(room)
    with _reported(clock, "read", report):
        articles = {article.id: article for article in (*stages.packaged_articles(), *added)}
        stages.extractor(own)
    report("extract")
    for key in sorted(articles):
        with clock.stage("extract"):
            claims = stages.claims_of(articles[key], own, decisions)
        with clock.stage("assemble"):
            spool.write(stages.quads_of(articles[key], claims))
    with _reported(clock, "assemble", report):
        spool.write(stages.ground_quads(own))
    with _reported(clock, "reason", report):
        closure = stages.reasoned(spool.facts, reasoner, memory)
    summary = Summary(
        reasoner=reasoner,
        counts={**spool.counts, "inferred facts": len(closure.inferred)},
        seconds=clock.seconds,
        contradictions=tuple(map(str, closure.contradictions)),
        added=tuple(sorted(article.id for article in added)),
        own=own,
    )
    return Built(spool, closure, summary)


@contextmanager
def _room() -> Iterator[Path]:
    """Make a folder to build in, for as long as it is needed."""
    try:
        sweep(_ROOM)
        room = TemporaryDirectory(prefix=_ROOM)
        lock = FolderLock(Path(room.name), shared=True)
    except OSError as error:
        raise StoreError(f"no folder for temporary files: {error}", mend="set TMPDIR") from error
    with room as name:
        yield Path(name)
        lock.close()


def _refuse_url(place: str) -> None:
    if is_url(place):
        message = f"{place}: a graph cannot be built behind a URL"
        raise StoreError(message, mend="build it in a folder, then `g60kg push` it there")


def _check_reasoner(reasoner: str) -> None:
    if reasoner not in REASONERS:
        raise ParameterError(f"no reasoner {reasoner!r}", mend=f"choose one of {', '.join(REASONERS)}")


@contextmanager
def _reported(clock: Clock, stage: str, report: Progress) -> Iterator[None]:
    """Say that a stage begins, and time it."""
    report(stage)
    with clock.stage(stage):
        yield
