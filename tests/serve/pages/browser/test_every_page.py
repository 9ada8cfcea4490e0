"""Every page, in both languages, narrow and wide, light and dark, with and without scripts."""

import os
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

from tests.serve.pages.browser.conftest import REPOSITORY, Opening, Visit

ARTICLE: Final = "2023-07-11-g60-corridor"
PAGES: Final = {
    "home": "/",
    "questions": "/queries",
    "question": "/queries/companies-by-industry",
    "answer": "/queries/company-counts?industry=biomedicine",
    "answer as a table": "/queries/figures?view=table",
    "timeline": "/queries/timeline?view=timeline&only=year:2018",
    "map": "/queries/member-cities?view=map",
    "asked": "/ask?q=How%20big%20is%20the%20corridor%3F",
    "asked in vain": "/ask?q=who%20founded%20Haier%20Zhigu%3F",
    "read": "/read",
    "review": "/review",
    "claims to review": "/review?of=claims",
    "history": "/history",
    "two years": "/changes?from=2016&to=2018",
    "two cities": "/changes?one=Songjiang&other=Jiaxing",
    "embedded": "/embed/member-cities",
    "articles": "/articles",
    "article": f"/articles/{ARTICLE}",
    "search": "/search?q=song",
    "search for nothing": "/search?q=zzzz",
    "editor": "/sparql/editor",
    "editor with an answer": "/sparql/editor?query=SELECT%20*%20{%20?park%20a%20g60:Park%20}",
    "editor with a mistake": "/sparql/editor?query=SELEC",
    "ontology": "/ontology",
    "about": "/about",
    "district": "/page/songjiang",
    "company": "/page/tencent",
    "all facts of a property": "/page/songjiang?of=g60:contains",
    "candidate": "/page/haier-ziya-industrial-park",
    "neighbours": "/neighbours/songjiang?open=jiaxing",
    "why": "/why?s=id:tencent&p=g60:inIndustry&o=id:artificial-intelligence",
    "why not": "/why?s=id:haier-zhigu&p=g60:locatedIn&o=id:hefei",
    "no such page": "/page/nowhere",
}
ERRORS: Final = {"editor with a mistake": 400, "no such page": 404, "why not": 404}
LOOKS: Final = (("en", "light", (360, 1200)), ("zh", "dark", (1200, 360)))
"""The language, the scheme and the widths of a page: every other page in one, `CHIEF` ones in both."""
CHIEF: Final = ("home", "question", "answer", "article", "district")
BARE: Final = ("home", "answer as a table", "editor with an answer", "district", "neighbours")
"""Pages of each kind that scripts change."""
AXE: Final = REPOSITORY / "web" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE: Final = frozenset({"serious", "critical"})


def check(visit: Visit, name: str) -> None:
    """Hold an open page to what every page keeps."""
    assert visit.wrong == []
    assert visit.hosts == {visit.url.split("/")[2]}
    found = visit.page.evaluate(
        """() => [document.documentElement.scrollWidth, innerWidth, document.querySelectorAll('h1').length,
            innerWidth < 400 && [...document.querySelectorAll('.table')].some(
              (table) => table.scrollWidth > table.clientWidth)]"""
    )
    assert found[0] <= found[1], f"{name} is wider than the window"
    assert found[2] == 1, f"{name} has {found[2]} main headings"
    assert not found[3], f"a table of {name} scrolls sideways"


def found_by_axe(visit: Visit, impacts: frozenset[str] = frozenset()) -> list[str]:
    """Return what axe finds of these impacts, or of any."""
    visit.page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = visit.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        if not impacts or each["impact"] in impacts
        for node in each["nodes"]
    ]


@pytest.mark.slow
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: python web/bundle.py")
@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_is_wrong(opening: Opening, name: str) -> None:
    at = list(PAGES).index(name) % 2
    for language, scheme, widths in (LOOKS[at], *([LOOKS[1 - at]] if name in CHIEF else [])):
        with opening(language=language, width=widths[0], scheme=scheme) as visit:
            # An answer is framed in the language of its question, unless the address says another.
            chosen = f"&lang={language}" if name.startswith("asked") else ""
            assert visit.go(PAGES[name] + chosen) == ERRORS.get(name, 200)
            assert visit.page.locator("html").get_attribute("lang") == language
            check(visit, name)
            if language == LOOKS[at][0]:
                assert found_by_axe(visit, GRAVE) == [], f"{name} {language} {widths[0]} {scheme}"
            visit.page.set_viewport_size({"width": widths[1], "height": 800})
            check(visit, name)


@pytest.mark.slow
@pytest.mark.skipif("G60KG_LONG" not in os.environ, reason="a look a page is checked; G60KG_LONG=1: all")
@pytest.mark.parametrize("name", PAGES)
def test_nothing_at_all_is_wrong_in_any_look(opening: Opening, name: str) -> None:
    for language, scheme, width in product(("en", "zh"), ("light", "dark"), (375, 1280)):
        with opening(language=language, width=width, scheme=scheme) as visit:
            visit.go(PAGES[name] + ("?" if "?" not in PAGES[name] else "&") + f"lang={language}")
            check(visit, name)
            assert found_by_axe(visit) == [], f"{name} {language} {width} {scheme}"


@pytest.mark.slow
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: python web/bundle.py")
@pytest.mark.parametrize("name", BARE)
def test_nothing_serious_is_wrong_without_scripts(opening: Opening, name: str) -> None:
    with opening(width=360, scripts=False) as visit:
        visit.go(PAGES[name])
        check(visit, name)
        assert found_by_axe(visit, GRAVE) == []


@pytest.mark.parametrize("path", ["/", "/page/songjiang", "/ask?q=Suzhou", "/queries/figures"])
def test_a_page_is_light(opening: Opening, path: str) -> None:
    with opening(new=True) as visit:
        visit.go(path)
        assert any(url.endswith(".css") for url in visit.bodies)
        assert sum(visit.bodies.values()) < 100_000, visit.bodies


@pytest.mark.parametrize("path", ["/", "/queries/companies-by-industry", "/page/songjiang"])
def test_a_page_seen_before_is_as_it_was(opening: Opening, path: str) -> None:
    with opening() as visit:
        for _ in range(2):
            visit.go(path)
            colour = "getComputedStyle(document.querySelector('.site-bar')).display"
            assert visit.page.evaluate(colour) == "flex"
            assert (
                visit.page.locator("input[role=combobox]").count()
                == visit.page.locator("input[data-complete]").count()
                >= 1
            )
        assert visit.wrong == []


def test_print_leaves_what_is_no_content(opening: Opening, tmp_path: Path) -> None:
    with opening(scheme="dark") as visit:
        visit.go("/page/songjiang")
        visit.page.emulate_media(media="print")
        assert not visit.page.locator(".site-nav").is_visible()
        assert visit.page.locator("h1").is_visible()
        colour = "getComputedStyle(document.body).backgroundColor"
        assert visit.page.evaluate(colour) == "rgb(255, 255, 255)"
