"""`g60kg why`, `describe` and `search`."""

from typing import TYPE_CHECKING

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.output import TABLES, formats

if TYPE_CHECKING:
    from g60kg.kg import Description
    from g60kg.query import Rows
    from g60kg.reason import Explanation


@click.command(epilog=example('g60kg why Wuhu partOf "Yangtze River Delta"'))
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@formats("text", "json", default="text")
@pass_place
def why(place: Place, subject: str, predicate: str, object_: str) -> "Explanation":
    """Explain a fact: the words, register entries and axioms it rests on, and the rules between.

    Terms are IRIs, CURIEs or names. Exit status 1 when the fact does not hold.
    """
    found = place.open().why(subject, predicate, object_)
    if not found.holds:
        click.echo(found)
        raise click.exceptions.Exit(1)
    return found


@click.command(epilog=example('g60kg describe "Songjiang District"', "g60kg describe 松江区 --format json"))
@click.argument("entity")
@formats("text", "json", default="text")
@pass_place
def describe(place: Place, entity: str) -> "Description":
    """Print all that is known of an entity: what was said, added by the register, and inferred.

    The entity is an IRI, a CURIE, or any of its names in English or Chinese.
    """
    return place.open().describe(entity)


@click.command(epilog=example("g60kg search zhou", "g60kg search 松江"))
@click.argument("text")
@formats(*TABLES)
@pass_place
def search(place: Place, text: str) -> "Rows":
    """Find entities by any of their names, in part or whole, English or Chinese, best first."""
    return place.open().search(text)
