"""The SPARQL editor in a browser: YASGUI where scripts run, a plain form where they do not."""

from playwright.sync_api import Page, expect

from tests.serve.pages.browser.conftest import Opening, Visit


def write(page: Page, text: str) -> None:
    """Put a text into the editor, as if it were typed."""
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def begin(visit: Visit, path: str = "/sparql/editor") -> Page:
    visit.go(path)
    visit.page.locator("#editor[data-state=ready]").wait_for()
    return visit.page


def test_a_query_is_answered(opening: Opening) -> None:
    with opening() as visit:
        page = begin(visit)
        assert not page.locator("#editor-form").is_visible()
        page.get_by_role("button", name="Run query").click()
        expect(page.locator(".yasr table tbody tr")).to_have_count(20)
        expect(page.locator(".yasr table tbody a").first).to_have_text("id:abb")
        expect(page.locator(".yasr table tbody a").first).to_have_attribute("href", f"{visit.url}/id/abb")
        expect(page.locator(".yasr table tbody td .soft").first).to_have_text("ABB")
        assert visit.wrong == []
        assert len(visit.hosts) == 1


def test_on_a_chinese_page_its_own_words_are_chinese(opening: Opening) -> None:
    with opening(language="zh") as visit:
        page = begin(visit)
        page.get_by_role("button", name="运行查询").click()
        expect(page.locator(".yasr table tbody tr")).to_have_count(20)
        expect(page.locator(".yasr .dt-info")).to_have_text("第 1 至 20 条，共 20 条")
        expect(page.locator(".yasr .tableFilter")).to_have_attribute("placeholder", "筛选结果")


def test_what_can_be_refused_is_told(opening: Opening) -> None:
    with opening() as visit:
        page = begin(visit)
        write(page, "SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".yasr .errorResult")).to_contain_text("SERVICE")
        assert len(visit.hosts) == 1


def test_our_classes_are_completed(opening: Opening) -> None:
    with opening() as visit:
        page = begin(visit)
        write(page, "PREFIX g60: <https://w3id.org/g60kg/ontology#>\nSELECT * { ?park a g60:ScienceC")
        page.keyboard.press("Control+Space")
        expect(page.locator(".CodeMirror-hint", has_text="g60:ScienceCity")).to_be_visible()
        page.keyboard.press("Enter")
        text = "document.querySelector('.CodeMirror').CodeMirror.getValue()"
        page.wait_for_function(f"{text}.includes('g60:ScienceCity')")
        assert len(visit.hosts) == 1


def test_our_properties_are_completed(opening: Opening) -> None:
    with opening() as visit:
        page = begin(visit)
        write(page, "PREFIX g60: <https://w3id.org/g60kg/ontology#>\nSELECT * { ?park g60:located")
        page.keyboard.press("Control+Space")
        expect(page.locator(".CodeMirror-hint", has_text="g60:locatedIn").first).to_be_visible()


def test_a_stored_query_is_an_example(opening: Opening) -> None:
    with opening() as visit:
        page = begin(visit)
        page.locator(".examples summary").click()
        page.get_by_role("link", name="Which cities does each phase").click()
        page.wait_for_url("**example=*")
        page.locator("#editor[data-state=ready]").wait_for()
        text = page.evaluate("document.querySelector('.tabPanel.active .CodeMirror').CodeMirror.getValue()")
        assert "g60:memberCity" in text


def test_a_plain_form_asks_without_scripts(opening: Opening) -> None:
    with opening(scripts=False) as visit:
        visit.go("/sparql/editor")
        visit.page.get_by_label("Query", exact=True).fill("SELECT ?park { ?park a g60:ScienceCity }")
        visit.page.get_by_role("button", name="Run").click()
        expect(visit.page.locator("#editor-answer tbody tr")).to_have_count(3)


def test_a_plain_form_says_yes_or_no_and_what_is_wrong(opening: Opening) -> None:
    with opening(scripts=False) as visit:
        visit.go("/sparql/editor?query=ASK { id:haier-zhigu g60:locatedIn id:japan }")
        expect(visit.page.locator("#editor-answer")).to_contain_text("No")
        assert visit.go("/sparql/editor?query=DROP ALL") in (400, 403)
        expect(visit.page.get_by_role("alert")).to_be_visible()
