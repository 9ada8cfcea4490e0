"""`g60kg review`."""

import json
from dataclasses import asdict
from getpass import getuser
from pathlib import Path
from typing import Any, Final

import click

from g60kg.cli.context import Place, example, pass_place, progress, write

_WORD: Final = {"kind": "--as", "en": "--en", "zh": "--zh", "of": "--of", "reason": "--garbled"}
"""The options that say of a name what a `Word` does."""


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
@click.option("--garbled", "reason", metavar="REASON", help="With --of: the name is wrong, and why.")
@click.option(
    "--to", metavar="FILE", help="With --accept: a .yaml file in your own register folder, which is made."
)
@click.option("--claims", is_flag=True, help="List the claims that await a person's word instead.")
@click.option("--confirm", metavar="CLAIM", multiple=True, help="This claim is right. Repeatable.")
@click.option("--reject", metavar="CLAIM", multiple=True, help="This claim is wrong. Repeatable.")
@click.option("--correct", metavar="CLAIM", help="This claim is right but for its subject or object.")
@click.option("--subject", metavar="NAME", help="With --correct: the right subject, a known entity.")
@click.option("--object", metavar="NAME", help="With --correct: the right object, or its value.")
@click.option("--undo", metavar="ID", multiple=True, help="Take back what was decided on a claim or a name.")
@click.option("--history", is_flag=True, help="List who decided what, and when.")
@click.option("--by", metavar="NAME", help="Who decides; by default who is logged in.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@pass_place
def review(place: Place, /, by: str | None, format_: str, **given: Any) -> None:
    """List what awaits a person's word, names or claims, or give it.

    Names are those that articles use and the register lacks, each with its class, the words in which it
    stands, and the known names that look most like it: these are proposals, and nothing is merged. Claims
    (--claims) are those that were read on a weaker basis, which is explained below them: kept, but no facts.
    What was accepted counts from the next build or add with its folder (articles that were added stay); what
    was decided is kept beside the store, with who decided it and when, and counts from the next build.
    """
    from g60kg.kg.review import Word

    _check_options(given)
    right = {part: given[part] for part in ("subject", "object")}
    verdicts = {"confirmed": given["confirm"], "rejected": given["reject"], "withdrawn": given["undo"]}
    decided: list[Any] = [(each, verdict, {}) for verdict, claims in verdicts.items() for each in claims]
    decided += [(given["correct"], "corrected", right)] if given["correct"] else []
    if sum(map(bool, (given["accept"], given["claims"], given["history"], decided))) > 1:
        raise click.UsageError("--accept, --claims, --history, and what is decided do not go together")
    kg, by = place.open(), by or getuser()
    if decided:
        written = [kg.decide(on, verdict, by=by, report=progress, **more) for on, verdict, more in decided]
        click.echo(f"{''.join(written)}written beside the store; build again")
    elif given["accept"]:
        word, to = Word(**{part: given[part] for part in _WORD}), Path(given["to"])
        done = kg.accept(given["accept"], word, to, by=by, report=progress)
        said = f"{done.text}id:{done.id}: written to {done.file}; build again with --register {to.parent}"
        said = said if done.text else f"id:{done.id}: accepted already"
        click.echo(json.dumps(asdict(done), ensure_ascii=False, indent=1) if format_ == "json" else said)
    elif given["history"]:
        click.echo(kg.history())
    else:
        write(kg.proposed() if given["claims"] else kg.candidates(), format_)
        waiting = 0 if given["claims"] or format_ == "json" else len(kg.proposed().listed)
        if waiting:
            click.echo(f"\n{waiting} claims to confirm: g60kg review --claims")


def _check_options(given: dict[str, Any]) -> None:
    """Raise for options that do not go together."""
    loose = [option for part, option in (_WORD | {"to": "--to"}).items() if given[part]]
    if given["accept"] is None and loose:
        raise click.UsageError(f"{loose[0]} goes with --accept NAME")
    if given["accept"] is not None and not given["to"]:
        raise click.UsageError("--accept needs --to FILE: a .yaml file in your own register folder")
    if given["of"] and (given["kind"] or given["en"] or given["zh"]):
        raise click.UsageError("--of names a known entity; leave out --as, --en and --zh")
    if given["reason"] and not given["of"]:
        raise click.UsageError("--garbled goes with --of ID: whose wrong name it is")
    if (given["subject"] or given["object"]) and not given["correct"]:
        raise click.UsageError(f"{'--subject' if given['subject'] else '--object'} goes with --correct CLAIM")
