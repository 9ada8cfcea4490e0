"""Makes the pictures of the pages in `docs/pictures`, from the real pages in a real browser.

Goes in: the packaged graph, served. Comes out: PNG files. Run it when the pages look different:
`python -m benchmarks.pictures`. It needs Chromium.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parents[1] / "docs" / "pictures"
LARGEST: Final = 150_000
"""Bytes of a picture, at most."""
_QUIET: Final = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its name, the page, what is done there, and the size of the window."""

    name: str
    path: str
    size: tuple[int, int]
    language: str = "en-GB"
    scheme: str = "light"
    click: str | None = None
    wait: str | None = None


PICTURES: Final = (
    Picture("home", "/", (1200, 760)),
    Picture("article", "/articles/2023-07-11-g60-corridor#s15", (1100, 600)),
    Picture("why", "/why?s=id:tencent&p=g60:inIndustry&o=id:artificial-intelligence", (1200, 740)),
    Picture("neighbours", "/neighbours/g60-corridor-phase-2?open=jiaxing", (1200, 760)),
    Picture("editor", "/sparql/editor", (1200, 760), click=".yasqe_queryButton", wait=".yasr table tbody tr"),
    Picture("home-phone", "/", (390, 760), language="zh-CN", scheme="dark"),
)


def main() -> None:
    """Make all pictures."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    chromium = shutil.which("chromium") or sys.exit("Chromium is not installed")
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(Path(folder)) as url,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_QUIET))
        for picture in PICTURES:
            path = _taken(browser, url, picture)
            size = path.stat().st_size
            print(f"{path.name}: {size:,} bytes")
            if size > LARGEST:
                sys.exit(f"{path.name} is larger than {LARGEST:,} bytes")
        browser.close()


def _taken(browser: Any, url: str, picture: Picture) -> Path:
    """Take a picture and return its file."""
    width, height = picture.size
    view = {"width": width, "height": height}
    context = browser.new_context(viewport=view, color_scheme=picture.scheme, locale=picture.language)
    page = context.new_page()
    page.goto(url + picture.path, wait_until="networkidle")
    if picture.click:
        page.click(picture.click)
    if picture.wait:
        page.wait_for_selector(picture.wait)
        page.wait_for_load_state("networkidle")
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path, animations="disabled", caret="hide")
    context.close()
    return path


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve the packaged graph for as long as the context lasts."""
    command = [sys.executable, "-c", "from g60kg.cli import main; main()", "--store", str(folder / "store")]
    subprocess.run([*command, "build"], check=True, capture_output=True)
    server = subprocess.Popen(
        [
            *command,
            "serve",
            "--port",
            "0",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        yield server.stdout.readline().split()[-1]
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
