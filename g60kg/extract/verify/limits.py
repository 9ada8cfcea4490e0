"""What limits a claim: its time, stated or marked as assumed, and how plainly it is said.

Goes in: a year, date or period as proposed; a sentence, and where the claim's words stand in it. Comes out:
how a time was found, for a claim to say so; the modality that plans, denials and hearsay in its clause give
it; or a refusal.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from g60kg.extract.verify.places import Places, Refused, Run
from g60kg.model import Resolution
from g60kg.text.lexicon import Lexicon
from g60kg.text.marks import Mark, Time
from g60kg.text.scanning import any_of
from g60kg.text.times import MONTHS


@dataclass(frozen=True)
class Times:
    """The times of one article."""

    places: Places

    @property
    def _marks(self) -> list[Mark]:
        return self.places.annotated.times

    @cached_property
    def _starts(self) -> list[int]:
        return [mark.start for mark in self._marks]

    @cached_property
    def _stated(self) -> dict[str, Mark]:
        """The first time that states each year, month or day."""
        found: dict[str, Mark] = {}
        for mark in self._marks:
            for form in _forms(mark):
                found.setdefault(form, mark)
        return found

    def _place(self, time: str) -> Run:
        mark = self._stated[time]
        return self.places.original((mark.start, mark.end))

    def object(self, time: str, sentence: Run) -> Resolution | None:
        """Return how a time that is a claim's object was found; None where the sentence states it in full.

        Only a sentence without any time takes that of one before it: "during the conference".
        Raises `Refused`.
        """
        if self._in_sentence(time, sentence):
            return self._computed(time, sentence)
        if not self._rows(sentence) and self._before(time, sentence):
            return Resolution(time, "time carried over", *self._place(time))
        raise Refused("year", f"the sentence does not say {time}")

    def limits(self, time: str, sentence: Run) -> Resolution | None:
        """Return how a time that limits a claim was found; None where the sentence states it in full.

        Raises `Refused` for a time that the text nowhere states and that is not the article's own year.
        """
        parts = time.split("/")
        if all(self._in_sentence(part, sentence) for part in parts):
            return self._computed(parts[0], sentence)
        if self._is_range(parts, sentence):
            return None
        if self._rows(sentence):
            raise Refused("year", f"the sentence says another time than {time}")
        if all(self._before(part, sentence) for part in parts):
            return Resolution(time, "time carried over", *self._place(parts[0]))
        date = self.places.annotated.article.date
        if date is not None and all(_is_about(part, date) for part in parts):
            return Resolution("", "year of the article", 0, 0)
        raise Refused("year", f"the text does not say {time}")

    def _in_sentence(self, time: str, sentence: Run) -> bool:
        return any(time in _forms(self._marks[row]) for row in self._rows(sentence))

    def _computed(self, time: str, sentence: Run) -> Resolution | None:
        """Return by which rule a time of a sentence was computed, unless another there states it in full."""
        found: Resolution | None = None
        for mark in (self._marks[row] for row in self._rows(sentence)):
            if time in _forms(mark) and isinstance(mark.meaning, Time):
                if mark.meaning.rule is None:
                    return None
                start, end = self.places.original((mark.start, mark.end))
                words = self.places.annotated.article.text[start:end]
                found = found or Resolution(words, mark.meaning.rule, start, end)
        return found

    def _is_range(self, parts: list[str], sentence: Run) -> bool:
        """Tell whether a sentence says a range of which one end alone is read: "from November 22 to 24",
        "January to September of 2023".
        """
        first, last = parts[0], parts[-1]
        if len(parts) != 2 or first[:4] != last[:4] or not self._in_sentence(first[:4], sentence):
            return False
        if len(first) == len(last) == 10 and first[:7] == last[:7]:
            ends = f"{int(first[8:])}", f"{int(last[8:])}"
        elif len(first) == len(last) == 7:
            ends = MONTHS[int(first[5:]) - 1].title(), MONTHS[int(last[5:]) - 1].title()
        else:
            return False
        said = rf"\b{ends[0]}(?:-| to | and | through ){ends[1]}\b"
        return re.search(said, self.places.flat[slice(*sentence)]) is not None

    def _rows(self, sentence: Run) -> range:
        return range(bisect_left(self._starts, sentence[0]), bisect_left(self._starts, sentence[1]))

    def _before(self, time: str, sentence: Run) -> bool:
        stated = self._stated.get(time)
        return stated is not None and stated.start < sentence[0]

    def is_later(self, time: str) -> bool:
        """Tell whether a time begins behind the article's date."""
        date = self.places.annotated.article.date
        return date is not None and time > date[: len(time)]


