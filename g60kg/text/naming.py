"""Names that the text itself explains: by appositions, short forms and other names.

"Lanqi Photonics, a maker of chips" is a company for the whole article, and "Lanqi" stands for it from then
on; so "X (ABC)" and then "ABC", "X, better known as Y". A name of which the article says nothing stays bare.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from g60kg.model import Entity
from g60kg.ontology import Ontology
from g60kg.text.candidates import candidate
from g60kg.text.marks import Mark, Name, called_again
from g60kg.text.scanning import any_of, inverted, search_before

_THE: Final = re.compile(r"\b(?:[Tt]he|[Ii]ts) (?:\d[\w.,]*-[a-z-]+ )?$")
"""What stands before a name that goes on in small letters: "the 1.2-billion-yuan Hengying …"."""
_OWNED: Final = re.compile(r"(?:\b(?:[Ii]ts|[Tt]heir|whose|[Hh]is)|'s|s') (?:[A-Za-z-]+ )?$")
_OWNING: Final = re.compile(r" (?:of|in|at|to|from|building|there|here)\b|,? now\b")
_BESIDE: Final = 60
"""How far behind a name its apposition is looked for, in characters."""


class Naming:
    """The appositions of `heads.yaml`, and the expressions made of them."""

    def __init__(self, tables: dict[str, Any], ontology: Ontology) -> None:
        self.tables = tables
        self.ontology = ontology
        self._classes, self._said = inverted(tables["appositions"]), inverted(tables["said_of"])
        which = r"(?:which is |who is )?(?:an?|the|one of|is an?|was an?)"
        beside = rf"{which} (?:[\w'-]+ ){{0,4}}?(?P<head>{any_of(self._classes)})(?!['-]| city| town)"
        self._behind = re.compile(rf"(?: itself)?,? (?:(?P<said>{any_of(self._said)})|{beside})")
        is_one = rf"(?:(?:the|its|an?) )?(?:[\w'-]+ ){{0,3}}?{any_of(tables['persons']['beside'])}"
        behind = any_of(tables["persons"]["behind"])
        self._person_behind = re.compile(rf",? {behind}|, {is_one}(?=,| of\b| at\b)")
        self._surnamed = re.compile(
            rf"{any_of(tables['persons']['surnames'])}(?: [A-Z][a-z]{{0,4}}(?:'?[a-z]{{1,4}})?){{1,2}}"
        )
        titles = any_of([*tables["persons"]["titles"], *tables["persons"]["given"]])
        # A title or a given name, and what follows; or a family name at the end: "Jack Ma".
        self._titled = re.compile(rf"{titles} [A-Z][\w'-]*(?: [A-Z][\w'-]*)?")
        day = r"(?: on [A-Z][a-z]+| [A-Z][a-z]+ \d{1,2})?"
        said = rf" {any_of(tables['persons']['behind'])}{day} (?:that )?its?\b"
        acting = rf"'s (?:[\w-]+ ){{0,2}}?{any_of(tables['described'])}"
        # What no person does: "X said that it …", "X's new plant", "X operates".
        self._firm_behind = re.compile(rf"{said}| {any_of(tables['persons']['never'])}|{acting}")
        self._ahead = re.compile(rf"\b(?P<head>{any_of(self._classes)}) $", re.I)
        word = r"(?!(?:an?|the|its?|of|in|at|on|for|to|and|by|with|from|as|has|is)\b)[a-z][a-z-]* "
        # Small words with which a name behind "the" goes on: "the G60 Starlink industrial base".
        self._going_on = re.compile(rf" (?:{word}){{0,2}}?(?P<head>{any_of(tables['described'])})(?!')")

        # "Liyang Economic Development Zone", and the place from which it has its name.
        self._zone = re.compile(
            rf"(?P<place>[A-Z][\w'-]+) (?:(?:[A-Z][\w-]+|and) )*?{any_of(tables['named_after_places'])}$"
        )

    def _is_person(self, text: str, mark: Mark, is_firm: bool) -> bool:
        """Tell whether a name is a person's; behind that of a firm a verb of telling says nothing."""
        named = (self._surnamed.fullmatch, self._titled.fullmatch)
        is_named = any(matches(text, mark.start, mark.end) for matches in named)
        return is_named or bool(not is_firm and self._person_behind.match(text, mark.end))

    def settle(
        self, text: str, marks: Sequence[Mark], labelled: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[Mark, ...]:
        """Return the marks with bare names typed where the article does so, and short forms resolved.

        `labelled` gives the class of bare names of which the article itself says nothing.
        """
        names = [mark for mark in marks if isinstance(mark.meaning, Name)]
        firms = {mark.meaning for mark in names if self._firm_behind.match(text, mark.end)}
        persons = {mark.meaning for mark in names if self._is_person(text, mark, mark.meaning in firms)}
        typed = self.typed(text, marks)
        labelled = {**labelled, **dict(self._places(text, marks))}
        persons = {each for each in persons if not (isinstance(each, Name) and each.text in typed)}
        kept = [mark for mark in marks if mark.meaning not in persons and not self._is_plain(text, mark)]
        whole = [self._prolonged(text, mark) if isinstance(mark.meaning, Name) else mark for mark in kept]
        return tuple(self._settled(whole, typed, labelled))

    def _places(self, text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
        """Yield the bare names that are those of places, as zones are named after them; not that of a zone
        which is said to be in a city, and was not spoken of before: "Xinzhan High-tech Zone in Hefei".
        """
        bare: set[str] = set()
        for at, mark in enumerate(marks):
            if isinstance(mark.meaning, Name):
                bare.add(mark.meaning.text)
            zone = self._zone.match(mark.meaning.surface) if isinstance(mark.meaning, Entity) else None
            if zone is None:
                continue
            behind = (
                each for each in marks[at + 1 : at + 2] if text[mark.end : each.start] in (" in ", " of ")
            )
            placed = any(self.ontology.is_a(each.meaning, "City|Municipality") for each in behind)
            own = placed and zone["place"] not in bare and self.ontology.is_a(mark.meaning, "Park")
            yield zone["place"], "Park" if own else "Region"

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
        owned = search_before(_OWNED, text, mark.start, 30)
        return bool(owned or _OWNING.match(text, mark.end))

    def _head(self, text: str, mark: Mark) -> str | None:
        """Return the class that an apposition beside a name gives it."""
        found = search_before(self._ahead, text, mark.start, 24)
        found = found or self._behind.match(text, mark.end, mark.end + _BESIDE)
        if found is None:
            return None
        said = found.groupdict().get("said")
        if said:
            return self._said[said]
        return self._classes.get(found["head"]) or self._classes.get(found["head"].lower())  # "Carmaker X"

    def _settled(
        self, marks: Sequence[Mark], typed: dict[str, str], labelled: Mapping[str, str]
    ) -> Iterator[Mark]:
        full: dict[str, Mark | None] = {}
        for mark in marks:
            settled = self._one(mark, typed, labelled, full)
            if isinstance(settled.meaning, Entity) and settled.resolution is None:
                for short in _short_forms(settled.meaning):
                    same = full.get(short, settled)
                    is_same = same is None or same.iri == settled.iri
                    full[short] = settled if is_same else None
            elif isinstance(settled.meaning, Name) and " " in settled.meaning.text:
                full.setdefault(settled.meaning.text.partition(" ")[0], settled)
            yield settled

    def _prolonged(self, text: str, mark: Mark) -> Mark:
        """Return a bare name with the small words that belong to it, of the class of the last of them."""
        going = self._going_on.match(text, mark.end, mark.end + _BESIDE)
        if going is None or not search_before(_THE, text, mark.start, 30):
            return mark
        head, name = self.tables["described"][going["head"]], text[mark.start : going.end()]
        return replace(mark, end=going.end(), meaning=candidate(name, name, head))

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
            return replace(mark, meaning=candidate(name, name, typed[name]))
        known, label = full.get(name) or full.get(f"-{name}"), labelled.get(name)
        if known and isinstance(known.meaning, Name):
            return replace(mark, meaning=known.meaning if label is None else candidate(name, name, label))
        is_place = label is not None and self.ontology.fits((label,), "Region")
        if known and not (is_place and not self.ontology.is_a(known.meaning, "Region")):
            return called_again(known, name, mark.start, "short form of a name")
        return replace(mark, meaning=candidate(name, name, label)) if label is not None else mark


def _short_forms(entity: Entity) -> Iterator[str]:
    """Yield the beginnings of a name that may stand for it: its first words, or those behind a place before
    them.
    """
    words = entity.surface.split(" ")
    yield from (" ".join(words[:count]) for count in range(1, len(words)))
    if entity.candidate and "g60:Company" in entity.types:
        yield from ("-" + " ".join(words[1:count]) for count in range(2, len(words)))
