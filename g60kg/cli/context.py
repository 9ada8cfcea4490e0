"""What the commands share: where the store is, and what a user adds to the packaged knowledge."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import wraps
from threading import Event, Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from g60kg.kg import KnowledgeGraph


INTERRUPTED: Final = 130
_GRACE: Final = 0.5
"""Seconds that an interrupt gives Python to end what it does."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the store is, as the user says; None for the default. A command opens it once."""

    store: str | None
    opened: "list[KnowledgeGraph]" = field(default_factory=list, compare=False)

    def open(self) -> "KnowledgeGraph":
        """Open the graph; raises `StoreError` where there is none."""
        from g60kg.kg import KnowledgeGraph

        if not self.opened:
            self.opened.append(KnowledgeGraph.open(self.store))
        return self.opened[0]


@contextmanager
def interruptible() -> Iterator[None]:
    """Let an interrupt end the process also while the engine works, which sees none until it has ended."""
    if current_thread() is not main_thread():
        yield
        return
    told, tells = os.pipe()
    os.set_blocking(tells, False)
    is_over = Event()

    def watch() -> None:
        number = os.read(told, 1)[0]
        if number == signal.SIGINT and not is_over.wait(_GRACE):
            click.echo("g60kg: interrupted", err=True)
            os._exit(INTERRUPTED)
        os.close(told)
        os.close(tells)

    before = signal.set_wakeup_fd(tells)
    Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        is_over.set()
        signal.set_wakeup_fd(before)
        with suppress(OSError):  # an interrupt has ended it
            os.write(tells, b"\0")


def timeout_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option `--timeout`."""
    text = "End the query after so many seconds."
    kind = click.FloatRange(min=0, min_open=True)
    return click.option("--timeout", metavar="SECONDS", type=kind, help=text)(command)


pass_place = click.make_pass_decorator(Place, ensure=True)


def example(*lines: str) -> str:
    """Return the examples that end a command's help, each on a line of its own.

    >>> example("g60kg articles")
    '\\x08\\nExample:\\n  g60kg articles'
    """
    return "\b\n" + "\n  ".join(["Example:" if len(lines) == 1 else "Examples:", *lines])


_FOLDERS: Final = (
    ("--queries", "Folder of your own stored queries; adds to the packaged ones. Repeatable."),
    ("--replies", "Folder of recorded replies: proposals that a person, a tool or a model made. Repeatable."),
    ("--frames", "Folder of your own frames; adds to the packaged ones, or replaces by id. Repeatable."),
    (
        "--register",
        "Folder of your own register files; adds to the packaged ones, or replaces by id. Repeatable.",
    ),
)


def overlay_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for a user's own folders and reader, as one `overlays`."""

    @wraps(command)
    def with_overlays(*args: Any, **values: Any) -> Any:
        from g60kg.kg.overlays import SETTINGS, Overlays

        overlays = Overlays.from_folders(**{name: values.pop(name) for name in SETTINGS})
        return command(*args, overlays=overlays, **values)

    wrapped: Callable[..., Any] = with_overlays
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
