"""The graph as a whole: `g60kg build`, `repair`, `check`, `rules`, `export`, `push` and `pull`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from g60kg.cli.context import TABLES, Place, example, formats, overlay_options, pass_place, progress, warn
from g60kg.export.formats import formats as file_formats
from g60kg.resources import reasoners

if TYPE_CHECKING:
    from g60kg.check import Report, Severity
    from g60kg.kg import KnowledgeGraph, Overlays
    from g60kg.query import Rows


@click.command(
    epilog=example(
        "g60kg build",
        "g60kg --store corridor build --reasoner owlrl",
        "g60kg build --engine spark --master 'local[4]' --input texts/ --output corridor",
    )
)
@overlay_options
@click.option("--engine", type=click.Choice(("local", "spark")), default="local", help="Where it is built.")
@click.option(
    "--master", metavar="URL", help="Spark: its master, as local[4], spark://HOST:PORT, yarn, k8s://URL."
)
@click.option(
    "--input", "source", metavar="PATH", help="Spark: folder of texts, JSON Lines or Parquet to add."
)
@click.option("--output", metavar="PATH", help="Spark: new folder for claims, quads, N-Quads and the store.")
@click.option("--conf", "settings", metavar="NAME=VALUE", multiple=True, help="Spark: a setting. Repeatable.")
@click.option(
    "--reasoner", type=click.Choice(reasoners()), default="compiled", show_default=True, help="The engine."
)
@click.option(
    "--memory", metavar="SIZE", help="The most that reasoning over a large graph takes, such as 512MB or 2GB."
)
@pass_place
def build(
    place: Place, /, reasoner: str, memory: str | None, overlays: "Overlays", engine: str, **asked: Any
) -> None:
    """Build the graph from the packaged data, your own folders, and the articles added, into the store.

    Articles that were added are kept, also over a store that is damaged: see the command
    repair. Prints how much there is and the seconds of each stage. A store that holds the graph of the same
    inputs is left as it is. Exit status 1 when validation or reasoning finds a fault.

    With --engine spark, texts are read on the machines of a cluster, and the graph of these and the packaged
    data goes to --output: claims and quads as Parquet, sorted N-Quads, and a store to open by --store. A text
    that cannot be used is named, the others go in, and the exit status is 2.
    """
    from g60kg.kg import KnowledgeGraph

    if engine == "spark":
        _on_spark(reasoner, overlays, asked)
        return
    if any(asked.values()):
        raise click.UsageError("--master, --input, --output and --conf belong to --engine spark")
    kg = KnowledgeGraph.build(
        place.location, reasoner=reasoner, memory=memory, overlays=overlays, report=progress
    )
    click.echo(f"{'built' if kg.is_new else 'nothing changed since the last build'}: {place.location}")
    _say(kg)


def _on_spark(reasoner: str, overlays: "Overlays", asked: dict[str, Any]) -> None:
    """Build on Spark, print what was made, and leave with 2 where a text could not be used."""
    from g60kg.kg.build import Plan
    from g60kg.kg.spark import build_on_spark

    source, output, settings = (asked[name] for name in ("source", "output", "settings"))
    if not source or not output:
        raise click.UsageError("--engine spark needs --input PATH and --output PATH")
    if not all("=" in each for each in settings):
        raise click.UsageError("--conf is written NAME=VALUE")
    conf = {name: value for name, _, value in (each.partition("=") for each in settings)}
    plan = Plan(reasoner, overlays, report=progress)
    summary, failed = build_on_spark(source, output, plan, master=asked["master"], settings=conf)
    warn(failed)
    click.echo(f"built: {output}")
    click.echo(summary)
    if failed or not summary.is_sound:
        raise click.exceptions.Exit(2 if failed else 1)


@click.command(epilog=example("g60kg repair"))
@overlay_options
@pass_place
def repair(place: Place, overlays: "Overlays") -> None:
    """Read all files of the store, and build it again where one is damaged or articles are missing.

    It is built from the packaged data and what is kept beside the store: the texts of the articles added,
    what was decided on claims, and replies; with the reasoner and the folders of your own that it was built
    with, unless you give some. Exit status 1 when a text is lost, or validation or reasoning finds a fault.
    """
    from g60kg.kg import KnowledgeGraph

    own = None if overlays.is_empty else overlays
    kg = KnowledgeGraph.repair(place.location, overlays=own, report=progress)
    click.echo(f"{'built again' if kg.is_new else 'nothing to repair'}: {place.location}")
    _say(kg)


def _say(kg: "KnowledgeGraph") -> None:
    """Print what a build made; leave with 1 where it has a fault."""
    warn(kg.summary.notes if kg.is_new else ())
    click.echo(kg.summary)
    if not kg.summary.is_sound:
        raise click.exceptions.Exit(1)


@click.command(epilog=example("g60kg check", "g60kg check ontology/g60.ttl --level warning"))
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(path_type=Path))
@formats("text", "json", default="text")
@click.option(
    "--level",
    type=click.Choice(("error", "warning", "info")),
    default="info",
    show_default=True,
    help="Print what is as grave as this, and graver.",
)
@pass_place
def check(place: Place, files: tuple[Path, ...], level: "Severity") -> "Report":
    """Check the graph in the store: its shapes, consistency, the ontology's profile and form; and the frames.

    Frames, the packaged ones and your own, are checked by their examples. With files, checks these
    ontologies instead. What is wrong comes first, what a header may wish for last. Exit status 1 when
    there is an error.
    """
    from g60kg.kg.validate import check_files

    return (check_files(files) if files else place.open().check()).at_least(level)


@click.command(epilog=example("g60kg rules"))
@formats("text", default="text")
def rules() -> str:
    """Print the rules that the ontology is compiled to, each with its name in OWL 2 RL."""
    from g60kg.kg import stages

    return str(stages.rules())


@click.command(
    epilog=example(
        "g60kg export g60.ttl",
        "g60kg export g60.nq.gz --no-inferred",
        "g60kg export corridor.gexf",
        "g60kg export tables --format parquet",
        "g60kg export parts --parts 8 --gzip",
        "g60kg export figures.cube.ttl",
    )
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(tuple(file_formats())),
    help="The format.  [default: by the file's ending]",
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
@click.option(
    "--parts", type=click.IntRange(1, 99_999), help="A folder of so many files of N-Quads, for a bulk loader."
)
@click.option("--gzip", "compress", is_flag=True, help="With --parts: each is compressed.")
@pass_place
def export(
    place: Place, /, path: Path, format_: str | None, graphs: tuple[str, ...], no_inferred: bool, **how: Any
) -> None:
    """Write the graph to a file, whole or not at all; an ending `.gz` compresses it.

    `-` is standard output, and needs --format. The same graph gives the same bytes. Formats without named
    graphs get the union of all. The formats neo4j, parquet and csv write a folder of files; nanopubs
    writes each claim on its own, in TriG, cube the figures as an RDF Data Cube. With --parts it is a folder
    of N-Quads that a server loads side by side.
    """
    if how["compress"] and not how["parts"]:
        raise click.UsageError("--gzip goes with --parts N; else end the path in .gz")
    place.open().export(path, format=format_, graph=graphs or None, inferred=not no_inferred, **how)
    progress(f"{path}: written")


def _endpoint(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the URL of an endpoint and the option to change nothing."""
    option = click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
    return click.argument("url")(option(command))


@click.command(
    epilog=example("g60kg push http://localhost:7878 --dry-run", "g60kg push http://localhost:7878 --jobs 4")
)
@_endpoint
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="So many graphs at once."
)
@formats(*TABLES)
@pass_place
def push(place: Place, url: str, dry_run: bool, jobs: int) -> "Rows":
    """Send the graph to the server behind a SPARQL endpoint.

    Prints what was done to each named graph: kept, sent, changed or dropped. Only what the server lacks
    is sent; after a cut the next push goes on from there. Graphs that were never pushed are left alone.

    Credentials come from $G60KG_USER and $G60KG_PASSWORD, $G60KG_TOKEN, or a netrc file.
    """
    return place.open().push(url, dry_run=dry_run, jobs=jobs, report=progress)


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