def _forms(mark: Mark) -> Iterator[str]:
    """Yield what a time states: itself, and the month and the year that it lies in."""
    assert isinstance(mark.meaning, Time)
    for time in (mark.meaning.start, mark.meaning.end):
        if time is not None:
            yield from (time[:length] for length in (4, 7, 10) if len(time) >= length)


def _is_about(time: str, date: str) -> bool:
    """Tell whether a time is the year of an article's date, or a part of it that is over by then."""
    return time[:4] == date[:4] and time <= date[: len(time)]


_LATIN: Final = re.compile(r"[A-Za-z]")
_KINDS: Final = ("denied", "planned", "reported", "partial")


@dataclass(frozen=True)
class Clauses:
    """The words of modality, from `verify.yaml`."""

    lexicon: Lexicon
    words: Mapping[str, Any]

    @cached_property
    def _within(self) -> re.Pattern[str]:
        """Words that speak of the clause in which they stand."""
        return self._any(
            {kind: [*self._listed(kind, "modalities"), *self.words[kind]] for kind in _KINDS[:2]}
        )

    @cached_property
    def _before(self) -> re.Pattern[str]:
        """Words that speak of all that follows them in the sentence."""
        return self._any({kind: self._listed(kind, "governing") for kind in _KINDS[:2]})

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        """Words that speak of the whole sentence."""
        return self._any(
            {kind: [*self._listed(kind, "modalities"), *self.words[kind]] for kind in _KINDS[2:]}
        )

    def _listed(self, kind: str, table: str) -> list[str]:
        return list(self.words[table].get(kind, ()))

    @staticmethod
    def _any(words: Mapping[str, list[str]]) -> re.Pattern[str]:
        groups = []
        for kind, listed in words.items():
            latin = sorted({word.lower() for word in listed if _LATIN.match(word)})
            other = sorted({word for word in listed if not _LATIN.match(word)})
            parts = [r"(?<![\w-])(?!(?-i:May)\b)" + any_of(latin, end=r"(?![\w-])")] if latin else []
            parts += [any_of(other, end="")] if other else []
            groups += [f"(?P<{kind}>{'|'.join(parts)})"] if parts else []
        return re.compile("|".join(groups), re.I)

    @cached_property
    def _ends(self) -> re.Pattern[str]:
        return re.compile(any_of(self.words["clauses"], end=""))

    def read(self, text: str, sentence: Run) -> "Said":
        """Return the words of modality in a sentence, and where its clauses begin."""
        return Said(
            sentence,
            tuple(found.span() for found in self._ends.finditer(text, *sentence)),
            _found(self._within, text, sentence),
            _found(self._before, text, sentence),
            _found(self._anywhere, text, sentence),
        )


def _found(words: re.Pattern[str], text: str, run: Run) -> tuple[tuple[int, int, str], ...]:
    return tuple((*found.span(), found.lastgroup or "") for found in words.finditer(text, *run))


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence's words of modality, each with its place: of a clause, of what follows, and of the whole."""

    sentence: Run
    cuts: tuple[Run, ...]
    within: tuple[tuple[int, int, str], ...]
    before: tuple[tuple[int, int, str], ...]
    anywhere: tuple[tuple[int, int, str], ...]

    def modality(self, inside: Run, names: tuple[Run, ...]) -> str | None:
        """Return what the words around a claim's object make of it; None for a plain fact.

        Words within the names of the claim say nothing: "New Plan Co".
        """
        first, last = self._clause(inside)
        for start, end, kind in self.within:
            named = any(run[0] <= start and end <= run[1] for run in names)
            if first <= start and end <= last and not named:
                return kind
        for _, end, kind in self.before:
            if end <= inside[0]:
                return kind
        return self.anywhere[0][2] if self.anywhere else None

    def _clause(self, inside: Run) -> Run:
        """Return the clause that holds a run: from the last word that begins one to the next."""
        start, end = self.sentence
        for cut in self.cuts:
            if cut[1] <= inside[0]:
                start = cut[0]
            elif cut[0] >= inside[1]:
                return start, cut[0]
        return start, end
