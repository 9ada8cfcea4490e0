"""Numbers as written: digits or words, with their comparator, sign, scale and unit, by one expression."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from g60kg.text.scanning import Beginnings, any_of, search_before

_DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,15})(?:\.\d{1,9})?"
_ALONE: Final = r"(?<![\w.$])(?<!\d[,:/])(?<!minus )(?<!negative )"
"""What may not stand before a number: a letter or digit, a foreign sign, the hour of a time, a minus."""
_FREE: Final = r"(?![^\W\d])"
"""A sign may stand right before its number: "RMB45"."""
_OF_WHOLE: Final = (
    r"(?:(?= of | in \d| to |,| and an? |[.;)]|$| (?:more|less|fewer|higher|lower|larger|smaller)\b"
    r"| (?:above|below|since|compared|than|last year|this year|in the|over the|year)\b)"
    r"|(?:(?<=ths)|(?<=irds))(?= ))"
)
_BEFORE_SHARES: Final = (
    *("^", r"\n", r"[.\",;] ", "about ", "nearly ", "almost ", "roughly ", "around ", "some "),
    *("and ", "but ", "yet ", "whom ", "which ", "that "),
)
_FEW_IN: Final = ("one", "two", "three", "four", "seven", "nine")
_ALONE_IN: Final = rf"(?:{'|'.join(rf'(?<={a}{n} )' for a in _BEFORE_SHARES for n in _FEW_IN)})"
"""Where "two in five" is a share, and not two things in five places."""
_NO_YEARS: Final = (
    r"(?! (?:years|months|weeks|days|hours|minutes|decades|places|cities|countries|provinces)\b)"
)
_BEHIND_SCALE: Final = r"(?:(?<=illion )|(?<=[btm]n )|(?<=crore )|(?<=lakh )|(?<=illion-)|(?<=\d[mbkt] ))"
"""Where words such as "won" and "pounds" are money."""
_OF_A_ROW: Final = r"(?<!first )(?<!second )(?<!latter )(?<!other )(?<!last )"
"""Halves and quarters that are counted and not measured: "the first half of the year"."""


_SPREADING: Final = re.compile(
    r"\b(?:spread(?:s|ing)?|stretch(?:es|ed|ing)?|extend(?:s|ed|ing)?|sprawl(?:s|ed|ing)?|scattered"
    r"|laid out|turn(?:s|ed|ing)?|hand(?:s|ed|ing)?)"
    r" $",
    re.I,
)
"""Verbs whose particle "over" compares nothing: "stretches over 40 kilometers", "turned over 3 billion"."""
_ADDING: Final = re.compile(
    r"\b(?:add(?:s|ed|ing)?|sum(?:s|med|ming)?|total(?:s|ed|ing|led|ling)?|go(?:es|ne|ing)?|went) $", re.I
)
"""Verbs whose particle "up to" limits nothing: "added up to $3 billion", "has gone up to 94"."""


def _is_particle(match: re.Match[str]) -> bool:
    """Tell whether the word before a number belongs to the verb before it."""
    verbs, within = {"up to": (_ADDING, 14), "over": (_SPREADING, 12)}.get(
        (match["before"] or "").lower(), (None, 0)
    )
    return verbs is not None and search_before(verbs, match.string, match.start(), within) is not None


def _compounds(
    simple: Mapping[str, int], ones: Mapping[str, int], words: Mapping[str, int]
) -> dict[str, int]:
    """Return numbers in words, with those of a ten and another: "twenty-five", "twenty-fifth"."""
    tens = {word: n for word, n in words.items() if n >= 20}
    return {**simple, **{f"{ten}-{one}": n + m for ten, n in tens.items() for one, m in ones.items()}}


def plain_decimal(number: Decimal) -> str:
    """Return a number without exponent or needless noughts.

    >>> plain_decimal(Decimal("1.50") * 10**9), plain_decimal(Decimal("0.10"))
    ('1500000000', '0.1')
    """
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Written:
    """A number at `start:end` of a text; `signed`: its unit stands before it; `scale` is not applied yet."""

    start: int
    end: int
    number: Decimal
    scale: int | None
    unit: str | None
    kind: str
    comparator: str | None
    signed: bool


class Numbers:
    """The tables of `figures.yaml`, and the expression made of them.

    `scales` are words with their factors; `comparators` words before or after a number with what they mean;
    `units` words and signs with unit and kind, all in lower case; `words` and `parts` numbers in words and
    the denominators of parts of a whole, compounds included.
    """

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.tables = tables
        self.scales = {str(word): int(factor) for word, factor in tables["scales"].items()}
        self.comparators: dict[str, str] = {
            word.strip(" -"): row["is"]
            for row in tables["comparators"]
            for side in ("before", "verbs", "after")
            for word in row.get(side, ())
        }
        self.units: dict[str, tuple[str, str]] = {
            word.strip().lower(): (row["unit"], row["kind"])
            for row in tables["units"]
            for side in ("before", "after", "scaled")
            for word in row.get(side, ())
        }
        simple = {str(word): int(number) for word, number in tables["words"].items()}
        self.words = _compounds(simple, {word: n for word, n in simple.items() if 1 <= n <= 9}, simple)
        parts = {str(word): int(number) for word, number in tables["parts"].items()}
        plain = {word: n for word, n in parts.items() if 3 <= n <= 9 and word not in ("half", "quarter")}
        self.parts = _compounds(parts, {"first": 1} | plain, simple)
        self._part_names = [*self.parts, *(f"{name}s" for name in self.parts)]
        self.expression = self._expression()
        """The expression that finds a number, a part of a whole or a vague amount."""
        units = [*self.scales, *self._part_names, "hundred"]
        counted = (f"{article}{joint}{unit}" for article in ("a", "an") for joint in " -" for unit in units)
        compared = (*self._side("comparators", "before"), *self._side("comparators", "verbs"))
        begins = [*compared, *tables["vague"], *self.words, *self._part_names, *counted, "half"]
        self.begins = Beginnings([*begins, *self._side("units", "before")], digits=True)
        """The words, signs and digits with which a match of `expression` begins."""

    def _expression(self) -> re.Pattern[str]:
        before, verbs, after = (any_of(self._side("comparators", s)) for s in ("before", "verbs", "after"))
        signs, behind, scaled = (self._side("units", side) for side in ("before", "after", "scaled"))
        units = any_of([*behind, *(word.replace(" ", "-") for word in behind)])
        unit = rf"(?:{units}|{_BEHIND_SCALE}{any_of(scaled)})"
        body = (
            rf"(?:(?P<sign>{any_of(signs, _FREE)}) ?)?(?:{self._number()})"
            rf"(?:[ -]?(?P<scale>{any_of(self.scales)})|{self._short_scale()})?"
            rf"(?P<plus>\+)?(?:[ -]?(?P<unit>{unit}))?(?: ?(?P<after>{after}))?"
        )
        vague = rf"(?P<vague>{any_of(self.tables['vague'])})(?: ?(?:{unit}))?"
        lead = rf"(?:(?:(?P<before>{before})|(?P<verb>{verbs})) ?(?:the )?(?:an? total of )?)?"
        return re.compile(rf"{_ALONE}(?:{vague}|{lead}(?:{self._part()}|{body}))", re.I)

    def _short_scale(self) -> str:
        """A letter for a scale behind a sum with a sign, or before the word for a currency: "£30m"."""
        letters = "".join(self.tables["short_scales"])
        rows = (row for row in self.tables["units"] if row["kind"] == "money")
        money = any_of(word for row in rows for word in row.get("after", ()))
        return rf"(?:(?(sign)(?P<short>[{letters}])(?!\w)|(?P<letter>[{letters}])(?= (?:{money}))))"

    def _number(self) -> str:
        """Digits or words: "57.92", "one hundred and twenty", "half a" million, "one and a half" million."""
        word, scaled = any_of(self.words), rf"(?=[ -](?:{any_of(self.scales)}))"
        return (
            rf"(?P<halves>{_DIGITS}|{word}) and a half{scaled}|half an?{scaled}"
            rf"|(?:(?P<hundreds>{word}|an?) hundred(?: and)? )?(?:(?P<digits>{_DIGITS})|(?P<word>{word}))"
            rf"|(?P<one>an?){scaled}"
        )

    def _part(self) -> str:
        word = any_of(self.words)
        numerator = rf"(?:(?P<numerator>an?|{word})[ -])?"
        every = rf"(?:in every|out of(?: every)?|{_ALONE_IN}in|in(?= {word} of ))"
        among = rf"(?P<some>{word}) {every} (?P<whole>{word}|\d\d?){_NO_YEARS}(?= [a-z]|[.,;])"
        return rf"(?:{_OF_A_ROW}{numerator}(?P<part>{any_of(self._part_names)}){_OF_WHOLE}|{among})"

    def _side(self, table: str, side: str) -> list[str]:
        return [word for row in self.tables[table] for word in row.get(side, ())]

    def written(self, match: re.Match[str]) -> Written:
        """Return the number that a match holds."""
        word, scale = match["unit"] or match["sign"], match["scale"]
        letter = (match["short"] or match["letter"] or "").lower()
        unit, kind = self.units[word.strip().lower().replace("-", " ")] if word else (None, "number")
        comparator = self.comparator(match)
        return Written(
            self.start(match),
            match.end(),
            self._value(match),
            self.scales[scale.lower().replace("-", " ")]
            if scale
            else self.tables["short_scales"].get(letter),
            unit,
            kind,
            comparator,
            bool(match["sign"]),
        )

    def comparator(self, match: re.Match[str]) -> str | None:
        """Return the comparator of a match, if it has one."""
        after = match["plus"] or match["after"]
        word = (None if _is_particle(match) else match["before"]) or match["verb"] or after
        return self.comparators[word.lower().strip(" -")] if word else None

    def start(self, match: re.Match[str]) -> int:
        """Return where the figure of a match begins: behind a verb that compares, or a verb's particle."""
        if match["verb"]:
            return match.end("verb") + 1
        return match.end("before") + 1 if _is_particle(match) else match.start()

    def _value(self, match: re.Match[str]) -> Decimal:
        half = Decimal("0.5")
        if match["halves"]:
            return self._simple(match["halves"]) + half
        rest = match["digits"] or match["word"] or match["one"]
        if rest is None:
            return half
        hundreds = self._simple(match["hundreds"]) * 100 if match["hundreds"] else 0
        return hundreds + self._simple(rest)

    def _simple(self, number: str) -> Decimal:
        word = number.lower()
        if word in ("a", "an"):
            return Decimal(1)
        return Decimal(self.words[word]) if word in self.words else Decimal(number.replace(",", ""))

    def share(self, match: re.Match[str]) -> Decimal | None:
        """Return the part of a whole that a match holds; None for a name of one that measures nothing."""
        if match["whole"]:
            if self._simple(match["some"]) >= self._simple(match["whole"]):
                return None
            return round(self._simple(match["some"]) / self._simple(match["whole"]), 6)
        word, name = (match["numerator"] or "").lower(), match["part"].lower()
        name = name if name in self.parts else name[:-1]
        if not word and name != "half":
            return None
        return round(self._simple(word or "a") / Decimal(self.parts[name]), 6)
