"""`g60kg queries`, `query` and `sparql`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.output import GRAPHS, TABLES, formats
from g60kg.cli.stored import StoredQueries, show_queries

if TYPE_CHECKING:
    from g60kg.query import Rows


@click.command(epilog=example("g60kg queries", "g60kg queries companies-by-industry"))
@click.argument("name", required=False)
def queries(name: str | None) -> None:
    """List the stored queries, or show one with its parameters and its SPARQL."""
    click.echo(show_queries(name))


@click.group(
    cls=StoredQueries,
    subcommand_metavar="NAME [--PARAMETER VALUE …]",
    epilog=example(
        'g60kg query companies-by-industry --industry "artificial intelligence"',
        "g60kg query companies-by-industry --help",
    ),
)
def query() -> None:
    """Run a stored query; its parameters are options."""


@click.command(
    epilog=example('g60kg sparql "SELECT ?city { ?city a g60:City }"', "g60kg sparql -f question.rq")
)
@click.argument("text", required=False)
@click.option("-f", "--file", type=click.Path(path_type=Path), help="Read the query from a file.")
@formats(*TABLES, *GRAPHS)
@pass_place
def sparql(place: Place, text: str | None, file: Path | None) -> "Rows | bool | list[Any]":
    """Run any SPARQL query; `-` is standard input. Updates and SERVICE are refused.

    The default graph is the union of all; prefixes of the project need no declaration. ASK prints
    true or false, and false leaves with exit status 1. Graphs are written as turtle by default.
    """
    return place.open().answer(_query_text(text, file))


def _query_text(text: str | None, file: Path | None) -> str:
    """Return the query, from wherever it stands."""
    if (text is None) == (file is None):
        raise click.UsageError("give either the query's text, or -f FILE, or - for standard input")
    try:
        if file is not None:
            return file.read_text(encoding="utf-8")
        assert text is not None
        return sys.stdin.buffer.read().decode("utf-8") if text == "-" else text
    except UnicodeDecodeError as error:
        raise click.UsageError(
            f"{file or 'standard input'}: is not UTF-8; save the query as UTF-8"
        ) from error
