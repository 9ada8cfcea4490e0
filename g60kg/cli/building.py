"""`g60kg build`."""

import sys
from typing import TYPE_CHECKING, Final

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.own import own_folders

if TYPE_CHECKING:
    from g60kg.kg import Own

_REASONERS: Final = ("compiled", "owlrl", "none")


@click.command(epilog=example("g60kg build", "g60kg --store corridor build --reasoner owlrl"))
@own_folders
@click.option(
    "--reasoner", type=click.Choice(_REASONERS), default="compiled", show_default=True, help="The engine."
)
@click.option(
    "--memory", metavar="SIZE", help="The most that reasoning over a large graph takes, such as 512MB or 2GB."
)
@pass_place
def build(place: Place, reasoner: str, memory: str | None, own: "Own") -> None:
    """Build the graph from the packaged data, your own folders, and the articles added, into the store.

    Prints how much there is and the seconds of each stage. A store that holds the graph of the same
    inputs is left as it is. Exit status 1 when validation or reasoning finds a fault.
    """
    from g60kg.kg import KnowledgeGraph
    from g60kg.store import default_location

    location = place.store or default_location()
    kg = KnowledgeGraph.build(
        location,
        reasoner=reasoner,
        memory=memory,
        report=_progress,
        **own.options,
    )
    click.echo(f"{'built' if kg.is_new else 'nothing changed since the last build'}: {location}")
    click.echo(kg.summary)
    if not kg.summary.is_sound:
        raise click.exceptions.Exit(1)


def _progress(stage: str) -> None:
    """Say on a terminal which stage begins."""
    if sys.stderr.isatty():
        click.echo(f"{stage} …", err=True)
