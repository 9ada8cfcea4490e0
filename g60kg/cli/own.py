"""The options that say what a user adds to the packaged knowledge, for the commands that read articles."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

import click

_FOLDERS: Final = (
    ("--replies", "Folder of recorded replies: proposals that a person, a tool or a model made. Repeatable."),
    ("--frames", "Folder of your own frames; adds to the packaged ones, or replaces by id. Repeatable."),
    (
        "--register",
        "Folder of your own register files; adds to the packaged ones, or replaces by id. Repeatable.",
    ),
)


def own_folders(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for a user's own folders and reader; it is called with them as one `own`."""

    @wraps(command)
    def with_own(*args: Any, **values: Any) -> Any:
        from g60kg.kg.own import Own

        names = ("register", "frames", "replies", "reader", "model", "model_url")
        own = Own.from_folders(**{name: values.pop(name) for name in names})
        return command(*args, own=own, **values)

    wrapped: Callable[..., Any] = with_own
    for name, text in _FOLDERS:
        wrapped = click.option(name, metavar="DIR", multiple=True, help=text)(wrapped)
    for name, variable, text in (
        ("--model-url", "G60KG_MODEL_URL", "Its endpoint: any that speaks as OpenAI's does."),
        ("--model", "G60KG_MODEL", "The language model that reads, with --reader model."),
    ):
        wrapped = click.option(name, envvar=variable, show_envvar=True, help=text)(wrapped)
    return click.option(
        "--reader",
        type=click.Choice(("parser", "model", "recorded")),
        default="parser",
        show_default=True,
        help="Who proposes claims; what they propose is verified.",
    )(wrapped)


def jobs_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option `--jobs`."""
    text = "So many files at once.  [default: one process for few files, else one for each core]"
    return click.option("--jobs", metavar="N", type=click.IntRange(min=1), help=text)(command)
