"""A question in plain words, answered at `/ask`: the answer, its sentence, the table, the parts to change."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from g60kg import KnowledgeGraph
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request, Response
from tests.serve.conftest import Served
from tests.serve.pages.conftest import Parsed

Read = Callable[..., Parsed]
AI = "how many AI companies are there?"


def text_of(tree: Any) -> str:
    return " ".join("".join(tree.itertext()).split())


def test_the_answer_stands_first_then_its_sentence_then_the_table(read: Read) -> None:
    page = read("ask", q=AI)
    text = text_of(page.tree)
    said = "More than 840 companies in the field of artificial intelligence"
    places = [text.index(each) for each in ("more than 840: Songjiang", said, "company countmore than 840")]
    assert places == sorted(places)
    assert "2023-07-11" in text_of(page.all("figcaption")[0])


@pytest.mark.parametrize("question", ["list the member cities", "有哪些成员城市？"])
def test_names_alone_are_a_list_and_no_table(read: Read, question: str) -> None:
    page = read("ask", q=question)
    assert not page.all("table")
    listed = {
        each.get("href").partition("?")[0]
        for list_ in page.all("ul")
        for each in list_.iter()
        if each.get("href")
    }
    assert {"/page/wuhu", "/page/hangzhou"} <= listed


def test_the_sentence_is_a_link_to_its_place_in_the_article(
    read: Read, follow: Callable[[str], Response]
) -> None:
    href = page_link(read("ask", q=AI), "/articles/")
    assert f'id="{href.partition("#")[2]}"' in follow(href).body.decode()


def page_link(page: Parsed, begins: str) -> str:
    return next(href for href in sorted(page.links()) if href.startswith(begins))


def test_the_stored_question_gives_the_same(read: Read, follow: Callable[[str], Response]) -> None:
    href = page_link(read("ask", q="Which companies make chips?"), "/queries/companies-by-industry?")
    assert "OmniVision" in follow(href).body.decode()


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({"as:AI": "biomedicine"}, "Biomedicine"),
        ({"kind": "which"}, "Tencent"),
        ({"as:AI": "-", "as:companies": "-"}, "No answer"),
        ({"as:AI": "no-such-thing", "kind": "no-such-kind"}, "more than 840"),
    ],
)
def test_its_parts_can_be_changed(read: Read, changed: dict[str, str], shown: str) -> None:
    names = {each.get("name") for each in read("ask", q=AI).all("select")}
    assert names == {"kind", "as:AI", "as:companies"}
    page = read("ask", q=AI, **changed)
    answers = [text_of(each) for each in page.all("div", role="status")]
    assert shown in answers[0], answers
    chosen = {each.get("value") for each in page.all("option") if each.get("selected") is not None}
    assert {value for value in changed.values() if not value.startswith("no-")} <= chosen


def test_two_readings_are_two_sections(read: Read) -> None:
    sections = read("ask", q="How big is the corridor?").all("section", class_="reading")
    assert ["76,200 km²" in text_of(each) for each in sections] == [True, False]
    assert "57.92 million" in text_of(sections[1])


def test_no_reading_gives_three_questions_and_each_is_answered(
    read: Read, follow: Callable[[str], Response]
) -> None:
    links = sorted(href for href in read("ask", q="zork blub").links() if href.startswith("/ask?q="))
    assert len(links) == 3
    assert all("No answer" not in follow(href).body.decode() for href in links)


@pytest.mark.parametrize("question", ["who founded Haier Zhigu?", "谁创建了海尔智谷"])
def test_what_the_graph_cannot_answer_is_said_with_what_is_known(read: Read, question: str) -> None:
    page = read("ask", q=question)
    assert page.all("div", class_="answer-text verdict-none")
    assert page.all("h2", id="known")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_page_has_the_box_and_questions_that_have_answers(
    read: Read, follow: Callable[[str], Response], language: str
) -> None:
    page = read("home", lang=language)
    assert [form.get("action") for form in page.all("form") if "ask-form" in form.get("class", "")] == [
        f"/ask?lang={language}"
    ]
    for href in (each for each in page.links() if each.startswith("/ask?q=")):
        assert "verdict-none" not in follow(href).body.decode()


def test_a_question_without_a_word_is_told_so(ask: Callable[..., Response], site: Site) -> None:
    response = ask("ask", q="?!")
    assert response.status == 400
    assert 'aria-invalid="true"' in response.body.decode()
    assert answer(site, Request("ask", query=(("q", "?!"),))).status == 400
    assert ask("ask").status == 200


def test_programs_get_what_the_command_prints(served: Served, packaged: KnowledgeGraph) -> None:
    query = urlencode({"q": "芜湖在哪个省"})
    asked = served.get(f"/ask?{query}", headers={"accept": "application/json"})
    assert asked.json() == json.loads(json.dumps(packaged.ask("芜湖在哪个省").to_json()))
    page = served.get(f"/ask?{query}", headers={"accept": "text/html"})
    assert "安徽省" in page.text
    assert len(page.content) < 200_000
