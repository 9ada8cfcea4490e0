"""Years and periods: each is stated by the text, or marked as assumed.

Goes in: a year, date or period as proposed. Comes out: how it was found, for a claim to say so; or a refusal.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from g60kg.extract.verify.places import Places, Run
from g60kg.extract.verify.refused import Refused
from g60kg.model import Resolution
from g60kg.text.chinese import chinese_times
from g60kg.text.marks import Mark, Time
from g60kg.text.times import MONTHS


@dataclass(frozen=True)
class Times:
    """The times of one article."""

    places: Places
    years: Mapping[str, int]

    @cached_property
    def _marks(self) -> tuple[Mark, ...]:
        """The times of the text, those in Chinese among them, in order."""
        read = (mark for mark in self.places.annotated.marks if isinstance(mark.meaning, Time))
        chinese = chinese_times(self.places.flat, self.places.annotated.article.date, self.years)
        return tuple(sorted([*read, *chinese], key=lambda mark: mark.start))

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
