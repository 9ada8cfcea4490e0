"""`g60kg review`."""

import json
from collections.abc import Mapping
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from g60kg.cli.context import Place, example, pass_place
from g60kg.cli.output import progress, write

if TYPE_CHECKING:
    from g60kg.kg import KnowledgeGraph
    from g60kg.kg.decisions import Verdict
    from g60kg.kg.review import Word

_ACCEPTING: Final = ("--as", "--en", "--zh", "--of", "--garbled", "--to")


@click.command(
    epilog=example(
        "g60kg review",
        'g60kg review --accept "Foo Park" --zh 富园 --to my/register/parks.yaml',
        'g60kg review --accept "Songjang City" --of songjiang --garbled "Typo." --to my/register/names.yaml',
        "g60kg review --claims",
    )
)
@click.option("--accept", metavar="NAME", help="Write this candidate into a register file.")
@click.option(
    "--as", "kind", metavar="CLASS", help="With --accept: its class, where it is not what it seems."
)
@click.option("--en", metavar="NAME", help="With --accept: its English name, where it is not the text's.")
@click.option("--zh", metavar="NAME", help="With --accept: its Chinese name.")
@click.option("--of", metavar="ID", help="With --accept: it is another name of this known entity.")
@click.option("--garbled", metavar="REASON", help="With --of: the name is wrong, and why.")
@click.option(
    "--to", metavar="FILE", help="With --accept: a .yaml file in your own register folder, which is made."
)
@click.option("--claims", is_flag=True, help="List the claims that await a person's word instead.")
@click.option("--confirm", metavar="CLAIM", multiple=True, help="This claim is right. Repeatable.")
@click.option("--reject", metavar="CLAIM", multiple=True, help="This claim is wrong. Repeatable.")
@click.option("--correct", metavar="CLAIM", help="This claim is right but for its subject or object.")
@click.option("--subject", metavar="NAME", help="With --correct: the right subject, a known entity.")
@click.option("--object", "object_", metavar="NAME", help="With --correct: the right object, or its value.")
@click.option("--undo", metavar="ID", multiple=True, help="Take back what was decided on a claim or a name.")
@click.option("--history", is_flag=True, help="List who decided what, and when.")
@click.option("--by", metavar="NAME", help="Who decides; by default who is logged in.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@pass_place
def review(
    place: Place,
    /,
    accept: str | None,
    to: str | None,
    claims: bool,
    confirm: tuple[str, ...],
    reject: tuple[str, ...],
    correct: str | None,
    subject: str | None,
    object_: str | None,
    undo: tuple[str, ...],
    history: bool,
    by: str | None,
    format_: str,
    **said: str | None,
) -> None:
    """List what awaits a person's word, names or claims, or give it.

    Names are those that articles use and the register lacks, each with its class, the words in which it
    stands, and the known names that look most like it: these are proposals, and nothing is merged. Claims
    (--claims) are those that were read on a weaker basis, which is explained below them: kept, but no facts.
    What was accepted counts from the next build or add with its folder (articles that were added stay); what
    was decided is kept beside the store, with who decided it and when, and counts from the next build.
    """
    from g60kg.kg.review import Word

    word = Word(kind=said["kind"], en=said["en"], zh=said["zh"], of=said["of"], reason=said["garbled"])
    _check_options(accept, to, word)
    if (subject or object_) and not correct:
        raise click.UsageError(f"{'--subject' if subject else '--object'} goes with --correct CLAIM")
    on_claims: dict[Verdict, tuple[str, ...]] = {"confirmed": confirm, "rejected": reject, "withdrawn": undo}
    if sum(map(bool, (accept, claims, history, any(on_claims.values()) or correct))) > 1:
        raise click.UsageError("--accept, --claims, --history, and what is decided do not go together")
    kg, by = place.open(), by or getuser()
    if any(on_claims.values()) or correct:
        click.echo(_decide(kg, on_claims, correct, (subject, object_), by))
    elif accept and to:
        click.echo(_accept(kg, accept, Path(to), word, format_, by))
    elif history:
        click.echo(kg.history())
    else:
        write(kg.proposed() if claims else kg.candidates(), format_)
        waiting = 0 if claims or format_ == "json" else len(kg.proposed().listed)
        if waiting:
            click.echo(f"\n{waiting} claims to confirm: g60kg review --claims")


def _decide(
    kg: "KnowledgeGraph",
    on_claims: "Mapping[Verdict, tuple[str, ...]]",
    correct: str | None,
    right: tuple[str | None, str | None],
    by: str,
) -> str:
    """Write down what is decided on claims."""
    pairs = ((each, verdict) for verdict, claims in on_claims.items() for each in claims)
    written = [kg.decide(each, verdict, by=by, report=progress) for each, verdict in pairs]
    if correct:
        written.append(kg.decide(correct, "corrected", subject=right[0], object=right[1], by=by))
    return f"{''.join(written)}written beside the store; build again"


def _check_options(accept: str | None, to: str | None, word: "Word") -> None:
    given = (word.kind, word.en, word.zh, word.of, word.reason, to)
    if accept is None and any(given):
        names = [name for name, value in zip(_ACCEPTING, given, strict=True) if value]
        raise click.UsageError(f"{names[0]} goes with --accept NAME")
    if accept is not None and to is None:
        raise click.UsageError("--accept needs --to FILE: a .yaml file in your own register folder")
    if word.of and (word.kind or word.en or word.zh):
        raise click.UsageError("--of names a known entity; leave out --as, --en and --zh")
    if word.reason and not word.of:
        raise click.UsageError("--garbled goes with --of ID: whose wrong name it is")


def _accept(kg: "KnowledgeGraph", name: str, to: Path, word: "Word", format: str, by: str) -> str:
    from dataclasses import asdict

    done = kg.accept(name, word, to, by=by, report=progress)
    if format == "json":
        return json.dumps(asdict(done), ensure_ascii=False, indent=1)
    if not done.text:
        return f"id:{done.id}: accepted already"
    return f"{done.text}id:{done.id}: written to {done.file}; build again with --register {to.parent}"
