"""An article as it reads: its text cut where names and claims begin and end, in parts of a bounded size.

The texts of the segments, one after the other, are the article's text.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from g60kg.article import Article
from g60kg.describe.claims import Claimed, claims_in
from g60kg.describe.lookup import grouped
from g60kg.describe.overview import About, about_article
from g60kg.errors import G60Error
from g60kg.store import Store
from g60kg.terms import iri

if TYPE_CHECKING:
    from g60kg.extract import Marked, MarkedSentence

PART: Final = 30_000
"""A longer text is shown in parts of about so many characters, at paragraphs where there are any."""
Marker = Callable[[Article], "Sequence[MarkedSentence]"]
"""What finds the sentences of a text and the names in them; raises `G60Error` where it cannot now."""
_PARAGRAPH: Final = re.compile(r"[^\n]*\n\s*|[^\n]+")
"""A paragraph of a text, with the white space after it."""
_NAMED: Final = ("known", "repaired", "resolved", "candidate")


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name a thing.

    `kind` is `known`, `repaired` (`reason` says why), `resolved` (by which rule) or `candidate`.
    """

    start: int
    end: int
    kind: str
    entity: NamedNode
    reason: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the text that lies in the same name and the same quotes; `quotes` are their numbers.

    `begins` are the quotes that begin here.
    """

    text: str
    named: Named | None
    quotes: tuple[int, ...]
    begins: tuple["Quoted", ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that state claims: its number in the paragraph, from 1, and its place in the text."""

    number: int
    start: int
    end: int
    claims: tuple[Claimed, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or what stands between two (then `number` is 0)."""

    number: int
    start: int
    end: int
    segments: tuple[Segment, ...]
    quotes: tuple[Quoted, ...]
    repairs: tuple[Named, ...]

    @property
    def claims(self) -> tuple[Claimed, ...]:
        """The claims of the sentence, in the order of its words."""
        return tuple(claim for quoted in self.quotes for claim in quoted.claims)

    @property
    def is_quoted(self) -> bool:
        """Whether a claim quotes all of it."""
        return any((each.start, each.end) == (self.start, self.end) for each in self.quotes)

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return "".join(segment.text for segment in self.segments)

    def text_of(self, named: Named) -> str:
        """Return the words that name a thing in it."""
        return self.text[named.start - self.start : named.end - self.start]


Paragraph = tuple[Sentence, ...]
"""The sentences of a paragraph, and what stands between them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article: its text in paragraphs, or its claims alone where nobody has the text any more.

    A long text is shown in parts: this is part `part`, from 1, of those that begin at `starts`.
    """

    about: About
    has_text: bool
    paragraphs: tuple[Paragraph, ...] = ()
    claims: tuple[Claimed, ...] = ()
    part: int = 1
    starts: tuple[int, ...] = (0,)

    @property
    def named(self) -> frozenset[NamedNode]:
        """The things that its text names."""
        segments = (each for paragraph in self.paragraphs for piece in paragraph for each in piece.segments)
        return frozenset(segment.named.entity for segment in segments if segment.named)


def read_article(store: Store, name: str, article: Article | None, mark: Marker, at: int = 0) -> Reading:
    """Return an article that is held, in the part that has the character `at`; `article` has its text."""
    about = about_article(store, name)
    if article is None:
        return Reading(about, False, claims=claims_in(store, name))
    starts = part_starts(article.text)
    part = bisect_right(starts, max(at, 0))
    start, end = starts[part - 1], [*starts, len(article.text)][part]
    here = claims_in(store, name, start, end)
    return Reading(about, True, tuple(_paragraphs(article, start, end, here, mark)), here, part, starts)


def part_starts(text: str, size: int = PART) -> tuple[int, ...]:
    r"""Return where the parts of a text begin: each at a paragraph, `size` characters or more after the last.

    Where a paragraph is longer than that it is cut after a sentence, else anywhere.

    >>> part_starts("one\ntwo\nthree", 5), part_starts("One. Two. Three. Four.", 5)
    ((0, 8), (0, 9, 16))
    """
    starts = [0]
    while (start := starts[-1]) + size < len(text):
        most = start + 2 * size
        found = text.find("\n", start + size - 1, most)
        if found < 0 and most < len(text):
            found = max(text.rfind(mark, start + size - 1, most) for mark in (".", "。"))
            found = found if found >= 0 else most - 1
        if found < 0 or found + 1 >= len(text):
            break
        starts.append(found + 1)
    return tuple(starts)


def _paragraphs(
    article: Article, start: int, end: int, claims: tuple[Claimed, ...], mark: Marker
) -> Iterator[Paragraph]:
    """Yield the paragraphs between two places of a text: its sentences, and what stands between them."""
    read = _sentences(article, start, end, mark)
    for first, last in (found.span() for found in _PARAGRAPH.finditer(article.text, start, end)):
        here = (claim for claim in claims if first <= claim.words.start < last)
        places = grouped(((claim.words.start, claim.words.end), claim) for claim in here)
        quotes = tuple(Quoted(n, *at, tuple(said)) for n, (at, said) in enumerate(sorted(places.items()), 1))
        at = first
        pieces: list[_Piece] = []
        for number, begin, stop, names in read:
            if first <= begin < last:
                pieces += [(0, at, begin, ()), (number, max(at, begin), stop, names)]
                at = stop
        pieces.append((0, at, last, ()))
        yield tuple(_sentence(article.text, piece, quotes) for piece in pieces if piece[1] < piece[2])


_Piece = tuple[int, int, int, tuple[Named, ...]]
"""The number of a sentence, its start and end, and its names."""


def _sentences(article: Article, start: int, end: int, mark: Marker) -> list[_Piece]:
    """Return the sentences between two places; none where the text cannot be read by a grammar now."""
    whole = start == 0 and end == len(article.text)
    try:
        sentences = mark(article if whole else replace(article, text=article.text[start:end]))
    except G60Error:
        return []

    def named(mark: "Marked") -> Named:
        entity = iri(mark.meaning.partition(" ")[0])
        return Named(start + mark.start, start + mark.end, mark.kind, entity, mark.reason or "")

    return [
        (number, start + it.start, start + it.end, tuple(named(m) for m in it.marked if m.kind in _NAMED))
        for number, it in enumerate(sentences, 1)
    ]


def _sentence(text: str, piece: _Piece, quotes: tuple[Quoted, ...]) -> Sentence:
    """Return a sentence, cut at all places where a name or a quote begins or ends."""
    number, start, end, names = piece
    spans = [(each.start, each.end) for each in names] + [(each.start, each.end) for each in quotes]
    cuts = sorted({start, end, *(place for span in spans for place in span if start < place < end)})
    segments = (
        Segment(
            text[first:last],
            next((each for each in names if each.start <= first < each.end), None),
            tuple(each.number for each in quotes if each.start <= first < each.end),
            tuple(each for each in quotes if each.start == first),
        )
        for first, last in pairwise(cuts)
    )
    begun = tuple(each for each in quotes if start <= each.start < end)
    repairs = tuple(each for each in names if each.kind == "repaired")
    return Sentence(number, start, end, tuple(segments), begun, repairs)
