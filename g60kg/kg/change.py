"""Changing a store that others may change at the same time: adding an article, taking one back.

The store changes in one step, by the article's quads and the difference that it makes to what is inferred, at
a cost that grows with the article. What is done within `changing` or `building` loses nothing that another
process writes.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, Quad, Triple

from g60kg.article import Article
from g60kg.describe.lookup import value
from g60kg.describe.overview import find_article
from g60kg.errors import ArticleError, ParameterError, StoreError
from g60kg.kg import stages
from g60kg.kg.along import changed_repeats, quads_to_add, quads_to_remove
from g60kg.kg.decisions import decide
from g60kg.kg.overlays import Summary
from g60kg.kg.shelf import put_aside, settle, take_down
from g60kg.kg.stages import Progress, silent
from g60kg.kg.validate import problems_of
from g60kg.model import Claim
from g60kg.store import DiskStore, Store
from g60kg.store.disk import make_folder
from g60kg.temporary import writing
from g60kg.terms import ARTICLE, DCTERMS, G60, GRAPH, INFERRED_GRAPH, RDF, article_graph, claims_graph

WAIT: Final = 600.0
"""So many seconds another writer is waited for."""
VARIABLE: Final = "G60KG_WAIT"
STEPS: Final = 50
"""After so many changes the files of a store are written anew: see `DiskStore.compact`."""
Read = tuple[Article, tuple[Claim, ...] | None]
"""An article with its claims where they were extracted already."""


@contextmanager
def changing(
    store: Store, summary: Summary, report: Progress = silent, wait: float | None = None
) -> Iterator[Summary]:
    """Yield the summary of a store as it is now, and keep other writers away from it.

    The texts that are put aside beside it are settled: first what a killed writer left, at the end, or where
    the change fails, its own. `report` is told where another writer is waited for, so many seconds; raises
    `StoreBusy` where it does not end in time.
    """
    if not isinstance(store, DiskStore):
        yield summary
        return
    with store.exclusive(patience() if wait is None else wait, lambda: report(_waiting(store.folder))):
        now = Summary.from_json(store.about)
        settle(store.folder, now.added)
        try:
            yield now
        finally:
            settle(store.folder, Summary.from_json(store.about).added)


@contextmanager
def building(folder: Path, report: Progress) -> Iterator[None]:
    """Keep other writers away from a folder that a store is built in; it is made, and goes where that fails.

    Raises `StoreError` where it cannot hold a store, `StoreBusy` where another writer does not end in time.
    """
    is_new = not folder.exists()
    make_folder(folder)
    with writing(folder, patience(), lambda: report(_waiting(folder))):
        try:
            yield
        finally:
            if is_new:
                with suppress(OSError):  # it holds something
                    folder.rmdir()


def patience() -> float:
    """Return how many seconds another writer is waited for; raises `ParameterError` for what is no number."""
    given = os.environ.get(VARIABLE) or WAIT
    try:
        return float(given)
    except ValueError:
        raise ParameterError(f"${VARIABLE} is {given!r}", mend="give a number of seconds") from None


def _waiting(folder: Path) -> str:
    return f"{folder}: waiting for another process that is writing to it"


def add_all(
    store: Store, summary: Summary, read: Sequence[Read], report: Progress = silent
) -> tuple[Summary, tuple[bool | ArticleError, ...]]:
    """Add articles in one step, all or none; say of each whether it is new, or why it cannot be added.

    What they bring into a store on disk is validated; what is wrong is among the summary's problems. Raises
    `StoreError` where the user's own folders have changed since the store was built.
    """
    with changing(store, summary, report) as now:
        if now.overlays != summary.overlays:
            message = "the store was built again with other folders meanwhile"
            raise StoreError(message, mend="add the article again")
        new: dict[str, Read] = {}
        texts, outcomes = set[str](), list[bool | ArticleError]()
        for article, claims in read:
            if article.sha256 in texts or is_text_held(store, article):
                outcomes.append(_known_otherwise(store, article) or False)
            elif article.id in new or any(store.match(ARTICLE[article.id], RDF.type, G60.Article)):
                message = f"another article is named {article.id!r}"
                outcomes.append(ArticleError(message, mend="rename the file, or remove the other"))
            else:
                new[article.id] = article, claims
                texts.add(article.sha256)
                outcomes.append(True)
        return _added(store, now, [*new.values()], report) if new else now, tuple(outcomes)


def is_text_held(store: Store, article: Article) -> bool:
    """Tell whether a store has an article of the same text, whatever it is called."""
    return any(store.match(None, G60.sha256, Literal(article.sha256)))


def _known_otherwise(store: Store, article: Article) -> ArticleError | None:
    """Return why an article that is held is not as it is given now: it has another title, date or address."""
    node = ARTICLE[article.id]
    if any(store.match(node, G60.sha256, Literal(article.sha256))):
        facts = (("title", DCTERMS.title), ("date", DCTERMS.date), ("url", DCTERMS.source))
        for (name, predicate), given in zip(facts, (article.title, article.date, article.url), strict=True):
            held = value(store, node, predicate)
            if given is not None and given != (held and held.value):
                message = f"{article.id} is held with another {name}, {held.value if held else 'none'}"
                mend = f"to change it, run `g60kg remove {article.id}`, then add it again"
                return ArticleError(message, mend=mend)
    return None


def _added(store: Store, summary: Summary, new: Sequence[Read], report: Progress) -> Summary:
    overlays = summary.overlays
    if not overlays.is_empty and overlays.again() != overlays:
        message = "the register or the frames have changed since the graph was built"
        raise StoreError(message, mend="build it again, with the same folders")
    decisions, ids = stages.decisions_of(store, overlays), [article.id for article, _ in new]
    quads, named = list[Quad](), list[Claim]()
    for article, claims in new:
        said = decide(stages.claims_of(article, overlays) if claims is None else claims, decisions)
        quads += stages.quads_of(article, said)
        named += said
    more, fewer = changed_repeats(store, quads)
    if isinstance(store, DiskStore):
        for article, _ in new:
            put_aside(store.folder, article)
    now = replace(summary, added=tuple(sorted({*summary.added, *ids})))
    now = _apply(store, now, [*quads, *quads_to_add(store, overlays, named), *more], fewer)
    if isinstance(store, DiskStore):
        if wrong := problems_of(store, ids):
            now = replace(now, problems=tuple(dict.fromkeys((*now.problems, *wrong))))
            store.note(now.to_json())
        if store.steps % STEPS == 0:
            compact(store, report)
    return now


def compact(store: DiskStore, report: Progress) -> None:
    """Write the files of a store anew; where that fails, `report` is told: it answers alike."""
    report("compact")
    try:
        store.compact()
    except StoreError as error:
        report(f"not compacted: {error}")


def remove(store: Store, summary: Summary, name: str, report: Progress) -> Summary:
    """Take an article back, as `KnowledgeGraph.remove` does."""
    with changing(store, summary, report) as now:
        article = find_article(store, name)
        graphs = article_graph(article), claims_graph(article)
        gone = [quad for graph in graphs for quad in store.match(graph=graph)]
        gone += quads_to_remove(store, now.overlays, gone)
        more, fewer = changed_repeats(store, gone=[article])
        if isinstance(store, DiskStore):
            take_down(store.folder, article)
        added = tuple(sorted({*now.added} - {article}))
        return _apply(store, replace(now, added=added, problems=()), more, [*gone, *fewer])


def _apply(store: Store, summary: Summary, new: Sequence[Quad], gone: Sequence[Quad]) -> Summary:
    """Add or take back the quads of articles with what follows; return the summary of the graph after it."""
    add, less, found = [*new], [*gone], summary.contradictions
    if summary.reasoner != "none":
        from g60kg.reason import StoreFacts, extend, retract

        if lost := [*_unsaid(store, gone)]:
            delta = retract(stages.rules(), StoreFacts(store), lost)
            went = set(gone)
            kept = (quad for quad in store.match() if quad not in went)
            found = found and tuple(map(str, stages.reasoned(stages.facts_of(kept)).contradictions))
        else:
            delta = extend(stages.rules(), StoreFacts(store), stages.facts_of(new))
            found = tuple(sorted({*found, *map(str, delta.contradictions)}))
        add += stages.inferred_quads(delta.added)
        less += stages.inferred_quads(delta.removed)
    counts = stages.counts_after(summary.counts, add, less)
    now = replace(summary, inputs="", counts=counts, contradictions=found)
    about: dict[str, Any] = {"about": now.to_json()} if isinstance(store, DiskStore) else {}
    store.apply(add=add, remove=less, **about)
    return now


def _unsaid(store: Store, gone: Sequence[Quad]) -> Iterator[Triple]:
    """Yield the facts among quads that nothing else in the store says."""
    from g60kg.reason.vocabulary import as_fact

    lost = set(gone)
    for triple in stages.facts_of(gone):
        said = (quad for quad in store.match(*as_fact(triple)) if quad not in lost)  # type: ignore[arg-type]
        others = {quad.graph_name for quad in said} - {INFERRED_GRAPH}
        if not any(str(graph).startswith(f"<{GRAPH.base}") for graph in others):
            yield triple
