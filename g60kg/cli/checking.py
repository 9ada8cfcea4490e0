"""`g60kg check` and `rules`."""

from pathlib import Path

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.output import formats, write


@click.command(epilog=example("g60kg check", "g60kg check ontology/g60.ttl"))
@click.argument("files", metavar="[FILE…]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@pass_place
def check(place: Place, files: tuple[Path, ...], format_: str) -> None:
    """Check the graph in the store: its shapes, the ontology's profile and form, consistency; and the frames.

    Frames, the packaged ones and your own, are checked by their examples. With files, checks these
    ontologies instead. Exit status 1 when anything fails.
    """
    from g60kg.kg import check_files

    report = check_files(files) if files else place.open().check()
    write(report, format_)
    if not report.ok:
        raise click.exceptions.Exit(1)


@click.command(epilog=example("g60kg rules"))
@formats("text", default="text")
def rules() -> str:
    """Print the rules that the ontology is compiled to, each with its name in OWL 2 RL."""
    from g60kg.kg import rules_text

    return rules_text()
