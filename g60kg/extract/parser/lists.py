"""Lists of names of one kind, and what they say of each other: "A, B in Zhejiang; C in Jiangsu".

Goes in: a sentence's marks in order. Comes out: units: a single mark, or a list of three or more names that
the parser sees as one word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from g60kg.model import Entity
from g60kg.text.lexicon import Lexicon
from g60kg.text.marks import Mark, Name

_JOINT: Final = re.compile(r"\s*(?:[,;]|,? and|; and|,? as well as|,? &|\. ?,) (?:also )?(?:the )?")
_LAST_JOINT: Final = re.compile(r"\band\b|as well as|[&;]")
_IN: Final = re.compile(r",? (?:in|of) (?:the )?(?:(?:neighbou?ring|nearby|eastern|east China's) )?")
_OTHERS: Final = re.compile(r",? (?:and |among )?(?:[a-z\d]+ )?(?:others|more|other [a-z]+)\b")
_COLON: Final = re.compile(r"(?::|-|including|such as|namely|like) (?:the )?$")
_LEAST: Final = 3
_KINDS: Final = ("Region", "Organization", "Park", "IndustryCategory", "Technology", "Facility")


@dataclass(frozen=True, slots=True)
class NameList:
    """One mark, or the names of a list of one `kind`; `parts` are pairs of a member and its whole."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    parts: tuple[tuple[Mark, Mark], ...] = ()
    kind: str | None = None


@dataclass(frozen=True)
class Ranks:
    """How high a region stands, by its class: a town below a district, a province below a country."""

    lexicon: Lexicon
    table: Mapping[str, int]

    def rank(self, mark: Mark) -> int:
        """Return the rank of a region; 0 for what is none."""
        if not isinstance(mark.meaning, Entity):
            return 0
        return max((self.table.get(name.removeprefix("g60:"), 0) for name in mark.meaning.types), default=0)

    def kind(self, mark: Mark) -> str | None:
        """Return the kind of list that a name may stand in."""
        if isinstance(mark.meaning, Name):
            return "Organization"
        if not isinstance(mark.meaning, Entity):
            return None
        entity = mark.meaning
        kind = next((kind for kind in _KINDS if self.lexicon.is_a(entity, kind)), None)
        return "Park" if kind == "Facility" else kind


def find_lists(text: str, marks: Sequence[Mark], ranks: Ranks) -> Iterator[NameList]:
    """Yield marks in order, the names of a list as one."""
    number = 0
    while number < len(marks):
        found, after = _read_list(text, marks, number, ranks)
        if found is None:
            mark = marks[number]
            yield NameList(mark.start, mark.end, (mark,))
            number += 1
        else:
            yield found
            number = after


def _read_list(text: str, marks: Sequence[Mark], first: int, ranks: Ranks) -> tuple[NameList | None, int]:
    kind = ranks.kind(marks[first])
    if kind is None:
        return None, first
    items: list[Mark] = []
    parts: list[tuple[Mark, Mark]] = []
    waiting: list[Mark] = []
    owner: Mark | None = None
    closed, at, end = False, first, marks[first].start
    while at < len(marks) and ranks.kind(marks[at]) == kind:
        if items:
            between = text[end : marks[at].start]
            if not _JOINT.fullmatch(between):
                break
            closed = closed or bool(_LAST_JOINT.search(between))
        owned = _owned(text, marks, at, kind, ranks)
        owner, at = (marks[at], at + 1) if owned else (owner, at)
        item = marks[at]
        items.append(item)
        waiting.append(item)
        parts += [(item, owner)] if owner else []
        end, at = item.end, at + 1
        whole = marks[at] if at < len(marks) else None
        if whole is not None and _contains(text, item, whole, ranks):
            parts += [(part, whole) for part in waiting if 0 < ranks.rank(part) < ranks.rank(whole)]
            waiting, owner, end, at = [], None, whole.end, at + 1
    led = bool(_COLON.search(text, max(0, marks[first].start - 14), marks[first].start))
    others = bool(_OTHERS.match(text, end))
    is_list = len(items) >= _LEAST and (closed or others or (led and kind != "Organization"))
    if not is_list or text.startswith("'s", end):
        return None, first
    return NameList(marks[first].start, end, tuple(items), tuple(parts), kind), at


def _contains(text: str, item: Mark, whole: Mark, ranks: Ranks) -> bool:
    """Tell whether a region is said to lie in the next one: "Hangzhou in Zhejiang"."""
    if ranks.kind(whole) != "Region" or not _IN.fullmatch(text[item.end : whole.start]):
        return False
    return ranks.rank(whole) > ranks.rank(item) > 0


def _owned(text: str, marks: Sequence[Mark], at: int, kind: str, ranks: Ranks) -> bool:
    """Tell whether a region owns the next one: "Zhejiang's Jiaxing, Hangzhou"."""
    if kind != "Region" or at + 1 >= len(marks) or ranks.kind(marks[at + 1]) != "Region":
        return False
    owns = text[marks[at].end : marks[at + 1].start] == "'s "
    return owns and ranks.rank(marks[at]) > ranks.rank(marks[at + 1])
