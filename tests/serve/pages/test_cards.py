"""The answer of a stored query as evidence: cards, other views, facets in the address, citations."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest

from g60kg.serve.values import Response
from tests.serve.pages.conftest import Parsed
from tests.serve.pages.test_ask import text_of

Read = Callable[..., Parsed]
INDUSTRY = {"name": "companies-by-industry"}


def cards(page: Parsed) -> list[str]:
    return [text_of(each) for each in page.all("li", class_="card")]


def test_a_row_is_its_claim_with_the_sentence_article_and_date(read: Read) -> None:
    card = next(
        each for each in cards(read("query", {"name": "figures"}, entity="Songjiang")) if "840" in each
    )
    assert "More than 840 companies in the field of artificial intelligence have built" in card
    assert "The G60 Science and Technology Innovation Corridor in the Yangtze River Delta, 2023-07-11" in card


@pytest.mark.parametrize("view", ["cards", "table"])
def test_the_year_of_the_article_is_told_from_one_that_is_said(read: Read, view: str) -> None:
    page = read("query", {"name": "investments"}, view=view)
    rows = page.all("li", class_="card") if view == "cards" else page.all("tr")
    told = [text_of(row) for row in rows if "2023" in text_of(row)]
    reported = [row for row in told if "2023 (by the date of the article)" in row]
    assert ["Tencent" in row for row in reported] == [True]
    assert any("Wuhu" in row for row in told if row not in reported)


def test_an_inferred_row_has_the_sentence_that_it_follows_from(read: Read) -> None:
    (card,) = cards(read("query", INDUSTRY, industry="artificial intelligence"))
    assert "inferred" in card
    assert "Tencent’s G60 artificial intelligence advanced computing center" in card


def test_a_citation_names_words_article_and_address(read: Read, follow: Callable[[str], Response]) -> None:
    page = read("query", {"name": "figures"}, measure="area")
    told = text_of(page.all("p", class_="citation")[0])
    assert told.startswith("“covers an area of 76,200 square kilometers")
    address = told.rpartition(" ")[2]
    assert address.startswith("/articles/2023-07-11-g60-corridor#char=")
    assert address.partition("#")[2] in follow(address).body.decode()


@pytest.mark.parametrize(
    ("name", "views"),
    [
        ("timeline", {"cards", "table", "timeline"}),
        ("member-cities", {"cards", "table", "map"}),
        ("layers", {"table", "chart"}),
    ],
)
def test_the_views_are_those_that_the_columns_allow(read: Read, name: str, views: set[str]) -> None:
    page = read("query", {"name": name})
    links = {href.partition("view=")[2] for href in hrefs(page) if "view=" in href}
    assert links == views
    for view in views:
        assert read("query", {"name": name}, view=view)


def hrefs(page: Parsed) -> list[str]:
    return [each.get("href") for each in page.all("a") if each.get("href")]


def test_a_timeline_stands_in_the_order_of_time(read: Read) -> None:
    years = [text_of(each) for each in read("query", {"name": "timeline"}, view="timeline").all("h3")]
    assert years == sorted(set(years))
    assert {"2016", "2021"} <= set(years)


def test_a_map_shows_the_places_of_the_rows(read: Read) -> None:
    drawn = read("query", {"name": "member-cities"}, view="map").all("figure")[0]
    assert {"Wuhu", "Hefei"} <= {text_of(each) for each in drawn.iter() if str(each.tag).endswith("text")}


def test_facets_count_and_narrow_in_the_address(read: Read, ask: Callable[..., Response]) -> None:
    page = read("query", INDUSTRY)
    chip = next(each for each in page.all("a") if "only=industry" in (each.get("href") or ""))
    count = int(text_of(chip).rpartition(" ")[2])
    wanted = chip.get("href").partition("only=")[2].replace("%3A", ":")
    narrowed = read("query", INDUSTRY, only=wanted)
    assert len(cards(narrowed)) == count
    chosen = next(
        each for each in narrowed.all("a") if each.get("aria-current") == "true" and each.get("rel")
    )
    assert "only=" not in chosen.get("href")
    data = ask("query-as", {**INDUSTRY, "format": "csv"}, only=wanted).body.decode()
    assert len(list(csv.DictReader(StringIO(data)))) == count
    assert f"only={wanted.replace(':', '%3A')}" in next(each for each in hrefs(narrowed) if ".csv" in each)


def test_a_value_that_no_row_has_leaves_none_and_a_column_that_is_none_is_told(
    ask: Callable[..., Response],
) -> None:
    response = ask("query-as", {**INDUSTRY, "format": "json"}, only="industry:nothing")
    assert dict(response.headers)["X-Total-Count"] == "0"
    for only in ("no-such-column:1", "industry", ""):
        response = ask("query-as", {**INDUSTRY, "format": "json"}, only=only)
        assert (response.status, b"the columns are company" in response.body) == (400, True)
    assert ask("query", INDUSTRY, only="nothing:1").status == 400
