"""Names that the text itself explains: by appositions, short forms and other names.

"Lanqi Photonics, a maker of chips" is a company for the whole article, and "Lanqi" stands for it from then
on; so "X (ABC)" and then "ABC", "X, better known as Y". A name of which the article says nothing stays bare.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from ahocorasick_rs import AhoCorasick

from g60kg.model import Entity
from g60kg.ontology import Ontology
from g60kg.text.candidates import NAME_RUN, candidate
from g60kg.text.marks import Mark, Name, called_again, merge
from g60kg.text.scanning import any_of, find_words, inverted, search_before

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


RULE: Final = "other name of a thing"
_SHORT: Final = r"(?=\w{0,8}[A-Z&]\w{0,8}[A-Z\d])[A-Za-z][\w&-]{1,9}"
_WORDS: Final = r"[A-Z][\w&-]*(?: [A-Z][\w&-]*){0,3}"
_WITHIN: Final = re.compile(rf" \((?P<short>{_SHORT}|{_WORDS})\)$")
_BRACKET: Final = re.compile(rf" \((?:hereinafter )?(?:the )?(?P<short>{_SHORT}|{_WORDS})\)")
_OWN: Final = re.compile(r"[A-Z][a-z]{3,}")
_OR: Final = re.compile(rf", or (?:the )?(?P<short>{_SHORT}|[A-Z][a-z]{{2,7}})(?=[,.;])")


class Aliases:
    """The words that give a thing another name."""

    def __init__(
        self, table: Mapping[str, Any], ontology: Ontology, plain: frozenset[str] = frozenset()
    ) -> None:
        self.ontology = ontology
        self.plain = plain
        words = any_of(table["other_names"])
        self._known_as = re.compile(rf"(?:,| \()? ?(?:which is |is )?{words} (?:as )?(?:the )?[\"']?")

    def resolve(self, text: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        """Return the marks with other names resolved, and those found that were not marked."""
        bare = [_without_bracket(mark) for mark in marks]
        named: dict[str, Mark] = {}
        before = bare[0][0] if bare else None
        for mark, short in bare:
            self._give(text, mark, short, before, named)
            before = mark
        if not named:
            return tuple(mark for mark, _ in bare)
        settled = [_settled(mark, named) for mark, _ in bare]
        words = list(named)
        unmarked = (
            _again(named[words[number]], words[number], start)
            for number, start, _ in find_words(AhoCorasick(words), text)
            if start >= named[words[number]].end + 2
        )
        return merge(settled, unmarked)

    def _give(
        self, text: str, mark: Mark, short: str | None, before: Mark | None, named: dict[str, Mark]
    ) -> None:
        """Add the other names that the text gives the thing of a mark; "X in PLACE, known as Y" is X."""
        if not isinstance(mark.meaning, Entity) or mark.resolution is not None:
            return
        bracket = _BRACKET.match(text, mark.end) or _OR.match(text, mark.end)
        for other in (short, bracket["short"] if bracket else None):
            if other is not None and _is_short_for(other, mark.meaning.label):
                named[other] = mark
        if (first := self._first_word(mark)) is not None:
            named.setdefault(first, mark)
        known = self._known_as.match(text, mark.end)
        run = NAME_RUN.match(text, known.end()) if known else None
        if run is not None:
            of_place = before is not None and text[before.end : mark.start] in (" in ", " of ", " at ", ", ")
            is_place = self.ontology.is_a(mark.meaning, "Region")
            if before is not None and isinstance(before.meaning, Entity) and of_place and is_place:
                mark = mark if self.ontology.is_a(before.meaning, "Region") else before
            name, _, rest = run.group().split(" and ")[0].removesuffix("'s").partition(" (")
            named |= dict.fromkeys((name, rest.removesuffix(")") or name), mark)

    def _first_word(self, mark: Mark) -> str | None:
        """Return the word by which a company may be called that is named in full, if it is no plain word."""
        assert isinstance(mark.meaning, Entity)
        first, _, rest = mark.meaning.label.partition(" ")
        if not rest or not mark.meaning.candidate or not self.ontology.is_a(mark.meaning, "Company"):
            return None
        return first if _OWN.fullmatch(first) and first not in self.plain else None


def _settled(mark: Mark, named: Mapping[str, Mark]) -> Mark:
    """Return a mark, of a name that stands for a thing by another of its names, as that thing's."""
    meaning = mark.meaning
    if isinstance(meaning, Entity) and not meaning.candidate:
        return mark
    words = meaning.text if isinstance(meaning, Name) else getattr(meaning, "surface", "")
    known = named.get(words)
    return _again(known, words, mark.start) if known is not None and known.start < mark.start else mark


def _again(known: Mark, words: str, start: int) -> Mark:
    assert isinstance(known.meaning, Entity)
    is_short = known.meaning.label.startswith(f"{words} ")
    return called_again(known, words, start, "short form of a name" if is_short else RULE)


def _is_short_for(short: str, name: str) -> bool:
    """Tell whether each word of a short form is one of a name, or has letters that begin such words.

    >>> _is_short_for("BNDES", "National Bank for Economic and Social Development")
    True
    >>> _is_short_for("TU Delft", "Delft University of Technology"), _is_short_for("OVC", "China")
    (True, False)
    """
    words = re.findall(r"[\w-]+", name)
    initials = {word[0].upper() for word in words}
    return short != name and all(word in words or _are_initials(word, initials) for word in short.split())


def _are_initials(word: str, initials: set[str]) -> bool:
    letters = [letter for letter in word if letter.isupper()]
    return len(letters) > 1 and 2 * sum(letter in initials for letter in letters) >= len(letters)


def _without_bracket(mark: Mark) -> tuple[Mark, str | None]:
    """Return a candidate named without the short form in brackets behind it, and that."""
    meaning = mark.meaning
    if not isinstance(meaning, Entity) or not meaning.candidate or mark.resolution is not None:
        return mark, None
    found = _WITHIN.search(meaning.surface)
    if found is None or not _is_short_for(found["short"], meaning.surface[: found.start()]):
        return mark, None
    name = meaning.surface[: found.start()]
    entity = candidate(name, meaning.surface, meaning.types[0].removeprefix("g60:"))
    return replace(mark, meaning=entity), found["short"]
