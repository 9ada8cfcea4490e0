"""An article's text made plain for reading, with the way back to each character.

Goes in: the text as found. Comes out: a `View`, in which typographic quotes, dashes and spaces are plain,
runs of blanks are one, tags and invisible characters are gone and wrapped lines are joined; `View.span`
leads back to the text, which itself is never changed.
"""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

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
_EDITS: Final = re.compile(
    rf"(?P<tag></?[a-zA-Z!][^<>\n]{{0,300}}>)|(?P<entity>&(?:\#\d{{1,6}}|[a-zA-Z]{{2,8}});)|(?P<invisible>[{_INVISIBLE}]+)"
    r"|(?P<blanks> {2,})|(?P<line>\n)"
)
_BLOCK_TAG: Final = re.compile(r"</?(?:p|div|br|li|ul|ol|h\d|tr|td|table|article|section|title)\b", re.I)
_WRAPPED: Final = 50
"""A line shorter than this is a heading or a caption: it is not joined to the next."""


@dataclass(frozen=True, slots=True)
class View:
    """Plain `text`; `breaks` and `shifts` give, from each position on, what to add to reach the original."""

    text: str
    breaks: tuple[int, ...]
    shifts: tuple[int, ...]

    def origin(self, position: int) -> int:
        """Return where the character at a position of the view stands in the original."""
        return position + self.shifts[bisect_right(self.breaks, position) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of a span of the view that is not empty."""
        return self.origin(start), self.origin(end - 1) + 1


def make_view(text: str) -> View:
    """Return the plain view of a text.

    >>> view = make_view("the “Songjiang  Declaration”")
    >>> view.text
    'the "Songjiang Declaration"'
    >>> view.span(4, 27)
    (4, 28)
    """
    plain = text.translate(_PLAIN)
    parts: list[str] = []
    breaks, shifts = [0], [0]
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
    parts.append(plain[done:])
    return View("".join(parts), tuple(breaks), tuple(shifts))


def _replacement(edit: re.Match[str], plain: str) -> str:
    kind, old = edit.lastgroup, edit.group()
    if kind == "tag":
        return "\n" if _BLOCK_TAG.match(old) else ""
    if kind == "entity":
        new = html.unescape(old).translate(_PLAIN)
        return new if len(new) == 1 else old
    if kind == "line":
        return " " if _is_wrap(plain, edit.start()) else "\n"
    return " " if kind == "blanks" else ""


def _is_wrap(plain: str, at: int) -> bool:
    """Tell whether a line break only wraps a line: the next goes on in lower case, or it is long and open."""
    following = plain[at + 1 : at + 80].lstrip(" ")
    if not following or following[0] == "\n":
        return False
    line = plain[max(plain.rfind("\n", 0, at) + 1, at - 400) : at].rstrip()
    if not line:
        return False
    return following[0].islower() or (
        len(line) >= _WRAPPED and line[-1].isalnum() and not following[0].isspace()
    )
