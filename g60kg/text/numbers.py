"""Numbers as written: digits or words, with their comparator, sign, scale and unit.

Goes in: `data/grammar/figures.yaml`. Comes out: one expression that finds numbers, parts of a whole and vague
amounts, and what its groups mean.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from g60kg.text.scanning import Beginnings, any_of

_DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,15})(?:\.\d{1,9})?"
_ALONE: Final = r"(?<![\w.$])(?<!\d[,:/])(?<!minus )(?<!negative )"
"""What may not stand before a number: a letter or digit, a foreign sign, the hour of a time, a minus."""
_FREE: Final = r"(?![^\W\d])"
"""A sign may stand right before its number: "RMB45"."""
_OF_WHOLE: Final = r"(?:(?= of | in \d| to |,| and an? |[.;)]|$)|(?:(?<=ths)|(?<=irds))(?= ))"
_BEFORE_SHARES: Final = (
    "^",
    r"\n",
    r"[.\"] ",
    "about ",
    "nearly ",
    "almost ",
    "roughly ",
    "around ",
    "some ",
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
    r"\b(?:spread(?:s|ing)?|stretch(?:es|ed|ing)?|extend(?:s|ed|ing)?|sprawl(?:s|ed|ing)?|scattered|laid out)"
    r" $",
    re.I,
)
"""Verbs whose particle "over" compares nothing: "stretches over 40 kilometers"."""
_ADDING: Final = re.compile(r"\b(?:add(?:s|ed|ing)?|sum(?:s|med|ming)?|total(?:s|ed|ing|led|ling)?) $", re.I)
"""Verbs whose particle "up to" limits nothing: "added up to $3 billion"."""


def _is_particle(match: re.Match[str]) -> bool:
    """Tell whether the word before a number belongs to the verb before it."""
    before = (match["before"] or "").lower()
    if before == "up to":
        return _ADDING.search(match.string, max(0, match.start() - 14), match.start()) is not None
    return (
        before == "over"
        and _SPREADING.search(match.string, max(0, match.start() - 12), match.start()) is not None
    )


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


@dataclass(frozen=True)
class Numbers:
    """The tables of `figures.yaml`, and the expressions made of them."""

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
            for side in ("before", "verbs", "after")
            for word in row.get(side, ())
        }

    @cached_property
    def units(self) -> dict[str, tuple[str, str]]:
        """Unit words and signs, in lower case, with unit and kind."""
        rows = self.tables["units"]
        sides = ("before", "after", "scaled")
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

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The expression that finds a number, a part of a whole or a vague amount."""
        before, verbs = (any_of(self._side("comparators", side)) for side in ("before", "verbs"))
        vague = rf"(?P<vague>{any_of(self.tables['vague'])})(?: ?(?:{self._unit}))?"
        lead = rf"(?:(?:(?P<before>{before})|(?P<verb>{verbs})) ?(?:the )?(?:an? total of )?)?"
        return re.compile(rf"{_ALONE}(?:{vague}|{lead}(?:{self._part}|{self._body}))", re.I)

    @cached_property
    def begins(self) -> Beginnings:
        """The words, signs and digits with which a match of `expression` begins."""
        parts = [*self.parts, *(f"{name}s" for name in self.parts)]
        units = [*self.scales, *parts, "hundred"]
        counted = (f"{article}{joint}{unit}" for article in ("a", "an") for joint in " -" for unit in units)
        sides = (word for side in ("before", "verbs") for word in self._side("comparators", side))
        signs = self._side("units", "before")
        words = [*sides, *self.tables["vague"], *self.words, *parts, *counted, "half", *signs]
        return Beginnings(words, digits=True)

    @cached_property
    def _body(self) -> str:
        sign = any_of(self._side("units", "before"), _FREE)
        after = any_of(self._side("comparators", "after"))
        return (
            rf"(?:(?P<sign>{sign}) ?)?(?:{self._number})"
            rf"(?:[ -]?(?P<scale>{any_of(self.scales)})|{self._short_scale})?"
            rf"(?P<plus>\+)?(?:[ -]?(?P<unit>{self._unit}))?(?: ?(?P<after>{after}))?"
        )

    @cached_property
    def _short_scale(self) -> str:
        """A letter for a scale behind a sum with a sign, or before the word for a currency: "£30m"."""
        letters = "".join(self.tables["short_scales"])
        money = [
            word for row in self.tables["units"] if row["kind"] == "money" for word in row.get("after", ())
        ]
        return rf"(?:(?(sign)(?P<short>[{letters}])(?!\w)|(?P<letter>[{letters}])(?= (?:{any_of(money)}))))"

    @cached_property
    def _number(self) -> str:
        """Digits or words: "57.92", "one hundred and twenty", "half a" million, "one and a half" million."""
        word = any_of(self.words)
        scaled = rf"(?=[ -](?:{any_of(self.scales)}))"
        return (
            rf"(?P<halves>{_DIGITS}|{word}) and a half{scaled}|half an?{scaled}"
            rf"|(?:(?P<hundreds>{word}|an?) hundred(?: and)? )?(?:(?P<digits>{_DIGITS})|(?P<word>{word}))"
            rf"|(?P<one>an?){scaled}"
        )

    @cached_property
    def _part(self) -> str:
        names = any_of([*self.parts, *(f"{name}s" for name in self.parts)])
        numerator = rf"(?:(?P<numerator>an?|{any_of(self.words)})[ -])?"
        some = rf"(?P<some>{any_of(self.words)})"
        whole = rf"(?P<whole>{any_of(self.words)}|\d\d?)"
        every = rf"(?:in every|out of(?: every)?|{_ALONE_IN}in|in(?= {any_of(self.words)} of ))"
        among = rf"{some} {every} {whole}{_NO_YEARS}(?= [a-z]|[.,;])"
        return rf"(?:{_OF_A_ROW}{numerator}(?P<part>{names}){_OF_WHOLE}|{among})"

    @cached_property
    def _unit(self) -> str:
        words = self._side("units", "after")
        plain = any_of([*words, *(word.replace(" ", "-") for word in words)])
        return rf"(?:{plain}|{_BEHIND_SCALE}{any_of(self._side('units', 'scaled'))})"

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
