"""`g60kg push` and `pull`."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.output import TABLES, formats

if TYPE_CHECKING:
    from g60kg.query import Rows


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

    Credentials come from $G60KG_USER and $G60KG_PASSWORD, or $G60KG_TOKEN, for this machine and the hosts in
    $G60KG_HOSTS; else from a netrc file.
    """
    return place.open().push(url, dry_run=dry_run, report=_progress)


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

    return KnowledgeGraph.pull(url, place.store, dry_run=dry_run, report=_progress)


def _progress(line: str) -> None:
    """Say on a terminal what was done."""
    if sys.stderr.isatty():
        click.echo(line, err=True)
