"""What `g60kg extract` and `add` do, file by file.

Goes in: files, the user's own folders, how many processes. Comes out: claims on standard output as soon as
they are there; each file that cannot be used on a line of standard error, and exit status 2 at the end.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

import click

from g60kg.cli.output import progress, write
from g60kg.kg.claims import Claims, accepted_jsonl_of, explanation_of, jsonl_of, read_claims, rejections_of
from g60kg.kg.many import BATCH, Done, add_many, default_jobs, over_files
from g60kg.kg.overlays import Overlays
from g60kg.kg.texts import Source

if TYPE_CHECKING:
    from g60kg.kg import KnowledgeGraph

T = TypeVar("T")
Known = dict[str, str | None]


def print_claims(
    files: Sequence[str],
    overlays: Overlays,
    known: Known,
    jobs: int | None,
    format: str,
    accepted: bool = False,
) -> None:
    """Write the claims of files, or the accepted ones alone: as lines of JSON while they come, or as one
    table.
    """
    workers = jobs or default_jobs(len(files))
    failed: list[str] = []
    if format == "jsonl":
        for lines in _values(
            over_files(files, accepted_jsonl_of if accepted else jsonl_of, overlays, known, workers), failed
        ):
            click.echo(lines, nl=False)
    else:
        found = _values(over_files(files, read_claims, overlays, known, workers), failed)
        claims = Claims(tuple(claim for _, said in found for claim in said))
        shown = claims.accepted if accepted else claims
        if shown or not failed:
            write(shown, "table")
    _leave_with(failed)


def print_rejected(
    files: Sequence[str], overlays: Overlays, known: Known, jobs: int | None, format: str
) -> None:
    """Write what was proposed for files and failed a check: one JSON object or one line each."""
    failed: list[str] = []
    workers = jobs or default_jobs(len(files))
    for refused in _values(over_files(files, rejections_of, overlays, known, workers), failed):
        for each in refused:
            line = f"{each.check}: {each.reason} | {each.proposed} | «{' '.join(each.quote.split())}»"
            click.echo(json.dumps(asdict(each), ensure_ascii=False) if format == "jsonl" else line)
    _leave_with(failed)


def print_explained(
    files: Sequence[str], overlays: Overlays, known: Known, jobs: int | None, format: str | None
) -> None:
    """Write how files are read, sentence by sentence: as text, or as one JSON object a sentence."""
    from g60kg.cli.explained import explained_text

    failed: list[str] = []
    for each in _values(
        over_files(files, explanation_of, overlays, known, jobs or default_jobs(len(files))), failed
    ):
        if format == "jsonl":
            rows = ({"article": each.article} | sentence.to_json() for sentence in each.sentences)
            click.echo("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), nl=False)
        else:
            click.echo(explained_text(each))
    _leave_with(failed)


def add_files(kg: "KnowledgeGraph", sources: Sequence[Source], known: Known, jobs: int | None) -> None:
    """Add articles to a graph, extracted many at once, and say of each whether it is new."""
    failed: list[str] = []
    for done in add_many(kg, sources, known, jobs, BATCH, progress):
        for is_new in _values([done], failed):
            click.echo(f"{done.file}: {'added' if is_new else 'held already'}")
    _leave_with(failed)


def _values(results: Iterable[Done[T]], failed: list[str]) -> Iterator[T]:
    """Yield the values of results; say of each other why there is none, and of what nobody read."""
    for done in results:
        if done.notice is not None:
            click.echo(f"g60kg: {done.notice}", err=True)
        if done.error is not None:
            failed.append(done.file)
            click.echo(f"g60kg: {done.error}", err=True)
        elif done.value is not None:
            yield done.value


def _leave_with(failed: Sequence[str]) -> None:
    """Leave with 2 where a file failed."""
    if failed:
        sys.stdout.flush()
        raise click.exceptions.Exit(2)
