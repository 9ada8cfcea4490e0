"""What stands before the parser: one plain word for each name, figure and time, and no remark."""

from itertools import pairwise

import pytest

from g60kg.extract.parser.feed import Fed
from tests.extract.parser.readings import last, readings


def fed(text: str) -> list[str]:
    return [word.text for word in last(text).sentence.words]


def word(text: str, shown: str) -> Fed:
    [found] = [word for word in last(text).sentence.words if word.text == shown]
    return found


def test_names_figures_and_times_are_plain_words() -> None:
    text = "Tencent put RMB 4.5 billion into a park in Wuhu in 2023."
    assert " ".join(fed(text)) == "Microsoft put 300 dollars into a park in London in 2018 ."


@pytest.mark.parametrize(
    "text",
    [
        "Tencent put RMB 4.5 billion into a park in Wuhu in 2023.",
        "Covering 76,200 square kilometers, the G60 Corridor joins Jiaxing, Hangzhou and Jinhua in Zhejiang.",
        "“Haier’s factory” (opened in 2019) makes about 10 percent of it, a fifth more than Hefei’s.",
    ],
)
def test_each_word_stands_where_it_says_and_none_overlap(text: str) -> None:
    for reading in readings(text):
        words = reading.sentence.words
        assert all(one.end <= other.start for one, other in pairwise(words))
        for each in words:
            if not each.marks and each.lemma is None and each.start < each.end:
                view = reading.text.view.text[each.start : each.end]
                assert each.text in (view, "300", "a", ",", "British")


def test_remarks_are_left_out() -> None:
    assert "year" not in fed("Exports of Wuhu rose 4 percent year on year.")


def test_a_list_is_one_word_with_all_its_names() -> None:
    found = word("It joins Jiaxing, Hangzhou and Jinhua in Zhejiang.", "cities")
    assert [mark.meaning.label for mark in found.entities] == ["Jiaxing", "Hangzhou", "Jinhua"]  # type: ignore[union-attr]
    assert {whole.meaning.label for _, whole in found.parts} == {"Zhejiang Province"}  # type: ignore[union-attr]
    assert len(found.parts) == 3


def test_the_noun_before_a_list_stands_for_it() -> None:
    found = word("Three cities, namely Jiaxing, Hangzhou and Jinhua, signed.", "cities")
    assert len(found.entities) == 3


def test_two_names_are_no_list() -> None:
    assert fed("Jiaxing and Hangzhou signed.")[:3] == ["London", "and", "London"]


def test_what_stands_in_brackets_is_kept_beside_the_word_before() -> None:
    found = word("Wuhu (Anhui) has a port.", "London")
    assert [mark.meaning.label for mark in found.hidden] == ["Anhui Province"]  # type: ignore[union-attr]


def test_a_noun_that_may_be_a_verb_is_one_behind_a_name() -> None:
    text = "Songjiang houses 300 firms."
    assert fed(text)[1] == "contains"
    assert word(text, "contains").lemma == "house"


def test_based_is_an_adjective_with_its_place() -> None:
    found = word("Hefei-based Tencent grew.", "British")
    assert found.based is not None
    assert found.based.meaning.label == "Hefei"  # type: ignore[union-attr]


def test_a_question_states_nothing() -> None:
    assert readings("Has Wuhu a port?") == ()
