"""Two years, articles or things side by side: what each says, with its words."""

from collections.abc import Callable

import pytest

from tests.serve.conftest import Ask
from tests.serve.pages.conftest import Parsed

Read = Callable[..., Parsed]


def words(page: Parsed) -> str:
    return " ".join(" ".join(page.tree.itertext()).split())


def test_two_years_show_how_far_the_corridor_reached(read: Read) -> None:
    page = read("changes", **{"from": "2016", "to": "2018"})
    told = words(page)
    assert told.index("Length: 40 km") < told.index("Length: 180 km")
    assert len(page.all("figure", class_="hero-map")) == 1
    assert "this corridor has officially developed to version 3.0" in told
    assert [each.text for each in page.all("h2") if (each.get("id") or "").startswith("k")] == [
        "new",
        "not said again",
    ]


def test_where_the_corridor_is_the_same_it_stands_once(read: Read) -> None:
    page = read("changes", **{"from": "2021", "to": "2023"})
    assert words(page).count("Length: 180 km") == 1
    assert "2021, 2023" in words(page)


def test_what_is_not_said_again_comes_last_and_folded(read: Read) -> None:
    page = read("changes", **{"from": "2016", "to": "2018"})
    (last,) = (each for each in page.all("section") if each.get("aria-labelledby") == "k2")
    assert [each.tag.rpartition("}")[2] for each in last] == ["h2", "details"]


def test_what_rests_on_the_same_words_shows_them_once(read: Read) -> None:
    page = read("changes", **{"from": "2016", "to": "2018"})
    quotes = ["".join(each.itertext()) for each in page.all("mark")]
    assert len(quotes) < len(page.all("li", class_="card"))


def test_two_things_are_compared_in_either_language(read: Read) -> None:
    told = words(read("changes", one="松江", other="Jiaxing", lang="zh"))
    assert "仅后者提及 (Jiaxing): 1" in told
    assert "Jiaxing and Hangzhou in Zhejiang Province" in told


def test_the_answer_leads_to_the_stored_question(read: Read, follow: Callable[[str], Ask]) -> None:
    (to,) = (
        each
        for each in read("changes", one="Songjiang", other="Jiaxing").links()
        if "/queries/compare" in each
    )
    assert follow(to).status == 200  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ({"one": "Nowhere at all", "other": "Jiaxing"}, 404, "Nowhere at all"),
        ({"from": "then", "to": "2018"}, 400, "then"),
        ({"earlier": "no-such", "later": "2023-07-11-g60-corridor"}, 404, "no-such"),
        ({"earlier": "no {such}", "later": "2023-07-11-g60-corridor"}, 404, "no {such}"),
        ({"from": "then"}, 400, "then"),
        ({"to": "2018"}, 200, "2018"),
        ({}, 200, "Compare the years"),
    ],
)
def test_what_cannot_be_compared_is_told_beside_its_field(
    ask: Ask, query: dict[str, str], status: int, said: str
) -> None:
    response = ask("changes", None, **query)
    assert response.status == status
    assert said in response.body.decode()
    assert b'name="earlier"' in response.body
    assert (b"field-wrong" in response.body) == (status != 200)


def test_near_names_lead_to_their_comparison(read: Read, ask: Ask) -> None:
    response = ask("changes", None, one="Jiaxng", other="Songjiang", lang="zh")
    assert "没有名为“Jiaxng”的事物" in response.body.decode()
    assert b'href="?other=Songjiang&amp;lang=zh&amp;one=Jiaxing"' in response.body
