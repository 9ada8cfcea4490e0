"""Every stored query has its page, in both languages: its form, its answer, and what a row rests on."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from pyoxigraph import Literal

from g60kg.kg import stored_queries
from g60kg.query import StoredQuery, Text, run
from g60kg.query.model import TYPES
from g60kg.serve.pages.links import LANGUAGES, texts
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.plots import Line, picture
from g60kg.serve.pages.saying import CODED, saying
from g60kg.serve.site import Site
from g60kg.serve.stored.answers import SHOWN
from g60kg.serve.stored.answers import Page as Rows
from g60kg.serve.values import Request, Response
from g60kg.terms import G60, ID, UNIT
from tests.serve.pages.conftest import Ask, of_each_kind, parse

Read = Callable[..., Any]
CATALOGUE = stored_queries()
YEARS = ((2023, 840), (2019, 300), (2021, 500))


def text_of(page: Any) -> str:
    return " ".join("".join(page.tree.itertext()).split())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_has_every_question_in_its_language(read: Read, language: str) -> None:
    page = read("queries", lang=language)
    links = page.links()
    for stored in (each for each in CATALOGUE if not each.maintainer):
        assert f"/queries/{stored.name}?lang={language}" in links
        assert getattr(stored.question, language) in text_of(page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_question_has_a_valid_page_with_its_example(site: Site, read: Read, language: str) -> None:
    for stored in CATALOGUE:
        page = read("query", {"name": stored.name}, lang=language, view="table", **stored.example)
        for text in (stored.question, stored.title, *_told(stored, bool(page.all("tbody")))):
            assert text.said_in(language) in text_of(page), (stored.name, text)
        assert stored.sparql in {"".join(each.itertext()) for each in page.all("code")}
        assert len(table_rows(page)) == min(len(run(site.kg.store, stored, stored.example)), SHOWN), (
            stored.name
        )


def table_rows(page: Any) -> list[Any]:
    """Return the rows of the table, without those that hold the words of the one above."""
    return [each for body in page.all("tbody") for each in body if each.get("class") != "row-words"]


def _told(stored: StoredQuery, answered: bool) -> list[Text]:
    """Return what is told of a query's parts; of its columns only where there are rows."""
    parameters = [each.description for each in stored.parameters]
    columns = [each.description for each in stored.columns] if answered else []
    return [stored.description, *parameters, *columns]


def test_the_example_of_an_entity_is_named_in_the_language_of_the_page(read: Read) -> None:
    chinese = text_of(read("query", {"name": "companies-by-industry"}, lang="zh"))
    assert "例如：人工智能。" in chinese
    assert "Artificial intelligence" in text_of(read("query", {"name": "companies-by-industry"}))


def test_every_question_can_be_asked_for_all(ask: Read) -> None:
    for stored in CATALOGUE:
        assert ask("query", {"name": stored.name}).status == 200, stored.name


def test_a_row_leads_to_the_argument_for_it(read: Read, follow: Callable[[str], Response]) -> None:
    page = read("query", {"name": "companies-by-industry"}, industry="人工智能")
    why = next(href for href in page.links() if href.startswith("/why"))
    assert "<mark>" in follow(why).body.decode()


def test_a_figure_leads_to_the_words_that_give_it(read: Read) -> None:
    page = read("query", {"name": "company-counts"}, view="table")
    rests = [each.get("href") for each in page.all("a", class_="why")]
    assert len([each for each in rests if "companyCount" in each]) == len(table_rows(page))


def test_a_quote_leads_to_its_place(read: Read) -> None:
    page = read("query", {"name": "said-of"}, view="table", entity="Songjiang")
    places = list(page.all("a", class_="to-words"))
    assert places
    assert all("#char=" in each.get("href") for each in places)


def test_a_wrong_value_is_told_beside_its_field(ask: Read) -> None:
    response = ask("query", {"name": "companies-by-industry"}, industry="artificial inteligence")
    assert response.status == 404
    assert 'aria-invalid="true"' in response.body.decode()
    assert "?industry=Artificial+intelligence" in response.body.decode()


def test_long_answers_come_in_pages_with_their_total(read: Read) -> None:
    first = read("query", {"name": "register-facts"}, limit="10")
    assert "rows 1–10" in text_of(first)
    following = next(each for each in first.all("a", rel="next"))
    assert following.get("href") == "?offset=10&limit=10"


def test_few_names_are_offered_without_scripts(read: Read) -> None:
    page = read("query", {"name": "companies-by-industry"}, lang="zh")
    assert "人工智能" in {each.get("value") for each in page.all("option")}


def test_comparators_and_modalities_read_in_chinese(read: Read) -> None:
    cells = {
        "".join(each.itertext())
        for each in read("query", {"name": "company-counts"}, lang="zh", view="table").all("td")
    }
    assert {"超过 840", "近 3,000"} <= cells


