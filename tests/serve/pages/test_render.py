"""The layout: what every page has, in both languages."""

from html.parser import HTMLParser
from http import HTTPStatus

import pytest

from g60kg.serve.pages.links import address
from g60kg.serve.pages.page import failure
from g60kg.serve.problem import Refused
from g60kg.serve.site import Site
from g60kg.serve.values import Request
from g60kg.terms import CLAIM, G60, ID, WD


class Seen(HTMLParser):
    """The elements of a page, each as its name and attributes."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def hrefs(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.elements if tag == "a"]


def page(site: Site, detail: str = "no entity 'x'", **request: object) -> Seen:
    given = Request("entity", **request)  # type: ignore[arg-type]
    made = failure(site, given, Refused(HTTPStatus.NOT_FOUND, detail))
    assert made.status == 404
    assert made.media_type == "text/html; charset=utf-8"
    return Seen(made.body)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_says_its_language_and_keeps_it(site: Site, language: str) -> None:
    seen = page(site, query=(("lang", language),))
    assert ("html", {"lang": language}) in seen.elements
    kept = [href for href in seen.hrefs() if href.startswith("/")]
    assert len(kept) > 6
    assert all(href.endswith(f"lang={language}") for href in kept)


def test_a_language_that_nobody_chose_is_not_in_the_links(site: Site) -> None:
    seen = page(site, headers={"accept-language": "zh"})
    assert ("html", {"lang": "zh"}) in seen.elements
    assert not any("lang=" in href for href in seen.hrefs() if href.startswith("/"))


def test_a_page_needs_no_inline_script_or_style(site: Site) -> None:
    seen = page(site)
    assert not [tag for tag, attributes in seen.elements if tag == "style" or "style" in attributes]
    assert all("src" in attributes for tag, attributes in seen.elements if tag == "script")


def test_what_is_shown_is_escaped(site: Site) -> None:
    seen = page(site, "no entity '<script>alert(1)</script>'", query=(("lang", '"><img src=x>'),))
    assert "img" not in {tag for tag, _ in seen.elements}
    assert all("src" in attributes for tag, attributes in seen.elements if tag == "script")


def test_links_stand_below_the_path_of_the_base(site: Site) -> None:
    below = Site(site.kg, base="https://example.org/g60/")
    assert "/g60/articles" in page(below).hrefs()


def test_terms_have_their_pages(site: Site) -> None:
    request = Request("home")
    assert address(site, request, ID["songjiang"]) == "/page/songjiang"
    assert address(site, request, G60["Park"]) == "/ontology#Park"
    assert address(site, request, WD["Q8686"]) == "http://www.wikidata.org/entity/Q8686"
    assert address(site, request, CLAIM["x"]) is None
    assert address(site, request, "text") is None
