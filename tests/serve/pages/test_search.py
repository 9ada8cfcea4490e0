"""Search finds by any name, in part, in either language; kinds narrow it; what is not found has nearest."""

from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

import pytest

from g60kg.serve.values import Response
from tests.serve.pages.conftest import Ask

Read = Callable[..., Any]


def names(page: Any) -> list[str]:
    return ["".join(each.itertext()).strip() for each in page.all("p", class_="hit-name")]


def marked(page: Any) -> set[str]:
    lines = [*page.all("p", class_="hit-name"), *page.all("p", class_="hit-match")]
    return {
        "".join(each.itertext()) for line in lines for each in line.iter("{http://www.w3.org/1999/xhtml}mark")
    }


@pytest.mark.parametrize(
    ("text", "entity"), [("jiang h", "songjiang-hub"), ("松江", "songjiang"), ("MATSUE", "songjiang")]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_part_of_any_name_finds_it(read: Read, text: str, entity: str, language: str) -> None:
    page = read("search", q=text, lang=language)
    assert f"/page/{entity}?lang={language}" in page.links()
    assert {each.casefold() for each in marked(page)} == {text.casefold()}


def test_a_garbled_name_is_called_so(read: Read) -> None:
    assert "garbled as:" in "".join(read("search", q="Matsue").tree.itertext())


def test_kinds_narrow_with_true_counts(read: Read) -> None:
    everything = read("search", q="song")
    chips = {
        "".join(each.itertext()).strip(): each.get("href")
        for each in everything.all("a")
        if "kind=" in (each.get("href") or "")
    }
    assert chips["district 1"] == "/search?q=song&kind=District"
    assert len(names(read("search", q="song", kind="District"))) == 1
    assert len(names(read("search", q="song", kind="InnovationArea"))) == 5


def test_a_kind_that_is_none_narrows_nothing(read: Read) -> None:
    assert len(names(read("search", q="song", kind="<>"))) == len(names(read("search", q="song")))


def test_pages_do_not_overlap_and_leave_nothing_out(read: Read) -> None:
    pages = [read("search", q="district", page=str(number)) for number in (1, 2, 3)]
    found = [name for page in pages for name in names(page)]
    assert len(set(found)) == len(found) > 50


def test_a_name_that_nothing_bears_gives_the_nearest(read: Read) -> None:
    page = read("search", q="Songjang")
    assert "/page/songjiang" in page.links()
    assert "Nothing bears the name “Songjang”." in "".join(page.tree.itertext())


@pytest.mark.parametrize(
    "text", ["", "   ", "\u0000", "<script>", "%", "ſ", "İ" * 300, "\U0001f600", "a" * 5000]
)
def test_strange_texts_are_answered(read: Read, text: str) -> None:
    assert read("search", q=text).all("h1")


@pytest.mark.parametrize("text", ["", "song", "Songjang"])
def test_every_link_answers(read: Read, follow: Callable[[str], Response], text: str) -> None:
    for href in read("search", q=text).links():
        assert follow(href).status in (200, 303), href


def test_it_leads_to_questions_and_to_asking(read: Read) -> None:
    links = read("search", q="member cities").links()
    assert {"/ask?q=member+cities", "/queries/member-cities"} <= links


def test_traditional_characters_find_the_same(read: Read) -> None:
    assert "/page/jiaxing" in read("search", q="嘉興").links()


def test_sentences_that_hold_the_words_are_shown(read: Read) -> None:
    page = read("search", q="nine cities")
    (said,) = (each for each in page.all("section") if each.get("aria-labelledby") == "said")
    assert all("nine cities" in quote.casefold() for quote in quotes(said))
    assert not [e for e in read("search", q="zzzz").all("section") if e.get("aria-labelledby") == "said"]


def quotes(section: Any) -> list[str]:
    marks = list(section.iter("{http://www.w3.org/1999/xhtml}mark"))
    assert marks
    return ["".join(each.itertext()) for each in marks]


def test_names_that_are_far_off_are_not_offered(read: Read) -> None:
    offered = names(read("search", q="harbour"))
    assert all(
        SequenceMatcher(None, "harbour", each.split(" ")[0].casefold()).ratio() > 0.5 for each in offered
    )
    assert "/page/songjiang" in read("search", q="Songjang Distrct").links()


@pytest.mark.parametrize("text", ["How many robots does Quux have?", "松江有多少家机器人企业？"])
def test_a_question_in_the_box_for_names_is_asked(ask: Ask, text: str) -> None:
    response = ask("search", q=text)
    to = dict(response.headers).get("Location", "")
    assert (response.status, to.startswith("/ask?q=")) == (303, True)


def test_a_short_name_is_near_to_its_like_alone(ask: Ask) -> None:
    assert b"Matsue" not in ask("entity", {"slug": "mars"}).body
    assert b"Wuhu" in ask("entity", {"slug": "wuhuu"}).body
