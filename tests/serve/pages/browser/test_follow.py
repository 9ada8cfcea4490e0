"""In the browser: an answer is followed to the highlighted words that say it, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.serve.pages.browser.conftest import Opening

ARTICLE = "/articles/2023-07-11-g60-corridor"
LIT = """() => {
  const one = getComputedStyle(document.querySelector(".words .q:not(.k1)")).backgroundColor;
  return [...document.querySelectorAll(".words .q")]
    .filter((run) => run.closest(".paragraph").querySelector(":target"))
    .filter((run) => getComputedStyle(run).backgroundColor !== one).map((run) => run.textContent).join("");
}"""


@pytest.mark.parametrize("scripts", [True, False])
def test_an_answer_is_followed_to_its_words(opening: Opening, scripts: bool) -> None:
    """From the first page: a question, its form, its answer, the argument, the sentence."""
    with opening(scripts=scripts) as visit:
        visit.go("/queries")
        visit.page.get_by_role("link", name="Which companies work in an industry?").click()
        visit.page.get_by_role("textbox", name="industry").or_(
            visit.page.get_by_role("combobox", name="industry")
        ).first.fill("artificial intelligence")
        visit.page.get_by_role("button", name="Ask").click()
        visit.page.locator("a.why").first.click()
        quote = visit.page.locator("mark").first.inner_text()
        visit.page.locator("figcaption a").first.click()
        expect(visit.page).to_have_url(re.compile(f"{ARTICLE}#char="))
        assert visit.page.evaluate(LIT) == quote
        assert "artificial intelligence" in quote
        assert visit.wrong == []


def test_the_words_that_are_looked_for_are_in_sight(opening: Opening) -> None:
    with opening(width=390) as visit:
        visit.go(f"{ARTICLE}#char=4922,4985")
        assert visit.page.evaluate(LIT) == "More than 840 companies in the field of artificial intelligence"
        expect(visit.page.locator(".q", has_text="More than 840")).to_be_in_viewport()


def test_pointing_at_words_shows_what_they_state(opening: Opening) -> None:
    with opening() as visit:
        visit.go(ARTICLE)
        visit.page.locator(".words .q", has_text="More than 840").hover()
        box = visit.page.get_by_role("group", name="What it states")
        expect(box).to_contain_text("company count more than 840")
        box.hover()
        visit.page.wait_for_timeout(400)
        expect(box).to_be_visible()
        visit.page.keyboard.press("Escape")
        expect(box).to_have_count(0)
        assert visit.wrong == []


def test_a_click_keeps_it_and_its_links_lead_to_the_things(opening: Opening) -> None:
    with opening(language="zh") as visit:
        visit.go(ARTICLE)
        visit.page.locator(".words .q", has_text="nearly 3,000").click()
        box = visit.page.get_by_role("group", name="所述内容")
        box.get_by_role("link", name="松江区").first.click()
        expect(visit.page.get_by_role("heading", level=1)).to_have_text("松江区")


def test_the_keyboard_shows_it_too(opening: Opening) -> None:
    with opening() as visit:
        visit.go(ARTICLE)
        visit.page.locator(".words a.n", has_text="Tencent").first.focus()
        visit.page.keyboard.press("Tab")
        expect(visit.page.get_by_role("group", name="What it states")).to_be_visible()


def test_without_scripts_a_mark_leads_to_the_list_of_its_sentence(opening: Opening) -> None:
    with opening(scripts=False) as visit:
        visit.go(ARTICLE)
        visit.page.locator(".words .q", has_text="More than 840").click()
        opened = visit.page.locator("details.note:target")
        opened.locator("summary").click() if not opened.get_attribute("open") else None
        expect(opened).to_contain_text("company count more than 840")


def test_a_fact_unfolds_to_its_quote(opening: Opening) -> None:
    with opening(scripts=False) as visit:
        visit.go("/page/songjiang")
        group = visit.page.locator(".group", has_text="cooperates with").first
        quote = group.locator("mark").first
        expect(quote).not_to_be_visible()
        group.locator("summary").first.click()
        expect(quote).to_be_visible()
        expect(quote).to_contain_text("Collaborate with 8 cities")


def test_names_are_completed_in_the_language_of_the_page(opening: Opening) -> None:
    with opening(language="zh") as visit:
        visit.go("/queries/companies-by-industry")
        field = visit.page.locator("#p-industry")
        field.press_sequentially("人工")
        visit.page.locator(".question-form [role=option]", has_text="人工智能").first.click()
        visit.page.get_by_role("button", name="提问").click()
        expect(visit.page.locator(".cards")).to_contain_text("腾讯")
