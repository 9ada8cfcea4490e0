"""Every entity has a page, in both languages: its facts, each with what supports it, within size."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from g60kg.kg.stages import packaged_articles
from g60kg.serve.site import Site
from g60kg.serve.values import Response
from g60kg.terms import ID, RDF
from tests.serve.pages.conftest import Ask, Parsed, of_each_kind, parse

Read = Callable[..., Any]
MOST_BYTES = 100_000


@pytest.fixture(scope="session")
def slugs(site: Site) -> list[str]:
    """Return an entity of each sort: of all that are of the same classes one."""
    classes: dict[str, set[Any]] = {}
    for quad in site.kg.store.match(None, RDF.type):
        if (name := str(quad.subject)[1:-1]).startswith(ID.base):
            classes.setdefault(name.removeprefix(ID.base), set()).add(quad.object)
    assert len(classes) > 300
    return sorted({frozenset(held): slug for slug, held in sorted(classes.items())}.values())


def quotes(page: Any) -> Iterator[tuple[str, str, int, int]]:
    """Yield each quote that a page shows: its words, its article, and the place that its link leads to."""
    for figure in page.all("figure", class_="quote"):
        href = next(each.get("href") for each in figure.iter() if each.get("href"))
        name, start, end = re.fullmatch(r"/articles/([^?#]+)[^#]*#char=(\d+),(\d+)", href).groups()  # type: ignore[union-attr]
        mark = next(each for each in figure.iter() if each.tag.endswith("}mark"))
        yield "".join(mark.itertext()), name, int(start), int(end)


def check(slugs: list[str], ask: Read, language: str) -> None:
    text = {each.id: each.text for each in packaged_articles()}
    for slug in slugs:
        response = ask("entity", {"slug": slug}, lang=language)
        assert response.status == 200, slug
        assert len(response.body) < MOST_BYTES, slug
        page = parse(response)
        assert page.all("html")[0].get("lang") == language
        assert len(page.all("h1")) == 1
        assert all(text[name][start:end] == words for words, name, start, end in quotes(page)), slug


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_entity_of_each_sort_has_a_valid_page_that_is_small(
    slugs: list[str], ask: Read, language: str
) -> None:
    assert len(slugs) > 30
    some = slugs[("en", "zh").index(language) :: 2]  # every other one in each
    check([*some, "songjiang", "shanghai", "china"], ask, language)


def test_every_link_of_some_entities_answers(read: Read, follow: Callable[[str], Response]) -> None:
    seen: set[str] = set()
    for slug in ("songjiang", "g60-corridor", "haier-ziya-industrial-park", "tencent"):
        seen |= read("entity", {"slug": slug}).links()
    assert len(seen) > 100
    for href in of_each_kind(seen):
        assert follow(href).status in (200, 303), href


def test_a_said_fact_unfolds_to_its_words_and_leads_to_their_place(read: Read) -> None:
    page = read("entity", {"slug": "tencent-yrd-ai-computing-center"})
    marks = ["".join(each.itertext()) for each in page.all("mark")]
    assert any("with a total investment of 45 billion yuan" in each for each in marks)
    assert any("#char=" in href for href in page.links())


def test_layers_are_told_in_words(read: Read) -> None:
    page = read("entity", {"slug": "songjiang"})
    layers = {"".join(each.itertext()) for each in page.all("span") if "layer" in (each.get("class") or "")}
    assert {"said", "register", "inferred", "planned"} <= layers


def test_what_is_planned_stands_apart(read: Read) -> None:
    page = read("entity", {"slug": "songjiang"})
    listed = next(each for each in page.all("ul", class_="plain qualified"))
    assert "cluster value more than 100 billion\xa0yuan" in "".join(listed.itertext())


def test_garbled_names_stand_with_their_reason(read: Read) -> None:
    page = read("entity", {"slug": "songjiang"})
    assert [each.text for each in page.all("s")] == ["Matsue", "Matsue City", "Songjiang City"]
    assert "was read as the Japanese city" in "".join(page.all("ul", class_="plain garbled")[0].itertext())


def test_a_candidate_is_called_one(read: Read) -> None:
    assert "A candidate." in "".join(read("entity", {"slug": "haier-ziya-industrial-park"}).tree.itertext())


def test_figures_read_in_each_language(read: Read) -> None:
    def cells(language: str, slug: str = "songjiang") -> set[str]:
        page = read("entity", {"slug": slug}, lang=language)
        return {" ".join("".join(each.itertext()).split()) for each in page.all("td")}

    assert {"nearly 3,000", "more than 840", "reported 2023-07-11"} <= cells("en")
    assert {"近 3,000", "超过 840", "报道于 2023-07-11"} <= cells("zh")
    center = "tencent-yrd-ai-computing-center"
    assert {"45 billion", "yuan"} <= cells("en", center)
    assert {"450亿", "元"} <= cells("zh", center)


def test_all_facts_of_a_property_are_a_page_away(read: Read) -> None:
    page = read("entity", {"slug": "shanghai"}, of="g60:partOf", way="in")
    text = "".join(page.tree.itertext())
    assert "Songjiang District" in text
    assert "Baoshan District" in text
    assert not read("entity", {"slug": "shanghai"}, of="g60:partOf", way="in", page="9").all(
        "li", class_="bundle"
    )


@pytest.mark.parametrize("slug", ["no-such-thing", "a b", "<>", "x" * 3000])
def test_an_unknown_entity_is_not_found(ask: Read, slug: str) -> None:
    assert ask("entity", {"slug": slug}).status == 404


@pytest.mark.parametrize("query", [{"of": "g60:noSuch"}, {"of": "<>"}, {"of": "g60:builtBy"}])
def test_an_unknown_property_is_not_found(ask: Read, query: dict[str, str]) -> None:
    assert ask("entity", {"slug": "songjiang"}, **query).status == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "²"])
def test_a_page_is_a_number(ask: Read, page: str) -> None:
    assert ask("entity", {"slug": "shanghai"}, of="g60:hasPart", page=page).status == 400


def test_an_unknown_name_leads_to_what_could_be_meant(ask: Ask) -> None:
    response = ask("entity", {"slug": "songjian"})
    assert response.status == 404
    page = parse(response)
    assert "/search?q=Songjiang" in page.links()
    assert "/queries/member-cities" in parse(ask("query", {"name": "member-city"})).links()


@pytest.mark.parametrize(
    ("route", "path", "kind", "name"),
    [
        ("entity", {"slug": "songjiang"}, "Place", "Songjiang District"),
        ("entity", {"slug": "tencent"}, "Organization", "Tencent"),
        ("article", {"id": "2023-07-11-g60-corridor"}, "NewsArticle", "2023-07-11"),
    ],
)
def test_a_page_tells_search_engines_what_it_is_about(
    read: Callable[..., Parsed], route: str, path: dict[str, str], kind: str, name: str
) -> None:
    (script,) = read(route, path).all("script", type="application/ld+json")
    told = json.loads(script.text)
    assert told["@type"] == kind
    assert name in (told.get("name"), told.get("datePublished"))
    assert told["@id"].startswith("https://w3id.org/g60kg/")
