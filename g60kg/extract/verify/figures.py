"""Figures: their words give the value, unit and comparator claimed, and stand by what they count.

Goes in: a figure as proposed, and where it is to stand. Comes out: the value that the words state, and their
place, or a refusal. What the text does not write is computed, and refused. The counted noun stands by its
number; a share has its whole.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from g60kg.extract.proposals import Stated
from g60kg.extract.verify.places import Places, Refused, Run, plain
from g60kg.model import Value
from g60kg.terms import CURRENCY
from g60kg.text.lexicon import Lexicon
from g60kg.text.marks import Figure, Mark
from g60kg.text.numbers import plain_decimal
from g60kg.text.scanning import any_of, inverted

_BARE: Final = r"(?P<code>[A-Z]{3}|[$€¥])? ?(?P<number>\d[\d,]*(?:\.\d+)?)"
_BEFORE: Final = 40
"""How far before a number its comparator is looked for, in characters."""
_TENTH: Final = Decimal("0.000001")


class FigureWords:
    """Reads the words of figures by the tables of the grammar."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self._numbers = lexicon, lexicon.figures.numbers
        self._words: Mapping[str, Any] = lexicon.tables["verify"]
        # Words that say that something fell.
        self.falls = re.compile(rf"(?<![a-z]){any_of(self._words['falls'], end='(?![a-z])')}", re.I)
        self._unit_of = inverted(self._words["unit_words"])
        number = rf"(?:{_BARE}|(?P<word>{any_of(self._numbers.words)}))"
        scale, unit = any_of(self._numbers.scales), any_of(self._unit_of)
        # A number with the code of a currency, or with a word of a unit, that figures.yaml does not have.
        self._bare = re.compile(rf"{number}(?:[ -]?(?P<scale>{scale}))?(?:[ -]?(?P<unit>{unit}))?", re.I)
        words = any_of(self._numbers.comparators, end="")
        self._compared = re.compile(rf"(?<!\w)(?P<word>{words}) ?(?:an? )?[^\w]?$", re.I)

    def of_text(self, text: str) -> Iterator[Value]:
        """Yield what the figures of a few words state, without what stands around them."""
        for mark in (*self.lexicon.figures.marks(text), *self.lexicon.chinese.figures(text)):
            yield from _values(mark)

    def bare(self, text: str, run: Run) -> Iterator[Value]:
        """Yield what words state beside what figures.yaml knows: "DKK17bn", "doubled", "3.8x"."""
        words = text[slice(*run)]
        if words.lower() in self._words["multiples"]:
            yield Value(str(self._words["multiples"][words.lower()]), "xsd:decimal", "unit:NUM", "exact")
        match = self._bare.match(text, run[0], min(len(text), run[1] + _BEFORE))
        if match is None or match.end("number" if match["number"] else "word") > run[1]:
            return
        written = match["number"] or str(self._numbers.words[match["word"].lower()])
        scale = self._numbers.scales[match["scale"].lower().replace("-", " ")] if match["scale"] else 1
        value = plain_decimal(Decimal(written.replace(",", "")) * scale)
        if code := match["code"]:
            units = [self._numbers.units.get(code.lower(), (f"{CURRENCY}{code}", ""))[0]]
        elif match["unit"]:
            units = [self._unit_of[match["unit"].lower()]]
        else:  # "20 minutes to Suzhou and 40 to Huzhou"
            before = text[max(0, run[0] - 2 * _BEFORE) : run[0]]
            units = ["unit:NUM", *(unit for word, unit in self._unit_of.items() if f" {word}" in before)]
        for unit in units:
            found = self._compared.search(text[max(0, run[0] - _BEFORE) : run[0]])
            compared = self._numbers.comparators[found["word"].lower().strip(" -")] if found else "exact"
            yield Value(value, "xsd:decimal", unit, compared)


@dataclass(frozen=True)
class FigureReader:
    """The figures of one article, in English and in Chinese."""

    places: Places
    words: FigureWords

    def settle(self, figure: Stated, quote: Run, sentence: Run) -> tuple[Value, Run]:
        """Return what a figure's words state, and where. Raises `Refused` where that is not claimed."""
        words = plain(figure.surface)
        places = list(self.places.within(words, quote))
        if figure.start is not None:
            at = self.places.from_original(figure.start)
            places = [place for place in places if place[0] == at]
        if not places:
            raise Refused("computed", f"the quote does not say {figure.surface!r}")
        marks = self.places.annotated.figures_within(*sentence)
        readings: list[Value] = []
        flat, negative = self.places.flat, figure.value.value.startswith("-")
        fell = negative and self.words.falls.search(flat, *sentence)
        for place in places:
            falls = fell or (negative and flat.endswith("-", 0, place[0]))
            for read in self._readings(place, marks):
                value = replace(read, value=f"-{read.value}") if falls else read
                if self._is_same(value, figure.value):
                    return value, place
                readings.append(value)
        raise _refusal(figure, readings)

    def _readings(self, place: Run, marks: list[Mark]) -> Iterator[Value]:
        """Yield what words at a place state: as they are read in the sentence, then by themselves."""
        text = self.places.flat
        alone = list(self.words.of_text(text[slice(*place)]))
        around = [mark for mark in marks if mark.start < place[1] and place[0] < mark.end]
        plain_numbers = all(value.unit == "unit:NUM" for mark in around for value in _values(mark))
        bare = list(self.words.bare(text, place)) if plain_numbers else []
        yield from bare
        if bare and bare[0].unit != "unit:NUM":
            return
        # words alone may lack the unit that they have in their sentence
        parts = {(value.value, value.unit) for value in alone}
        for mark in around:
            whole = (mark.start, mark.end) == place or not parts
            for value in _values(mark):
                if whole or not parts.isdisjoint({(value.value, value.unit), (value.value, "unit:NUM")}):
                    yield value

    def _is_same(self, read: Value, claimed: Value) -> bool:
        if read.comparator != claimed.comparator:
            return False
        if read.unit == claimed.unit:
            return Decimal(read.value) == Decimal(claimed.value)
        if {read.unit, claimed.unit} != {"unit:PERCENT", "unit:FRACTION"}:
            return False
        percent, part = (read, claimed) if read.unit == "unit:PERCENT" else (claimed, read)
        return abs(Decimal(percent.value) / 100 - Decimal(part.value)) <= _TENTH


