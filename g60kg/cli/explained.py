"""How an article was read, laid out for a terminal of 80 columns.

Goes in: an `Explained`. Comes out: text: each sentence that holds anything, with what was marked in it,
which frame read what from which words, and a line that says so where it looks informative and gave nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from g60kg.cli.wrap import columns, pad, plain, wrap
from g60kg.extract import Explained, ExplainedSentence, Marked, Read, Refused

_SHOWN: Final = 26
"""The most columns that marked words take before what they mean."""


def explained_text(explained: Explained) -> str:
    """Return how an article was read, as text."""
    blocks = ["\n".join(_sentence(each)) for each in explained.sentences if each.marked or each.read]
    return "\n\n".join([*blocks, _summary(explained)])


def _summary(explained: Explained) -> str:
    sentences = explained.sentences
    kept = sum(len(sentence.read) for sentence in sentences)
    return "\n".join(
        wrap(
            f"{explained.article}: {_count(len(sentences), 'sentence')}, {_count(kept, 'claim')}; "
            f"{_count(len(explained.silent), 'sentence')} looked informative and gave nothing.",
            "",
        )
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _sentence(sentence: ExplainedSentence) -> Iterator[str]:
    yield from wrap(sentence.text, f"{sentence.start}-{sentence.end}  ", "  ")
    width = min(_SHOWN, max((columns(plain(mark.words)) for mark in sentence.marked), default=0))
    for mark in sentence.marked:
        yield from _mark(mark, width)
    for _, reads in groupby(sentence.read, key=lambda read: (read.pattern, read.start, read.end)):
        yield from _claims(list(reads))
    for refused in sentence.refused:
        yield from _refused(refused)
    if sentence.is_silent:
        yield from _silence()


def _mark(mark: Marked, width: int) -> Iterator[str]:
    reason = f", {mark.reason}" if mark.reason else ""
    lead = f"  · {pad(plain(mark.words), width)}  {mark.kind:9}  "
    yield from wrap(mark.meaning + reason, lead, " " * columns(lead))


def _claims(reads: Sequence[Read]) -> Iterator[str]:
    """Yield the claims that a frame read in one run of words."""
    yield from wrap(f"{reads[0].pattern} «{reads[0].quote}»", "  > ", "    ")
    for read in reads:
        state = "" if read.status == "accepted" else f"  (to confirm: {read.basis})"
        yield from wrap(read.claim + state, "      ", "          ")
    for rule in dict.fromkeys(rule for read in reads for rule in read.rests_on):
        yield from wrap(f"by {rule}", "      ", "          ")


def _refused(refused: Refused) -> Iterator[str]:
    """Yield a proposal that failed a check, and why."""
    yield from wrap(f"refused, {refused.check}: {refused.reason}", "  x ", "    ")
    yield from wrap(refused.proposed, "      ", "          ")


def _silence() -> Iterator[str]:
    yield from wrap("nothing read, though it looks informative", "  ! ", "    ")
