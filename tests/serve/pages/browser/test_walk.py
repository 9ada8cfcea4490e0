"""What a person does: by keyboard alone, with scripts and without."""

from playwright.sync_api import expect

from tests.serve.pages.browser.conftest import Opening


def test_the_first_key_leads_past_the_header(opening: Opening) -> None:
    with opening() as visit:
        visit.go("/")
        visit.page.keyboard.press("Tab")
        assert visit.focused() == "Skip to the content"
        visit.page.keyboard.press("Enter")
        assert visit.focused() == "main"
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_city_of_the_map_leads_to_its_page(opening: Opening) -> None:
    with opening() as visit:
        visit.go("/")
        cities = visit.page.locator(".map-city")
        assert cities.count() == 9
        visit.page.locator(".map-city", has_text="Wuhu").focus()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/page/wuhu")
        expect(visit.page.locator("h1")).to_have_text("Wuhu")


def test_a_name_that_is_completed_leads_to_its_thing(opening: Opening) -> None:
    with opening() as visit:
        visit.go("/")
        box = visit.page.get_by_role("combobox", name="Search by name")
        box.focus()
        visit.page.keyboard.type("tenc")
        options = visit.page.get_by_role("option")
        expect(options.first).to_contain_text("Tencent")
        visit.page.keyboard.press("ArrowDown")
        expect(options.first).to_have_attribute("aria-selected", "true")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**/page/tencent")


def test_escape_closes_the_list(opening: Opening) -> None:
    with opening() as visit:
        visit.go("/")
        visit.page.get_by_role("combobox").first.focus()
        visit.page.keyboard.type("tenc")
        expect(visit.page.get_by_role("listbox").first).to_be_visible()
        visit.page.keyboard.press("Escape")
        expect(visit.page.get_by_role("listbox")).to_have_count(0)


def test_the_graph_unfolds_in_place(opening: Opening) -> None:
    with opening() as visit:
        visit.go("/neighbours/songjiang")
        address = visit.page.url
        assert visit.page.locator(".walk-name", has_text="Haining City").count() == 0
        mark = visit.page.get_by_role("link", name="Unfold Jiaxing")
        mark.focus()
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator(".walk-name", has_text="Haining City")).to_be_visible()
        assert visit.page.url == address
        label = visit.page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert label == "Fold Jiaxing"
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator(".walk-name", has_text="Haining City")).to_have_count(0)


def test_the_graph_unfolds_without_scripts(opening: Opening) -> None:
    with opening(scripts=False) as visit:
        visit.go("/neighbours/songjiang")
        visit.page.get_by_role("link", name="Unfold Jiaxing").click()
        visit.page.wait_for_url("**/neighbours/songjiang?open=jiaxing")
        expect(visit.page.locator(".walk-name", has_text="Haining City")).to_be_visible()


def test_the_language_stays_once_chosen(opening: Opening) -> None:
    with opening() as visit:
        visit.go("/")
        visit.page.get_by_role("link", name="中文").click()
        visit.page.wait_for_url("**/?lang=zh")
        visit.page.locator(".map-city", has_text="芜湖").click()
        visit.page.wait_for_url("**/page/wuhu?lang=zh")
        expect(visit.page.locator("h1")).to_have_text("芜湖市")
        visit.page.get_by_role("link", name="English").click()
        expect(visit.page.locator("h1")).to_have_text("Wuhu")
