"""Figures and times in Chinese: 约5792万人, 超过1.5万亿元, 三分之一, 百分之九点五, 1500多家, 2016年5月."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from g60kg.model import Value
from g60kg.text.marks import Figure, Mark, Time
from g60kg.text.numbers import plain_decimal
from g60kg.text.scanning import any_of

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_DIGITS: Final = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,9})?|\d{1,15}(?:\.\d{1,9})?"
_TIME: Final = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年|(?P<word>[前去今明后]年))(?:(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>[0-3]?\d)日)?)?"
)


def is_chinese(text: str) -> bool:
    """Tell whether there is a Chinese sign in a text."""
    return _CHINESE.search(text) is not None


class Chinese:
    """Reads figures and times by the table `chinese` of `verify.yaml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table
        before, after, units = (any_of(table[part], end="") for part in ("before", "after", "units"))
        signs = "".join([*table["digits"], *table["tens"], *table["scales"], "点"])
        number = rf"(?:{_DIGITS})[{''.join(table['scales'])}]{{0,2}}|[{signs}]{{1,20}}"
        written = rf"(?:(?P<percent>百分之)(?P<hundredth>{number})|(?P<whole>{number})分之(?P<part>{number}))"
        plain = rf"(?P<number>{number})(?P<middle>{after})?(?P<scale>[万亿]{{1,2}})?(?P<unit>{units})?"
        self._figure = re.compile(rf"(?P<before>{before})?(?:{written}|{plain})(?P<after>{after})?")

    def figures(self, text: str) -> Iterator[Mark]:
        """Yield the figures of a text that has Chinese signs, in order."""
        for match in self._figure.finditer(text) if is_chinese(text) else ():
            value = self._value(match)
            if value is not None:
                yield Mark(match.start(), match.end(), Figure(value))

    def times(self, text: str, date: str | None) -> Iterator[Mark]:
        """Yield the years, months and days of a text: 2016年5月24日, 去年; `date` is the article's."""
        for match in _TIME.finditer(text):
            if match["word"] and date is None:
                continue
            year = int(match["year"] or int((date or "")[:4]) + self.table["years"][match["word"]])
            parts = [f"{year:04}", *(f"{int(match[name]):02}" for name in ("month", "day") if match[name])]
            rule = "year of the article" if match["word"] else None
            yield Mark(match.start(), match.end(), Time("-".join(parts), None, rule))

    def _value(self, match: re.Match[str]) -> Value | None:
        number: Decimal | None
        if match["percent"]:
            number, unit = self.number(match["hundredth"]), "unit:PERCENT"
        elif match["whole"]:
            whole, part = self.number(match["whole"]), self.number(match["part"])
            number, unit = (round(part / whole, 6) if whole and part is not None else None), "unit:FRACTION"
        else:
            number = self.number(match["number"] + (match["scale"] or ""))
            unit = self.table["units"].get(match["unit"], "unit:NUM")
        if number is None:
            return None
        after = match["middle"] or match["after"]
        comparator = self.table["before"].get(match["before"]) or self.table["after"].get(after, "exact")
        return Value(plain_decimal(number), "xsd:decimal", unit, comparator)

    def number(self, written: str) -> Decimal | None:
        """Return a number; None for signs that make none.

        A digit adds to what it follows, a ten multiplies it, a scale multiplies all before it: 三千五百万 is
        35000000, 1.5万亿 is 1500000000000.
        """
        digits = re.match(_DIGITS, written)
        if digits:
            return self._scaled(Decimal(digits[0].replace(",", "")), written[digits.end() :])
        whole, point, fraction = written.partition("点")
        found = self._integer(whole)
        if found is None or not point:
            return found
        signs, scale = fraction.rstrip("万亿"), fraction[len(fraction.rstrip("万亿")) :]
        if not signs or any(sign not in self.table["digits"] for sign in signs):
            return None
        tail = Decimal("0." + "".join(str(self.table["digits"][sign]) for sign in signs))
        return self._scaled(found + tail, scale)

    def _scaled(self, number: Decimal, scales: str) -> Decimal | None:
        for sign in scales:
            if sign not in self.table["scales"]:
                return None
            number *= self.table["scales"][sign]
        return number

    def _integer(self, signs: str) -> Decimal | None:
        total = section = digit = 0
        last = 0
        for sign in signs:
            if sign in self.table["digits"]:
                digit = digit * 10 * bool(digit) + self.table["digits"][sign]
            elif sign in self.table["tens"]:
                section += (digit or 1) * self.table["tens"][sign]
                digit = 0
            else:
                scale = self.table["scales"][sign]
                if scale < last:
                    total += (section + digit) * scale
                else:
                    total = (total + section + digit) * scale
                section, digit, last = 0, 0, scale
        return Decimal(total + section + digit) if signs and signs[0] not in self.table["scales"] else None
