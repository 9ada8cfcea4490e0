"""A part of `docs/serving-benchmark.md` that one benchmark writes, and the other leaves as it is.

Goes in: the name of the part and its text. Comes out: the page, with the part between its marks.
"""

import re
from pathlib import Path
from typing import Final

PAGE: Final = Path(__file__).parents[1] / "docs" / "serving-benchmark.md"


def replace_part(name: str, text: str) -> None:
    """Write a part of the page, or put it at its end where it has none yet."""
    PAGE.write_text(with_part(PAGE.read_text(encoding="utf-8"), name, text), encoding="utf-8")


def with_part(page: str, name: str, text: str) -> str:
    """Return a page with a part replaced.

    >>> with_part("a\\n<!-- b -->\\nold\\n<!-- /b -->\\nc\\n", "b", "new")
    'a\\n<!-- b -->\\nnew\\n<!-- /b -->\\nc\\n'
    """
    marked = f"<!-- {name} -->\n{text.rstrip()}\n<!-- /{name} -->\n"
    found = re.compile(f"<!-- {name} -->\n.*?<!-- /{name} -->\n", re.DOTALL)
    return found.sub(lambda _: marked, page) if found.search(page) else f"{page.rstrip()}\n\n{marked}"
