"""Adding and removing articles: the graph is the one that building without them gives."""

from pathlib import Path

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.errors import ArticleError, StoreError, UnknownArticle
from g60kg.store import DiskStore

TEXTS = (
    "Wuhu covers an area of 6,026 square kilometers with a population of about 3.7 million.",
    "Hefei covers an area of 11,445 square kilometers with a population of about 9.8 million.",
    "Jiaxing covers an area of 4,275 square kilometers with a population of about 5.5 million.",
)
ARTICLES = tuple(Article(f"a{number}", text, date="2024-01-01") for number, text in enumerate(TEXTS))


def test_added_and_taken_back_is_as_before(changing: KnowledgeGraph) -> None:
    before, summary = set(changing.store.match()), changing.summary
    assert changing.add(ARTICLES[0])
    assert set(changing.store.match()) > before
    assert changing.summary.counts["claims"] > summary.counts["claims"]
    changing.remove("a0")
    assert set(changing.store.match()) == before
    assert changing.summary.counts == summary.counts


def test_the_same_text_twice_changes_nothing(changing: KnowledgeGraph) -> None:
    changing.add(ARTICLES[0])
    held = set(changing.store.match())
    assert not changing.add(ARTICLES[0])
    assert not changing.add(Article("other-name", TEXTS[0]))
    assert set(changing.store.match()) == held


def test_another_text_of_one_name_is_refused(changing: KnowledgeGraph) -> None:
    changing.add(ARTICLES[0])
    with pytest.raises(ArticleError, match="another article is named 'a0'; rename the file"):
        changing.add(Article("a0", TEXTS[1]))


def test_removing_what_is_not_held(changing: KnowledgeGraph) -> None:
    with pytest.raises(UnknownArticle, match="no article '2023-07-11-g60'; nearest: 2023-07-11-g60-corridor"):
        changing.remove("2023-07-11-g60")


def test_the_packaged_article_can_go_too(changing: KnowledgeGraph) -> None:
    changing.remove("article:2023-07-11-g60-corridor")
    assert not len(changing.articles())
    assert changing.summary.counts["claims"] == 0


def test_what_fails_halfway_leaves_the_text_where_it_was(
    own_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kg = KnowledgeGraph.open(own_store)
    kg.add(ARTICLES[0])

    def fail(*given: object, **more: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(DiskStore, "apply", fail)
    for change in (lambda: kg.remove("a0"), lambda: kg.add(ARTICLES[1])):
        with pytest.raises(StoreError, match="the disk is full"):
            change()
        assert [path.suffix for path in (own_store / "articles").iterdir()] == [".json"]
