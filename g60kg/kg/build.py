"""Building the graph: articles, register and ontology to a summary and quads, stage by stage.

Goes in: a reasoner's name and articles. Comes out: a `Built` graph, or, where a store on disk holds
the graph of just these inputs already, nothing to do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pyoxigraph import Quad

from g60kg.errors import NewerStore, ParameterError, StoreError
from g60kg.kg import stages
from g60kg.kg.inputs import inputs_hash
from g60kg.kg.own import Own
from g60kg.kg.shelf import kept_articles
from g60kg.kg.summary import Clock, Summary
from g60kg.kg.validate import problems_of
from g60kg.model import Article
from g60kg.store import DiskStore, MemoryStore, write_store

REASONERS: Final = ("compiled", "owlrl", "none")
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Built:
    """A graph and what its building did."""

    quads: list[Quad]
    summary: Summary


def build_memory(reasoner: str, report: Report, own: Own = stages.PACKAGED) -> tuple[MemoryStore, Summary]:
    """Build from the packaged data and the user's own into memory; without validation, which `check` does."""
    _check_reasoner(reasoner)
    built = assemble(reasoner, (), Clock(), report, own)
    return MemoryStore(built.quads), built.summary


def build_disk(
    folder: Path, reasoner: str, report: Report, own: Own = stages.PACKAGED, *, validate: bool = True
) -> tuple[DiskStore, Summary, bool]:
    """Build into a folder, unless it holds this graph already; the third value says whether it was built.

    Articles that were added to the store are kept. Raises `StoreError` where the folder cannot be used.
    """
    _check_reasoner(reasoner)
    old = _old_store(folder)
    before = Summary.from_json(old.about) if old else Summary()
    added = kept_articles(folder, before.added)
    inputs = inputs_hash(f"{reasoner} {validate} {own}", added)
    if old and before.inputs == inputs:
        return old, before, False
    clock = Clock()
    built = assemble(reasoner, added, clock, report, own)
    problems: tuple[str, ...] = ()
    if validate:
        with _reported(clock, "validate", report):
            problems = problems_of(MemoryStore(built.quads))
    summary = replace(built.summary, inputs=inputs, problems=problems, seconds=clock.seconds)
    return write_store(folder, built.quads, summary.to_json()), summary, True


def assemble(
    reasoner: str, added: tuple[Article, ...], clock: Clock, report: Report, own: Own = stages.PACKAGED
) -> Built:
    """Run the stages from the articles' texts to the inferences."""
    with _reported(clock, "read", report):
        articles = {article.id: article for article in (*stages.packaged_articles(), *added)}
        stages.grammar(own)
    with _reported(clock, "extract", report):
        claims = [(articles[key], stages.claims_of(articles[key], own)) for key in sorted(articles)]
    with _reported(clock, "assemble", report):
        quads = stages.ground_quads(own)
        for article, said in claims:
            quads += stages.quads_of(article, said)
    with _reported(clock, "reason", report):
        inferred, contradictions = stages.reasoned(quads, reasoner)
    summary = Summary(
        reasoner=reasoner,
        counts=stages.counts_of([*quads, *inferred]),
        seconds=clock.seconds,
        contradictions=contradictions,
        added=tuple(sorted(article.id for article in added)),
        own=own,
    )
    return Built([*quads, *inferred], summary)


def _check_reasoner(reasoner: str) -> None:
    if reasoner not in REASONERS:
        raise ParameterError(f"no reasoner {reasoner!r}", mend=f"choose one of {', '.join(REASONERS)}")


def _old_store(folder: Path) -> DiskStore | None:
    """Return the store that a folder holds; one that is absent or damaged counts as none."""
    try:
        return DiskStore(folder)
    except NewerStore:
        raise
    except StoreError:
        return None


@contextmanager
def _reported(clock: Clock, stage: str, report: Report) -> Iterator[None]:
    """Say that a stage begins, and time it."""
    report(stage)
    with clock.stage(stage):
        yield
