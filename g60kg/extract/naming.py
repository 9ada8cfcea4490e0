"""Names that nothing types by themselves, typed by what the article says beside them.

Goes in: the entities and bare names of a view's text, in order. Comes out: the same marks, where "Lanqi
Photonics, a maker of chips" has become a company for the whole article, and "Lanqi" stands for it from then
on. A name of which the article says nothing stays bare: no class is guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from ..model import Entity
from .candidates import candidate
from .kinds import Kinds
from .marks import Mark, Name, called_again
from .words import any_of

_THE: Final = re.compile(r"\b(?:[Tt]he|[Ii]ts) (?:\d[\w.,]*-[a-z-]+ )?$")
"""What stands before a name that goes on in small letters: "the 1.2-billion-yuan Hengying …"."""
_OWNED: Final = re.compile(r"(?:\b(?:[Ii]ts|[Tt]heir|whose|[Hh]is)|'s|s') (?:[a-z-]+ )?$")
_OWNING: Final = re.compile(r" (?:of|in|at|to|from|building|there|here)\b|,? now\b")
_BESIDE: Final = 60
"""How far behind a name its apposition is looked for, in characters."""


@dataclass(frozen=True)
class Naming:
    """The appositions of `heads.yaml`, and the expressions made of them."""

    tables: dict[str, Any]
    kinds: Kinds = field(compare=False)

    @cached_property
    def _classes(self) -> dict[str, str]:
        return {word: name for name, words in self.tables["appositions"].items() for word in words}

    @cached_property
    def _behind(self) -> re.Pattern[str]:
        words = any_of(self._classes)
        said = any_of(self._said)
        which = r"(?:which is |who is )?(?:an?|the|one of|is an?|was an?)"
        beside = rf"{which} (?:[\w'-]+ ){{0,4}}?(?P<head>{words})(?!')"
        return re.compile(rf",? (?:(?P<said>{said})|{beside})")

    @cached_property
    def _said(self) -> dict[str, str]:
        return {words: name for name, group in self.tables["said_of"].items() for words in group}

    @cached_property
    def _person_ahead(self) -> re.Pattern[str]:
        return re.compile(rf"\b{any_of(self.tables['persons']['before'])} $")

    @cached_property
    def _person_behind(self) -> re.Pattern[str]:
        return re.compile(rf",? {any_of(self.tables['persons']['behind'])}")

    @cached_property
    def _surnamed(self) -> re.Pattern[str]:
        return re.compile(
            rf"{any_of(self.tables['persons']['surnames'])}(?: [A-Z][a-z]{{0,4}}(?:'?[a-z]{{1,4}})?){{1,2}}"
        )

    @cached_property
    def _titled(self) -> re.Pattern[str]:
        """A title or a given name, and what follows; or a family name at the end: "Jack Ma"."""
        titles = any_of([*self.tables["persons"]["titles"], *self.tables["persons"]["given"]])
        return re.compile(rf"{titles} [A-Z][\w'-]*(?: [A-Z][\w'-]*)?")

    @cached_property
    def _firm_behind(self) -> re.Pattern[str]:
        """What no person does: "X said that it …", "X's new plant", "X operates"."""
        rows, classes = self.tables["persons"], self.tables["described"]
        day = r"(?: on [A-Z][a-z]+| [A-Z][a-z]+ \d{1,2})?"
        said = rf" {any_of(rows['behind'])}{day} (?:that )?it\b"
        return re.compile(rf"{said}| {any_of(rows['never'])}|'s (?:[\w-]+ ){{0,2}}?{any_of(classes)}")

    def _is_person(self, text: str, mark: Mark, telling: bool = True) -> bool:
        """Tell whether a name is a person's; `telling` is whether a verb of telling behind it says so."""
        if self._surnamed.fullmatch(text, mark.start, mark.end):
            return True
        if self._titled.fullmatch(text, mark.start, mark.end):
            return True
        ahead = self._person_ahead.search(text, max(0, mark.start - 24), mark.start)
        return bool(ahead or (telling and self._person_behind.match(text, mark.end)))

    @cached_property
    def _ahead(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?P<head>{any_of(self._classes)}) $")

    def settle(
        self, text: str, marks: Sequence[Mark], labelled: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[Mark, ...]:
        """Return the marks with bare names typed where the article does so, and short forms resolved.

        `labelled` gives the class of bare names of which the article itself says nothing.
        """
        names = [mark for mark in marks if isinstance(mark.meaning, Name)]
        firms = {mark.meaning for mark in names if self._firm_behind.match(text, mark.end)}
        persons = {
            mark.meaning for mark in names if self._is_person(text, mark, telling=mark.meaning not in firms)
        }
        typed = self.typed(text, marks)
        kept = [mark for mark in marks if mark.meaning not in persons and not self._is_plain(text, mark)]
        whole = [self._prolonged(text, mark) if self._may_go_on(mark) else mark for mark in kept]
        return tuple(self._settled(whole, typed, labelled))

    def typed(self, text: str, marks: Sequence[Mark]) -> dict[str, str]:
        """Return the bare names that an apposition types, with their class."""
        heads = (
            (mark.meaning.text, self._head(text, mark)) for mark in marks if isinstance(mark.meaning, Name)
        )
        return {name: head for name, head in heads if head is not None}

    def _is_plain(self, text: str, mark: Mark) -> bool:
        """Tell whether a word that may name an industry is a plain noun here: "its headquarters"."""
        if text[mark.start : mark.end].lower() not in self.tables["plain_if_owned"]:
            return False
        owned = _OWNED.search(text, max(0, mark.start - 30), mark.start)
        return bool(owned or _OWNING.match(text, mark.end))

    def _head(self, text: str, mark: Mark) -> str | None:
        """Return the class that an apposition beside a name gives it."""
        found = self._ahead.search(text, max(0, mark.start - 24), mark.start)
        found = found or self._behind.match(text, mark.end, mark.end + _BESIDE)
        if found is None:
            return None
        said = found.groupdict().get("said")
        return self._said[said] if said else self._classes[found["head"]]

    def _settled(
        self, marks: Sequence[Mark], typed: dict[str, str], labelled: Mapping[str, str]
    ) -> Iterator[Mark]:
        full: dict[str, Mark | None] = {}
        for mark in marks:
            settled = self._one(mark, typed, labelled, full)
            if isinstance(settled.meaning, Entity) and settled.resolution is None:
                for short in _short_forms(settled.meaning):
                    same = full.get(short)
                    full[short] = settled if same is None or _same(same, settled) else None
            yield settled

    @cached_property
    def _going_on(self) -> re.Pattern[str]:
        """Small words with which a name behind "the" goes on: "the G60 Starlink industrial base"."""
        word = r"(?!(?:an?|the|its?|of|in|at|on|for|to|and|by|with|from|as|has|is)\b)[a-z][a-z-]* "
        return re.compile(rf" (?:{word}){{0,2}}?(?P<head>{any_of(self.tables['described'])})(?!')")

    @staticmethod
    def _may_go_on(mark: Mark) -> bool:
        meaning = mark.meaning
        return isinstance(meaning, Name) or (
            isinstance(meaning, Entity) and meaning.candidate and "g60:Company" in meaning.types
        )

    def _prolonged(self, text: str, mark: Mark) -> Mark:
        """Return a bare name with the small words that belong to it, of the class of the last of them."""
        going = self._going_on.match(text, mark.end, mark.end + _BESIDE)
        if going is None or not _THE.search(text, max(0, mark.start - 30), mark.start):
            return mark
        head, name = self.tables["described"][going["head"]], text[mark.start : going.end()]
        return replace(
            mark, end=going.end(), code=self.kinds.code((head,)), meaning=candidate(name, name, head)
        )

    def _one(
        self,
        mark: Mark,
        typed: Mapping[str, str],
        labelled: Mapping[str, str],
        full: Mapping[str, Mark | None],
    ) -> Mark:
        if not isinstance(mark.meaning, Name):
            return mark
        name = mark.meaning.text
        if name in typed:
            return self._typed(mark, name, typed[name])
        known, label = full.get(name) or full.get(f"-{name}"), labelled.get(name)
        is_place = label is not None and self.kinds.fits((label,), "Region")
        if known and not (is_place and known.code not in self.kinds.codes("Region")):
            return called_again(known, name, mark.start, "short form of a name")
        return self._typed(mark, name, label) if label is not None else mark

    def _typed(self, mark: Mark, name: str, kind: str) -> Mark:
        return replace(mark, code=self.kinds.code((kind,)), meaning=candidate(name, name, kind))


def _short_forms(entity: Entity) -> Iterator[str]:
    """Yield the beginnings of a name that may stand for it: its first words, or those behind a place before
    them.
    """
    words = entity.surface.split(" ")
    for count in range(1, len(words)):
        yield " ".join(words[:count])
    if entity.candidate and "g60:Company" in entity.types:
        for count in range(2, len(words)):
            yield "-" + " ".join(words[1:count])


def _same(one: Mark, other: Mark) -> bool:
    assert isinstance(one.meaning, Entity)
    assert isinstance(other.meaning, Entity)
    return one.meaning.iri == other.meaning.iri
