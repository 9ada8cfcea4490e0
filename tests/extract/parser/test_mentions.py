"""What noun phrases mention: named, listed, described, or carried by coreference."""

import pytest

from g60kg.extract.parser.frames import Wanted
from tests.extract.parser.readings import THINGS, mentioned

DESCRIBED = Wanted("Facility|Park|Project", described=True)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Tencent and Haier grew.", "Tencent", ["Tencent", "Haier"]),
        ("Companies such as Tencent and Haier grew.", "Companies", ["Tencent", "Haier"]),
        ("A number of companies, including Tencent, grew.", "companies", ["Tencent"]),
        ("The government of Wuhu signed.", "government", ["Wuhu"]),
        ("The carmaker Chery grew.", "carmaker", ["Chery"]),
    ],
)
def test_named(text: str, words: str, expected: list[str]) -> None:
    assert [label for label, _ in mentioned(text, words)] == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Tencent is in Wuhu. It has 300 workers.", "It", ("Tencent", "subject-pronoun")),
        ("Wuhu grew. The city has 300 firms.", "city", ("Wuhu", "definite")),
        ("Tencent said that it grew.", "it", ("Tencent", "bound-pronoun")),
    ],
)
def test_carried(text: str, words: str, expected: tuple[str, str]) -> None:
    assert mentioned(text, words) == [expected]


def test_nothing_is_carried_where_nothing_was_said() -> None:
    assert mentioned("It has 300 workers.", "It") == []


def test_another_kind_is_no_antecedent() -> None:
    assert mentioned("Tencent grew. The city has 300 firms.", "city", Wanted("Region")) == []


def test_a_thing_that_is_described() -> None:
    assert mentioned("Tencent opened a digital satellite factory.", "factory", DESCRIBED) == [
        ("digital satellite factory", "described")
    ]


@pytest.mark.parametrize("text", ["Tencent opened every factory.", "Tencent opened no factory."])
def test_what_is_none_is_not_described(text: str) -> None:
    assert mentioned(text, "factory", DESCRIBED) == []


def test_a_bare_name_is_a_company_only_where_it_is_wanted() -> None:
    text = "Quuxblorp, a chip designer, opened in Wuhu."
    assert [label for label, _ in mentioned(text, "Quuxblorp", THINGS)] == ["Quuxblorp"]
    assert mentioned(text, "Quuxblorp", Wanted("Organization")) == []
