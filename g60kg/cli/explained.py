"""How an article was read, laid out for a terminal of 80 columns, where Chinese characters take two.

Goes in: an `Explained`. Comes out: text: each sentence that holds anything, with what was marked in it,
which frame read what from which words, and a line that says so where it looks informative and gave nothing.
Words are kept whole where they fit; control characters, which could move the cursor, are shown as a mark.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final
from unicodedata import category, combining, east_asian_width

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


WIDTH: Final = 80


def columns(text: str) -> int:
    """Return how many columns a text takes.

    >>> columns("松江 District"), columns("é")
    (13, 1)
    """
    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


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
    lines = [first]
    fresh = True
    for word in _pieces(plain(text), width - max(columns(first), columns(rest))):
        joint = "" if fresh else " "
        if not fresh and columns(lines[-1] + joint + word) > width:
            lines.append(rest + word)
        else:
            lines[-1] += joint + word
        fresh = False
    return lines


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield the words of a text, those that fit no line in parts."""
    for word in text.split(" "):
        part = ""
        for letter in word:
            if columns(part + letter) > width:
                yield part
                part = ""
            part += letter
        yield part


def pad(text: str, width: int) -> str:
    """Return a text cut or filled to so many columns.

    >>> pad("松江区", 5), pad("ab", 4)
    ('松江…', 'ab  ')
    """
    if columns(text) > width:
        while columns(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - columns(text))
