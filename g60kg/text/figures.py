"""Figures: numbers that state an amount, with their range or conversion; and ranks.

The other end of a range ("from 40 to 180 kilometers") and a conversion in brackets ("RMB 100 billion (US$13.8
billion)") belong to their figure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from g60kg.model import Value
from g60kg.text.marks import Figure, Mark
from g60kg.text.numbers import Numbers, Written, plain_decimal
from g60kg.text.scanning import Beginnings, any_of, scan, search_before

_SPAN: Final = re.compile(r" ?(?:-|to|or) ?")
_CHANGE: Final = re.compile(r"(?<!ranging )(?<!ranges )(?<!range )(?<!ranged )\b[Ff]rom (?:[a-z]+ ){0,2}$")
_PART_OF_WORD: Final = re.compile(r"\w|-(?!strong\b)[A-Za-z]|[-.,:/]\d|/[a-z]")
_NO_AMOUNT: Final = re.compile(
    r" times\b| (?:percentage |basis )?points?\b| o'clock| [ap]\.?m\b| an hour\b| (?:each|apiece)\b"
    r"| per (?!cent|year|annum)[a-z]"
)
_NUMBERED: Final = re.compile(
    r"\b(?:nos?\. ?|chapter |page |room |phase |version |one in (?:every )?)$", re.I
)
_PHONE_AHEAD: Final = re.compile(r"(?:\+|(?:\+|\b0)\d{1,4}[ -](?:\d{2,4}[ -]){0,2})$")
_BEARER: Final = re.compile(r"(?<![\w-])(?:[a-z]{0,2}[A-Z][A-Za-z]+|\w+) $")
_NOTHING_COUNTED: Final = re.compile(
    r"[.,;:)!?]|$| (?:and|or|is|was|are|were|has|had|will|would|in|on|at|for|from|with|to|by|as|which|that"
    r"|during|abroad|overseas|earlier|before|previously|last|this)\b"
    r"| (?:a|the) (?:year|month|quarter|decade|previous|same)\b| of (?:this|that|it|which|the total)\b"
)
_BY_NUMBER: Final = re.compile(r"\bnumber $", re.I)
_IN_YEAR: Final = re.compile(r"\b(?:in|since|by|of|from|until|during) $", re.I)
_ONE_AS_PRONOUN: Final = re.compile(
    r" (?:of|for|another|after another|by|who|that|on|in|with|is|was|being)\b| ?$|[.,;:?!)\"']"
)
_ONE_AS_NOUN: Final = re.compile(
    r"\b(?:the|no|this|that|each|every|any|some|which|only|last|next|first|other|another|as) $", re.I
)
_SCALED: Final = re.compile(r"(?:illion|\dbn?|\d ?m)$", re.I)
_ENDED: Final = re.compile(r"[.!?]\s|\n")
_OF_THAT: Final = re.compile(r" of (?:this|that|it|the total)\b")
_LED: Final = re.compile(
    r"\b(?:of which|another|(?:up|down) from|compared with|against)(?: (?:only|just|about|some))? $"
)
"""Before a bare number without a scale: so much of, or beside, the figure before it."""
_DONE: Final = re.compile(r" (?:built|came|comes?|went|goes|go|[a-z]+ed)\b")
_LIKE: Final = ("money", "mass", "energy", "power", "area")
_OF_IT: Final = re.compile(
    r"\b(?:it|they) (?:ha[ds] |have |will |is to |are to )?(?:be|been|was|were|is|are|reach(?:ed)?|stood at"
    r"|c[ao]me to|amounted to|totall?ed|rose to|fell to|grew to) $"
    r"|\b(?:another|a further|invest(?:s|ed)?|spen[dt]s?|costs?|earn(?:s|ed)?|pays?|paid|worth) $",
    re.I,
)
"""Before a bare sum: one of what the sentence before measures."""
_YEARLIKE: Final = frozenset(["about", "more than", "less than"])
"""Comparators whose words are prepositions of time, too: "around 2016", "over 2016"."""
ORDINALS: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
)
_RANK: Final = re.compile(
    rf"(?<![\w-])(?P<word>{any_of(ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th)|\d{{1,3}}(?= ?,| (?:in|among|for)))"
    r"(?= (?:in|among|for|nationwide|nationally|place|of all|across)\b|[,.;])",
    re.I,
)
_RANK_BEGINS: Final = Beginnings(ORDINALS, digits=True)
_RANKED: Final = re.compile(
    r"(?:, |\balso |\brank(?:s|ed|ing)? |\bplaced |\bc[ao]me |\bthe |\bNo\. ?)$", re.I
)


class FigureGrammar:
    """Reads figures by the tables of `figures.yaml`."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.tables = tables
        self.numbers = Numbers(tables)
        # What follows a number that counts something.
        self._counted = re.compile(rf"[ -](?:{any_of(tables['countable'])})", re.I)
        self._counted_later = re.compile(
            rf"(?:[ -](?!the |an? |its )[a-z-]+){{0,3}}?{self._counted.pattern}", re.I
        )
        words = [word for row in tables["comparators"] for word in row.get("after", ())]
        # A comparator behind what is counted: "300 companies or more".
        self._compared_later = re.compile(
            rf"(?: [a-z-]+){{1,2}} ({any_of(word for word in words if word.startswith('or '))})"
        )
        self._peopled = re.compile(rf"\b{any_of(tables['people'])}\b[^,;.]*$", re.I)
        self._numbered: frozenset[str] = frozenset(tables["numbered"])

    def marks(self, text: str) -> Iterator[Mark]:
        """Yield the figures of a view's text, in order."""
        last: Mark | None = None
        for mark in self._going_on(self._sure(self._figures(self._written(text), text), text), text):
            joined = last and _converted(last, mark, text)
            if last is not None and joined is None:
                yield last
            last = joined or mark
        if last is not None:
            yield last

    def _going_on(self, marks: Iterable[Mark], text: str) -> Iterator[Mark]:
        """Give a bare number the unit of the figure before it: "3 billion yuan, of which 850 million are …",
        "was 3 billion yuan. In 2020 it was 850 million", "30 hectares, of which 12 …".
        """
        last: Figure | None = None
        done, counted = 0, False
        for mark in marks:
            if (counted or _ENDED.search(text, done, mark.start)) and not (
                search_before(_OF_IT, text, mark.start, 24) or _OF_THAT.match(text, mark.end)
            ):
                last = None
            done, counted = mark.end, _kind(mark) == "number"
            if last is not None and _kind(mark) == "number" and self._is_sum(mark, text):
                mark = _in_unit(mark, last.value.unit, last.kind)
            if isinstance(mark.meaning, Figure) and mark.meaning.kind in _LIKE:
                last, counted = mark.meaning, False
            yield mark

    def _is_sum(self, mark: Mark, text: str) -> bool:
        """Tell whether a number counts nothing behind it, and no people before it."""
        scaled = _SCALED.search(text, mark.start, mark.end) or search_before(_LED, text, mark.start, 24)
        if not scaled or not (_NOTHING_COUNTED.match(text, mark.end) or _DONE.match(text, mark.end)):
            return False
        return not search_before(self._peopled, text, mark.start, 40)

    def _sure(self, marks: Iterable[Mark], text: str) -> Iterator[Mark]:
        """Leave out sums in a currency of which the text does not tell whose it is: "kroner"."""
        meant: dict[str, str | None] = {}
        for mark in marks:
            unit = mark.meaning.value.unit if isinstance(mark.meaning, Figure) else None
            if unit is None or unit not in self.tables["ambiguous"] or not isinstance(mark.meaning, Figure):
                yield mark
                continue
            if unit not in meant:
                rows = self.tables["ambiguous"][unit].items()
                fitting = [code for code, words in rows if re.search(rf"\b{any_of(words)}", text)]
                meant[unit] = fitting[0] if len(fitting) == 1 else None
            if code := meant[unit]:
                yield _in_unit(mark, code, mark.meaning.kind)

    def _written(self, text: str) -> Iterator[Written | Mark]:
        """Yield numbers as written, and the marks of vague amounts and parts of a whole."""
        starts = self.numbers.begins.places(text)
        for match in scan(self.numbers.expression, starts, text):
            if match["vague"]:
                yield Mark(match.start(), match.end(), None)
            elif not (match["part"] or match["whole"]):
                yield self.numbers.written(match)
            elif (share := self.numbers.share(match)) is not None:
                comparator = self.numbers.comparator(match) or "exact"
                value = Value(plain_decimal(share), "xsd:decimal", "unit:FRACTION", comparator)
                yield Mark(self.numbers.start(match), match.end(), Figure(value, kind="fraction"))

    def _figures(self, found: Iterable[Written | Mark], text: str) -> Iterator[Mark]:
        """Yield figures, two numbers that are the ends of a range as one."""
        waiting: Written | None = None
        for item in found:
            if isinstance(item, Written) and waiting and self._is_range(waiting, item, text):
                yield from _range(waiting, item, text)
                waiting = None
                continue
            if isinstance(item, Written) and waiting and _is_joined(waiting, item, text):
                scale = waiting.scale or item.scale
                waiting = replace(waiting, unit=item.unit, kind=item.kind, scale=scale)
            yield from self._single(waiting, text)
            waiting = item if isinstance(item, Written) else None
            if isinstance(item, Mark):
                yield item
        yield from self._single(waiting, text)

    def _is_range(self, first: Written, second: Written, text: str) -> bool:
        between = text[first.end : second.start]
        if _is_year_before(first, second, text):
            return False
        is_between = between == " and " and text.endswith(("between ", "Between "), 0, first.start)
        if _is_part_of_word(second, text) or not (is_between or _SPAN.fullmatch(between)):
            return False
        if first.unit and second.unit:
            if text.endswith("by ", 0, first.start) and "-" not in between:
                return False
            return first.unit == second.unit and ("-" in between or is_between or first.kind != "length")
        if first.unit:
            return "-" in between or (first.signed and first.scale is None and second.scale is not None)
        return second.unit is not None or self._counted.match(text, second.end) is not None

    def _single(self, written: Written | None, text: str) -> Iterator[Mark]:
        if written is None or (text.endswith("-", 0, written.start) and not _is_falling(written, text)):
            return
        if _is_part_of_word(written, text) or _is_no_amount(written, text) or self._is_year(written, text):
            return
        if self._is_borne(written, text) or _is_phone(written, text):
            return
        value = _value(written, written.scale, written.unit, written.comparator or self._later(written, text))
        yield Mark(written.start, written.end, Figure(value, kind=written.kind))

    def _is_borne(self, written: Written, text: str) -> bool:
        """Tell whether a number is the name of something, or a part of it: "Route 66", "iPhone 15"."""
        if written.unit or written.scale or written.comparator or written.number >= 1000:
            return False
        before = search_before(_BEARER, text, written.start, 16)
        if before is None:
            return False
        word = before.group().strip()
        if not self._numbered.isdisjoint({word.lower(), word.lower().removesuffix("s")}):
            return word[0].isupper() or word != word.lower() or word in ("aged", "age")
        is_name = word[1:2].isupper() and not word.isupper()
        return is_name and _NOTHING_COUNTED.match(text, written.end) is not None

    def _later(self, written: Written, text: str) -> str:
        behind = self._compared_later.match(text, written.end) if written.unit is None else None
        return self.numbers.comparators[behind[1]] if behind else "exact"

    def _is_year(self, written: Written, text: str) -> bool:
        if not _looks_like_year(written, text):
            return False
        if written.comparator is None:
            return not self._counted.match(text, written.end)
        return written.comparator in _YEARLIKE and not self._counted_later.match(text, written.end)


