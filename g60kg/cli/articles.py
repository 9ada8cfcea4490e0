"""`g60kg extract`, `add`, `remove` and `articles`."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.output import TABLES, formats, progress
from g60kg.cli.own import jobs_option, own_folders

if TYPE_CHECKING:
    from g60kg.kg import Own
    from g60kg.query import Rows


def _metadata(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what is known of an article."""
    for name, text in (
        ("--title", "The article's title."),
        ("--url", "Where it was published."),
        ("--date", "When: YYYY-MM-DD. Relative times are read from it."),
    ):
        command = click.option(name, help=text)(command)
    return click.argument("files", metavar="FILE…", nargs=-1, required=True)(command)


@click.command(
    epilog=example(
        "g60kg extract news.txt --date 2024-02-19",
        "cat news.txt | g60kg extract -",
        "g60kg extract news.txt --explain",
    )
)
@_metadata
@own_folders
@jobs_option
@click.option("--explain", is_flag=True, help="Show, sentence by sentence, what was read and by which frame.")
@click.option(
    "--accepted", is_flag=True, help="Only claims that are accepted, none that a person is to confirm."
)
@click.option(
    "--rejected", is_flag=True, help="What was proposed and failed a check: the check, and the words."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("jsonl", "table")),
    help="How to write it.  [default: table on a terminal, else jsonl; text with --explain]",
)
def extract(
    files: tuple[str, ...],
    own: "Own",
    jobs: int | None,
    explain: bool,
    accepted: bool,
    rejected: bool,
    format_: str | None,
    **known: str | None,
) -> None:
    """Print the claims that texts state, in the order of the text; `-` is standard input.

    Touches no store. A file that cannot be used is named, the others are read, and the exit status is 2.
    """
    from g60kg.cli.reading import print_claims, print_explained, print_rejected

    if explain:
        print_explained(files, own, known, jobs, format_)
        return
    form = format_ or ("table" if sys.stdout.isatty() else "jsonl")
    if rejected:
        print_rejected(files, own, known, jobs, form)
    else:
        print_claims(files, own, known, jobs, form, accepted)


@click.command(
    epilog=example(
        "g60kg add news.txt --date 2024-02-19 --url https://example.com/news",
        "g60kg add news/*.txt --register my/register",
    )
)
@_metadata
@own_folders
@jobs_option
@pass_place
def add(
    place: Place,
    /,
    files: tuple[str, ...],
    own: "Own",
    jobs: int | None,
    **known: str | None,
) -> None:
    """Extract articles, add them to the store, and infer what follows.

    An article that is held already changes nothing. Without --register, --frames and the like those hold
    that the store was built with; where they or what they hold are others, it is built again first.
    """
    from g60kg.cli.reading import add_files
    from g60kg.kg.sources import checked_sources

    sources = checked_sources(files, known)
    add_files(place.open_current(own), sources, known, jobs)


@click.command(epilog=example("g60kg remove 2023-07-11-g60-corridor"))
@click.argument("article")
@pass_place
def remove(place: Place, article: str) -> None:
    """Take an article back, with all that only it supported."""
    place.open().remove(article, report=progress)
    click.echo(f"{article}: removed")


@click.command(epilog=example("g60kg articles"))
@formats(*TABLES)
@pass_place
def articles(place: Place) -> "Rows":
    """List the articles held: id, title, date, number of claims and of direct facts."""
    return place.open().articles()
