"""Output formats, shared by all commands.

On a terminal rows are a table that fits it; elsewhere lines of JSON, unless `--format` says otherwise.
"""

import functools
import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import click
from pyoxigraph import Quad, Triple

from g60kg.query import Rows
from g60kg.query.write import one_line, to_text

TABLES: Final = ("table", "json", "csv", "tsv", "jsonl")
GRAPHS: Final = ("turtle", "ntriples", "jsonld")
Command = Callable[..., Any]
_NUMBER: Final = re.compile(r"([-.,\d]*\d)?")
_NARROW: Final = 14
"""Characters that a column of a table on a terminal has at least, where it holds as many."""


@dataclass(frozen=True, slots=True)
class Readable:
    """Rows, and what makes them readable in a table."""

    rows: Rows
    readable: Callable[[Rows], Rows]


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
        @functools.wraps(command)
        def wrapped(*arguments: Any, format_: str | None, **options: Any) -> None:
            write(command(*arguments, **options), format_ or default)

        return wrapped

    return decorate


def write(value: Any, format: str = "") -> None:
    """Write rows, a bool, triples, or a value with text and JSON forms; leave with 1 where it says no."""
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


def _write_triples(triples: list[Triple], format: str) -> None:
    if format in TABLES:
        raise click.UsageError(f"a graph cannot be written as {format}; choose one of {', '.join(GRAPHS)}")
    from g60kg.export import write_quads

    quads = (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    sys.stdout.flush()
    write_quads(quads, sys.stdout.buffer, format or "turtle")


def _write_rows(rows: Rows, format: str) -> None:
    terminal = sys.stdout.isatty()
    if format in GRAPHS:
        raise click.UsageError(f"rows cannot be written as {format}; choose one of {', '.join(TABLES)}")
    if format == "table" or (not format and terminal):
        _write_table(rows, terminal)
    else:
        click.echo(getattr(rows, f"to_{format or 'jsonl'}")(), nl=False)
        if not rows:
            click.echo("0 rows", err=True)


def _write_table(rows: Rows, terminal: bool) -> None:
    """Write a table; on a terminal that it does not fit each row as lines, a column a line."""
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
