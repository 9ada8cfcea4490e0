"""Where the packaged knowledge lies, in the wheel or in the repository; what installed packages add to it.

They do so by entry points: queries (`g60kg.queries`), exporters (a `Format` of `export/formats.py`), engines
(a function from a `Task` to a `Closure` of `reason/engine.py`).
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

READERS: Final = ("parser", "model", "recorded")
"""Who may propose claims; replies that were recorded are always heard besides."""
_PACKAGE: Final = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """Return the path of a packaged file or folder.

    >>> resource("ontology", "g60.ttl").name
    'g60.ttl'
    """
    packaged = _PACKAGE / "_data"
    root = packaged if packaged.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)


@cache
def query_text(name: str, folder: str = "describe") -> str:
    """Return the text of a query that lies in a folder of `ontology/`."""
    return resource("ontology", folder, f"{name}.rq").read_text("utf-8")


@cache
def installed(kind: str) -> "dict[str, EntryPoint]":
    """Return the entry points of a kind by name, none loaded yet.

    >>> sorted(installed("queries"))
    []
    """
    from importlib.metadata import entry_points

    return {each.name: each for each in sorted(entry_points(group=f"g60kg.{kind}"), key=lambda e: e.name)}


def reasoners() -> tuple[str, ...]:
    """Return the names of the engines that there are.

    >>> reasoners()
    ('compiled', 'owlrl', 'none')
    """
    return ("compiled", "owlrl", "none", *installed("engines"))
