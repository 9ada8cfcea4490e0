"""`g60kg ask`."""

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.output import write


@click.command(epilog=example('g60kg ask "how many AI companies are there?"', "g60kg ask 芜湖在哪个省"))
@click.argument("question")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@pass_place
def ask(place: Place, question: str, format_: str) -> None:
    """Answer a question in plain words, English or Chinese, with the sentence that says so.

    The answer comes first, then its sentence with article and date; below an empty line the table, and how
    the question was understood. Exit status 1 when the answer is no, or there is none.
    """
    answer = place.open().ask(question)
    write(answer, format_)
    if not answer.found:
        raise click.exceptions.Exit(1)
