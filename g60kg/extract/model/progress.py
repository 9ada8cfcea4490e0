"""How far a model has read, on a terminal: one line that is written over."""

import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from g60kg.extract.model.reader import Spent, Watch


def on_terminal(stream: TextIO | None = None) -> "Watch | None":
    """Return what shows the progress of a `ModelReader` on a terminal; None where standard error is none."""
    out = stream or sys.stderr
    if not out.isatty():
        return None

    def show(article: str, done: int, total: int, spent: "Spent") -> None:
        line = f"{article[:40]}: {done}/{total} passages, {spent.sent:,} + {spent.received:,} tokens"
        out.write(f"\r{line}\x1b[K" + ("\n" if done == total else ""))
        out.flush()

    return show
