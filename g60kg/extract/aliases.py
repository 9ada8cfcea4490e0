"""Other names that a text gives a thing: "X (ABC)" and then "ABC", "X, better known as Y".

Goes in: the marks of names in order. Comes out: the same marks, where each other name leads to the thing,
from the place where the text gives it on.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from g60kg.extract.candidates import candidate
from g60kg.extract.kinds import Kinds
from g60kg.extract.marks import Mark, Name, called_again
from g60kg.extract.words import any_of, whole_word
from g60kg.model import Entity

RULE: Final = "other name of a thing"
_SHORT: Final = r"(?=\w{0,8}[A-Z&]\w{0,8}[A-Z\d])[A-Za-z][\w&-]{1,9}"
_WITHIN: Final = re.compile(rf" \((?P<short>{_SHORT})\)$")
_BRACKET: Final = re.compile(
    rf" \((?:hereinafter )?(?:the )?(?:(?P<short>{_SHORT})"
    r"|[\"'](?:the )?(?P<quoted>[A-Z][\w .&-]{1,40})[\"'])\)"
)
_AHEAD: Final = 8


@dataclass(frozen=True)
class Aliases:
    """The words that give a thing another name."""

    table: Mapping[str, Any]
    kinds: Kinds = field(compare=False)

    @cached_property
    def _known_as(self) -> re.Pattern[str]:
        words = any_of(self.table["other_names"])
        return re.compile(rf"(?:,| \()? ?(?:which is |is )?{words} (?:as )?(?:the )?[\"']?")

    def resolve(self, text: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        """Return the marks with other names resolved, and those found that were not marked."""
        bare = [_without_bracket(mark) for mark in marks]
        named = dict(self._given(text, bare))
        if not named:
            return tuple(mark for mark, _ in bare)
        settled = [self._one(mark, named) for mark, _ in bare]
        return tuple(_with_unmarked(text, settled, named))

    def _given(self, text: str, bare: Sequence[tuple[Mark, str | None]]) -> Iterator[tuple[str, Mark]]:
        """Yield each other name with the mark of what it names."""
        for row, (mark, short) in enumerate(bare):
            if not isinstance(mark.meaning, Entity) or mark.resolution is not None:
                continue
            if short is not None:
                yield short, mark
            bracket = _BRACKET.match(text, mark.end)
            if bracket is not None:
                yield bracket["short"] or bracket["quoted"], mark
            known = self._known_as.match(text, mark.end)
            other = bare[row + 1][0] if known and row + 1 < len(bare) else None
            if (
                known is not None
                and other is not None
                and other.start == known.end()
                and self._may_be(mark, other)
            ):
                yield text[other.start : other.end], self._whole(text, bare, row)

    def _may_be(self, mark: Mark, other: Mark) -> bool:
        """Tell whether a name may be another one of a thing: it is unknown, and of no other class."""
        if isinstance(other.meaning, Name):
            return True
        return isinstance(other.meaning, Entity) and other.meaning.candidate and other.repair is None

    def _whole(self, text: str, bare: Sequence[tuple[Mark, str | None]], row: int) -> Mark:
        """Return the thing that is known by another name: "X in PLACE, better known as Y" is X."""
        mark = bare[row][0]
        if row and mark.code in self.kinds.codes("Region"):
            before = bare[row - 1][0]
            between = text[before.end : mark.start]
            if between in (" in ", " of ", " at ", ", ") and isinstance(before.meaning, Entity):
                return before if before.code not in self.kinds.codes("Region") else mark
        return mark

    @staticmethod
    def _one(mark: Mark, named: Mapping[str, Mark]) -> Mark:
        if isinstance(mark.meaning, Name):
            known = named.get(mark.meaning.text)
        elif isinstance(mark.meaning, Entity) and mark.meaning.candidate:
            known = named.get(mark.meaning.surface)
        else:
            known = None
        if known is None or known.start >= mark.start:
            return mark
        surface = mark.meaning.text if isinstance(mark.meaning, Name) else _surface(mark)
        return called_again(known, surface, mark.start, RULE)


def _surface(mark: Mark) -> str:
    assert isinstance(mark.meaning, Entity)
    return mark.meaning.surface


def _without_bracket(mark: Mark) -> tuple[Mark, str | None]:
    """Return a candidate named without the short form in brackets behind it, and that."""
    meaning = mark.meaning
    if not isinstance(meaning, Entity) or not meaning.candidate or mark.resolution is not None:
        return mark, None
    found = _WITHIN.search(meaning.surface)
    if found is None:
        return mark, None
    name = meaning.surface[: found.start()]
    entity = candidate(name, meaning.surface, meaning.types[0].removeprefix("g60:"))
    return replace(mark, meaning=entity), found["short"]


def _with_unmarked(text: str, marks: Sequence[Mark], named: Mapping[str, Mark]) -> Iterator[Mark]:
    """Yield the marks, and other names that stand unmarked between them."""
    found = [*re.finditer(whole_word(named), text)]
    done, row = 0, 0
    for mark in marks:
        while row < len(found) and found[row].start() < mark.start:
            yield from _unmarked(found[row], done, mark.start, named)
            row += 1
        yield mark
        done = mark.end
    for match in found[row:]:
        yield from _unmarked(match, done, len(text), named)


def _unmarked(match: re.Match[str], done: int, end: int, named: Mapping[str, Mark]) -> Iterator[Mark]:
    known = named[match.group()]
    if match.start() >= max(done, known.end + 2) and match.end() <= end:
        yield called_again(known, match.group(), match.start(), RULE)
