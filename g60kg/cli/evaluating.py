"""`g60kg evaluate`."""

import json
from typing import TYPE_CHECKING

import click

from g60kg.cli.context import example
from g60kg.cli.own import jobs_option, own_folders

if TYPE_CHECKING:
    from g60kg.kg import Own


@click.command(epilog=example("g60kg evaluate gold/", "g60kg evaluate gold/ --verbose --min-recall 0.95"))
@click.argument("folder", metavar="GOLD_DIR")
@own_folders
@jobs_option
@click.option("--verbose", is_flag=True, help="List the facts missed, and the claims that answer to none.")
@click.option(
    "--min-recall",
    type=click.FloatRange(0, 1),
    help="Leave with exit status 1 where recall over all texts is below this.",
)
@click.option("--format", "format_", type=click.Choice(("table", "json")), default="table", show_default=True)
def evaluate(
    folder: str,
    own: "Own",
    jobs: int | None,
    verbose: bool,
    min_recall: float | None,
    format_: str,
) -> None:
    """Score the extraction on texts with gold files: recall, precision where they are exhaustive, traps.

    GOLD_DIR holds NAME.gold.json files, each beside the text that it names.
    """
    from g60kg.kg.evaluating import evaluate_folder

    found = evaluate_folder(folder, own, jobs)
    as_json = format_ == "json"
    click.echo(
        json.dumps(found.to_json(), ensure_ascii=False, indent=1) if as_json else found.to_text(verbose)
    )
    if min_recall is not None and (found.recall.share or 0.0) < min_recall:
        click.echo(f"recall {found.recall.share or 0.0:.3f} is below {min_recall}", err=True)
        raise click.exceptions.Exit(1)
