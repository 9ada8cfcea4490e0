"""An article's text made plain for reading, with the way back to each character, and its sentences.

In a `View` typographic quotes, dashes and spaces are plain, runs of blanks are one, tags and invisible
characters are gone and wrapped lines are joined; the text itself is never changed. A sentence lies within one
paragraph. A full stop ends none inside a number or after an abbreviation, nor where what follows goes on in
lower case or with a comma: such a stop is a slip of the text.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from g60kg.text.scanning import scan

_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ＇`´", "'"),
        **dict.fromkeys("“”„‟«»＂", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys(
            "\t\r\v\f\0\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
            " ",
        ),
        **dict.fromkeys("\x85\u2028\u2029", "\n"),
        # Half a surrogate is no character, and private ones mean nothing to a reader.
        **dict.fromkeys([*map(chr, range(0xD800, 0xF900)), "\U000f0000", "\U000f0001"], "\ufffd"),
        "，": ",",
        "；": ";",
        "：": ":",
        "（": "(",
        "）": ")",
        "％": "%",
        "＄": "$",
        "²": "2",
    }
)
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_TAG: Final = r"</?[a-zA-Z!][^<>\n]{0,300}>"
_SPACE: Final = r"&(?:nbsp|ensp|emsp|thinsp|#160|#[xX][aA]0);"
_PARTS: Final = rf"[ \n{_INVISIBLE}]|{_TAG}|{_SPACE}"
_EDITS: Final = re.compile(
    rf"(?P<gap>(?: (?=[ \n<&{_INVISIBLE}])|[\n{_INVISIBLE}]|{_TAG}|{_SPACE})(?:{_PARTS})*+)"
    r"|(?P<entity>&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});)"
)
_TAGS: Final = re.compile(_TAG)
_SPACES: Final = re.compile(_SPACE)
_LONE_RETURN: Final = re.compile(r"\r(?!\n)")
_BLOCK_TAG: Final = re.compile(r"</?(?:p|div|br|li|ul|ol|h\d|tr|td|table|article|section|title)\b", re.I)
BULLETS: Final = "-•*·▪●"
"""Signs before the items of a list, each on a line of its own."""
_WRAPPED: Final = 50
"""A line shorter than this is a heading or a caption: it is not joined to the next."""


@dataclass(frozen=True, slots=True)
class View:
    """Plain `text`; `breaks` and `shifts` give, from each position on, what to add to reach the original.

    `ends` gives where in the original those characters end that stand for several there, such as `&eacute;`.
    """

    text: str
    breaks: tuple[int, ...]
    shifts: tuple[int, ...]
    ends: Mapping[int, int]

    def origin(self, position: int) -> int:
        """Return where the character at a position of the view stands in the original."""
        return position + self.shifts[bisect_right(self.breaks, position) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of a span of the view that is not empty."""
        last = end - 1
        return self.origin(start), self.ends.get(last) or self.origin(last) + 1


def make_view(text: str) -> View:
    """Return the plain view of a text.

    >>> view = make_view("the “Songjiang  Declaration”")
    >>> view.text
    'the "Songjiang Declaration"'
    >>> view.span(4, 27)
    (4, 28)
    """
    plain = _LONE_RETURN.sub("\n", text).translate(_PLAIN)
    parts: list[str] = []
    breaks, shifts = [0], [0]
    ends: dict[int, int] = {}
    done = length = 0
    for edit in _EDITS.finditer(plain):
        new = _replacement(edit, plain)
        old = edit.group()
        if new == old:
            continue
        parts += (plain[done : edit.start()], new)
        length += edit.start() - done + len(new)
        done = edit.end()
        if len(new) != len(old):
            breaks.append(length)
            shifts.append(done - length)
        if new and len(old) > 1:
            ends[length - 1] = done
    parts.append(plain[done:])
    return View("".join(parts), tuple(breaks), tuple(shifts), ends)


def _replacement(edit: re.Match[str], plain: str) -> str:
    old = edit.group()
    if edit.lastgroup == "entity":
        new = html.unescape(old).translate(_PLAIN)
        return new if len(new) == 1 else old
    bare = _SPACES.sub(" ", _TAGS.sub(lambda tag: "\n\n" if _BLOCK_TAG.match(tag.group()) else "", old))
    lines = bare.count("\n")
    if lines:
        return " " if lines == 1 and _is_wrap(plain, *edit.span()) else "\n"
    return " " if " " in bare else ""


