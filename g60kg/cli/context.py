"""What the commands share: where the store is.

Goes in: the value of `--store`. Comes out: the graph, opened when a command needs it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from g60kg.kg import KnowledgeGraph, Own


@dataclass(frozen=True, slots=True)
class Place:
    """Where the store is, as the user says; None for the default."""

    store: str | None

    def open(self) -> "KnowledgeGraph":
        """Open the graph; raises `StoreError` where there is none."""
        from g60kg.kg import KnowledgeGraph

        return KnowledgeGraph.open(self.store)

    def open_current(self, own: "Own") -> "KnowledgeGraph":
        """Open the graph to add to it, built again where the user's own folders have changed."""
        from g60kg.cli.output import progress, warn
        from g60kg.kg import open_current

        kg = open_current(self.store, own, report=progress)
        if kg.is_new:
            warn(kg.summary.notes)
        return kg


pass_place = click.make_pass_decorator(Place, ensure=True)


def example(*lines: str) -> str:
    """Return the examples that end a command's help, each on a line of its own.

    >>> example("g60kg articles")
    '\\x08\\nExample:\\n  g60kg articles'
    """
    return "\b\n" + "\n  ".join(["Example:" if len(lines) == 1 else "Examples:", *lines])
