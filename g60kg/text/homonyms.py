"""Names that several things bear: which of them a text means, by the place it names beside it or is about.

"Suzhou, Anhui Province" is the Suzhou that the register has in Anhui, and where it has none a candidate of
its own; so is a name of one thing that the text puts where that thing is not. Where no place stands beside a
name, the places that the text names most decide; where they do not, the name is an open choice, a candidate
of its article alone. Nothing is guessed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from g60kg.model import Entity
from g60kg.ontology import Ontology
from g60kg.terms import ID, slug
from g60kg.text.candidates import candidate
from g60kg.text.marks import Mark

_PLACES: Final = "Region|Park"
_FIRST_LEVEL: Final = "Province|Municipality"
_BEHIND: Final = re.compile(
    r",? (?:an? (?:[a-z-]+ ){0,2}?(?:city|county|district|town) )?"
    r"(?:[Cc]ity )?(?:(?:in|of|part of) )?(?:the )?"
    r"(?:(?:north|south|east|west|central)[a-z]* )?| ?\("
)
"""What joins a place to the one in which it lies: ", ", " in ", " City of eastern ", ", a city in ", " ("."""
_OWNED: Final = "'s "
_BEFORE: Final = re.compile(r"(?: province)?'s (?:[a-z]+ )?(?:city of )?| (?:[a-z]+ )?city of ")
"""What joins a place to the one in it: "Anhui's Suzhou", "the Anhui city of Suzhou"."""
_GOES_ON: Final = re.compile(r"(?:,? and |,? or |, )(?:the )?|(?P<owns>'s |-)")
"""What joins a place to the next of a list."""
_LONGER: Final = re.compile(r" (?!Province|City|County|District|Municipality)[A-Z]")
"""A place that is the beginning of another name: "Hangzhou Bay"."""
_SMALL: Final = "District|County|Town"
_CLEAR, _SURE, _TWICE = 0.5, 0.8, 2
"""So much of what a text names lies around the thing that a name stands for: half of it, and twice as much as
around any other; against the thing that is plainly meant, nearly all of it."""


@dataclass(frozen=True)
class Settled:
    """The marks of a text, each with one meaning; the IRIs of the things that only nearness tells, and the
    names that stand for more than one thing, or not for the one that bears them.
    """

    marks: tuple[Mark, ...]
    nearest: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Homonyms:
    """What the register says lies in what: `above` gives all that a thing of an IRI lies in."""

    ontology: Ontology
    above: Callable[[str], frozenset[str]]
    types: Callable[[str], Iterable[str]]

    def settle(self, text: str, marks: Sequence[Mark], article_id: str) -> Settled:
        """Return the marks of a text with one meaning each; `article_id` names its open choices."""
        found = list(marks)
        stated: dict[int, Entity] = {}
        for row in reversed(range(len(found))):  # the place behind a name is settled before the name
            said = self._by_place(text, found, row) if self._may_differ(found[row]) else None
            if said is not None:
                found[row] = replace(found[row], meaning=said, senses=())
                stated[row] = said
        around = [mark.iri for mark in found if self._is_around(mark)]
        nearest: set[str] = set()
        for row, mark in enumerate(found):
            if row not in stated and isinstance(mark.meaning, Entity):
                entity, is_near = self._by_text(mark, stated.values(), around, article_id)
                nearest |= {entity.iri} if is_near else set()
                found[row] = replace(mark, meaning=entity, senses=())
        several = (row for row, mark in enumerate(marks) if mark.senses or mark.meaning != found[row].meaning)
        shared = frozenset(text[marks[row].start : marks[row].end] for row in several)
        return Settled(tuple(found), frozenset(nearest), shared)

    def _may_differ(self, mark: Mark) -> bool:
        """Tell whether a name may stand for another thing than the one that bears it alone."""
        return bool(mark.senses) or (mark.repair is None and self.ontology.is_a(mark.meaning, _PLACES))

    def _by_place(self, text: str, marks: Sequence[Mark], row: int) -> Entity | None:
        """Return the thing of a name that lies in the place beside it, else a candidate; None where no place
        is named.
        """
        mark = marks[row]
        behind = self._place_behind(text, marks, row)
        fitting = self._within(mark, behind) if behind is not None else []
        if len(fitting) == 1:
            return fitting[0]
        if behind is not None and not fitting and self._is_elsewhere(mark, behind):
            assert isinstance(mark.meaning, Entity)
            kind = mark.meaning.types[0].removeprefix("g60:")
            return candidate(f"{mark.meaning.surface}, {behind.label}", mark.meaning.surface, kind)
        before = self._place_before(text, marks, row) if mark.senses else None
        fitting = self._within(mark, before) if before is not None else []
        return fitting[0] if len(fitting) == 1 else None

    def _within(self, mark: Mark, place: Entity) -> list[Entity]:
        return [sense for sense in _senses(mark) if place.iri in self.above(sense.iri)]

    def _is_elsewhere(self, mark: Mark, place: Entity) -> bool:
        """Tell whether the register has all that a name may stand for in other places than a larger one."""
        if self.ontology.is_a(place, "Province"):
            is_larger = not self.ontology.is_a(mark.meaning, f"{_FIRST_LEVEL}|Country|MacroRegion")
        else:
            small = all(self.ontology.is_a(sense, _SMALL) for sense in _senses(mark))
            is_larger = small and self.ontology.is_a(place, "City|Municipality")
        return is_larger and all(self._divisions(sense.iri) for sense in _senses(mark))

    def _place_behind(self, text: str, marks: Sequence[Mark], row: int) -> Entity | None:
        """Return the place that the text names behind a name as that in which it lies."""
        mark, at = marks[row], row + 1
        if at >= len(marks):
            return None
        joint = text[mark.end : marks[at].start]
        if at + 1 < len(marks) and self.ontology.is_a(marks[at].meaning, "Country"):
            between = text[marks[at].end : marks[at + 1].start]
            if between.startswith(_OWNED):  # "Suzhou, east China's Anhui Province"
                joint, at = joint + between.removeprefix(_OWNED), at + 1
        place = marks[at]
        if not isinstance(place.meaning, Entity) or place.senses or not _BEHIND.fullmatch(joint):
            return None
        is_place = self.ontology.is_a(place.meaning, "Region") and not _LONGER.match(text, place.end)
        listed = joint == ", " and (self._goes_on(text, marks, at) or not self._may_be_beside(mark, place))
        return place.meaning if is_place and not listed else None

    def _may_be_beside(self, mark: Mark, place: Mark) -> bool:
        """Tell whether a comma may part a name from the place in which it lies: from a province, or from a
        city that may hold one of several things of the name.
        """
        assert isinstance(place.meaning, Entity)
        is_first = self.ontology.is_a(place.meaning, "Province")
        return is_first or bool(mark.senses and self._within(mark, place.meaning))

    def _goes_on(self, text: str, marks: Sequence[Mark], row: int) -> bool:
        """Tell whether a list of places goes on behind one."""
        joint = _GOES_ON.match(text, marks[row].end)
        if joint is None or joint["owns"]:
            return joint is not None
        following = marks[row + 1] if row + 1 < len(marks) else None
        is_next = following is not None and following.start == joint.end()
        if is_next and following is not None:
            return self.ontology.is_a(following.meaning, "Region")
        return joint.group() != ", " and text[joint.end() : joint.end() + 1].isupper()

    def _place_before(self, text: str, marks: Sequence[Mark], row: int) -> Entity | None:
        """Return the place that owns a name: "Anhui's Suzhou"."""
        if not row:
            return None
        place = marks[row - 1]
        owns = _BEFORE.fullmatch(text[place.end : marks[row].start])
        return place.meaning if owns and isinstance(place.meaning, Entity) and not place.senses else None

    def _by_text(
        self, mark: Mark, stated: Iterable[Entity], around: Sequence[str], article_id: str
    ) -> tuple[Entity, bool]:
        """Return what a name stands for by the rest of its text, and whether only nearness says so."""
        assert isinstance(mark.meaning, Entity)
        surface, known = mark.meaning.surface, {sense.iri for sense in _senses(mark)}
        said = {each.iri: each for each in stated if each.surface == surface or each.iri in known}
        if len(said) == 1:
            return replace(*said.values(), surface=surface), False
        if said:
            return self._open(mark, article_id), False
        if not mark.senses:
            return mark.meaning, False
        shares = {sense: self._share(sense, around) for sense in mark.senses}
        ranked = sorted(mark.senses, key=lambda sense: (-shares[sense], sense.iri))
        best, second = ranked[:2]
        is_clear = shares[best] >= _CLEAR and shares[best] >= _TWICE * shares[second]
        if not mark.meaning.candidate:
            other = is_clear and shares[best] >= _SURE and not shares[mark.meaning]
            return (best, True) if other else (mark.meaning, False)
        if is_clear:
            return best, True
        if not shares[best] and (largest := self._largest(mark.senses)) is not None:
            return largest, True
        return self._open(mark, article_id), False

    def _open(self, mark: Mark, article_id: str) -> Entity:
        """Return the candidate of an open choice, which is one of its article alone."""
        assert isinstance(mark.meaning, Entity)
        labels = {sense.label for sense in _senses(mark)}
        label = labels.pop() if len(labels) == 1 else mark.meaning.surface
        known = candidate(label, mark.meaning.surface, mark.meaning.types[0].removeprefix("g60:"))
        return replace(known, iri=ID[slug(f"{label}-{article_id}")].value)

    def _share(self, sense: Entity, around: Sequence[str]) -> float:
        """Return how much of what a text names lies around a thing, in the divisions that hold it."""
        places = self._divisions(sense.iri) | {sense.iri}
        near = (len(places & (self._divisions(iri) | {iri})) for iri in around)
        return sum(near) / len(around) if around else 0.0

    def _largest(self, senses: Sequence[Entity]) -> Entity | None:
        """Return the one thing that lies in a province where all others lie in cities."""
        depths = sorted((len(self._divisions(sense.iri)), sense.iri) for sense in senses)
        if depths[0][0] == depths[1][0]:
            return None
        return next(sense for sense in senses if sense.iri == depths[0][1])

    def _divisions(self, iri: str) -> frozenset[str]:
        """Return the divisions of a country in which a thing lies."""
        return frozenset(each for each in self.above(iri) if self._is_division(each))

    def _is_division(self, iri: str) -> bool:
        kinds = [kind.removeprefix("g60:") for kind in self.types(iri)]
        return self.ontology.fits(kinds, "Region") and not self.ontology.fits(kinds, "Country|MacroRegion")

    def _is_around(self, mark: Mark) -> bool:
        """Tell whether a mark names, without doubt, a place within a country."""
        return (
            not mark.senses
            and isinstance(mark.meaning, Entity)
            and not mark.meaning.candidate
            and self.ontology.is_a(mark.meaning, _PLACES)
            and bool(self._divisions(mark.meaning.iri) or self._is_division(mark.meaning.iri))
        )


def _senses(mark: Mark) -> tuple[Entity, ...]:
    """Return all that a name may stand for."""
    return mark.senses or ((mark.meaning,) if isinstance(mark.meaning, Entity) else ())