def _is_wrap(plain: str, start: int, end: int) -> bool:
    """Tell whether a line break only wraps a line: the next goes on in lower case, or it is long and open."""
    following = plain[end : end + 1]
    line = plain[max(plain.rfind("\n", 0, start) + 1, start - 400) : start]
    if not following or not line or following in BULLETS:
        return False
    return following.islower() or (len(line) >= _WRAPPED and line[-1].isalnum())


_LAST: Final = (
    "co|ltd|inc|corp|etc|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|u\\.s|u\\.k|a\\.m|p\\.m|[a-z]"
)
"""Abbreviations that may be the last word of a sentence."""
_NEVER_LAST: Final = "no|nos|st|mr|mrs|ms|dr|prof|gen|gov|vs|approx|est|fig|dept|univ|e\\.g|i\\.e"
_OPENING: Final = re.compile(
    r"\s+[\"'(\[]*(?:The|This|These|That|Those|It|Its|They|Their|He|His|She|Her|We|A|An|In|On|At|By|For|From"
    r"|With|But|And|So|As|If|When|While|After|Before|Since|Both|Each|More|Now|Currently|Meanwhile)\b"
)
"""Words that begin a sentence even after an abbreviation."""
_END: Final = re.compile(
    r"""(?<![.!?。！？])[.!?。！？]++["')\]]*+(?:\[\d+\])*+(?=\s+["'(\[]*[^\sa-z,;.:)"'\]])"""
    r"""|(?<=[a-z0-9]{2})[.!?]["')\]]*+(?=[A-Z][a-z])"""
    r"""|[。！？]"""
)
_STOP: Final = re.compile(r"[.!?。！？]")
_ABBREVIATED: Final = re.compile(rf"(?:^|[\s(\"'])(?:(?P<last>{_LAST})|{_NEVER_LAST})$", re.I)
_LONGEST: Final = 2000
"""A run longer than this without an end is cut: no sentence of news is so long."""


_DATELINE: Final = re.compile(
    r"(?P<place>[^\W\d_a-z][\w.'-]*(?:[ /][^\W\d_a-z][\w.'-]*){0,3})(?:, [A-Z][\w ]+?)?"
    r"(?:, (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})(?:,? \d{4})?)?"
    r"(?:(?: ?\([A-Z][\w .,]{1,20}\))? ?-{1,2}| ?\([A-Z][\w .,]{1,20}\):) (?=[\"']?[A-Z\d])"
)
"""Where and when a report was written, before its first sentence: "KUNSHAN, March 14 - "."""


def dateline_end(text: str, start: int) -> int:
    """Return where a sentence goes on behind its dateline; where it begins if it has none.

    >>> dateline_end("HEFEI, March 14 - The zone grew.", 0)
    18
    >>> dateline_end("ODENSE, Denmark, 12 September 2024 - The zone grew.", 0)
    37
    """
    found = _DATELINE.match(text, start, start + 80) if start == 0 or text[start - 1] == "\n" else None
    return found.end() if found else start


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of a view's text, in order.

    >>> text = "It cost US$13.8 billion. Haier Co. Ltd. moved in.\\nCai Bin"
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['It cost US$13.8 billion.', 'Haier Co. Ltd. moved in.', 'Cai Bin']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        _split(text, start, start + len(paragraph), spans)
        start += len(paragraph) + 1
    return spans


def _split(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    stops = (stop.start() for stop in _STOP.finditer(text, start, end))
    for stop in scan(_END, stops, text, end):
        if stop.group()[0] == "." and _abbreviates(text, start, stop):
            continue
        _append(text, start, stop.end(), spans)
        start = stop.end()
    _append(text, start, end, spans)


def _abbreviates(text: str, start: int, stop: re.Match[str]) -> bool:
    """Tell whether a full stop belongs to an abbreviation and does not end the sentence from `start` too."""
    before = _ABBREVIATED.search(text, max(start, stop.start() - 8), stop.start())
    return before is not None and not (before["last"] and _OPENING.match(text, stop.end()))


def _append(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        spans.append((start, cut))
        start = cut + (text[cut] == " ")
    if start < end:
        spans.append((start, end))
