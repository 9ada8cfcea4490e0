"""`g60kg why`, `describe` and `search`."""

from typing import TYPE_CHECKING

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.output import GRAPHS, TABLES, formats, write

if TYPE_CHECKING:
    from g60kg.query import Rows


@click.command(
    epilog=example('g60kg why "Songjiang District" partOf China', "g60kg why id:wuhu a g60:Region --all")
)
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--all", "all_", is_flag=True, help="Every proof, up to 20, the smallest first.")
@pass_place
def why(place: Place, subject: str, predicate: str, object_: str, format_: str, all_: bool) -> None:
    """Explain a fact: the words, register entries and axioms it rests on, and the rules between.

    Terms are IRIs, CURIEs or names; an object may be a number. Exit status 1 when the fact does not
    hold; then the rule that came nearest is named, and what it wants.
    """
    kg = place.open()
    fact = (subject, predicate, object_)
    found = (kg.proofs(*fact) if all_ else ()) or (kg.why(*fact),)
    for each in found:
        write(each if format_ == "json" else each.to_text(kg.name), format_)
    if "holds" in found[0].to_json():
        raise click.exceptions.Exit(1)


@click.command(
    epilog=example(
        'g60kg describe "Songjiang District"',
        "g60kg describe 松江区 --format json",
        "g60kg describe --dataset --format turtle",
    )
)
@click.argument("entity", required=False)
@click.option("--dataset", is_flag=True, help="Describe the dataset instead: counts, licence, sources.")
@click.option(
    "--format", "format_", type=click.Choice(("text", "json", *GRAPHS)), default="text", show_default=True
)
@pass_place
def describe(place: Place, entity: str | None, dataset: bool, format_: str) -> None:
    """Print all that is known of an entity: what was said, added by the register, and inferred.

    The entity is an IRI, a CURIE, or any of its names in English or Chinese. With --dataset there is none:
    the dataset says what it holds and how it came to be, also as RDF (DCAT, VoID, PROV-O).
    """
    if dataset == bool(entity):
        raise click.UsageError("give either an entity or --dataset")
    if dataset:
        found = place.open().describe_dataset()
        write(found.to_triples() if format_ in GRAPHS else found, format_)
    elif format_ in GRAPHS:
        raise click.UsageError(f"an entity is not written as {format_}; choose text or json, or see sparql")
    else:
        write(place.open().describe(entity), format_)


@click.command(epilog=example("g60kg search zhou", "g60kg search 松江"))
@click.argument("text")
@formats(*TABLES)
@pass_place
def search(place: Place, text: str) -> "Rows":
    """Find entities by any of their names, in part or whole, English or Chinese, best first."""
    return place.open().search(text)
