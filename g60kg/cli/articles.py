"""`g60kg extract`, `add`, `remove` and `articles`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.output import TABLES, formats

if TYPE_CHECKING:
    from g60kg.kg import Claims
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


@click.command(epilog=example("g60kg extract news.txt --date 2024-02-19", "cat news.txt | g60kg extract -"))
@_metadata
@formats("jsonl", "table")
def extract(files: tuple[str, ...], **known: str | None) -> "Claims":
    """Print the claims that texts state, in the order of the text; `-` is standard input.

    Touches no store.
    """
    from g60kg.kg import claims_of_files

    return claims_of_files(files, **known)


@click.command(epilog=example("g60kg add news.txt --date 2024-02-19 --url https://example.com/news"))
@_metadata
@pass_place
def add(place: Place, /, files: tuple[str, ...], **known: str | None) -> None:
    """Extract articles, add them to the store, and infer what follows.

    An article that is held already changes nothing.
    """
    from g60kg.kg import read_articles

    articles = read_articles(files, **known)
    kg = place.open()
    for article in articles:
        state = "added" if kg.add(article) else "held already"
        click.echo(f"{article.id}: {state}")


@click.command(epilog=example("g60kg remove 2023-07-11-g60-corridor"))
@click.argument("article")
@pass_place
def remove(place: Place, article: str) -> None:
    """Take an article back, with all that only it supported."""
    place.open().remove(article)
    click.echo(f"{article}: removed")


@click.command(epilog=example("g60kg articles"))
@formats(*TABLES)
@pass_place
def articles(place: Place) -> "Rows":
    """List the articles held: id, title, date, number of claims and of direct facts."""
    return place.open().articles()
