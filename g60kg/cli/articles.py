"""`g60kg extract`, `add`, `remove`, `articles` and `evaluate`."""

import sys
from typing import TYPE_CHECKING, Any

import click

from g60kg.cli.context import TABLES, Place, example, formats, overlay_options, pass_place, progress, write

if TYPE_CHECKING:
    from g60kg.kg import Overlays
    from g60kg.query import Rows


_jobs_option = click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="So many files at once.  [default: one process for few files, else one for each core]",
)


def _metadata(command: Any) -> Any:
    """Give a command the options that say what is known of an article."""
    for name, text in (
        ("--title", "The article's title."),
        ("--url", "Where it was published."),
        ("--date", "When: YYYY-MM-DD. Relative times are read from it."),
    ):
        command = click.option(name, help=text)(command)
    return command


@click.command(
    epilog=example(
        "g60kg extract news.txt --date 2024-02-19",
        "cat news.txt | g60kg extract -",
        "g60kg extract news.txt --explain",
    )
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@_metadata
@overlay_options
@_jobs_option
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
    files: tuple[str, ...], overlays: "Overlays", jobs: int | None, format_: str | None, **given: Any
) -> None:
    """Print the claims that texts state, in the order of the text; `-` is standard input.

    Touches no store. A file that cannot be used is named, the others are read, and the exit status is 2.
    """
    from g60kg.cli.reading import print_read

    chosen = [name for name in ("explain", "rejected", "accepted") if given.pop(name)]
    form = format_ or (None if "explain" in chosen else "table" if sys.stdout.isatty() else "jsonl")
    print_read(files, overlays, given, jobs, form, next(iter(chosen), ""))


@click.command(
    epilog=example(
        "g60kg add news.txt --date 2024-02-19 --url https://example.com/news",
        "g60kg add news/ --register my/register",
        "g60kg add --list archive.csv",
    )
)
@click.argument("files", metavar="FILE…", nargs=-1)
@_metadata
@click.option(
    "--list",
    "lists",
    metavar="FILE",
    multiple=True,
    help="CSV with a head, or lines of JSON: file, title, date, url, note of each. Repeatable.",
)
@overlay_options
@_jobs_option
@pass_place
def add(
    place: Place, /, files: tuple[str, ...], overlays: "Overlays", jobs: int | None, **known: Any
) -> None:
    """Extract articles, add them to the store, and infer what follows.

    A folder stands for the texts and web pages in it. A file that cannot be used is named, the others go in,
    fifty in one step, and the exit status is 2. An article that is held already changes nothing. Without
    --register, --frames and the like those hold that the store was built with; where they or what they hold
    are others, it is built again first.
    """
    from g60kg.cli.reading import add_files
    from g60kg.kg import open_current
    from g60kg.kg.texts import sources_of

    sources = sources_of(files, known.pop("lists"), known)
    add_files(open_current(place.store, overlays, report=progress), sources, known, jobs)


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


@click.command(epilog=example("g60kg dedupe"))
@formats(*TABLES)
@pass_place
def dedupe(place: Place) -> "Rows":
    """List the articles that repeat others: wire copies, and other translations of one text.

    Beside each stand the first to tell it, and the share of that which it repeats. They are kept; with the
    first they count as one source in the query facts-with-several-sources.
    """
    return place.open().dedupe()


@click.command(epilog=example("g60kg evaluate gold/", "g60kg evaluate gold/ --verbose --min-recall 0.95"))
@click.argument("folder", metavar="GOLD_DIR")
@overlay_options
@_jobs_option
@click.option("--verbose", is_flag=True, help="List the facts missed, and the claims that answer to none.")
@click.option(
    "--min-recall",
    type=click.FloatRange(0, 1),
    help="Leave with exit status 1 where recall over all texts is below this.",
)
@click.option("--format", "format_", type=click.Choice(("table", "json")), default="table", show_default=True)
def evaluate(
    folder: str, overlays: "Overlays", jobs: int | None, verbose: bool, min_recall: float | None, format_: str
) -> None:
    """Score the extraction on texts with gold files: recall, precision where they are exhaustive, traps.

    GOLD_DIR holds NAME.gold.json files, each beside the text that it names.
    """
    from g60kg.kg.many import evaluate_folder

    found = evaluate_folder(folder, overlays, jobs)
    write(found if format_ == "json" else found.to_text(verbose), format_)
    share = found.recall.share or 0.0
    if min_recall is not None and share < min_recall:
        click.echo(f"recall {share:.3f} is below {min_recall}", err=True)
        raise click.exceptions.Exit(1)
