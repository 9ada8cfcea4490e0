"""Telling a caller how far work has come.

Goes in: a line of text, such as the name of the stage that begins. Comes out: what the caller makes of it.
"""

from collections.abc import Callable

Progress = Callable[[str], None]


def silent(line: str) -> None:
    """Report nothing."""
