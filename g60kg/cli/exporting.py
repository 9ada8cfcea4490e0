"""`g60kg export`, `push` and `pull`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.output import TABLES, formats, progress
from g60kg.export.formats import NAMES

if TYPE_CHECKING:
    from g60kg.query import Rows


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

    `-` is standard output, and needs --format. The same graph gives the same bytes. Formats without named
    graphs get the union of all. The formats neo4j, parquet and csv write a folder of files; nanopubs
    writes each claim on its own, in TriG.
    """
    place.open().export(path, format=format_, graph=graphs or None, inferred=not no_inferred, flat=flat)


def _endpoint(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the URL of an endpoint and the option to change nothing."""
    option = click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
    return click.argument("url")(option(command))


@click.command(
    epilog=example("g60kg push http://localhost:7878", "g60kg push http://localhost:7878 --dry-run")
)
@_endpoint
@formats(*TABLES)
@pass_place
def push(place: Place, url: str, dry_run: bool) -> "Rows":
    """Send the graph to the server behind a SPARQL endpoint.

    Prints what was done to each named graph: kept, sent, changed or dropped. Only what the server lacks
    is sent; after a cut the next push goes on from there. Graphs that were never pushed are left alone.

    Credentials come from $G60KG_USER and $G60KG_PASSWORD, $G60KG_TOKEN, or a netrc file.
    """
    return place.open().push(url, dry_run=dry_run, report=progress)


@click.command(epilog=example("g60kg --store copy pull http://localhost:7878"))
@_endpoint
@formats(*TABLES)
@pass_place
def pull(place: Place, url: str, dry_run: bool) -> "Rows":
    """Bring the graph behind a SPARQL endpoint into the store.

    Prints what was done to each named graph: kept, sent or changed. Other graphs of the store are left
    alone; after a cut the next pull goes on from there. Credentials come from where push finds them.
    """
    from g60kg.kg import KnowledgeGraph

    return KnowledgeGraph.pull(url, place.store, dry_run=dry_run, report=progress)