def _is_joined(first: Written, second: Written, text: str) -> bool:
    """Tell whether two numbers share the unit of the second: "by 22 and 41 percent"."""
    alike = first.unit is None and second.kind in ("percent", "length", *_LIKE) and not second.signed
    return alike and text[first.end : second.start] == " and " and not _looks_like_year(first, text)


def _kind(mark: Mark) -> str | None:
    return mark.meaning.kind if isinstance(mark.meaning, Figure) else None


def _in_unit(mark: Mark, unit: str | None, kind: str) -> Mark:
    """Return the mark of a figure in another unit."""
    assert isinstance(mark.meaning, Figure)
    value, *others = (replace(each, unit=unit) for each in mark.meaning.values)
    return replace(mark, meaning=Figure(value, tuple(others), kind))


def _is_phone(written: Written, text: str) -> bool:
    """Tell whether a number is a part of a telephone number."""
    if written.unit or written.scale or "," in text[written.start : written.end]:
        return False
    low = max(0, written.start - 16)
    return _PHONE_AHEAD.search(text, low, written.start) is not None


def _is_falling(written: Written, text: str) -> bool:
    """Tell whether a hyphen before a number is a sign: "468 billion yuan, -1.2%"."""
    before = text[max(0, written.start - 3) : written.start - 1].rstrip(" ")
    return written.kind == "percent" and before.endswith((",", ";", ":", "("))


