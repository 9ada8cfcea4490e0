"""`g60kg ask`, `sparql`, `why`, `describe` and `search`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from g60kg.cli.context import GRAPHS, TABLES, Place, example, formats, pass_place, timeout_option, warn, write

if TYPE_CHECKING:
    from g60kg.ask import Answer
    from g60kg.query import Rows


@click.command(
    epilog=example('g60kg sparql "SELECT ?city { ?city a g60:City }"', "g60kg sparql -f question.rq")
)
@click.argument("text", required=False)
@click.option("-f", "--file", type=click.Path(path_type=Path), help="Read the query from a file.")
@formats(*TABLES, *GRAPHS)
@timeout_option
@pass_place
def sparql(
    place: Place, text: str | None, file: Path | None, timeout: float | None
) -> "Rows | bool | list[Any]":
    """Run any SPARQL query; `-` is standard input. Updates and SERVICE are refused.

    The default graph is the union of all; prefixes of the project need no declaration. ASK prints
    true or false, and false leaves with exit status 1. Graphs are written as turtle by default.
    """
    from g60kg.describe.search import unheld_names

    kg, asked = place.open(), _query_text(text, file)
    answer = kg.answer(asked, timeout=timeout)
    for name, nearest in unheld_names(kg.store, asked).items() if not answer else ():
        near = f"; nearest: {', '.join(nearest)}" if nearest else ""
        warn([f"{name} is nowhere in the graph{near}"])  # which can be the reason
    return answer


def _query_text(text: str | None, file: Path | None) -> str:
    """Return the query, from wherever it stands."""
    if (text is None) == (file is None):
        raise click.UsageError("give either the query's text, or -f FILE, or - for standard input")
    if text is not None and text.endswith((".rq", ".sparql")):
        raise click.UsageError(f"{text!r} is no query; for the query in that file, give -f {text}")
    try:
        if file is not None:
            return file.read_text(encoding="utf-8-sig")
        assert text is not None
        return sys.stdin.buffer.read().decode("utf-8-sig") if text == "-" else text
    except UnicodeDecodeError as error:
        raise click.UsageError(
            f"{file or 'standard input'}: is not UTF-8; save the query as UTF-8"
        ) from error


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


@click.command(epilog=example('g60kg ask "how many AI companies are there?"', "g60kg ask 芜湖在哪个省"))
@click.argument("question")
@formats("text", "json", default="text")
@pass_place
def ask(place: Place, question: str) -> "Answer":
    """Answer a question in plain words, English or Chinese, with the sentence that says so.

    The answer comes first, then its sentence with article and date; below an empty line the table, and how
    the question was understood. Exit status 1 when the answer is no, or there is none.
    """
    return place.open().ask(question)


@click.command(epilog=example("g60kg search zhou", "g60kg search 松江"))
@click.argument("text")
@formats(*TABLES)
@pass_place
def search(place: Place, text: str) -> "Rows":
    """Find entities by any of their names, in part or whole, English or Chinese, best first.

    Where no name holds the text, the names most like it are on standard error.
    """
    from g60kg.describe.search import NameIndex

    kg = place.open()
    found = kg.search(text)
    if not found and (nearest := NameIndex(kg.store).nearest(text)):
        warn([f"no name holds {text!r}; nearest: {', '.join(hit.name.value for hit in nearest)}"])
    return found
