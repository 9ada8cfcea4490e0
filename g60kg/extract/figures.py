"""Figures: numbers with their scale, unit and comparator.

Goes in: the text of a view. Comes out: marks of figures, in order. One regular expression, built from
`data/grammar/figures.yaml`, finds them; a conversion in brackets and the other end of a range belong to
their figure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from ..model import Value
from .kinds import FRACTION, NUMBER, UNIT_CODES, VAGUE
from .marks import Figure, Mark
from .words import any_of

_DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,15})(?:\.\d{1,9})?"


@dataclass(frozen=True)
class FigureGrammar:
    """The tables of `figures.yaml`, and the expression made of them."""

    tables: dict[str, Any]

    @cached_property
    def scales(self) -> dict[str, int]:
        """Scale words with their factors."""
        return {str(word): int(factor) for word, factor in self.tables["scales"].items()}

    @cached_property
    def comparators(self) -> dict[str, str]:
        """Words before or after a number, in lower case, with the comparator they mean."""
        rows = self.tables["comparators"]
        return {
            word.strip(" -"): row["is"]
            for row in rows
            for side in ("before", "after")
            for word in row.get(side, ())
        }

    @cached_property
    def units(self) -> dict[str, tuple[str, str]]:
        """Unit words and signs, in lower case, with unit and kind."""
        rows = self.tables["units"]
        sides = ("before", "after")
        return {w.strip().lower(): (r["unit"], r["kind"]) for r in rows for s in sides for w in r.get(s, ())}

    @cached_property
    def words(self) -> dict[str, int]:
        """Numbers in words, compounds included."""
        simple = {str(word): int(number) for word, number in self.tables["words"].items()}
        tens = {word: n for word, n in simple.items() if n >= 20}
        ones = {word: n for word, n in simple.items() if 1 <= n <= 9}
        return simple | {f"{t}-{o}": n + m for t, n in tens.items() for o, m in ones.items()}

    @cached_property
    def parts(self) -> dict[str, int]:
        """Names of parts of a whole, compounds included, with the denominator."""
        simple = {str(word): int(number) for word, number in self.tables["parts"].items()}
        tens = {word: n for word, n in self.words.items() if "-" not in word and n >= 20}
        ordinals = {"first": 1} | {
            word: n for word, n in simple.items() if 3 <= n <= 9 and word not in ("half", "quarter")
        }
        return simple | {f"{t}-{o}": n + m for t, n in tens.items() for o, m in ordinals.items()}

    def _sides(self, table: str, side: str) -> list[str]:
        return [word for row in self.tables[table] for word in row.get(side, ())]

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The expression that finds a figure, a part of a whole or a vague amount."""
        number = rf"(?:{_DIGITS}|(?:{any_of(self.words)}))"
        scale = rf"(?:[ -]?(?:{any_of(self.scales)}))"
        before = rf"(?:(?P<before>{any_of(self._sides('comparators', 'before'))}) ?(?:an? total of )?)?"
        signs = any_of(self._sides("units", "before"))
        unit = any_of(self._sides("units", "after"))
        after = any_of(self._sides("comparators", "after"))
        parts = any_of([*self.parts, *(f"{name}s" for name in self.parts)])
        part = (
            rf"(?:(?P<numerator>an?|{any_of(self.words)})[ -])?(?P<part>{parts})(?= of |,| and an? |[.;)]|$)"
        )
        counted = any_of(self.tables["countable"])
        span = r"(?: ?(?:-|to|and) ?)"
        second = (
            rf"(?:{signs})?(?P<second>{_DIGITS})(?![\d/])(?P<scale2>{scale})?(?=[ -]?(?:{unit}|{counted}))"
        )
        body = (
            rf"(?:(?P<sign>{signs}) ?)?(?P<number>{number})(?P<scale>{scale})?"
            rf"(?:{span}{second}(?=[ -]?(?:{unit}|{counted})))?"
            rf"(?P<plus>\+)?(?:[ -]?(?P<unit>{unit}))?(?: ?(?P<after>{after}))?"
        )
        vague = rf"(?P<vague>{any_of(self.tables['vague'])})(?: ?(?:{unit}))?"
        return re.compile(rf"(?<![\w.,$-])(?:{vague}|{before}(?:(?:{part})|{body}))", re.I)

    @cached_property
    def countable(self) -> re.Pattern[str]:
        """What follows a number that looks like a year and is none."""
        return re.compile(rf"[ -](?:{any_of(self.tables['countable'])})", re.I)

    def marks(self, text: str) -> Iterator[Mark]:
        """Yield the figures of a view's text, in order."""
        last: Mark | None = None
        for match in self.expression.finditer(text):
            mark = self._mark(match, text)
            if mark is None:
                continue
            if last is not None and (joined := _converted(last, mark, text)):
                last = joined
                continue
            if last is not None:
                yield last
            last = mark
        if last is not None:
            yield last

    def _mark(self, match: re.Match[str], text: str) -> Mark | None:
        if match["vague"]:
            return Mark(match.start(), match.end(), VAGUE, None)
        if match["part"]:
            return self._part(match)
        if _is_part_of_word(match, text) or self._is_year(match, text):
            return None
        unit, kind = self._unit(match)
        values = [Value(v, "xsd:decimal", unit, c) for v, c in self._numbers(match)]
        code = UNIT_CODES[kind]
        return Mark(match.start(), match.end(), code, Figure(values[0], tuple(values[1:])))

    def _unit(self, match: re.Match[str]) -> tuple[str, str]:
        word = match["unit"] or match["sign"]
        return self.units[word.strip().lower()] if word else ("unit:NUM", "number")

    def _numbers(self, match: re.Match[str]) -> list[tuple[str, str]]:
        comparator = self._comparator(match)
        first = self._decimal(match["number"])
        scale = self._scale(match["scale"])
        if not match["second"]:
            return [(_plain(first * scale), comparator)]
        scale2 = self._scale(match["scale2"])
        second = self._decimal(match["second"])
        low = first * (scale if match["scale"] else scale2)
        is_change = match.string[max(0, match.start() - 5) : match.start()].lower() == "from "
        ends = ("exact", "exact") if is_change else ("at least", "up to")
        return [(_plain(low), ends[0]), (_plain(second * scale2), ends[1])]

    def _comparator(self, match: re.Match[str]) -> str:
        word = match["before"] or match["plus"] or match["after"]
        return self.comparators[word.lower().strip(" -")] if word else "exact"

    def _scale(self, word: str | None) -> int:
        return self.scales[word.lower().strip(" -")] if word else 1

    def _decimal(self, number: str) -> Decimal:
        word = number.lower()
        return Decimal(self.words[word]) if word in self.words else Decimal(number.replace(",", ""))

    def _part(self, match: re.Match[str]) -> Mark | None:
        word = (match["numerator"] or "").lower()
        name = match["part"].lower()
        name = name if name in self.parts else name[:-1]
        if not word and name != "half":
            return None
        above = 1 if word in ("", "a", "an") else self.words[word]
        share = Decimal(above) / Decimal(self.parts[name])
        comparator = self.comparators[match["before"].lower()] if match["before"] else "exact"
        value = Value(_plain(round(share, 6)), "xsd:decimal", "unit:FRACTION", comparator)
        return Mark(match.start(), match.end(), FRACTION, Figure(value))

    def _is_year(self, match: re.Match[str], text: str) -> bool:
        number = match["number"]
        if len(number) != 4 or not number.isdigit() or not 1900 <= int(number) <= 2100:
            return False
        if match["sign"] or match["scale"] or match["unit"] or match["before"] or match["plus"]:
            return False
        return not self.countable.match(text, match.end())