def test_figures_that_compare_are_drawn(read: Read) -> None:
    plot = read("query", {"name": "company-counts"}, view="chart").all("figure", class_="plot")[0]
    assert "nearly 3,000" in "".join(plot.itertext())


def test_figures_of_one_thing_over_time_are_a_line(site: Site) -> None:
    columns = ("entity", "measure", "year", "value", "unit")
    terms = (ID.songjiang, G60.companyCount), (UNIT.NUM,)
    rows = Rows(columns, tuple((*terms[0], Literal(y), Literal(v), *terms[1]) for y, v in YEARS), 3, 100)
    drawn = picture(Page(site, Request("query")), rows)
    assert isinstance(drawn, Line)
    assert [mark.datum.name for mark in drawn.marks] == ["2019", "2021", "2023"]


def test_figures_of_several_units_are_not_drawn(read: Read) -> None:
    assert not read("query", {"name": "figures"}, view="chart").all("figure", class_="plot")


@pytest.mark.parametrize("name", ["companies-by-industry", "said-of", "figures", "names"])
def test_every_link_answers(read: Read, follow: Callable[[str], Response], name: str) -> None:
    for href in of_each_kind(read("query", {"name": name}, **CATALOGUE[name].example).links()):
        assert follow(href).status in (200, 303), href


WORDS = [
    ("technologies", "聚焦"),
    ("owners", "归…所有"),
    ("names", "首选名称"),
    ("projects-by-investor", "建设"),
    ("where-is", "推理"),
    ("layers", "名录图"),
    ("claims-by-pattern", "超过 1,000亿元"),
    ("resolutions", "前文已提及、此处加以描述的事物"),
]


@pytest.mark.parametrize(("name", "words"), WORDS)
def test_what_a_query_answers_in_words_reads_in_chinese(read: Read, name: str, words: str) -> None:
    cells = [
        "".join(each.itertext())
        for each in read("query", {"name": name}, lang="zh", view="table", limit="300").all("td")
    ]
    assert any(words in cell for cell in cells)


def test_every_word_that_queries_answer_with_has_its_chinese(site: Site) -> None:
    code = saying("zh", str)["code"]
    for stored in CATALOGUE:
        needed = any(each.required for each in stored.parameters)
        rows = run(site.kg.store, stored, stored.example if needed else {}).to_dicts()
        values = {row[column] for row in rows for column in CODED if column in row}
        words = {each for each in values if isinstance(each, str) and re.fullmatch("[a-z][a-z ]+", each)}
        assert {each for each in words if not code(Literal(each))} == set(), stored.name


WRONG = [
    ("said-of", {"entity": "无此名"}, "没有名为“无此名”的事物。"),
    ("timeline", {"year": "20"}, "“20”不是年份，请写四位数字，例如 2023。"),
    ("names", {"language": "?"}, "“?”不是语言代码"),
    ("largest-figures", {"unit": "无此单位"}, "没有名为“无此单位”的事物。"),
    ("phase-changes", {"earlier": "version 1.0"}, "此处需要填写。"),
    ("said-of", {"thing": "Songjiang"}, "此问题没有这个参数。"),
    ("said-of", {"entity": "Songjiang", "limit": "many"}, "请写一个不过大的整数。"),
]


@pytest.mark.parametrize(("name", "values", "words"), WRONG)
def test_what_is_wrong_with_a_form_reads_in_its_language(
    ask: Read, name: str, values: dict[str, str], words: str
) -> None:
    chinese, english = (ask("query", {"name": name}, lang=language, **values) for language in LANGUAGES[::-1])
    assert chinese.status >= 400
    assert words in text_of(parse(chinese))
    assert words not in text_of(parse(english))


def test_every_type_of_parameter_has_words_for_what_is_not_of_it() -> None:
    assert {f"wrong.{kind}" for kind in TYPES} <= set(texts("zh"))


def test_an_answer_is_embedded_alone_for_other_hosts(ask: Ask) -> None:
    response = ask("embed", {"name": "member-cities"}, view="map")
    page = parse(response)
    assert "frame-ancestors *" in dict(response.headers)["Content-Security-Policy"]
    assert page.all("figure", class_="hero-map answer-map")
    assert not page.all("form") + page.all("nav") + page.all("script")
    (to,) = {each.get("href") for each in page.all("a") if each.get("class") == "quiet"}
    assert to == "/queries/member-cities?view=map"
    whole = parse(ask("query", {"name": "member-cities"}, view="map"))
    assert "/embed/member-cities?view=map" in "".join(whole.tree.itertext())
    assert ask("embed", {"name": "no-such"}).status == 404
