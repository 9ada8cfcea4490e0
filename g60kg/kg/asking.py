"""Answering questions in plain words; what a store holds is laid out once, and again when it has changed."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pyoxigraph import NamedNode

from g60kg.ask import Asker, Sentence, Source, everyday
from g60kg.describe.claims import claims_in
from g60kg.describe.evidence import with_evidence
from g60kg.describe.figures import name_of
from g60kg.describe.lookup import text
from g60kg.describe.overview import article_ids
from g60kg.describe.proofs import explain
from g60kg.errors import UnknownName
from g60kg.kg.claims import marked_sentences
from g60kg.kg.overlays import Overlays, Summary
from g60kg.kg.shelf import article_text
from g60kg.kg.stages import rules, stored_queries
from g60kg.query import run
from g60kg.store import Store
from g60kg.terms import ARTICLE, DCTERMS, ID

if TYPE_CHECKING:
    from g60kg.query import Rows

_askers: WeakKeyDictionary[Store, tuple[Any, Asker]] = WeakKeyDictionary()


def asker(store: Store, summary: "Summary") -> Asker:
    """Return what answers the questions of a store."""
    kept, held = _askers.get(store), (summary.overlays, article_ids(store))
    if kept is None or kept[0] != held:
        kept = _askers[store] = held, Asker(_source(store, summary.overlays))
    return kept[1]


def nearer(store: Store, error: UnknownName) -> UnknownName:
    """Return the error of a name that nothing bears, first with what it stands for in everyday words."""
    meant = [name_of(store, ID[each]) for each in everyday(error.name)] if type(error) is UnknownName else []
    return UnknownName(error.name, list(dict.fromkeys([*meant, *error.nearest]))) if meant else error


def _source(store: Store, overlays: Overlays) -> Source:
    @lru_cache(maxsize=64)
    def rows(name: str, values: tuple[tuple[str, str], ...], quoted: bool) -> "Rows":
        found = run(store, asked := stored_queries()[name], dict(values))
        return with_evidence(store, asked, found, rules) if quoted else found

    def query(name: str, values: dict[str, str] | None = None, *, quoted: bool = False) -> "Rows":
        return rows(name, tuple((values or {}).items()), quoted)

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
    found = []
    for each in marked_sentences(article, overlays):
        meant = (it.meaning.partition(" ")[0] for it in each.marked if it.kind in ("known", "repaired"))
        known = frozenset(it.removeprefix("id:") for it in meant if it.startswith("id:"))
        found.append(Sentence(name, title, date, each.start, each.end, each.text, known))
    return found


def _quotes(store: Store, name: str) -> list[Sentence]:
    """Return the words that claims quote from an article, those that overlap as one."""
    title, date = text(store, ARTICLE[name], DCTERMS.title) or name, text(store, ARTICLE[name], DCTERMS.date)
    found: list[Sentence] = []
    quoted = (claim.words for claim in claims_in(store, name))
    for each in sorted(quoted, key=lambda words: (words.start, -words.end)):
        if not found or each.start >= found[-1].end:
            found.append(Sentence(name, title, date, each.start, each.end, each.quote))
        elif each.end > (last := found[-1]).end:
            joined = last.text + each.quote[last.end - each.start :]
            found[-1] = last._replace(end=each.end, text=joined)
    return found