def _is_part_of_word(match: re.Match[str], text: str) -> bool:
    """Tell whether the number belongs to a name, a code or a word: "Five-Year", "No. 3", "6+X", "14th"."""
    if re.match(r"\w|-[A-Za-z]", text[match.end() : match.end() + 2]) and not match["unit"]:
        return True
    return text[max(0, match.start() - 4) : match.start()].lower().endswith(("no. ", "no.", "nos."))


def _converted(first: Mark, second: Mark, text: str) -> Mark | None:
    """Join a figure and its conversion in brackets: "RMB 100 billion (US$13.8 billion)"."""
    if not isinstance(first.meaning, Figure) or not isinstance(second.meaning, Figure):
        return None
    if (
        second.code != first.code
        or first.code == NUMBER
        or text[first.end : second.start].strip(" ") not in ("(", "(about")
    ):
        return None
    if text[second.end : second.end + 1] != ")" or first.meaning.value.unit == second.meaning.value.unit:
        return None
    comparator = first.meaning.value.comparator
    others = tuple(_compared(value, comparator) for value in second.meaning.values)
    meaning = Figure(first.meaning.value, first.meaning.others + others)
    return Mark(first.start, second.end + 1, first.code, meaning)


def _compared(value: Value, comparator: str | None) -> Value:
    """Return a conversion with the comparator of what it converts, unless it has one of its own."""
    chosen = comparator if value.comparator == "exact" else value.comparator
    return Value(value.value, value.datatype, value.unit, chosen)


def _plain(number: Decimal) -> str:
    """Return a plain decimal, without exponent or needless noughts."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
