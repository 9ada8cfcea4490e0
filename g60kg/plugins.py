"""What installed packages add, by entry points: queries (`g60kg.queries`), exporters, engines.

An exporter is a `Format` of `export/formats.py`; an engine is a function from a `Task` to a `Closure` of
`reason/engine.py`.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


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
