"""Known names: the longest, whole, and each repair only where it applies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g60kg.model import Entity
from g60kg.terms import curie
from g60kg.text.marks import Mark
from g60kg.text.scanning import fold
from g60kg.text.view import make_view
from tests.extract.packaged import corridor, lexicon

TRANSLATED = corridor().note


def marks(text: str, note: str | None = None) -> list[Mark]:
    return list(lexicon().names.marks(make_view(text).text, note))


def found(text: str, note: str | None = None) -> dict[str, str]:
    """Return each name found with its entity's id."""
    plain = make_view(text).text
    named = lexicon().names.marks(plain, note)
    return {
        plain[mark.start : mark.end]: curie(mark.meaning.iri).removeprefix("id:")
        for mark in named
        if isinstance(mark.meaning, Entity)
    }


def test_cities_of_like_names_stay_apart() -> None:
    assert found("Suzhou, Huzhou and Suhzou") == {"Suzhou": "suzhou", "Huzhou": "huzhou"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Songjiang District", {"Songjiang District": "songjiang"}),
        ("the Yangtze River Delta Region", {"Yangtze River Delta Region": "yangtze-river-delta"}),
        (
            "Songjiang Export Processing Zone",
            {"Songjiang Export Processing Zone": "songjiang-export-processing-zone"},
        ),
        ("the 沪嘉杭G60科创走廊", {"沪嘉杭G60科创走廊": "g60-corridor"}),
        (
            "the Songjiang New City Headquarters R&D Function Zone",
            {"Songjiang New City Headquarters R&D Function Zone": "songjiang-new-city-headquarters-zone"},
        ),
        (
            "People’s Insurance Company (Group) of China",
            {"People's Insurance Company (Group) of China": "picc"},
        ),
    ],
)
def test_the_longest_name_is_found(text: str, expected: dict[str, str]) -> None:
    assert found(text) == expected


def test_a_name_is_a_whole_word() -> None:
    assert found("Wuhus, xWuhu, Wuhu1, WuhuHefei, Suzhouese") == {}
    assert found("Wuhu-based, (Wuhu), “Wuhu”; Wuhu’s") == {"Wuhu": "wuhu"}


def test_a_proper_name_has_its_capital() -> None:
    assert found("songjiang") == {}
    assert found("SONGJIANG and Songjiang DISTRICT") == {
        "SONGJIANG": "songjiang",
        "Songjiang DISTRICT": "songjiang",
    }


def test_a_common_noun_needs_none() -> None:
    assert found("Artificial intelligence, New Energy and biomedicine") == {
        "Artificial intelligence": "artificial-intelligence",
        "New Energy": "new-energy",
        "biomedicine": "biomedicine",
    }


def test_a_chinese_name_needs_no_blank_around_it() -> None:
    assert found("松江区和嘉兴市；洞泾人工智能产业基地") == {
        "松江区": "songjiang",
        "嘉兴市": "jiaxing",
        "洞泾人工智能产业基地": "dongjing-artificial-intelligence-industrial-base",
    }


def test_tokyo_alone_stays_tokyo() -> None:
    base = "Tokyo Artificial Intelligence Industrial Base"
    (tokyo,) = marks("Tokyo is far", TRANSLATED)
    assert isinstance(tokyo.meaning, Entity)
    assert (tokyo.meaning.label, tokyo.repair) == ("Tokyo", None)
    (dongjing,) = marks(base, None)
    assert isinstance(dongjing.meaning, Entity)
    assert dongjing.meaning.label == "Dongjing Artificial Intelligence Industrial Base"
    assert dongjing.meaning.surface == base
    assert dongjing.repair is not None
    assert dongjing.repair.surface == base
    assert "Dongjing" in dongjing.repair.reason or "洞泾" in dongjing.repair.reason


@pytest.mark.parametrize(
    ("text", "id"), [("Matsue", "songjiang"), ("Matsue City", "songjiang"), ("in Japan", "china")]
)
def test_a_repair_applies_only_in_translated_articles(text: str, id: str) -> None:
    assert found(text, TRANSLATED) == {text: id}
    assert found(text, "A plain article.") == found(text, None) != {text: id}


def test_every_garbled_name_of_the_article_is_repaired() -> None:
    """The garbled names that the domain's table lists stand in the article, and each is repaired."""
    read = lexicon().annotate(corridor())
    repaired = {mark.repair.surface for mark in read.marks if mark.repair is not None}
    assert {
        "Matsue",
        "Matsue City",
        "Tokyo Artificial Intelligence Industrial Base",
        "Linhang Songjiang Science and Technology City",
        "Songjiang Science and Technology Film Park",
        "Songjiang University Urban Entrepreneurship Innovation Cluster Zone",
        "Songjiang Intelligent Logistics Functional Zone",
        "Zhengtai Qidi Smart Electric Port",
        "Super Semiconductor",
        "in Japan",
    } <= repaired


def test_misspelt_names_are_repaired_anywhere() -> None:
    assert found("Xiancheng and Auster") == {"Xiancheng": "xuancheng", "Auster": "austar"}


def test_a_possessive_name_is_parted() -> None:
    assert found("Tencent’s G60 artificial intelligence advanced computing center") == {
        "Tencent": "tencent",
        "G60 artificial intelligence advanced computing center": "tencent-yrd-ai-computing-center",
    }


def test_every_right_name_is_found_when_it_stands_alone() -> None:
    for name in lexicon().register.names():
        bearers = {entry.id for entry in lexicon().register.find(name.name)}
        if name.garbled is None and len(bearers) == 1:
            spans = [(mark.start, mark.end) for mark in marks(name.name)]
            assert spans, name.name
            assert (spans[0][0], spans[-1][1]) == (0, len(make_view(name.name).text)), name.name


@given(st.text(max_size=60))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(
    st.lists(
        st.sampled_from(["Songjiang", "Wuhu", "İ", "ß", "ﬁ", " ", ", ", "new energy", "松江区", "xyz"]),
        max_size=12,
    )
)
def test_marks_are_in_order_and_hold_their_surface(parts: list[str]) -> None:
    text = make_view("".join(parts)).text
    done = 0
    for mark in lexicon().names.marks(text, None):
        assert isinstance(mark.meaning, Entity)
        assert done <= mark.start < mark.end <= len(text)
        assert mark.meaning.surface == text[mark.start : mark.end]
        done = mark.end
