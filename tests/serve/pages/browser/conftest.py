"""A real browser: Debian's Chromium, driven by Playwright, that watches what the pages do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, sync_playwright

from g60kg.serve.site import manifest
from tests.serve.conftest import Served

REPOSITORY: Final = Path(__file__).parents[4]
_QUIET: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
_WATCH: Final = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Visit:
    """A page that is open in the browser, and what was seen of it."""

    page: Page
    url: str
    scripts: bool = True
    wrong: list[str] = field(default_factory=list)
    """Errors of the console and of scripts, and violations of the policy."""
    hosts: set[str] = field(default_factory=set)
    """The servers that the page asked."""
    bodies: dict[str, int] = field(default_factory=dict)
    """The size of each answer, as it was sent."""

    def go(self, path: str) -> int:
        """Open a path and return its status."""
        answer = self.page.goto(self.url + path)
        assert answer is not None
        if self.scripts and self.page.locator("#editor").count():
            self.page.locator("#editor[data-state=ready]").wait_for()
        return answer.status

    def focused(self) -> str:
        """Return what has the focus: its name in the page, or its text."""
        return str(
            self.page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
        )

    def on_console(self, message: ConsoleMessage) -> None:
        """Keep an error; that the page itself is an error is none, nor that scripts were held back."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.wrong.append(message.text)

    def on_response(self, response: Response) -> None:
        """Keep from where an answer came, and how large it is."""
        self.hosts.add(response.url.split("/")[2])
        if response.ok:
            self.bodies[response.url] = response.request.sizes()["responseBodySize"]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Start the browser; while it is open no other test of this process can run a loop of asyncio.

    It is open for the tests of this folder alone, which is a package for that.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    if "site.js" not in manifest():
        pytest.skip("the scripts and styles are not built: python web/bundle.py")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_QUIET))
        yield browser
        browser.close()


class Opening:
    """Opens pages: in a language, at a width, light or dark, with scripts or without.

    A page that is done with is emptied and kept for the next, since a new one takes most of a test's time.
    """

    def __init__(self, browser: Browser, served: Served) -> None:
        self._browser = browser
        self._served = served
        self._kept: dict[tuple[str, bool], Visit] = {}

    @contextmanager
    def __call__(
        self,
        *,
        language: str = "en",
        width: int = 1200,
        scheme: Any = "light",
        scripts: bool = True,
        new: bool = False,
    ) -> Iterator[Visit]:
        """Give a page; one that is `new` has nothing in its cache."""
        visit = None if new else self._kept.pop((language, scripts), None)
        visit = visit or self._opened(language, scripts)
        visit.page.set_viewport_size({"width": width, "height": 800})
        visit.page.emulate_media(media="screen", color_scheme=scheme)
        try:
            yield visit
        except BaseException:
            visit.page.context.close()
            raise
        self._kept[language, scripts] = _emptied(visit)

    def _opened(self, language: str, scripts: bool) -> Visit:
        context = self._browser.new_context(locale={"en": "en-GB", "zh": "zh-CN"}[language])
        if not scripts:
            context.route("**/*.js", _held_back)
        page = context.new_page()
        page.set_default_timeout(20_000)
        visit = Visit(page, self._served.url, scripts)
        page.add_init_script(_WATCH)
        page.on("console", visit.on_console)
        page.on("pageerror", lambda error: visit.wrong.append(str(error)))
        page.on("response", visit.on_response)
        return visit


def _emptied(visit: Visit) -> Visit:
    """Take away what a visit has left."""
    visit.page.evaluate("localStorage.clear(), sessionStorage.clear()")
    visit.page.context.clear_cookies()
    visit.page.goto("about:blank")
    for left in (visit.wrong, visit.hosts, visit.bodies):
        left.clear()
    return visit


def _held_back(route: Route) -> None:
    route.abort()


@pytest.fixture(scope="package")
def opening(chromium: Browser, served: Served) -> Opening:
    """Return what opens pages."""
    return Opening(chromium, served)
