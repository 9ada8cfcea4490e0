"""What unknown names are where no head noun tells: by their context and an entity recogniser's labels.

Goes in: marks in order, a text and what was recognised in it. Comes out: the class of each bare name that can
be told, and the names that name no thing: peoples, rivers, persons, teams.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from g60kg.extract.kinds import Kinds
from g60kg.extract.marks import Mark, Name
from g60kg.extract.places import Places
from g60kg.extract.recognised import Recognised
from g60kg.extract.words import any_of
from g60kg.model import Entity

_JOINT: Final = re.compile(r",? (?:and |or |as well as )?")
_PERSON: Final = re.compile(r"[A-Z][\w'-]*\.?(?: (?:[A-Z]\.|[A-Z][\w'-]*|de|da|van|von|bin|al)){1,3}")
_ACRONYM: Final = re.compile(r"[A-Z&\d]{2,6}")
_AHEAD: Final = 20
_NO_THINGS: Final = ("NORP", "LOC", "EVENT", "LAW")


@dataclass(frozen=True)
class Labels:
    """The tables that tell what a bare name is."""

    table: Mapping[str, Any]
    kinds: Kinds = field(compare=False)
    roles: Sequence[str] = ()
    """What persons are: "director", "professor"."""

    @cached_property
    def places(self) -> Places:
        """What tells places."""
        return Places(self.table)

    @cached_property
    def _no_thing(self) -> re.Pattern[str]:
        rows = self.table["landforms"]
        first, last = any_of(rows["first"]), any_of(rows["last"])
        named = any_of([*self.table["nationalities"], *rows["continents"], *self.table["no_names"]])
        return re.compile(rf"{named}|{first} .+|(?:[^ ]+ )+{last}|[A-Z]{{2,6}}s")

    @cached_property
    def _team_ahead(self) -> re.Pattern[str]:
        return re.compile(rf"\b{any_of(self.table['teams']['before'])} $", re.I)

    @cached_property
    def _team_behind(self) -> re.Pattern[str]:
        return re.compile(rf"(?:'s?)? {any_of(self.table['teams']['behind'])}")

    @cached_property
    def _title_words(self) -> frozenset[str]:
        return frozenset(
            [*self.table["title_words"], *(word for role in self.roles for word in role.split())]
        )

    def classes(self, marks: Sequence[Mark], recognised: Recognised) -> dict[str, str]:
        """Return the bare names that the text or their label types, with their class."""
        found: dict[str, str] = {}
        said: dict[str, str] = {}
        for row, mark in enumerate(marks):
            if not isinstance(mark.meaning, Name):
                continue
            name, text = mark.meaning.text, recognised.text
            called = self.places.called(text, mark.end)
            if called:
                said[name] = called
            label = recognised.label(name, mark.start, mark.end)
            kind = self._kind(marks, row, recognised, label)
            if kind is not None and found.get(name) != "Region":
                found[name] = kind
        return found | said

    def _kind(self, marks: Sequence[Mark], row: int, recognised: Recognised, label: str | None) -> str | None:
        """Return the class of a bare name, by where it stands and its label."""
        mark, text = marks[row], recognised.text
        if _ACRONYM.fullmatch(text, mark.start, mark.end) or self._is_direction(text, mark):
            return None
        if self.places.is_place(text, mark.start, mark.end, label):
            return "Region"
        if label == "GPE":
            beside = [marks[at] for at in (row - 1, row + 1) if _are_joined(text, marks, row, at)]
            return None if any(self._is_company(each, recognised) for each in beside) else "Region"
        return {"FAC": "Facility", "ORG": "Company"}.get(label or "")

    def _is_company(self, mark: Mark, recognised: Recognised) -> bool:
        if isinstance(mark.meaning, Name):
            return recognised.label(mark.meaning.text, mark.start, mark.end) == "ORG"
        return isinstance(mark.meaning, Entity) and mark.code in self.kinds.codes("Organization")

    def _is_direction(self, text: str, mark: Mark) -> bool:
        """Tell whether a name is a place with a direction, as stations are called: "Suzhou South"."""
        return text[mark.start : mark.end].rsplit(" ", 1)[-1] in self.table["directions"]

    def no_things(
        self, marks: Sequence[Mark], recognised: Recognised, typed: Mapping[str, str]
    ) -> frozenset[str]:
        """Return the bare names that name no thing of the graph."""
        found: set[str] = set()
        for mark in marks:
            if not isinstance(mark.meaning, Name) or mark.meaning.text in found:
                continue
            name, text = mark.meaning.text, recognised.text
            label = recognised.label(name, mark.start, mark.end)
            is_none = self._no_thing.fullmatch(name) is not None or self._is_team(text, mark)
            is_none = is_none or self._title_words.issuperset(name.lower().split())
            if name not in typed:
                is_none = is_none or label in _NO_THINGS or self._is_person(text, mark, label)
            if is_none:
                found.add(name)
        surnames = {name.rsplit(" ", 1)[-1] for name in found if _PERSON.fullmatch(name)}
        return frozenset(found | (surnames - set(typed)))

    def _is_team(self, text: str, mark: Mark) -> bool:
        ahead = self._team_ahead.search(text, max(0, mark.start - _AHEAD), mark.start)
        return bool(ahead or self._team_behind.match(text, mark.end))

    def _is_person(self, text: str, mark: Mark, label: str | None) -> bool:
        if label != "PERSON" or not _PERSON.fullmatch(text, mark.start, mark.end):
            return False
        given = text[mark.start : mark.end].split(" ", 1)[0]
        return given in self._given_names or self._role_behind.match(text, mark.end) is not None

    @cached_property
    def _given_names(self) -> frozenset[str]:
        return frozenset(self.table["given_names"])

    @cached_property
    def _role_behind(self) -> re.Pattern[str]:
        role = rf"{any_of(self.roles)} (?:of|at|with|and|for)\b"
        return re.compile(rf", (?:an? |the |its |their )?(?:[\w-]+ ){{0,3}}?{role}|, \d\d,")


def _are_joined(text: str, marks: Sequence[Mark], row: int, other: int) -> bool:
    """Tell whether two neighbouring marks stand in one list."""
    if not 0 <= other < len(marks):
        return False
    first, second = marks[min(row, other)], marks[max(row, other)]
    return second.start - first.end < _AHEAD and _JOINT.fullmatch(text, first.end, second.start) is not None
