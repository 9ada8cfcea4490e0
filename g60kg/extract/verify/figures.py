"""Figures: their words, read by our own number readers, give the value, unit and comparator claimed.

Goes in: a figure as proposed, and where it is to stand. Comes out: the value that the words state, and their
place. What the text does not write is computed, and refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from g60kg.extract.proposals import Stated
from g60kg.extract.verify.places import Places, Run, plain
from g60kg.extract.verify.refused import Refused
from g60kg.model import Value
from g60kg.text.chinese import ChineseFigures
from g60kg.text.figures import FigureGrammar
from g60kg.text.marks import Figure, Mark
from g60kg.text.words import any_of

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_BARE: Final = r"(?P<code>[A-Z]{3}|[$€¥])? ?(?P<number>\d[\d,]*(?:\.\d+)?)"
_BEFORE: Final = 40
"""How far before a number its comparator is looked for, in characters."""
_BRACKET: Final = re.compile(r"\((?:about )?$")
_TENTH: Final = Decimal("0.000001")


@dataclass(frozen=True)
class FigureWords:
    """Reads the words of figures by the tables of the grammar."""

    grammar: FigureGrammar
    words: Mapping[str, Any]

    @cached_property
    def chinese(self) -> ChineseFigures:
        """The reader of figures in Chinese."""
        return ChineseFigures(self.words["chinese"])

    @cached_property
    def falls(self) -> frozenset[str]:
        """Words that say that something fell."""
        return frozenset(self.words["falls"])

    @cached_property
    def _scales(self) -> Mapping[str, int]:
        return self.grammar.numbers.scales

    @cached_property
    def _bare(self) -> re.Pattern[str]:
        """A number with the code of a currency, or with a word of a unit, that figures.yaml does not have."""
        units = any_of(word for words in self.words["unit_words"].values() for word in words)
        number = rf"(?:{_BARE}|(?P<word>{any_of(self.grammar.numbers.words)}))"
        scale = any_of([*self._scales])
        return re.compile(rf"{number}(?:[ -]?(?P<scale>{scale}))?(?:[ -]?(?P<unit>{units}))?", re.I)

    @cached_property
    def _unit_of(self) -> Mapping[str, str]:
        return {word: unit for unit, words in self.words["unit_words"].items() for word in words}

    @cached_property
    def _compared(self) -> re.Pattern[str]:
        words = any_of(self.grammar.numbers.comparators, end="")
        return re.compile(rf"(?<!\w)(?P<word>{words}) ?(?:an? )?[^\w]?$", re.I)

    def of_text(self, text: str) -> tuple[Mark, ...]:
        """Return the figures of a text of a few words, without what stands around it."""
        found = [*self.grammar.marks(text)]
        if _CHINESE.search(text):
            found += self.chinese.marks(text)
        return tuple(mark for mark in found if isinstance(mark.meaning, Figure))

    def bare(self, text: str, run: Run) -> Iterator[Value]:
        """Yield what words state beside what figures.yaml knows: "DKK17bn", "doubled", "3.8x"."""
        words = text[slice(*run)]
        if words.lower() in self.words["multiples"]:
            yield Value(str(self.words["multiples"][words.lower()]), "xsd:decimal", "unit:NUM", "exact")
        match = self._bare.match(text, run[0], min(len(text), run[1] + _BEFORE))
        if match is None or match.end("number" if match["number"] else "word") > run[1]:
            return
        value = self._number(match)
        comparator = self.comparator_before(text, run[0])
        for unit in self._units(match, text, run):
            yield Value(_plain(value), "xsd:decimal", unit, comparator)

    def _number(self, match: re.Match[str]) -> Decimal:
        written = match["number"] or str(self.grammar.numbers.words[match["word"].lower()])
        scale = self._scales[match["scale"].lower().replace("-", " ")] if match["scale"] else 1
        return Decimal(written.replace(",", "")) * scale

    def _units(self, match: re.Match[str], text: str, run: Run) -> Iterator[str]:
        code = match["code"]
        if code:
            known = self.grammar.numbers.units.get(code.lower())
            yield known[0] if known else f"cur:{code}"
            return
        if match["unit"]:
            yield self._unit_of[match["unit"].lower()]
            return
        yield "unit:NUM"
        before = text[max(0, run[0] - 2 * _BEFORE) : run[0]]
        yield from (unit for word, unit in self._unit_of.items() if f" {word}" in before)

    def converted(self, value: Value, text: str, at: int) -> Value:
        """Return a value that stands in brackets with the comparator of what it converts."""
        if value.comparator != "exact" or not _BRACKET.search(text, max(0, at - _BEFORE), at):
            return value
        return replace(value, comparator=self.comparator_before(text, at))

    def comparator_before(self, text: str, at: int) -> str:
        """Return the comparator that stands right before a place; that of a number, before its conversion."""
        ahead = text[max(0, at - _BEFORE) : at]
        if _BRACKET.search(ahead):
            ahead = ahead[: ahead.rfind("(")].rstrip()
            ahead = ahead[: ahead.rfind(" ") + 1]
            while ahead and not self._compared.search(ahead) and ahead.count(" ") > 2:
                ahead = ahead[: ahead.rstrip().rfind(" ") + 1]
        found = self._compared.search(ahead)
        return self.grammar.numbers.comparators[found["word"].lower().strip(" -")] if found else "exact"


@dataclass(frozen=True)
class FigureReader:
    """The figures of one article, in English and in Chinese."""

    places: Places
    words: FigureWords

    @cached_property
    def _chinese(self) -> tuple[Mark, ...]:
        text = self.places.flat
        return tuple(self.words.chinese.marks(text)) if _CHINESE.search(text) else ()

    @cached_property
    def _chinese_at(self) -> Mapping[int, tuple[Mark, ...]]:
        """The figures in Chinese by the number of the sentence-long stretch of text in which they begin."""
        found: dict[int, list[Mark]] = {}
        for mark in self._chinese:
            found.setdefault(mark.start // 1000, []).append(mark)
        return {number: tuple(marks) for number, marks in found.items()}

    def marks(self, run: Run) -> list[Mark]:
        """Return the figures in a run, in order."""
        english = [m for m in self.places.annotated.marks_within(*run) if isinstance(m.meaning, Figure)]
        stretches = range(run[0] // 1000, run[1] // 1000 + 1)
        chinese = (mark for number in stretches for mark in self._chinese_at.get(number, ()))
        return sorted(
            [*english, *(mark for mark in chinese if run[0] <= mark.start and mark.end <= run[1])],
            key=lambda mark: (mark.start, mark.end),
        )

    def settle(self, figure: Stated, quote: Run, sentence: Run) -> tuple[Value, Run]:
        """Return what a figure's words state, and where. Raises `Refused` where that is not claimed."""
        words = plain(figure.surface)
        places = list(self.places.within(words, quote))
        if figure.start is not None:
            at = self.places.from_original(figure.start)
            places = [place for place in places if place[0] == at]
        if not places:
            raise Refused("computed", f"the quote does not say {figure.surface!r}")
        marks = self.marks(sentence)
        readings: list[Value] = []
        falls = figure.value.value.startswith("-") and self._falls(sentence)
        for place in places:
            for read in self._readings(place, marks):
                value = replace(read, value=f"-{read.value}") if falls else read
                if self._is_same(value, figure.value):
                    return value, place
                readings.append(value)
        raise _refusal(figure, readings)

    def _falls(self, sentence: Run) -> bool:
        """Tell whether a sentence speaks of a fall, which makes a growth negative."""
        words = re.findall(r"[a-z]+", self.places.flat[slice(*sentence)].lower())
        return not self.words.falls.isdisjoint(words)

    def _readings(self, place: Run, marks: list[Mark]) -> Iterator[Value]:
        """Yield what words at a place state: as they are read in the sentence, then by themselves."""
        text = self.places.flat
        alone = [v for m in self.words.of_text(text[slice(*place)]) for v in _values(m)]
        around = [mark for mark in marks if mark.start < place[1] and place[0] < mark.end]
        plain_numbers = all(value.unit == "unit:NUM" for mark in around for value in _values(mark))
        bare = list(self.words.bare(text, place)) if plain_numbers else []
        yield from bare
        if bare and bare[0].unit != "unit:NUM":
            return
        for mark in around:
            whole = (mark.start, mark.end) == place
            for value in _values(mark):
                if whole or not alone or any(_goes_with(value, part) for part in alone):
                    yield self.words.converted(value, text, place[0])

    def _is_same(self, read: Value, claimed: Value) -> bool:
        if read.comparator != claimed.comparator:
            return False
        if read.unit == claimed.unit:
            return Decimal(read.value) == Decimal(claimed.value)
        if {read.unit, claimed.unit} != {"unit:PERCENT", "unit:FRACTION"}:
            return False
        percent, part = (read, claimed) if read.unit == "unit:PERCENT" else (claimed, read)
        return abs(Decimal(percent.value) / 100 - Decimal(part.value)) <= _TENTH


def _goes_with(value: Value, part: Value) -> bool:
    """Tell whether a value read in its sentence is that of its words alone, which may lack the unit."""
    return value.value == part.value and part.unit in (value.unit, "unit:NUM")


def _values(mark: Mark) -> tuple[Value, ...]:
    assert isinstance(mark.meaning, Figure)
    return mark.meaning.values


def _refusal(figure: Stated, readings: list[Value]) -> Refused:
    """Return what is wrong with a figure: its number, its unit or its comparator."""
    claimed = figure.value
    if not readings:
        return Refused("number", f"{figure.surface!r} states no figure")
    said = "; ".join(dict.fromkeys(f"{v.comparator} {v.value} {v.unit}" for v in readings))
    reason = f"{figure.surface!r} states {said}, not {claimed.comparator} {claimed.value} {claimed.unit}"
    same = [value for value in readings if Decimal(value.value) == Decimal(claimed.value)]
    if not same:
        other = any(value.unit == claimed.unit for value in readings)
        return Refused("number" if other else "unit", reason)
    return Refused("comparator" if any(value.unit == claimed.unit for value in same) else "unit", reason)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
