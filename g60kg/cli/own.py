"""The options that name a user's own folders, shared by the commands that read articles."""

from collections.abc import Callable
from typing import Any, Final

import click

_OPTIONS: Final = (
    ("--patterns", "Folder of your own patterns; adds to the packaged ones, or replaces by id. Repeatable."),
    (
        "--register",
        "Folder of your own register files; adds to the packaged ones, or replaces by id. Repeatable.",
    ),
)


def own_folders(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options `--register` and `--patterns`."""
    for name, text in _OPTIONS:
        command = click.option(name, metavar="DIR", multiple=True, help=text)(command)
    return command


def jobs_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option `--jobs`."""
    text = "So many files at once.  [default: one process for few files, else one for each core]"
    return click.option("--jobs", metavar="N", type=click.IntRange(min=1), help=text)(command)
