"""Adding an article to a graph and taking one back.

Goes in: a store and an article. Comes out: the store changed in one step, with its new summary: the
article's quads, and the difference that it makes to what is inferred.
"""

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import Literal, Quad

from g60kg.errors import ArticleError
from g60kg.kg import stages
from g60kg.kg.articles import article_ids, find_article
from g60kg.kg.shelf import drop_article, keep_article
from g60kg.kg.summary import Summary
from g60kg.model import Article
from g60kg.store import DiskStore, Store
from g60kg.terms import G60, INFERRED_GRAPH, article_graph, claims_graph


def add(store: Store, summary: Summary, article: Article) -> tuple[Summary, bool]:
    """Add an article; the second value is False where its text is held already.

    Raises `ArticleError` where another text has its id.
    """
    if any(store.match(None, G60.sha256, Literal(article.sha256))):
        return summary, False
    if article.id in article_ids(store):
        raise ArticleError(
            f"another article is named {article.id!r}", mend="rename the file, or remove the other"
        )
    quads = stages.quads_of(article, stages.claims_of(article))
    added = tuple(sorted({*summary.added, article.id}))
    if isinstance(store, DiskStore):
        keep_article(store.folder, article)
    return _changed(store, replace(summary, added=added), quads, ()), True


def remove(store: Store, summary: Summary, name: str) -> Summary:
    """Take an article back, with all that only it supported.

    Raises `UnknownArticle` with the nearest ids.
    """
    article = find_article(store, name)
    graphs = article_graph(article), claims_graph(article)
    gone = [quad for graph in graphs for quad in store.match(graph=graph)]
    added = tuple(each for each in summary.added if each != article)
    after = _changed(store, replace(summary, added=added), (), gone)
    if isinstance(store, DiskStore):
        drop_article(store.folder, article)
    return after


def _changed(store: Store, summary: Summary, new: Iterable[Quad], gone: Iterable[Quad]) -> Summary:
    """Apply a change with its consequences, and return the summary of the graph after it."""
    held = set(store.match())
    said = {quad for quad in held if quad.graph_name != INFERRED_GRAPH}
    after = (said - set(gone)) | set(new)
    inferred, contradictions = stages.reasoned(after, summary.reasoner)
    whole = after | set(inferred)
    now = replace(
        summary, inputs="", counts=stages.counts_of(whole), contradictions=contradictions, problems=()
    )
    _apply(store, now, whole - held, held - whole)
    return now


def _apply(store: Store, summary: Summary, new: set[Quad], gone: set[Quad]) -> None:
    if isinstance(store, DiskStore):
        store.apply(add=new, remove=gone, about=summary.to_json())
    else:
        store.apply(add=new, remove=gone)
