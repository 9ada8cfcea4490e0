"""An article as read: its sentences, each with its marks and its skeleton.

Goes in: an article and the grammar's tables. Comes out: a `Reading`. A skeleton is a sentence in lower case
in which each mark is one private-use character that tells its kind: patterns are regular expressions over
skeletons.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from ..model import Article, Entity
from .kinds import AUXILIARY, FILLER
from .marks import Mark, Passed, Pronoun
from .scanning import fold
from .view import View

_PASSED: Final = re.compile(f"[{FILLER}{AUXILIARY}]")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a view from `start`: `skeleton`, and where in it each
    mark and each run of text stands.
    """

    index: int
    start: int
    end: int
    skeleton: str
    at: dict[int, Mark]
    anchors: tuple[tuple[int, int], ...]
    """Pairs of a position in the skeleton and the position in the view, from which on both advance alike."""

    @property
    def asks(self) -> bool:
        """Tell whether a sentence is a question, which states nothing."""
        return self.skeleton.rstrip("\"' \n").endswith("?")

    def plain(self, start: int, end: int) -> str:
        """Return a run of the skeleton with the words that forms pass over as they are; other marks stay
        characters.
        """
        return _PASSED.sub(lambda match: self._word(start + match.start()), self.skeleton[start:end])

    def _word(self, position: int) -> str:
        passed = self.at[position].meaning
        return passed.word if isinstance(passed, Passed) else ""

    def view_start(self, position: int) -> int:
        """Return where a position of the skeleton begins in the view."""
        skeleton, view = self.anchors[bisect_right(self.anchors, (position, 1 << 60)) - 1]
        return view + position - skeleton

    def view_end(self, position: int) -> int:
        """Return where a run that ends before a position of the skeleton ends in the view."""
        last = position - 1
        return self.at[last].end if last in self.at else self.view_start(last) + 1


@dataclass(frozen=True)
class Reading:
    """An article, its view, all marks in order, and its sentences."""

    article: Article
    view: View
    marks: tuple[Mark, ...]
    sentences: tuple[Sentence, ...]
    plain: dict[int, bool] = field(default_factory=dict, compare=False, repr=False)
    """By number of a sentence, whether it can hold plain facts alone, as far as that was asked for."""

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Where the sentences stand in the view."""
        return tuple((sentence.start, sentence.end) for sentence in self.sentences)

    @cached_property
    def entities(self) -> tuple[Mark, ...]:
        """The marks that are entities, in order."""
        return tuple(mark for mark in self.marks if isinstance(mark.meaning, Entity))


def make_sentences(
    text: str, spans: Iterable[tuple[int, int]], marks: Iterable[Mark]
) -> tuple[Sentence, ...]:
    """Return the sentences of a view's text; a mark that crosses the end of a sentence belongs to none."""
    waiting = list(marks)
    folded = fold(text)
    sentences: list[Sentence] = []
    next_mark = 0
    for start, end in spans:
        inside: list[Mark] = []
        while next_mark < len(waiting) and waiting[next_mark].start < end:
            if waiting[next_mark].start >= start and waiting[next_mark].end <= end:
                inside.append(waiting[next_mark])
            next_mark += 1
        sentences.append(_sentence(len(sentences), folded, start, end, inside))
    return tuple(sentences)


def _sentence(index: int, folded: str, start: int, end: int, marks: list[Mark]) -> Sentence:
    parts: list[str] = []
    at: dict[int, Mark] = {}
    anchors = [(0, start)]
    length, done = 0, start
    for mark in marks:
        lead = mark.meaning.lead if isinstance(mark.meaning, Pronoun) else ""
        parts += (folded[done : mark.start], lead, mark.code)
        before = length + mark.start - done
        length = before + len(lead) + 1
        at[length - 1] = mark
        anchors += ((before, mark.start), (length - 1, mark.start), (length, mark.end))
        done = mark.end
    parts.append(folded[done:end])
    return Sentence(index, start, end, "".join(parts), at, tuple(anchors))


def merge(*layers: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks of all layers in order, without overlap: the leftmost, then the longest, then the
    first layer's.
    """
    ranked = sorted(
        ((mark.start, -mark.end, rank, mark) for rank, layer in enumerate(layers) for mark in layer),
        key=lambda row: row[:3],
    )
    kept: list[Mark] = []
    done = 0
    for start, _, _, mark in ranked:
        if start >= done:
            kept.append(mark)
            done = mark.end
    return tuple(kept)
