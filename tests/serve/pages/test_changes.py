"""Two years, articles or things side by side: what each says, with its words."""

from collections.abc import Callable

import pytest

from g60kg import Article, KnowledgeGraph
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request
from tests.serve.conftest import Ask
from tests.serve.pages.conftest import HTML, Parsed, parse

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


def test_two_things_are_compared_by_all_that_is_held_of_them_in_either_language(read: Read) -> None:
    page = read("changes", one="松江", other="Jiaxing", lang="zh")
    told = words(page)
    assert "仅松江区：" in told
    assert "仅嘉兴市：" in told
    shared = next(each for each in page.all("div", class_="group") if "两者皆有" in "".join(each.itertext()))
    assert "推理" in "".join(shared.itertext())
    figures = page.all("table")[0]
    assert "3,000" in "".join(figures.itertext())


def test_what_is_said_without_a_time_is_no_change(read: Read) -> None:
    page = read("changes", **{"from": "2018", "to": "2023"})
    headings = [each.text for each in page.all("h2") if (each.get("id") or "").startswith("k")]
    assert headings == ["new", "said in 2023 without a time"]
    new = next(each for each in page.all("section") if each.get("aria-labelledby") == "k1")
    assert [each.tag.rpartition("}")[2] for each in new] == ["h2", "ol"]
    assert "construction start" in "".join(new.itertext())
    assert "840" not in "".join(new.itertext())


def test_a_figure_with_a_value_of_before_is_changed(changing: KnowledgeGraph) -> None:
    for year, value in (("2019", "6,026"), ("2021", "6,126"), ("2022", "6,126")):
        text = f"In {year}, Wuhu covered an area of {value} square kilometers."
        changing.add(Article(f"of-{year}", text, date="2024-01-01"))

    def told(first: str, second: str) -> str:
        query = (("from", first), ("to", second), ("lang", "en"))
        page = parse(answer(Site(changing), Request("changes", query=query, headers=HTML)))
        return " ".join(page.all("p", role="status")[0].itertext())

    assert "changed: 1" in told("2019", "2021")
    assert "changed" not in told("2021", "2022")
    assert "new" not in told("2021", "2022")


def test_of_a_year_of_which_nothing_is_said_the_others_are_offered(read: Read) -> None:
    page = read("changes", **{"from": "1999", "to": "2018"})
    assert "Nothing is said of 1999." in words(page)
    assert "?to=2018&from=2016" in {each.get("href") for each in page.all("a")}


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
        ({"one": "article:no-such", "other": "article:2023-07-11-g60-corridor"}, 404, "no-such"),
        ({"one": "article:no {such}", "other": "article:2023-07-11-g60-corridor"}, 404, "no {such}"),
        ({"one": "article:2023-07-11-g60-corridor", "other": "Songjiang"}, 400, "Two articles are compared"),
        ({"one": "Songjiang", "other": "article:2023-07-11-g60-corridor"}, 400, "Two articles are compared"),
        ({"one": "g60:Corridor", "other": "g60:City"}, 400, "Two articles are compared"),
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
    assert b'name="other"' in response.body
    assert (b"field-wrong" in response.body) == (status != 200)


def test_near_names_lead_to_their_comparison(read: Read, ask: Ask) -> None:
    response = ask("changes", None, one="Jiaxng", other="Songjiang", lang="zh")
    assert "没有名为“Jiaxng”的事物" in response.body.decode()
    assert b'href="?other=Songjiang&amp;lang=zh&amp;one=Jiaxing"' in response.body
