"""What `g60kg extract` and `add` do, file by file.

Claims are on standard output as soon as they are there; each file that cannot be used is on a line of
standard error, and the exit status is 2 at the end. How an article was read is laid out for a terminal of 80
columns, where Chinese characters take two; control characters, which could move the cursor, are shown as a
mark.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain, groupby, repeat
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from g60kg.cli.context import progress, warn, write
from g60kg.describe.lookup import text
from g60kg.kg.claims import Claims, explanation_of, read_claims, rejections_of
from g60kg.kg.many import Done, default_jobs, over_files
from g60kg.kg.overlays import Overlays
from g60kg.kg.texts import Source
from g60kg.query.write import one_line
from g60kg.terms import ARTICLE, DCTERMS

if TYPE_CHECKING:
    from g60kg.extract import Explained, ExplainedSentence
    from g60kg.kg import KnowledgeGraph

T = TypeVar("T")
Known = dict[str, str | None]
WIDTH: Final = 80
_SHOWN: Final = 26
"""The most columns that marked words take before what they mean."""


@contextmanager
def _told(results: Iterable[Done[T]]) -> Iterator[Iterator[tuple[str, T]]]:
    """Give what came of each file, with its name; say of each other why there is none, and leave with 2."""
    failed: list[str] = []

    def values() -> Iterator[tuple[str, T]]:
        for done in results:
            warn(str(each) for each in (done.notice, done.error) if each is not None)
            if done.error is not None:
                failed.append(done.file)
            elif done.value is not None:
                yield done.file, done.value

    yield values()
    if failed:
        sys.stdout.flush()
        raise click.exceptions.Exit(2)


def print_read(
    files: Sequence[str], overlays: Overlays, known: Known, jobs: int | None, format: str | None, part: str
) -> None:
    """Write the claims of files, or a `part`: those `accepted` alone, what was `rejected`, or how (`explain`)
    they were read. All is written while it comes, but for the claims of a table.
    """
    works: dict[str, Callable[..., Any]] = {"explain": explanation_of, "rejected": rejections_of}
    work, is_json, read = works.get(part, read_claims), format == "jsonl", list[Claims]()
    with _told(over_files(files, work, overlays, known, jobs or default_jobs(len(files)))) as values:
        for _, found in values:
            if part == "explain" and is_json:
                rows = ({"article": found.article} | it.to_json() for it in found.sentences)
                click.echo("".join(f"{_json(row)}\n" for row in rows), nl=False)
            elif part == "explain":
                click.echo(_explained(found))
            elif part == "rejected":
                for each in found:
                    line = f"{each.check}: {each.reason} | {each.proposed} | «{' '.join(each.quote.split())}»"
                    click.echo(_json(asdict(each)) if is_json else line)
            else:
                claims = Claims(found[1]).accepted if part == "accepted" else Claims(found[1])
                if is_json:
                    click.echo(claims.to_jsonl(), nl=False)
                else:
                    read.append(claims)
        if not (is_json or part in works):
            shown = Claims(tuple(claim for each in read for claim in each))
            if shown or len(read) == len(files):
                write(shown.rows, "table")


def add_files(
    kg: "KnowledgeGraph", sources: Sequence[Source], known: dict[str, Any], jobs: int | None
) -> None:
    """Add articles to a graph, extracted many at once, and say of each whether it is new."""
    warn(kg.summary.notes if kg.is_new else ())
    before, new = set(kg.summary.problems), []
    try:
        with _told(kg.add_many(sources, jobs=jobs, report=progress, **known)) as added:
            for name, is_new in added:
                click.echo(f"{name}: {'added' if is_new else 'held already'}")
                new += [name] if is_new else []
    finally:
        warn(_dateless(kg, new))
        warn(each for each in kg.summary.problems if each not in before)


def _dateless(kg: "KnowledgeGraph", names: Sequence[str]) -> Iterator[str]:
    """Yield a line on those of some articles that have no date: what that means, and the mend."""
    found = [name for name in names if not text(kg.store, ARTICLE[name], DCTERMS.date)]
    if found:
        which = f"{found[0]} has" if len(found) == 1 else f"{len(found)} articles ({found[0]}, …) have"
        yield (
            f"{which} no date: words such as “last year” stand for no time, nor do figures without a year; "
            f"to give one, run `g60kg remove {found[0]}` and add it with --date YYYY-MM-DD"
        )


_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def _explained(explained: "Explained") -> str:
    """Return how an article was read, as text."""
    sentences = explained.sentences
    numbers = len(sentences), sum(len(each.read) for each in sentences), len(explained.silent)
    nouns = ("sentence", "claim", "sentence")
    all_, read, silent = (f"{n} {noun}{'s' * (n != 1)}" for n, noun in zip(numbers, nouns, strict=True))
    summary = f"{explained.article}: {all_}, {read}; {silent} looked informative and gave nothing."
    blocks = ["\n".join(_sentence(each)) for each in sentences if each.marked or each.read]
    return "\n\n".join([*blocks, "\n".join(wrap(summary))])


def _sentence(sentence: "ExplainedSentence") -> Iterator[str]:
    """Yield a sentence, what was marked in it, and which frame read what from which words."""
    yield from wrap(sentence.text, f"{sentence.start}-{sentence.end}  ", "  ")
    width = min(_SHOWN, max((columns(one_line(mark.words)) for mark in sentence.marked), default=0))
    for mark in sentence.marked:
        lead = f"  · {pad(one_line(mark.words), width)}  {mark.kind:9}  "
        yield from wrap(mark.meaning + (f", {mark.reason}" if mark.reason else ""), lead, " " * columns(lead))
    for _, group in groupby(sentence.read, key=lambda read: (read.pattern, read.start, read.end)):
        reads = list(group)
        yield from wrap(f"{reads[0].pattern} «{reads[0].quote}»", "  > ", "    ")
        for read in reads:
            state = "" if read.status == "accepted" else f"  (to confirm: {read.basis})"
            yield from wrap(read.claim + state, "      ", "          ")
        for rule in dict.fromkeys(rule for read in reads for rule in read.rests_on):
            yield from wrap(f"by {rule}", "      ", "          ")
    for refused in sentence.refused:
        yield from wrap(f"refused, {refused.check}: {refused.reason}", "  x ", "    ")
        yield from wrap(refused.proposed, "      ", "          ")
    if sentence.is_silent:
        yield from wrap("nothing read, though it looks informative", "  ! ", "    ")


def columns(text: str) -> int:
    """Return how many columns a text takes.

    >>> columns("松江 District"), columns("é")
    (13, 1)
    """
    from rich.cells import cell_len

    return cell_len(text)


def wrap(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """Return a text as lines that fit; `first` stands before the first line, `rest` before the others.

    >>> wrap("one two three", "> ", "  ", width=9)
    ['> one two', '  three']
    """
    from rich.console import Console
    from rich.text import Text

    lines = Text(one_line(text)).wrap(Console(), width - max(columns(first), columns(rest)))
    return [
        lead + line.plain.rstrip() for lead, line in zip(chain([first], repeat(rest)), lines, strict=False)
    ]


def pad(text: str, width: int) -> str:
    """Return a text cut or filled to so many columns.

    >>> pad("松江区", 5), pad("ab", 4)
    ('松江…', 'ab  ')
    """
    from rich.cells import set_cell_size

    return set_cell_size(text, width) if columns(text) <= width else set_cell_size(text, width - 1) + "…"
