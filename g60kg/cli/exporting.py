"""`g60kg export`."""

from pathlib import Path

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.export.formats import NAMES


@click.command(
    epilog=example(
        "g60kg export g60.ttl",
        "g60kg export g60.nq.gz --no-inferred",
        "g60kg export corridor.gexf",
        "g60kg export tables --format parquet",
    )
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(NAMES), help="The format.  [default: by the file's ending]"
)
@click.option(
    "--graph",
    "graphs",
    metavar="NAME",
    multiple=True,
    help="Only this graph, such as register, article/ID or 'claims/*'; may be given again.",
)
@click.option("--no-inferred", is_flag=True, help="Leave out what was inferred.")
@click.option("--flat", is_flag=True, help="One graph, without names; for formats of RDF.")
@pass_place
def export(
    place: Place, path: Path, format_: str | None, graphs: tuple[str, ...], no_inferred: bool, flat: bool
) -> None:
    """Write the graph to a file, whole or not at all; an ending `.gz` compresses it.

    The same graph gives the same bytes. Formats without named graphs get the union of all. The formats
    neo4j, parquet and csv write a folder of files; nanopubs writes each claim on its own, in TriG.
    """
    place.open().export(path, format=format_, graph=graphs or None, inferred=not no_inferred, flat=flat)
