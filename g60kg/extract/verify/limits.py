"""What limits a claim: its time, stated or marked as assumed, and how plainly it is said.

Goes in: a year, date or period as proposed; a sentence, and where the claim's words stand in it. Comes out:
how a time was found, for a claim to say so, or that nothing but the article's own date gives it; the modality
that plans, denials and hearsay in its clause give it; or a refusal.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from g60kg.extract.verify.places import Places, Refused, Run
from g60kg.model import Resolution
from g60kg.text.marks import Mark, Time
from g60kg.text.scanning import any_of
from g60kg.text.view import dateline_end

_LATIN: Final = re.compile(r"[A-Za-z]")
_YEARLESS: Final = ("year of the article", "the year of the article")
"""The rules of times that name no year of their own: "in June", "the first half"."""
_LABELLED: Final = re.compile(r".{,24}[^.!?。！？]")
"""What stands on a line that only says when the article was written, its date left out: "Updated: "."""


@dataclass(frozen=True)
class Times:
    """The times of one article."""

    places: Places

    @cached_property
    def _first(self) -> dict[str, Mark]:
        """The first time that states each year, month or day; "in June" states no year for what follows."""
        found: dict[str, Mark] = {}
        for sentence in self.places.annotated.sentences:
            for mark in self._said(sentence):
                assert isinstance(mark.meaning, Time)
                least = 7 if mark.meaning.rule in _YEARLESS else 4
                for form in (form for form in _forms(mark) if len(form) >= least):
                    found.setdefault(form, mark)
        return found

    def _said(self, sentence: Run) -> list[Mark]:
        """Return the times that a sentence states; when the article was written is none of them."""
        annotated, (start, end) = self.places.annotated, sentence
        text, date = annotated.view.text, annotated.article.date
        behind = dateline_end(text, start)
        times = [mark for mark in annotated.times_from(start, end) if mark.start >= behind]
        if len(times) == 1 and next(_ends(times[0])) == date:
            beside = text[start : times[0].start] + text[times[0].end : end]
            return [] if _LABELLED.fullmatch(beside or " ") else times
        return times

    def object(self, time: str, sentence: Run) -> Resolution | None:
        """Return how a time that is a claim's object was found; None where the sentence states it in full.

        Only a sentence without any time takes that of one before it: "during the conference".
        Raises `Refused`.
        """
        said = self._said(sentence)
        if any(time in _forms(mark) for mark in said):
            return self._computed(time, said)
        if not said and self._is_before([time], sentence):
            return self._carried(time, time)
        raise Refused("year", f"the sentence does not say {time}")

    def limits(self, time: str, sentence: Run) -> Resolution | None:
        """Return how a time that limits a claim was found; None where the sentence states it in full.

        Raises `Refused` for a time that the text nowhere states.
        """
        parts = time.split("/")
        said = self._said(sentence)
        if said:
            if not {form for mark in said for form in _forms(mark)}.issuperset(parts):
                raise Refused("year", f"the sentence says another time than {time}")
            return self._computed(parts[0], said)
        if self._is_before(parts, sentence):
            return self._carried(time, parts[0])
        raise Refused("year", f"the text does not say {time}")

    def is_assumed(self, time: str, sentence: Run) -> bool:
        """Tell whether a time that limits a claim rests on nothing but the article's own date."""
        date, parts = self.places.annotated.article.date, time.split("/")
        if date is None or self._said(sentence) or self._is_before(parts, sentence):
            return False
        return all(part[:4] == date[:4] and part <= date[: len(part)] for part in parts)

    def is_later(self, time: str) -> bool:
        """Tell whether a time begins behind the article's date."""
        date = self.places.annotated.article.date
        return date is not None and time > date[: len(time)]

    def _is_before(self, parts: Iterable[str], sentence: Run) -> bool:
        return all(part in self._first and self._first[part].start < sentence[0] for part in parts)

    def _carried(self, time: str, part: str) -> Resolution:
        mark = self._first[part]
        return Resolution(time, "time carried over", *self.places.original((mark.start, mark.end)))

    def _computed(self, time: str, said: Sequence[Mark]) -> Resolution | None:
        """Return by which rule a time of a sentence was computed, unless another there states it in full."""
        stating = [mark for mark in said if time in _forms(mark)]
        rules = [mark.meaning.rule for mark in stating if isinstance(mark.meaning, Time)]
        if None in rules:
            return None
        run = stating[0].start, stating[0].end
        return Resolution(self.places.words(run), rules[0] or "", *self.places.original(run))


def _forms(mark: Mark) -> Iterator[str]:
    """Yield what a time states: itself, and the month and the year that it lies in."""
    for time in _ends(mark):
        yield from (time[:length] for length in (4, 7, 10) if len(time) >= length)


def _ends(mark: Mark) -> Iterator[str]:
    """Yield when a time is or begins, and when it ends."""
    assert isinstance(mark.meaning, Time)
    yield mark.meaning.start
    if mark.meaning.end is not None:
        yield mark.meaning.end


class Clauses:
    """The words of modality, from `verify.yaml`."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self.words = words
        # Words that speak of the clause in which they stand.
        self._within = self._any("lasting", "ended", "denied", "planned")
        # Words that speak of the whole sentence.
        self._anywhere = self._any("reported", "partial")
        governing = words["governing"]
        # Words that speak of all that follows them in the sentence.
        self._before = re.compile(
            "|".join(f"(?P<{kind}>{_whole(governing[kind])})" for kind in ("denied", "planned")), re.I
        )
        self._ends = re.compile(any_of(words["clauses"], end=""))

    def _any(self, *kinds: str) -> re.Pattern[str]:
        words = {kind: [*self.words["modalities"].get(kind, ()), *self.words.get(kind, ())] for kind in kinds}
        return re.compile("|".join(f"(?P<{kind}>{_whole(words[kind])})" for kind in kinds), re.I)

    def modality(
        self, text: str, sentence: Run, inside: Run, names: Iterable[Run], *, is_thing: bool = True
    ) -> str | None:
        """Return what the words around a claim's object make of it; None for a plain fact.

        Words within the names of the claim say nothing: "New Plan Co".
        """
        first, last = self._clause(text, sentence, inside)
        for found in self._within.finditer(text, *sentence):
            start, end = found.span()
            named = any(run[0] <= start and end <= run[1] for run in names)
            passed = named or found.lastgroup == "lasting" or (found.lastgroup == "ended" and not is_thing)
            if first <= start and end <= last and not passed:
                return "denied" if found.lastgroup == "ended" else found.lastgroup
        governing = self._before.search(text, sentence[0], sentence[1])
        if governing and governing.end() <= inside[0]:
            return governing.lastgroup
        anywhere = self._anywhere.search(text, *sentence)
        return anywhere.lastgroup if anywhere else None

    def _clause(self, text: str, sentence: Run, inside: Run) -> Run:
        """Return the clause that holds a run: from the last word that begins one to the next."""
        start, end = sentence
        for cut in self._ends.finditer(text, *sentence):
            if cut.end() <= inside[0]:
                start = cut.start()
            elif cut.start() >= inside[1]:
                return start, cut.start()
        return start, end


def _whole(words: Iterable[str]) -> str:
    """Return an expression for any of the words, whole ones where they are written in letters."""
    latin = {word.lower() for word in words if _LATIN.match(word)}
    parts = [r"(?<![\w-])(?!(?-i:May)\b|no\. ?\d)" + any_of(latin, end=r"(?![\w-])")] if latin else []
    other = [word for word in words if not _LATIN.match(word)]
    return "|".join([*parts, any_of(other, end="")] if other else parts)
