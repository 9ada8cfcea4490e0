"""Names that several things bear: the place beside them, what the text is about, else an open choice."""

import pytest

from g60kg.article import Article
from g60kg.model import Entity
from g60kg.terms import curie
from g60kg.text.lexicon import AnnotatedText
from tests.extract.packaged import lexicon


def read(text: str) -> AnnotatedText:
    return lexicon().annotate(Article("news", text, date="2024-05-01"))


def meant(text: str, name: str) -> list[str]:
    """Return what a name means wherever it stands in a text, a candidate with a question mark."""
    annotated = read(text)
    return [
        curie(mark.meaning.iri).removeprefix("id:") + "?" * mark.meaning.candidate
        for mark in annotated.marks
        if isinstance(mark.meaning, Entity) and annotated.view.text[mark.start : mark.end] == name
    ]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("BYD has a plant in Suzhou, Anhui Province.", "Suzhou", "suzhou-anhui"),
        ("BYD has a plant in Suzhou City, Anhui Province, and hires.", "Suzhou City", "suzhou-anhui"),
        ("BYD has a plant in Suzhou (Anhui).", "Suzhou", "suzhou-anhui"),
        ("BYD has a plant in Suzhou, east China's Anhui Province.", "Suzhou", "suzhou-anhui"),
        ("Anhui's Suzhou is green.", "Suzhou", "suzhou-anhui"),
        ("Suzhou, a city in northern Anhui, is green.", "Suzhou", "suzhou-anhui"),
        ("Longi is in Wuwei City, Gansu Province.", "Wuwei City", "wuwei"),
        ("Longi is in Wuwei City, Anhui Province.", "Wuwei City", "wuwei-city"),
        ("Longi is in the Xihu District of Nanchang.", "Xihu District", "xihu-district-nanchang"),
        ("Longi is in the Xihu District of Hangzhou.", "Xihu District", "xihu-district"),
        ("Longi is in Fuyang, Hangzhou.", "Fuyang", "fuyang-district"),
        ("Longi is in Taizhou, Zhejiang.", "Taizhou", "taizhou-zhejiang"),
        ("Longi is in Taizhou in Jiangsu.", "Taizhou", "taizhou-jiangsu"),
    ],
)
def test_the_place_beside_a_name_says_which_it_is(text: str, name: str, expected: str) -> None:
    assert meant(text, name) == [expected]
    assert not read(text).nearest


def test_a_place_where_no_such_thing_lies_makes_a_candidate_of_its_own() -> None:
    assert meant("Longi is in Huzhou, Anhui Province. Huzhou is green.", "Huzhou") == [
        "huzhou-anhui-province?",
        "huzhou-anhui-province?",
    ]
    assert meant("Longi is in Songjiang District of Nanchang.", "Songjiang District") == [
        "songjiang-district-nanchang?"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Firms of Shanghai, Suzhou, Anhui and Zhejiang met.",
        "It lies between Suzhou, Anhui's Hefei and Nanjing.",
        "Firms of Shanghai, Hefei, Suzhou and Anhui met.",
        "Suzhou, Zhejiang-based firms say, is green.",
    ],
)
def test_a_list_places_nothing(text: str) -> None:
    assert meant(text, "Suzhou") == ["suzhou"]


def test_a_name_is_again_what_the_text_said_that_it_is() -> None:
    assert (
        meant("Taizhou grows. Longi left Taizhou, Jiangsu, and Taizhou mourns.", "Taizhou")
        == ["taizhou-jiangsu"] * 3
    )
    assert meant("Suzhou in Jiangsu and Suzhou in Anhui grow. Suzhou is green.", "Suzhou") == [
        "suzhou",
        "suzhou-anhui",
        "suzhou-news?",
    ]


def test_without_a_place_the_nearest_to_what_the_text_is_about() -> None:
    text = "Hangzhou and Ningbo lead Zhejiang. Longi is in Taizhou."
    assert meant(text, "Taizhou") == ["taizhou-zhejiang"]
    assert [curie(iri) for iri in read(text).nearest] == ["id:taizhou-zhejiang"]
    text = "Shanghai is large, and Songjiang too. Longi is in Baoshan."
    assert meant(text, "Baoshan") == ["baoshan-district"]
    assert read(text).nearest


def test_a_city_of_a_province_before_the_districts_of_its_name_where_no_place_is_named() -> None:
    assert meant("Longi is in Datong.", "Datong") == ["datong"]
    assert read("Longi is in Datong.").nearest


def test_else_it_stays_open() -> None:
    for text in ("Longi is in Taizhou.", "Nanjing and Hangzhou grow. Longi is in Taizhou."):
        assert meant(text, "Taizhou") == ["taizhou-news?"]
        assert not read(text).nearest


def test_what_is_plainly_meant_stays_so_unless_all_speaks_against_it() -> None:
    assert meant("Hefei, Wuhu and Suzhou cooperate with Songjiang in Shanghai.", "Suzhou") == ["suzhou"]
    text = "Hefei, Wuhu and Bengbu lead Anhui. Longi is in Suzhou."
    assert meant(text, "Suzhou") == ["suzhou-anhui"]
    assert read(text).nearest