def _looks_like_year(written: Written, text: str) -> bool:
    digits = text[written.end - 4 : written.end]
    return digits.isdigit() and 1900 <= written.number <= 2100 and not written.scale and not written.unit


def _is_year_before(first: Written, second: Written, text: str) -> bool:
    """Tell whether the first of two numbers is a year: "rose 7.9 percent in 2020 to 407 billion yuan"."""
    if first.comparator or not _looks_like_year(first, text) or _looks_like_year(second, text):
        return False
    return search_before(_IN_YEAR, text, first.start, 8) is not None


def _is_part_of_word(written: Written, text: str) -> bool:
    """Tell whether a number belongs to a name, a code, a date or a word: "Five-Year", "6+X", "9/11"."""
    following = text[written.end : written.end + 8]
    return bool(_PART_OF_WORD.match(following)) and (
        written.unit is None or written.signed or following[0] == "/"
    )


def _is_no_amount(written: Written, text: str) -> bool:
    """Tell whether a number numbers, multiplies or rates: "No. 3", "10 times", "350 kilometers per hour"."""
    start, is_small = written.start, written.number < 100 and written.comparator is None
    if _NO_AMOUNT.match(text, written.end) or search_before(_NUMBERED, text, start, 14):
        return True
    if is_small and search_before(_BY_NUMBER, text, start, 8):
        return True
    if text[start : written.end].lower() not in ("one", "1"):
        return False
    return bool(search_before(_ONE_AS_NOUN, text, start, 10) or _ONE_AS_PRONOUN.match(text, written.end))


