"""Where sentences begin and end.

Goes in: the text of a view. Comes out: spans, each within one paragraph. A full stop ends no sentence
inside a number or after an abbreviation, nor where what follows goes on in lower case or with a comma:
such a stop is a slip of the text.
"""

import re
from typing import Final

from g60kg.text.scanning import scan

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
    r"(?P<place>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,3})(?:, [A-Z][\w ]+?)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: ?\([A-Z][\w .]{1,20}\))? ?-{1,2} (?=[\"']?[A-Z\d])"
)
"""Where and when a report was written, before its first sentence: "KUNSHAN, March 14 - "."""


def dateline_end(text: str, start: int) -> int:
    """Return where a sentence goes on behind its dateline; where it begins if it has none.

    >>> dateline_end("HEFEI, March 14 - The zone grew.", 0)
    18
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