def _values(mark: Mark) -> tuple[Value, ...]:
    return mark.meaning.values if isinstance(mark.meaning, Figure) else ()


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


_TOKEN: Final = re.compile(r"[^\W\d_]+")
_OF: Final = re.compile(r" of (?P<whole>(?:(?! (?:and|in|by|to|while|were|are|was|is)\b)[^,;:.])+)")
_HEAD: Final = re.compile(r" (?:of|in|that|from|on|for|with|by|who|which)\b")
_CUT: Final = re.compile(r"[,;:，；。](?!\d)| and (?=\d)| while ")
_MOST: Final = 20
"""So many places of a noun in one sentence are looked at."""
_SMALL: Final = frozenset(("", "a", "all", "an", "and", "for", "in", "it", "its", "more")).union(
    ("of", "on", "that", "the", "their", "them", "to")
)
_STANDING: Final = frozenset({"all", "them", "which", "whom", "what", "these", "those", "us", "it", "this"})
"""Words that stand for what was counted before: "five of them underground"."""
_WHOLE: Final = {"unit:PERCENT": 100, "unit:FRACTION": 1}


@dataclass(frozen=True)
class Wholes:
    """Checks what the figures of one sentence are of."""

    places: Places
    words: Mapping[str, Any]
    sentence: Run

    def check(self, of: str | None, value: Value, run: Run, predicate: str, weighed: bool) -> None:
        """Refuse a figure that is of something else than is claimed, and a share without its whole.

        A reader that has `weighed` the sentence's syntax may find the noun farther off: "nine projects opened
        in the city, seven in the suburbs".
        """
        share = predicate == "share"
        if share:
            behind = self.places.flat[run[1] : run[1] + 20]
            if re.match(any_of(self.words["changes"]), behind.lstrip()):  # "52 percent more"
                raise Refused("whole", f"a change and no share: {self.places.flat[slice(*run)] + behind!r}")
            if Decimal(value.value) > _WHOLE.get(value.unit or "", 1):
                raise Refused("whole", f"more than the whole: {value.value}")
        words = plain(of or "")
        if not words:
            if share:
                raise Refused("whole", "a share of what is not said")
            return
        said = self._said_of(run)
        if said is not None:
            if not _is_alike(words, said) and words not in self.places.flat[slice(*run)]:
                raise Refused("whole", f"the figure is of {said!r}, not of {of!r}")
        elif not weighed and (predicate != "growth" or value.unit in _WHOLE):
            self._check_taken(words, value, run)
        first = self.places.first(words)
        if (weighed and first >= 0) or next(self.places.within(words, self.sentence), None) is not None:
            return
        # a bare number may go on counting what one before it counts
        if value.unit in _WHOLE or not 0 <= first < self.sentence[1]:
            raise Refused("whole", f"the sentence does not say of {words!r}")

    def _said_of(self, run: Run) -> str | None:
        """Return what stands behind a figure and "of", if it says what: not "of them", "of 2019"."""
        found = _OF.match(self.places.flat, run[1], min(self.sentence[1], run[1] + 300))
        if found is None or found["whole"].split(" ", 1)[0].lower() in _STANDING:
            return None
        return found["whole"] if _head(found["whole"]) not in _SMALL else None

    def _check_taken(self, words: str, value: Value, run: Run) -> None:
        """Refuse a noun that stands by another number of the same kind of unit."""
        others = [
            (mark.start, mark.end)
            for mark in self.places.annotated.figures_within(*self.sentence)
            if (mark.end <= run[0] or run[1] <= mark.start) and _is_same_kind(mark, value)
        ]

        def is_parted(one: Run, other: Run) -> bool:
            return _CUT.search(self.places.flat, min(one[0], other[0]), max(one[1], other[1])) is not None

        def is_taken(noun: Run) -> bool:
            """Tell whether another figure, not that claimed, stands between the same commas as a noun."""
            return is_parted(noun, run) and not all(is_parted(noun, other) for other in others)

        stands = list(islice(self.places.within(words, self.sentence), _MOST))
        if stands and all(map(is_taken, stands)):
            raise Refused("whole", f"{words!r} stands by another number")


def _is_same_kind(mark: Mark, value: Value) -> bool:
    """Tell whether a figure is in the unit of another, any currency for any."""
    assert isinstance(mark.meaning, Figure)
    one, other = mark.meaning.value.unit or "", value.unit or ""
    return one == other or (one.startswith(CURRENCY) and other.startswith(CURRENCY))


def _is_alike(one: str, other: str) -> bool:
    """Tell whether two phrases may speak of one thing: the head noun of one is a word of the other."""
    apart = _head(one) not in _content(other) and _head(other) not in _content(one)
    return not apart or one in other or other in one


def _head(words: str) -> str:
    tokens = _TOKEN.findall(_HEAD.split(words, maxsplit=1)[0]) or _TOKEN.findall(words) or [""]
    last: str = tokens[-1]
    return last.lower().rstrip("s")


def _content(words: str) -> frozenset[str]:
    return frozenset(word.lower().rstrip("s") for word in _TOKEN.findall(words)) - _SMALL
