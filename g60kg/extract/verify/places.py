"""Where words stand in a text: quotes in the article, mentions in the quote; and how a check refuses.

Goes in: an annotated text, then words. Comes out: spans of the view. Typographic quotes, dashes and line
breaks of the words are read as those of the text are.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from g60kg.model import Entity, Repair, Resolution
from g60kg.text.lexicon import AnnotatedText
from g60kg.text.marks import Mark
from g60kg.text.scanning import is_letter
from g60kg.text.view import make_view


class Refused(Exception):  # noqa: N818 - the outcome of a check, no error of the user's
    """A proposal fails a check: the check's name, and the words that show why."""

    def __init__(self, check: str, reason: str) -> None:
        self.check = check
        self.reason = " ".join(reason.split())
        super().__init__(f"{check}: {self.reason}")


Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that a claim speaks of, and where its words stand in the view, if the quote says them; it is
    so by a person's word alone where that names its id.
    """

    entity: Entity
    run: Run | None
    repair: Repair | None = None
    resolution: Resolution | None = None
    by_person: bool = False


@lru_cache(maxsize=4_096)
def plain(words: str) -> str:
    """Return words as the flat text of a view has them."""
    return make_view(words).text.replace("\n", " ").strip()


class Places:
    """The text of an article, in which words are found."""

    def __init__(self, annotated: AnnotatedText) -> None:
        self.annotated = annotated
        self.flat = annotated.view.text.replace("\n", " ")
        self._sentence_starts = [start for start, _ in annotated.sentences]
        self._quotes: dict[tuple[str, int | None], Run | None] = {}
        self._firsts: dict[str, int] = {}
        self._last = 0

    def quote(self, quote: str, start: int | None) -> Run:
        """Return where a quote stands; `start` counts characters of the article's text.

        Raises `Refused` for a quote that stands nowhere, or goes over the end of a sentence.
        """
        key = (quote, start)
        if key not in self._quotes:
            self._quotes[key] = self._find_quote(plain(quote), start)
        found = self._quotes[key]
        if found is None:
            raise Refused("quote", f"the text does not say {quote[:120]!r}")
        self.sentence(found)
        return found

    def _find_quote(self, words: str, start: int | None) -> Run | None:
        """Find a quote where the reader says, else behind the one before it, else from the beginning."""
        if not words:
            return None
        if start is not None:
            at = self.from_original(start)
            return (at, at + len(words)) if self.flat.startswith(words, at) else None
        at = self.flat.find(words, self._last)
        if at < 0:
            at = self.flat.find(words, 0, self._last + len(words))
        if at < 0:
            return None
        self._last = at
        return at, at + len(words)

    def sentence(self, run: Run) -> int:
        """Return the number of the sentence that holds a run. Raises `Refused` where none does."""
        number = bisect_right(self._sentence_starts, run[0]) - 1
        if number < 0 or run[1] > self.annotated.sentences[number][1]:
            raise Refused("quote", f"more than a sentence: {self.flat[slice(*run)][:120]!r}")
        return number

    def from_original(self, position: int) -> int:
        """Return where a character of the article's text stands in the view."""
        row = max(0, bisect_right(self._origins, position) - 1)
        return max(position - self.annotated.view.shifts[row], self.annotated.view.breaks[row])

    @cached_property
    def _origins(self) -> list[int]:
        view = self.annotated.view
        return [at + shift for at, shift in zip(view.breaks, view.shifts, strict=True)]

    def within(self, words: str, run: Run) -> Iterator[Run]:
        """Yield where words stand as whole words in a run, in order."""
        at = self.flat.find(words, *run) if words else -1
        while at >= 0:
            end = at + len(words)
            if self._is_whole(at, end):
                yield at, end
            at = self.flat.find(words, at + 1, run[1])

    def _is_whole(self, start: int, end: int) -> bool:
        """Tell whether a run is cut out of no longer word or number."""
        before, after = self.flat[max(0, start - 2) : start], self.flat[end : end + 2]
        first, last = self.flat[start], self.flat[end - 1]
        if _joins(before[-1:], first) or _joins(last, after[:1]):
            return False
        if first.isdigit() and before[-1:] in (".", ",") and before[:1].isdigit():
            return False
        return not (last.isdigit() and after[:1] in (".", ",") and after[1:].isdigit())

    def first(self, words: str) -> int:
        """Return where words first stand as whole words in the text; -1 where they never do."""
        if words not in self._firsts:
            found = next(self.within(words, (0, len(self.flat))), None)
            self._firsts[words] = found[0] if found else -1
        return self._firsts[words]

    def original(self, run: Run) -> Run:
        """Return a run's span in the article's text."""
        return self.annotated.view.span(*run)

    def words(self, run: Run) -> str:
        """Return the words of a run as the article writes them."""
        return self.annotated.article.text[slice(*self.original(run))]

    def spelled(self, words: str, run: Run) -> str:
        """Return words in the text's own spelling, where they stand in a run as one."""
        found = next(self.within(plain(words), run), None)
        return words if found is None else " ".join(self.words(found).split())

    def repairs(self, run: Run) -> list[Repair]:
        """Return the repairs of the garbled names that stand in a run."""
        return [mark.repair for mark in self.annotated.marks_within(*run) if mark.repair is not None]

    @cached_property
    def _entities(self) -> dict[str, list[Mark]]:
        found: dict[str, list[Mark]] = {}
        for mark in self.annotated.marks:
            if isinstance(mark.meaning, Entity):
                found.setdefault(mark.meaning.iri, []).append(mark)
        return found

    def entity_before(self, iri: str, until: int) -> Mark | None:
        """Return the last mark of an entity that begins before a position."""
        marks = self._entities.get(iri, [])
        row = bisect_left(marks, until, key=lambda mark: mark.start)
        return marks[row - 1] if row else None

    def marked(self, words: str, run: Run) -> Entity | None:
        """Return what the text's own marks have for words: in a run, else where they first stand."""
        places = chain(self.within(words, run), self.within(words, (0, len(self.flat))))
        return next((entity for place in places if (entity := self.meaning_at(place)) is not None), None)

    def entity_at(self, run: Run) -> Mark | None:
        """Return the mark of the entity that just these words are."""
        marks = (mark for mark in self.annotated.marks_within(*run) if (mark.start, mark.end) == run)
        return next((mark for mark in marks if isinstance(mark.meaning, Entity)), None)

    def meaning_at(self, run: Run) -> Entity | None:
        """Return the entity that just these words are."""
        mark = self.entity_at(run)
        return mark.meaning if mark is not None and isinstance(mark.meaning, Entity) else None


def _joins(one: str, other: str) -> bool:
    """Tell whether two characters side by side are of one word; Chinese has no signs between words."""
    return is_letter(one) and is_letter(other) and one.isdigit() == other.isdigit()
