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
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeVar
from unicodedata import category

import click

from g60kg.cli.output import progress, warn, write
from g60kg.kg.claims import Claims, accepted_jsonl_of, explanation_of, jsonl_of, read_claims, rejections_of
from g60kg.kg.many import BATCH, Done, add_many, default_jobs, over_files
from g60kg.kg.overlays import Overlays
from g60kg.kg.texts import Source

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
            if done.notice is not None:
                click.echo(f"g60kg: {done.notice}", err=True)
            if done.error is not None:
                failed.append(done.file)
                click.echo(f"g60kg: {done.error}", err=True)
            elif done.value is not None:
                yield done.file, done.value

    yield values()
    if failed:
        sys.stdout.flush()
        raise click.exceptions.Exit(2)


@contextmanager
def _each(
    files: Sequence[Source], work: Callable[..., T], overlays: Overlays, known: Known, jobs: int | None
) -> Iterator[Iterator[T]]:
    """Give what `work` makes of each file, as `_told` does."""
    with _told(over_files(files, work, overlays, known, jobs or default_jobs(len(files)))) as values:
        yield (value for _, value in values)


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
    if format == "jsonl":
        work = accepted_jsonl_of if accepted else jsonl_of
        with _each(files, work, overlays, known, jobs) as texts:
            for lines in texts:
                click.echo(lines, nl=False)
        return
    with _each(files, read_claims, overlays, known, jobs) as articles:
        read = list(articles)
        claims = Claims(tuple(claim for _, said in read for claim in said))
        shown = claims.accepted if accepted else claims
        if shown or len(read) == len(files):
            write(shown, "table")


def print_rejected(
    files: Sequence[str], overlays: Overlays, known: Known, jobs: int | None, format: str
) -> None:
    """Write what was proposed for files and failed a check: one JSON object or one line each."""
    with _each(files, rejections_of, overlays, known, jobs) as articles:
        for each in (each for refused in articles for each in refused):
            line = f"{each.check}: {each.reason} | {each.proposed} | «{' '.join(each.quote.split())}»"
            click.echo(_json(asdict(each)) if format == "jsonl" else line)


def print_explained(
    files: Sequence[str], overlays: Overlays, known: Known, jobs: int | None, format: str | None
) -> None:
    """Write how files are read, sentence by sentence: as text, or as one JSON object a sentence."""
    with _each(files, explanation_of, overlays, known, jobs) as articles:
        for each in articles:
            if format == "jsonl":
                rows = [_json({"article": each.article} | it.to_json()) + "\n" for it in each.sentences]
                click.echo("".join(rows), nl=False)
            else:
                click.echo(_explained(each))


def add_files(kg: "KnowledgeGraph", sources: Sequence[Source], known: Known, jobs: int | None) -> None:
    """Add articles to a graph, extracted many at once, and say of each whether it is new."""
    before = set(kg.summary.problems)
    try:
        with _told(add_many(kg, sources, known, jobs, BATCH, progress)) as added:
            for name, is_new in added:
                click.echo(f"{name}: {'added' if is_new else 'held already'}")
    finally:
        warn(each for each in kg.summary.problems if each not in before)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _explained(explained: "Explained") -> str:
    """Return how an article was read, as text."""
    sentences = explained.sentences
    kept = sum(len(sentence.read) for sentence in sentences)
    summary = (
        f"{explained.article}: {_count(len(sentences), 'sentence')}, {_count(kept, 'claim')}; "
        f"{_count(len(explained.silent), 'sentence')} looked informative and gave nothing."
    )
    blocks = ["\n".join(_sentence(each)) for each in sentences if each.marked or each.read]
    return "\n\n".join([*blocks, "\n".join(wrap(summary))])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _sentence(sentence: "ExplainedSentence") -> Iterator[str]:
    """Yield a sentence, what was marked in it, and which frame read what from which words."""
    yield from wrap(sentence.text, f"{sentence.start}-{sentence.end}  ", "  ")
    width = min(_SHOWN, max((columns(plain(mark.words)) for mark in sentence.marked), default=0))
    for mark in sentence.marked:
        lead = f"  · {pad(plain(mark.words), width)}  {mark.kind:9}  "
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


def plain(text: str) -> str:
    """Return a text on one line, without characters that a terminal would act on.

    >>> plain("a\\x1b[31m\\n b")
    'a�[31m b'
    """
    return "".join("�" if category(letter) in ("Cc", "Cf") else letter for letter in " ".join(text.split()))


def wrap(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """Return a text as lines that fit; `first` stands before the first line, `rest` before the others.

    >>> wrap("one two three", "> ", "  ", width=9)
    ['> one two', '  three']
    """
    lines, is_fresh = [first], True
    for word in _pieces(plain(text), width - max(columns(first), columns(rest))):
        longer = lines[-1] + ("" if is_fresh else " ") + word
        if is_fresh or columns(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(rest + word)
        is_fresh = False
    return lines


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield the words of a text, those that fit no line in parts."""
    from rich.cells import chop_cells

    for word in text.split(" "):
        yield from chop_cells(word, width) or [word]


def pad(text: str, width: int) -> str:
    """Return a text cut or filled to so many columns.

    >>> pad("松江区", 5), pad("ab", 4)
    ('松江…', 'ab  ')
    """
    from rich.cells import set_cell_size

    return set_cell_size(text, width) if columns(text) <= width else set_cell_size(text, width - 1) + "…"
