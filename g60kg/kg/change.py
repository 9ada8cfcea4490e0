"""Adding an article to a graph and taking one back.

Goes in: a store and an article. Comes out: the store changed in one step, with its new summary: the
article's quads, and the difference that it makes to what is inferred. The cost grows with the article.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from g60kg.describe.articles import article_ids, find_article
from g60kg.errors import ArticleError, StoreError
from g60kg.kg import stages
from g60kg.kg.shelf import drop_article, keep_article
from g60kg.kg.summary import Summary
from g60kg.model import Article, Claim
from g60kg.store import DiskStore, Store
from g60kg.terms import G60, GRAPH, INFERRED_GRAPH, article_graph, claims_graph


@dataclass(frozen=True, slots=True)
class Change:
    """Quads to add and to remove, with the contradictions there are after it."""

    add: tuple[Quad, ...]
    remove: tuple[Quad, ...]
    contradictions: tuple[str, ...]


def add(
    store: Store, summary: Summary, article: Article, claims: tuple[Claim, ...] | None = None
) -> tuple[Summary, bool]:
    """Add an article; the second value is False where its text is held already.

    `claims` are those of the article where they were extracted before. Raises `ArticleError` where another
    text has its id, `StoreError` where the user's own folders have changed since the store was built.
    """
    if any(store.match(None, G60.sha256, Literal(article.sha256))):
        return summary, False
    if article.id in article_ids(store):
        message = f"another article is named {article.id!r}"
        raise ArticleError(message, mend="rename the file, or remove the other")
    _check_own(summary)
    decisions = stages.decisions_of(store.folder, summary.own) if isinstance(store, DiskStore) else ()
    said = stages.decided(stages.claims_of(article, summary.own) if claims is None else claims, decisions)
    quads = stages.quads_of(article, said)
    change = _with_consequences(store, summary, quads)
    if isinstance(store, DiskStore):
        keep_article(store.folder, article)
    return _apply(store, replace(summary, added=tuple(sorted({*summary.added, article.id}))), change), True


def _check_own(summary: Summary) -> None:
    """Refuse to mix what two states of the user's folders say."""
    if not summary.own.is_empty and summary.own.again() != summary.own:
        message = "the register or the frames have changed since the graph was built"
        raise StoreError(message, mend="build it again, with the same folders")


def remove(store: Store, summary: Summary, name: str) -> Summary:
    """Take an article back, with all that only it supported.

    Raises `UnknownArticle` with the nearest ids.
    """
    article = find_article(store, name)
    graphs = article_graph(article), claims_graph(article)
    gone = tuple(quad for graph in graphs for quad in store.match(graph=graph))
    change = _without_consequences(store, summary, gone)
    after = _apply(store, replace(summary, added=tuple(set(summary.added) - {article})), change)
    if isinstance(store, DiskStore):
        drop_article(store.folder, article)
    return after


def _with_consequences(store: Store, summary: Summary, new: tuple[Quad, ...]) -> Change:
    """Return the change that adds quads and what follows from them."""
    from g60kg.reason import StoreFacts, extend

    if summary.reasoner == "none":
        return Change(new, (), ())
    delta = extend(stages.rules(), StoreFacts(store), stages.facts_of(new))
    found = sorted({*summary.contradictions, *map(str, delta.contradictions)})
    return _change(new, (), delta.added, delta.removed, found)


def _without_consequences(store: Store, summary: Summary, gone: tuple[Quad, ...]) -> Change:
    """Return the change that removes quads and what followed from them alone."""
    from g60kg.reason import StoreFacts, retract

    if summary.reasoner == "none":
        return Change((), gone, ())
    delta = retract(stages.rules(), StoreFacts(store), _unsaid(store, gone))
    found: tuple[str, ...] = ()
    if summary.contradictions:
        lost = set(gone)
        kept = (quad for quad in store.match() if quad not in lost)
        found = tuple(map(str, stages.closure_of(kept, "compiled").contradictions))
    return _change((), gone, delta.added, delta.removed, found)


def _change(
    new: tuple[Quad, ...],
    gone: tuple[Quad, ...],
    added: Iterable[Triple],
    removed: Iterable[Triple],
    contradictions: Iterable[str],
) -> Change:
    inferred, lost = stages.inferred_quads(added), stages.inferred_quads(removed)
    return Change((*new, *inferred), (*gone, *lost), tuple(contradictions))


def _unsaid(store: Store, gone: tuple[Quad, ...]) -> Iterator[Triple]:
    """Yield the facts among quads that nothing else in the store says."""
    graphs = {quad.graph_name for quad in gone} | {INFERRED_GRAPH}
    for triple in stages.facts_of(gone):
        others = {quad.graph_name for quad in store.match(*_parts(triple))} - graphs
        if not any(str(graph).startswith(f"<{GRAPH.base}") for graph in others):
            yield triple


def _parts(triple: Triple) -> tuple[NamedNode | BlankNode, NamedNode, NamedNode | BlankNode | Literal]:
    subject, value = triple.subject, triple.object
    assert not isinstance(subject, Triple)
    assert not isinstance(value, Triple)
    return subject, triple.predicate, value


def _apply(store: Store, summary: Summary, change: Change) -> Summary:
    """Apply a change, and return the summary of the graph after it."""
    plus, minus = stages.counts_of(change.add), stages.counts_of(change.remove)
    counts = {name: summary.counts.get(name, 0) + plus[name] - minus[name] for name in plus}
    now = replace(summary, inputs="", counts=counts, contradictions=change.contradictions, problems=())
    if isinstance(store, DiskStore):
        store.apply(add=change.add, remove=change.remove, about=now.to_json())
    else:
        store.apply(add=change.add, remove=change.remove)
    return now
