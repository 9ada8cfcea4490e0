"""An article's text made plain for reading, with the way back to each character.

Goes in: the text as found. Comes out: a `View`, in which typographic quotes, dashes and spaces are plain,
runs of blanks are one, tags and invisible characters are gone and wrapped lines are joined; `View.span`
leads back to the text, which itself is never changed.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Mapping
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
    if not following or not line:
        return False
    return following.islower() or (len(line) >= _WRAPPED and line[-1].isalnum())
