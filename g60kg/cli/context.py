"""What the commands share: where the store is, what a user adds to the packaged knowledge, formats of output.

On a terminal rows are a table that fits it; elsewhere lines of JSON, unless `--format` says otherwise.
"""

import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import wraps
from threading import Event, Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from g60kg.kg import KnowledgeGraph
    from g60kg.query import Rows

TABLES: Final = ("table", "json", "csv", "tsv", "jsonl")
GRAPHS: Final = ("turtle", "ntriples", "jsonld")
Command = Callable[..., Any]
_NUMBER: Final = re.compile(r"([-.,\d]*\d)?")
_NARROW: Final = 14
"""Characters that a column of a table on a terminal has at least, where it holds as many."""
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


def timeout_option(command: Command) -> Command:
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


def overlay_options(command: Command) -> Command:
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


@dataclass(frozen=True, slots=True)
class Readable:
    """Rows, and what makes them readable in a table."""

    rows: "Rows"
    readable: "Callable[[Rows], Rows]"


def progress(line: str) -> None:
    """Say on a terminal what is being done."""
    if sys.stderr.isatty():
        click.echo(line, err=True)


def warn(lines: Iterable[str]) -> None:
    """Say on standard error what a user should know of."""
    for line in lines:
        click.echo(f"g60kg: {line}", err=True)


def formats(*names: str, default: str = "") -> Callable[[Command], Command]:
    """Give a command the option `--format`, and write what the command returns in it, but for None."""

    text = f"How to write it.  [default: {default or 'table on a terminal, else jsonl'}]"

    def decorate(command: Command) -> Command:
        @click.option("--format", "format_", type=click.Choice(names), help=text)
        @wraps(command)
        def wrapped(*arguments: Any, format_: str | None, **options: Any) -> None:
            write(command(*arguments, **options), format_ or default)

        return wrapped

    return decorate


def write(value: Any, format: str = "") -> None:
    """Write rows, a bool, triples, or a value with text and JSON forms; leave with 1 where it says no."""
    from g60kg.query import Rows

    if isinstance(value, bool):
        click.echo(json.dumps({"head": {}, "boolean": value} if format == "json" else value))
    elif isinstance(value, list):
        _write_triples(value, format)
    elif isinstance(value, Readable):
        is_table = format == "table" or (not format and sys.stdout.isatty())
        _write_rows(value.readable(value.rows) if is_table else value.rows, format)
    elif isinstance(value, Rows):
        _write_rows(value, format)
    else:
        text = json.dumps(value.to_json(), ensure_ascii=False, indent=1) if format == "json" else str(value)
        click.echo(text)
    if value is False or not getattr(value, "found", True) or not getattr(value, "ok", True):
        raise click.exceptions.Exit(1)


def _write_triples(triples: "list[Triple]", format: str) -> None:
    if format in TABLES:
        raise click.UsageError(f"a graph cannot be written as {format}; choose one of {', '.join(GRAPHS)}")
    from pyoxigraph import Quad

    from g60kg.export import write_quads

    quads = (Quad(*triple) for triple in triples)
    sys.stdout.flush()
    write_quads(quads, sys.stdout.buffer, format or "turtle")


def _write_rows(rows: "Rows", format: str) -> None:
    terminal = sys.stdout.isatty()
    if format in GRAPHS:
        raise click.UsageError(f"rows cannot be written as {format}; choose one of {', '.join(TABLES)}")
    if format == "table" or (not format and terminal):
        _write_table(rows, terminal)
    else:
        click.echo(getattr(rows, f"to_{format or 'jsonl'}")(), nl=False)
        if not rows:
            click.echo("0 rows", err=True)


def _write_table(rows: "Rows", terminal: bool) -> None:
    """Write a table; on a terminal that it does not fit each row as lines, a column a line."""
    from g60kg.query.write import one_line, to_text

    if terminal:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        console, columns = Console(), range(len(rows.columns))
        texts = [[one_line(to_text(term)) for term in terms] for terms in rows.terms]
        needed = [
            max(min(len(row[place]), _NARROW) for row in (rows.columns, *texts)) + 3 for place in columns
        ]
        if sum(needed) > console.width:
            table = Table.grid("", "", padding=(0, 2))
            for row in texts:
                for name, text in zip(rows.columns, row, strict=True):
                    if text:
                        table.add_row(Text(name, style="bold"), Text(text))
                table.add_row()
        else:
            table = Table(header_style="bold")
            for place, name in enumerate(rows.columns):
                is_number = all(_NUMBER.fullmatch(row[place]) for row in texts)  # which is never cut
                table.add_column(name, no_wrap=is_number)
            for row in texts:
                table.add_row(*map(Text, row))
        console.print(table)
    else:
        click.echo(str(rows))
    click.echo(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}", err=True)
