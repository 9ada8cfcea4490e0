"""Building: on disk, again, and with articles added."""

from pathlib import Path

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.errors import ParameterError, StoreError
from g60kg.kg import build as build_module
from g60kg.kg import stages

ARTICLE = Article("news", "Wuhu covers an area of 6,026 square kilometers.", date="2024-01-01")


def build(folder: Path, reasoner: str = "compiled") -> KnowledgeGraph:
    """Build without validation, which takes longer than all the rest."""
    return KnowledgeGraph.build(folder, reasoner=reasoner, validate=False)


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every stage fail, to prove that none runs."""

    def fail(*arguments: object) -> None:
        raise AssertionError("a stage ran")

    for name in ("packaged_articles", "claims_of", "ground_quads", "reasoned"):
        monkeypatch.setattr(stages, name, fail)


def test_the_summary_counts_and_times(packaged: KnowledgeGraph) -> None:
    assert packaged.summary.counts["articles"] == 1
    assert list(packaged.summary.seconds) == ["read", "extract", "assemble", "reason"]
    assert "inferred facts" in str(packaged.summary)


@pytest.mark.usefixtures("no_work")
def test_a_second_build_does_no_work(own_store: Path) -> None:
    first, second = KnowledgeGraph.open(own_store), build(own_store)
    assert not second.is_new
    assert second.summary == first.summary


def test_changed_inputs_build_anew(own_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(own_store, "none").is_new
    monkeypatch.setattr(build_module, "inputs_hash", lambda *_: "another")
    assert build(own_store, "none").is_new


@pytest.mark.usefixtures("unvalidated")
def test_an_added_article_survives_a_build_whose_stages_are_reported_and_timed(own_store: Path) -> None:
    kg, seen = KnowledgeGraph.open(own_store), list[str]()
    kg.add(ARTICLE)
    held = set(kg.store.match())
    again = KnowledgeGraph.build(own_store, report=seen.append)
    assert again.is_new
    assert set(again.store.match()) == held
    assert seen == list(again.summary.seconds) == ["read", "extract", "assemble", "reason", "validate"]
    assert not KnowledgeGraph.build(own_store).is_new
    again.remove("news")
    assert "news" not in str(build(own_store, "none").articles())
    assert not list((own_store / "articles").iterdir())


def test_a_lost_text_is_named(own_store: Path) -> None:
    KnowledgeGraph.open(own_store).add(ARTICLE)
    for path in (own_store / "articles").iterdir():
        path.write_text("{")
    with pytest.raises(StoreError, match="remove the article and add it again"):
        build(own_store)


def test_without_reasoning_nothing_is_inferred() -> None:
    assert KnowledgeGraph.build(reasoner="none").summary.counts["inferred facts"] == 0
    with pytest.raises(ParameterError, match="no reasoner 'best'; choose one of compiled"):
        KnowledgeGraph.build(reasoner="best")
