"""Answering questions in plain words; what a store holds is laid out once, and again when it has changed."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pyoxigraph import Literal, NamedNode

from g60kg.ask import Asker, Sentence, Source
from g60kg.describe.articles import article_ids
from g60kg.describe.lookup import rows_of
from g60kg.describe.proofs import explain
from g60kg.kg.overlays import Overlays
from g60kg.kg.stages import rules, stored_queries
from g60kg.kg.texts import article_text, marked_sentences
from g60kg.query import run
from g60kg.store import Store
from g60kg.terms import ARTICLE, DCTERMS

if TYPE_CHECKING:
    from g60kg.kg.summary import Summary
    from g60kg.query import Rows

_QUOTES = """
SELECT DISTINCT ?start ?end ?quote {
  ?claim prov:wasQuotedFrom ?entity ; oa:hasTarget/oa:hasSelector ?place, ?words .
  ?place oa:start ?start ; oa:end ?end . ?words oa:exact ?quote .
}
"""
_askers: WeakKeyDictionary[Store, tuple[Any, Asker]] = WeakKeyDictionary()


def asker(store: Store, summary: "Summary") -> Asker:
    """Return what answers the questions of a store."""
    kept, held = _askers.get(store), (summary.overlays, article_ids(store))
    if kept is None or kept[0] != held:
        kept = _askers[store] = held, Asker(_source(store, summary.overlays))
    return kept[1]


def _source(store: Store, overlays: Overlays) -> Source:
    def query(name: str, values: dict[str, str] | None = None) -> "Rows":
        return run(store, stored_queries()[name], values)

    @lru_cache(maxsize=1024)
    def why(subject: NamedNode, predicate: NamedNode, value: Any) -> Any:
        return explain(store, rules(), subject, predicate, value)

    sentences = tuple(each for name in article_ids(store) for each in _sentences(store, name, overlays))
    return Source(store, sentences, query, why)


def _sentences(store: Store, name: str, overlays: Overlays) -> list[Sentence]:
    """Return the sentences of an article, or what claims quote of one whose text is gone."""
    article = article_text(store, name)
    if article is None:
        return _quotes(store, name)
    title, date = article.title or name, article.date or ""
    return [
        Sentence(name, title, date, each.start, each.end, each.text, _known(each.marked))
        for each in marked_sentences(article, overlays)
    ]


def _quotes(store: Store, name: str) -> list[Sentence]:
    """Return the words that claims quote from an article, the longest of those that overlap."""
    about = {
        quad.predicate: quad.object.value
        for quad in store.match(ARTICLE[name])
        if isinstance(quad.object, Literal)
    }
    title, date = about.get(DCTERMS.title, name), about.get(DCTERMS.date, "")
    rows = [
        (int(row["start"].value), int(row["end"].value), row["quote"].value)
        for row in rows_of(store, _QUOTES, ARTICLE[name])
    ]
    found: list[Sentence] = []
    for start, end, quote in sorted(rows, key=lambda row: (row[0], -row[1])):
        if not found or start >= found[-1].end:
            found.append(Sentence(name, title, date, start, end, quote))
    return found


def _known(marked: Any) -> frozenset[str]:
    """Return the ids of the things that a sentence names."""
    meant = (mark.meaning.partition(" ")[0] for mark in marked if mark.kind in ("known", "repaired"))
    return frozenset(each.removeprefix("id:") for each in meant if each.startswith("id:"))
