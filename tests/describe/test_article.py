"""Texts are cut where names and claims begin and end, and lose nothing by it."""

import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from g60kg.article import Article
from g60kg.describe.overview import about_article
from g60kg.describe.segments import Reading, part_starts, read_article
from g60kg.kg import KnowledgeGraph
from g60kg.kg.claims import marked_sentences
from g60kg.kg.shelf import article_text
from g60kg.kg.stages import PACKAGED
from g60kg.store import MemoryStore, Store
from g60kg.terms import ARTICLE, DCTERMS, G60, claims_graph

ID = "2023-07-11-g60-corridor"
SHORT = 4_000
"""Characters of a part, for long texts take long to be read."""


def article_of(store: Store, name: str, at: int = 0) -> Reading:
    return read_article(
        store, name, article_text(store, name), lambda part: marked_sentences(part, PACKAGED), at
    )


def text_of(reading: Reading) -> str:
    pieces = (piece for paragraph in reading.paragraphs for piece in paragraph)
    return "".join(segment.text for piece in pieces for segment in piece.segments)


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("g60kg.describe.segments.part_starts", lambda text: part_starts(text, SHORT))


@pytest.fixture(scope="module")
def kg(packaged: KnowledgeGraph) -> KnowledgeGraph:
    return packaged


@pytest.fixture(scope="module")
def long(packaged_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeGraph, Article]:
    """A graph on disk with an article of several parts, between whose paragraphs stand strange line ends."""
    line = "Tencent is located in Songjiang.\r\n\r\n\x0bNothing of note happened in the meantime. \n\n\n"
    article = Article(
        "long", "\n \n" + line * (3 * SHORT // len(line)) + "Haier is located in Wuhu.", date="2024-01-02"
    )
    graph = KnowledgeGraph.open(shutil.copytree(packaged_store, tmp_path_factory.mktemp("long") / "store"))
    graph.add(article)
    return graph, article


def test_the_segments_are_the_text_and_the_quotes_its_claims(kg: KnowledgeGraph) -> None:
    reading = article_of(kg.store, ID)
    article = article_text(kg.store, ID)
    assert article is not None
    assert text_of(reading) == article.text
    quotes = [q for p in reading.paragraphs for piece in p for q in piece.quotes]
    assert sorted(c.node.value for q in quotes for c in q.claims) == sorted(
        c.node.value for c in reading.claims
    )
    for paragraph in reading.paragraphs:
        for quoted in (q for piece in paragraph for q in piece.quotes):
            runs = [s.text for piece in paragraph for s in piece.segments if quoted.number in s.quotes]
            assert "".join(runs) == article.text[quoted.start : quoted.end]


@pytest.mark.usefixtures("short_parts")
def test_a_long_text_is_shown_in_parts_that_leave_nothing_out(long: tuple[KnowledgeGraph, Article]) -> None:
    graph, article = long
    first = article_of(graph.store, "long")
    assert len(first.starts) > 2
    parts = [article_of(graph.store, "long", at=start) for start in first.starts]
    assert [each.part for each in parts] == list(range(1, len(parts) + 1))
    assert "".join(map(text_of, parts)) == article.text
    claims = sum(1 for _ in graph.store.match(None, None, G60.Claim, claims_graph("long")))
    assert sum(len(each.claims) for each in parts) == claims > 100


@pytest.mark.usefixtures("short_parts")
def test_a_place_is_in_the_part_that_has_it(long: tuple[KnowledgeGraph, Article]) -> None:
    graph, article = long
    last = article.text.index("Haier")
    found = article_of(graph.store, "long", at=last)
    assert found.part == len(found.starts)
    assert "Haier is located in Wuhu." in text_of(found)


@pytest.mark.usefixtures("short_parts")
def test_a_long_article_without_paragraphs_is_shown_in_parts(own_store: Path) -> None:
    ends = "Tencent is located in Songjiang. ", "Haier is located in Songjiang."
    text = "Nothing more is said. ".join(("", *("" for _ in range(SHORT // 10)))).join(ends)
    graph = KnowledgeGraph.open(own_store)
    graph.add(Article("long", text, date="2024-01-02"))
    reading = article_of(graph.store, "long")
    assert len(reading.starts) == 2
    found = [article_of(graph.store, "long", at=start) for start in reading.starts]
    assert "".join(map(text_of, found)) == text
    assert [[claim.words.quote for claim in each.claims] for each in found] == [
        ["Tencent is located in Songjiang"],
        ["Haier is located in Songjiang"],
    ]


def test_an_address_that_is_no_page_is_no_link() -> None:
    url = Quad(ARTICLE["odd"], DCTERMS.source, NamedNode("javascript:alert(1)"), claims_graph("odd"))
    assert about_article(MemoryStore([url]), "odd").url == ""


def test_where_nobody_has_the_text_the_quotes_stand_alone(changing: KnowledgeGraph) -> None:
    graph = changing
    graph.add(Article("kept-nowhere", "Tencent is located in Songjiang.", date="2024-01-02"))
    assert article_text(graph.store, "kept-nowhere") is None
    found = article_of(graph.store, "kept-nowhere")
    assert not found.has_text
    assert [claim.words.quote for claim in found.claims] == ["Tencent is located in Songjiang"]


def test_another_text_of_the_same_name_is_not_taken_for_it(changing: KnowledgeGraph) -> None:
    graph = changing
    hashes = list(graph.store.match(ARTICLE[ID], G60.sha256))
    graph.store.apply(remove=hashes)
    assert article_text(graph.store, ID) is None


@given(st.text(alphabet="ab\n \r", max_size=60), st.integers(1, 9))
def test_parts_begin_behind_line_ends_where_they_can_and_are_long_enough(text: str, size: int) -> None:
    starts = part_starts(text, size)
    assert starts[0] == 0
    for before, start in pairwise(starts):
        assert text[start - 1] == "\n" or "\n" not in text[before + size - 1 : before + 2 * size]
    assert all(later - start >= size for start, later in pairwise(starts))
