"""`g60kg export`."""

from pathlib import Path

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.export.formats import NAMES


@click.command(epilog=example("g60kg export g60.ttl", "g60kg export g60.nq.gz --no-inferred"))
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(NAMES), help="The format.  [default: by the file's ending]"
)
@click.option("--graph", metavar="NAME", help="Only this graph, such as register or article/ID.")
@click.option("--no-inferred", is_flag=True, help="Leave out what was inferred.")
@pass_place
def export(place: Place, path: Path, format_: str | None, graph: str | None, no_inferred: bool) -> None:
    """Write the graph to a file, whole or not at all; an ending `.gz` compresses it.

    The same graph gives the same bytes. Formats without named graphs get the union of all.
    """
    place.open().export(path, format=format_, graph=graph, inferred=not no_inferred)
