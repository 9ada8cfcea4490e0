"""An article's page shows its text as found, and leads each quote to its very words."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest

from g60kg.article import Article
from g60kg.describe.claims import claims_in
from g60kg.kg import KnowledgeGraph
from g60kg.kg.shelf import article_text
from g60kg.serve.site import Site, answer
from g60kg.serve.values import Request, Response
from tests.serve.pages.conftest import HTML, Parsed, of_each_kind, parse

Read = Callable[..., Any]
ID = "2023-07-11-g60-corridor"


@pytest.fixture(scope="session")
def text(site: Site) -> str:
    found = article_text(site.kg.store, ID)
    assert found is not None
    return found.text


def words(page: Any) -> str:
    return "".join("".join(each.itertext()) for each in page.all("p", class_="words"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_text_stands_as_it_was_found(read: Read, text: str, language: str) -> None:
    assert words(read("article", {"id": ID}, lang=language)) == text


def test_the_text_alone_is_the_file(ask: Read, text: str) -> None:
    response = ask("article", {"id": ID}, format="text")
    assert response.media_type.startswith("text/plain")
    assert response.body == text.encode()


def test_every_claim_has_an_anchor_and_its_words_are_the_quote(site: Site, read: Read, text: str) -> None:
    page = read("article", {"id": ID})
    ids = {each.get("id") for each in page.tree.iter()}
    claims = claims_in(site.kg.store, ID)
    assert len(claims) > 100
    for claim in claims:
        assert text[claim.words.start : claim.words.end] == claim.words.quote
        assert f"char={claim.words.start},{claim.words.end}" in ids


def test_the_runs_of_a_quote_are_its_words(site: Site, read: Read, text: str) -> None:
    """What lights up when a quote is looked for, is the quote: all runs of its number in its paragraph."""
    page = read("article", {"id": ID})
    seen = 0
    for paragraph in page.all("div", class_="paragraph"):
        runs = list(paragraph.iter())
        for anchor in runs:
            place = re.fullmatch(r"char=(\d+),(\d+)", anchor.get("id") or "")
            if place and anchor.get("class") == "at whole":
                whole = next(each for each in runs if anchor in list(each))
                assert "".join(whole.itertext()) == text[slice(*map(int, place.groups()))]
            elif place:
                number = (anchor.get("class") or "").split()[-1]
                lit = [each for each in runs if number in (each.get("class") or "").split() and each.text]
                assert (
                    "".join(e.text for e in lit if e.tag.endswith(("}a", "}span")))
                    == text[slice(*map(int, place.groups()))]
                )
                seen += 1
    assert seen > 50


def test_each_claim_is_listed_beside_its_sentence(site: Site, read: Read) -> None:
    page = read("article", {"id": ID})
    listed = [each for each in page.all("li") if (each.get("class") or "").startswith("claim")]
    assert len(listed) == len(claims_in(site.kg.store, ID))


def test_sentences_without_claims_are_seen_as_such(read: Read) -> None:
    silent = ["".join(each.itertext()) for each in read("article", {"id": ID}).all("span", class_="s silent")]
    assert any(each.startswith("Breathtaking views") for each in silent)


def test_repairs_stand_where_they_act(read: Read) -> None:
    repaired = [
        each for each in read("article", {"id": ID}).all("a") if "n-repaired" in (each.get("class") or "")
    ]
    found = {each.text: (each.get("href"), each.get("title")) for each in repaired}
    assert found["Matsue"][0] == "/page/songjiang"
    assert "was read as the Japanese city" in found["Matsue"][1]


def test_candidates_are_marked(read: Read) -> None:
    marked = [
        each for each in read("article", {"id": ID}).all("a") if "n-candidate" in (each.get("class") or "")
    ]
    assert "Haier Ziya Industrial Park" in {each.text for each in marked}


def test_every_link_answers(read: Read, follow: Callable[[str], Response]) -> None:
    for href in of_each_kind(read("article", {"id": ID}).links()):
        assert follow(href).status in (200, 303), href


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_has_every_article(read: Read, language: str) -> None:
    assert f"/articles/{ID}?lang={language}" in read("articles", lang=language).links()


@pytest.mark.parametrize("name", ["no-such", "a b", "<>", "../../etc/passwd"])
def test_an_unknown_article_is_not_found(ask: Read, name: str) -> None:
    assert ask("article", {"id": name}).status == 404


@pytest.mark.parametrize("at", ["", "-5", "x", "99999999999999", "²"])
def test_a_strange_place_gives_the_beginning_or_the_end(read: Read, text: str, at: str) -> None:
    assert words(read("article", {"id": ID}, at=at)) == text


def test_where_the_text_is_not_kept_the_quotes_stand_alone_at_their_places(
    changing: KnowledgeGraph,
) -> None:
    graph = changing
    graph.add(
        Article("lost", "Tencent is located in Songjiang. Haier is located in Songjiang.", date="2024-01-02")
    )
    site = Site(graph, version="lost")

    def ask(**query: str) -> Response:
        return answer(site, Request("article", path={"id": "lost"}, query=tuple(query.items()), headers=HTML))

    page = parse(ask())
    assert not page.all("p", class_="words")
    assert ["".join(each.itertext()) for each in page.all("mark")] == [
        "Tencent is located in Songjiang",
        "Haier is located in Songjiang",
    ]
    ids = {each.get("id") for each in page.all("li")}
    assert {"char=0,31", "char=33,62"} <= ids
    assert ask(format="text").status == 404


def test_strange_letters_and_line_ends_stand_as_they_are_as_far_as_html_can(own_store: Path) -> None:
    text = "Tencent is located in Songjiang.\r\nHaier\x0b is <b>here</b> & \x85 there\ufffe; \U0001f600.\n\r"
    graph = KnowledgeGraph.open(own_store)
    graph.add(Article("strange", text, title='<i>"', date="2024-01-02"))
    site = Site(graph, version="strange")
    response = answer(site, Request("article", path={"id": "strange"}, headers=HTML))
    page = Parsed(html5lib.parse(response.body.decode()))
    assert words(page) == text.translate(dict.fromkeys(map(ord, "\x0b\x85\ufffe"), "\ufffd"))
    alone = answer(site, Request("article", path={"id": "strange"}, query=(("format", "text"),)))
    assert alone.body.decode() == text