def _range(first: Written, second: Written, text: str) -> Iterator[Mark]:
    """Yield a range as one figure, a change "from" one "to" another as two; none where a range falls."""
    unit, kind = (second.unit, second.kind) if second.unit else (first.unit, first.kind)
    low = _value(first, first.scale or second.scale, unit, first.comparator or "exact")
    high = _value(second, second.scale, unit, second.comparator or "exact")
    if search_before(_CHANGE, text, first.start, 40):
        yield Mark(first.start, first.end, Figure(low, kind=kind))
        yield Mark(second.start, second.end, Figure(high, kind=kind))
    elif Decimal(low.value) < Decimal(high.value):
        ends = Figure(replace(low, comparator="at least"), (replace(high, comparator="up to"),), kind)
        yield Mark(first.start, second.end, ends)


def _value(written: Written, scale: int | None, unit: str | None, comparator: str) -> Value:
    return Value(plain_decimal(written.number * (scale or 1)), "xsd:decimal", unit or "unit:NUM", comparator)


def _converted(first: Mark, second: Mark, text: str) -> Mark | None:
    """Join a figure and its conversion in brackets: "RMB 100 billion (US$13.8 billion)".

    The conversion has the comparator of what it converts, unless it has one of its own.
    """
    one, other = first.meaning, second.meaning
    if not isinstance(one, Figure) or not isinstance(other, Figure) or one.kind != other.kind:
        return None
    opened = text[first.end : second.start].strip(" ") in ("(", "(about")
    if not opened or not text.startswith(")", second.end):
        return None
    if one.kind == "number" or one.value.unit == other.value.unit:
        return None
    converted = (
        replace(value, comparator=one.value.comparator) if value.comparator == "exact" else value
        for value in other.values
    )
    return Mark(first.start, second.end + 1, replace(one, others=(*one.others, *converted)))


def states_rank(text: str, rank: str) -> bool:
    """Tell whether words state a rank.

    >>> states_rank("the third largest", "3"), states_rank("名列第二", "2"), states_rank("the first", "2")
    (True, True, False)
    """
    number = int(rank)
    word = ORDINALS[number - 1] if 0 < number <= len(ORDINALS) else rank
    sign = "一二三四五六七八九十"[number - 1] if 0 < number <= 10 else rank
    return bool(re.search(rf"(?<!\d)(?:{rank}(?!\d)|{word}\b)|第(?:{sign}|{rank})", text, re.I))


def rank_marks(text: str) -> Iterator[Mark]:
    """Yield the ranks of a view's text, in order.

    >>> text = "It ranks second in Shanghai, the first of its kind"
    >>> [mark.meaning.value.value for mark in rank_marks(text)]
    ['2']
    """
    for match in scan(_RANK, _RANK_BEGINS.places(text), text):
        word = match["word"].lower()
        lead = text[max(0, match.start() - 8) : match.start()]
        if not _RANKED.search(lead) or (word.isdigit() and not lead.rstrip().endswith("No.")):
            continue
        rank = ORDINALS.index(word) + 1 if word in ORDINALS else int(re.sub(r"\D", "", word))
        yield Mark(match.start(), match.end(), Figure(Value(str(rank), "xsd:integer")))
