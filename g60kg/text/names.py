"""Known names: the longest names of the register that stand in a text.

One Aho-Corasick automaton finds all names in one pass, so that the time does not grow with the register. A
name that several things bear is marked with all of them: `homonyms` settles which it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ahocorasick_rs import AhoCorasick

from g60kg.model import Entity, Repair
from g60kg.ontology import Ontology
from g60kg.register import Entry
from g60kg.register import Name as NameRow
from g60kg.text.candidates import candidate
from g60kg.text.marks import Mark
from g60kg.text.scanning import find_words, fold

TRANSLATED: Final = "machine translation"
"""What is known of an article without a note whose names are garbled."""
_BY_JAPANESE: Final = f'{TRANSLATED} by way of Japanese: "domestic" as "in Japan"'
"""What is known of one in which also names of Japanese places stand for others."""
_SURE: Final = 2
"""So many garbled names beside them leave no doubt."""
_COMMON: Final = frozenset({"g60:IndustryCategory", "g60:Technology", "g60:IndustryScheme"})
"""Classes whose names are common nouns, written without capitals."""

_Meaning = tuple[Entity, Repair | None, tuple[Entity, ...]]
"""What a mark means, the repair of the name, and all that the name may stand for where it is several."""


class Names:
    """The register's names, ready to be found."""

    def __init__(self, rows: Iterable[NameRow], ontology: Ontology) -> None:
        self._ontology = ontology
        self._by_name: dict[str, list[NameRow]] = {}
        for row in rows:
            self._by_name.setdefault(row.name.lower(), []).append(row)
        self._names = list(self._by_name)
        self._automaton = AhoCorasick(self._names)

    def marks(self, text: str, note: str | None) -> Iterator[Mark]:
        """Yield the known names of a view's text; `note` is what is known of the article."""
        done = 0
        for index, start, end in find_words(self._automaton, fold(text)):
            mark = self._mark(self._names[index], text[start:end], start, note) if start >= done else None
            if mark is not None:
                done = end
                yield from self._possessed(mark, note)

    def known(self, text: str, note: str | None) -> list[Mark]:
        """Return the known names of a view's text; of an article without a note, its own garbled names tell
        whether repairs hold that are for machine translations.
        """
        found = list(self.marks(text, note))
        if note is not None or not self.is_garbled(found):
            return found
        translated = list(self.marks(text, TRANSLATED))
        sure = {mark.repair.surface for mark in found if mark.repair is not None}
        places = [mark for mark in translated if mark.repair is not None and mark.repair.surface not in sure]
        return list(self.marks(text, _BY_JAPANESE)) if places and len(sure) >= _SURE else translated

    def is_garbled(self, known: Iterable[Mark]) -> bool:
        """Tell whether names of parks, facilities or companies are garbled as only a machine does it."""
        kinds = "Park|Facility|Organization"
        return any(mark.repair is not None and self._ontology.is_a(mark.meaning, kinds) for mark in known)

    def _possessed(self, mark: Mark, note: str | None) -> Iterator[Mark]:
        """Part "Tencent's … center", known as a whole, into its possessor and what it possesses."""
        assert isinstance(mark.meaning, Entity)
        owner, sign, thing = mark.meaning.surface.partition("'s ")
        owners = self._by_name.get(owner.lower()) if sign else None
        possessor = self._mark(owner.lower(), owner, mark.start, note) if owners else None
        if possessor is None:
            yield mark
            return
        start = possessor.end + len(sign)
        yield possessor
        yield replace(mark, start=start, meaning=replace(mark.meaning, surface=thing))

    def _mark(self, name: str, surface: str, start: int, note: str | None) -> Mark | None:
        meaning = self._meaning(name, surface, note)
        if meaning is None:
            return None
        entity, repair, senses = meaning
        return Mark(start, start + len(surface), entity, repair, senses=senses)

    def _meaning(self, name: str, surface: str, note: str | None) -> _Meaning | None:
        """Return what a name means where it is written so; None where it means nothing, or a name garbled
        for one thing is right for another.
        """
        fitting = [row for row in self._by_name[name] if _fits(row, surface, note)]
        entries = list({row.entry.id: row.entry for row in fitting}.values())
        if len(entries) > 1:
            right = all(row.garbled is None for row in fitting)
            senses = tuple(Entity(each.iri.value, each.en, surface, each.types) for each in entries)
            return self._shared(surface, entries, senses) if right else None
        if not entries:
            return None
        [entry], garbled = entries, fitting[0].garbled
        entity = Entity(entry.iri.value, entry.en, surface, entry.types)
        repair = Repair(surface, entity.iri, entity.label, garbled.reason) if garbled else None
        return entity, repair, ()

    def _shared(self, surface: str, entries: Sequence[Entry], senses: tuple[Entity, ...]) -> _Meaning | None:
        """Return what a name that several things bear means by itself: the plain one of them, else a
        candidate of their class.
        """
        plain = [sense for sense, entry in zip(senses, entries, strict=True) if entry.plain]
        if len(plain) == 1:
            return plain[0], None, senses
        kinds = {sense.types for sense in senses}
        if len(kinds) > 1 and not all(self._ontology.is_a(sense, "Region") for sense in senses):
            return None
        kind = senses[0].types[0].removeprefix("g60:") if len(kinds) == 1 else "Region"
        return candidate(surface, surface, kind), None, senses


def _fits(row: NameRow, surface: str, note: str | None) -> bool:
    """Tell whether a name applies here: a proper name keeps its capital, a repair its place."""
    name, entry, _, garbled = row
    if garbled is not None and not garbled.applies_to(note):
        return False
    if not _COMMON.isdisjoint(entry.types) or name == name.lower() or name[0].lower() == name[0].upper():
        return True
    return surface[0].isupper() or (" " in name and any(letter.isupper() for letter in surface))
