"""Names that name no thing of the graph: peoples, rivers and seas, persons, teams, titles.

Goes in: marks in order, a text and what was recognised in it. Comes out: the bare names to leave out. The
words are data: `data/grammar/naming.yaml`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from g60kg.text.marks import Mark, Name
from g60kg.text.recognised import Recognised
from g60kg.text.words import any_of

_PERSON: Final = re.compile(r"[A-Z][\w'-]*\.?(?: (?:[A-Z]\.|[A-Z][\w'-]*|de|da|van|von|bin|al)){1,3}")
_INITIALS: Final = re.compile(r"\b[A-Z]\.(?: ?[A-Z]\.)? ?$")
_INITIAL: Final = re.compile(r"[A-Z](?:\.[A-Z])?\. ?[A-Z]")
_AHEAD: Final = 24
_LABELS: Final = ("LOC", "EVENT", "LAW")


@dataclass(frozen=True)
class NoThings:
    """The words that tell what is no thing."""

    table: Mapping[str, Any]
    roles: Sequence[str]
    """What persons are: "director", "professor"."""

    def among(
        self, marks: Sequence[Mark], recognised: Recognised, typed: Mapping[str, str]
    ) -> frozenset[str]:
        """Return the bare names that name no thing; what is `typed` is no person."""
        found: set[str] = set()
        persons: set[str] = set()
        for mark in marks:
            if not isinstance(mark.meaning, Name) or mark.meaning.text in found:
                continue
            name, text = mark.meaning.text, recognised.text
            label = recognised.label(name, mark.start, mark.end)
            if self._is_none(text, mark, name):
                found.add(name)
            elif name not in typed and (label in _LABELS or self._is_person(text, mark, label)):
                found.add(name)
                persons |= {name} if label not in _LABELS else set()
        surnames = {name.rsplit(" ", 1)[-1] for name in persons}
        return frozenset(found | (surnames - set(typed)))

    def _is_none(self, text: str, mark: Mark, name: str) -> bool:
        if mark.end - mark.start <= 3 and _INITIAL.match(text, mark.start):
            return True
        if self._named.fullmatch(name) or self._title_words.issuperset(name.lower().split()):
            return True
        ahead = self._team_ahead.search(text, max(0, mark.start - _AHEAD), mark.start)
        return bool(ahead or self._team_behind.match(text, mark.end))

    @cached_property
    def _named(self) -> re.Pattern[str]:
        rows = self.table["landforms"]
        first, last = any_of(rows["first"]), any_of(rows["last"])
        named = any_of([*self.table["nationalities"], *rows["named"], *self.table["no_names"]])
        return re.compile(rf"{named}|{first} .+|(?:[^ ]+ )+{last}|[A-Z]{{2,6}}s")

    @cached_property
    def _title_words(self) -> frozenset[str]:
        words = (word for role in self.roles for word in role.split())
        return frozenset([*self.table["title_words"], *words])

    @cached_property
    def _team_ahead(self) -> re.Pattern[str]:
        return re.compile(rf"\b{any_of(self.table['teams']['before'])} $", re.I)

    @cached_property
    def _team_behind(self) -> re.Pattern[str]:
        return re.compile(rf"(?:'s?)? {any_of(self.table['teams']['behind'])}")

    def _is_person(self, text: str, mark: Mark, label: str | None) -> bool:
        if self._titled.search(text, max(0, mark.start - _AHEAD), mark.start):
            return label in ("PERSON", None)
        if _INITIALS.search(text, max(0, mark.start - 6), mark.start) or self._holds_title.search(
            text, mark.start, mark.end
        ):
            return True
        if label != "PERSON" or not _PERSON.fullmatch(text, mark.start, mark.end):
            return False
        given = text[mark.start : mark.end].split(" ", 1)[0]
        return given in self._given_names or self._role_behind.match(text, mark.end) is not None

    @cached_property
    def _given_names(self) -> frozenset[str]:
        return frozenset(self.table["given_names"])

    @cached_property
    def _titles(self) -> str:
        return any_of([*(role.title() for role in self.roles), *self.roles])

    @cached_property
    def _titled(self) -> re.Pattern[str]:
        """A title right ahead: "President Yoon Suk Yeol"."""
        return re.compile(rf"\b{self._titles} $")

    @cached_property
    def _holds_title(self) -> re.Pattern[str]:
        """A title within: "West Midlands Mayor Andy Street"."""
        return re.compile(rf" {any_of(role.title() for role in self.roles)} [A-Z]")

    @cached_property
    def _role_behind(self) -> re.Pattern[str]:
        role = rf"{any_of(self.roles)} (?:of|at|with|and|for)\b"
        return re.compile(rf", (?:an? |the |its |their )?(?:[\w-]+ ){{0,3}}?{role}|, \d\d,")
