"""Known names: the longest names of the register that stand in a text.

Goes in: the register's names, then the text of a view. Comes out: marks of entities, none overlapping, in order.
One Aho-Corasick automaton finds all names in one pass, so that the time does not grow with the register.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from ahocorasick_rs import AhoCorasick

from ..model import Entity, Repair
from .kinds import Kinds
from .marks import Mark

_COMMON: Final = frozenset({"IndustryCategory", "Technology", "IndustryScheme"})
"""Classes whose names are common nouns, written without capitals."""


class NameRow(Protocol):
    """One name of one entity, as the register gives it."""

    @property
    def name(self) -> str:
        """The name as the register writes it."""

    @property
    def iri(self) -> str:
        """The entity."""

    @property
    def label(self) -> str:
        """The entity's preferred name in English."""

    @property
    def types(self) -> tuple[str, ...]:
        """The entity's classes, without prefix."""

    @property
    def reason(self) -> str | None:
        """Why a garbled name stands for the entity; None for a right name."""

    @property
    def where(self) -> str | None:
        """Words that the article's note must hold for a garbled name to apply; None for anywhere."""


@dataclass(frozen=True, slots=True)
class _Known:
    row: NameRow
    code: str
    types: tuple[str, ...]


class Names:
    """The register's names, ready to be found."""

    def __init__(self, rows: Iterable[NameRow], kinds: Kinds) -> None:
        self._by_name: dict[str, list[_Known]] = {}
        for row in rows:
            types = tuple(f"g60:{name}" for name in row.types)
            known = _Known(row, kinds.code(row.types), types)
            self._by_name.setdefault(row.name.lower(), []).append(known)
        self._names = list(self._by_name)
        self._automaton = AhoCorasick(self._names)

    def marks(self, text: str, note: str) -> Iterator[Mark]:
        """Yield the known names of a view's text; `note` is what is known of the article."""
        folded = fold(text)
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        found.sort(key=lambda match: (match[1], -match[2]))
        done = 0
        for index, start, end in found:
            if start < done or not _stands_alone(text, start, end):
                continue
            mark = self._mark(self._names[index], text[start:end], start, note)
            if mark is not None:
                done = end
                yield mark

    def _mark(self, name: str, surface: str, start: int, note: str) -> Mark | None:
        fitting = [known for known in self._by_name[name] if _fits(known, surface, note)]
        if len({known.row.iri for known in fitting}) != 1:
            return None
        known = fitting[0]
        row = known.row
        entity = Entity(row.iri, row.label, surface, known.types)
        repair = Repair(surface, row.iri, row.label, row.reason) if row.reason is not None else None
        return Mark(start, start + len(surface), known.code, entity, repair)


def fold(text: str) -> str:
    """Return a text in lower case with every character in its place."""
    folded = text.lower()
    return folded if len(folded) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a run is a whole word: no letter goes on before or after it, but for Chinese."""
    if text[start] > "\u2e7f":
        return True
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (_is_word(before) or (_is_word(after) and text[end - 1].isalnum()))


def _is_word(letter: str) -> bool:
    return letter.isalnum() and letter < "\u2e80"


def _fits(known: _Known, surface: str, note: str) -> bool:
    """Tell whether a name applies here: a proper name keeps its capital, a repair its place."""
    row = known.row
    if row.where is not None and row.where not in note:
        return False
    if not _COMMON.isdisjoint(row.types) or row.name.islower() or not row.name[0].isalpha():
        return True
    return surface[0].isupper() or (" " in row.name and any(letter.isupper() for letter in surface))
