"""The text of an article is had again from where it was kept, and from nowhere else."""

from pathlib import Path

import pytest

from g60kg.article import Article
from g60kg.kg import KnowledgeGraph, Overlays
from g60kg.kg.claims import marked_sentences
from g60kg.kg.shelf import article_text, settle, take_down
from g60kg.store import DiskStore

PACKAGED = "2023-07-11-g60-corridor"
ADDED = Article("added", "Tencent is located in Songjiang.", date="2024-01-02")


@pytest.fixture
def kg(own_store: Path) -> KnowledgeGraph:
    graph = KnowledgeGraph.open(own_store)
    graph.add(ADDED)
    return graph


def test_a_packaged_article_and_an_added_one_are_had_again(kg: KnowledgeGraph) -> None:
    found = article_text(kg.store, PACKAGED)
    assert found is not None
    assert found.text.startswith(" date 2023-07-11")
    assert article_text(kg.store, "added") == ADDED


def test_what_is_not_held_or_lost_is_none(kg: KnowledgeGraph) -> None:
    assert article_text(kg.store, "no-such") is None
    assert isinstance(kg.store, DiskStore)
    take_down(kg.store.folder, "added")
    assert article_text(kg.store, "added") == ADDED  # until the store is changed
    settle(kg.store.folder, [])
    assert article_text(kg.store, "added") is None


def test_a_damaged_text_is_none(kg: KnowledgeGraph) -> None:
    assert isinstance(kg.store, DiskStore)
    shelf = next((kg.store.folder / "articles").iterdir())
    shelf.write_text(shelf.read_text("utf-8").replace("Tencent", "Tencents"), "utf-8")
    assert article_text(kg.store, "added") is None
    shelf.write_text("{", "utf-8")
    assert article_text(kg.store, "added") is None


def test_it_reads_without_the_folders_that_are_gone(tmp_path: Path) -> None:
    gone = Overlays(register=(str(tmp_path / "gone"),), content="x")
    assert [each.text for each in marked_sentences(ADDED, gone)] == [ADDED.text]
