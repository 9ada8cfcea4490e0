"""What lies in what: the order of places, the register's containers, and the direction that the words give.

Goes in: the subject and the object of a claim. Comes out: nothing, or a refusal.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from g60kg.extract.lexicon import Lexicon
from g60kg.extract.verify.mentions import Named
from g60kg.extract.verify.places import Places
from g60kg.extract.verify.refused import Refused
from g60kg.extract.words import any_of
from g60kg.model import Entity

_EXCLUSIVE: Final = frozenset(["g60:City", "g60:Municipality", "g60:Province", "g60:Country"])
"""Of these a place lies in one alone."""
_NEAR: Final = 40


@dataclass(frozen=True)
class Nesting:
    """Checks what lies in what."""

    places: Places
    lexicon: Lexicon
    words: Mapping[str, Any]

    def check(self, predicate: str, subject: Named, object_: Named) -> None:
        """Refuse a claim that a thing lies in, or depends on, what is no such thing."""
        if subject.entity.iri == object_.entity.iri:
            raise Refused("class", f"{subject.entity.label} and itself")
        if predicate in self.words["nested"]:
            self._check_rank(subject.entity, object_.entity)
            self._check_register(subject.entity, object_.entity)
        if predicate in self.words["depends"]:
            self._check_direction(subject, object_)

    def _rank(self, entity: Entity) -> int | None:
        """Return how small a place is, by the order of `nesting`; None for what has no place in it."""
        for rank, kind in enumerate(self.words["nesting"]):
            if self.lexicon.is_a(entity, kind):
                return rank
        return None

    def _check_rank(self, subject: Entity, object_: Entity) -> None:
        inner, outer = self._rank(subject), self._rank(object_)
        if inner is not None and outer is not None and inner < outer:
            raise Refused("container", f"{subject.label} does not lie in what is smaller: {object_.label}")

    def _check_register(self, subject: Entity, object_: Entity) -> None:
        """Refuse a container other than the register's: Suzhou lies in Jiangsu."""
        above = self.lexicon.above(subject.iri) | self.lexicon.above(subject.iri, "g60:locatedIn")
        if subject.iri in self.lexicon.above(object_.iri):
            raise Refused("container", f"{object_.label} lies in {subject.label}, by the register")
        if not above or object_.iri in above or _EXCLUSIVE.isdisjoint(object_.types):
            return
        if any(self._is_kind(iri, object_.types) for iri in above):
            raise Refused(
                "container", f"{subject.label} lies elsewhere, by the register: not {object_.label}"
            )

    def _is_kind(self, iri: str, types: tuple[str, ...]) -> bool:
        known = self._types.get(iri, frozenset())
        province = {"g60:Province", "g60:Municipality"}
        wanted = set(types) | (province if province & set(types) else set())
        return not known.isdisjoint(wanted & _EXCLUSIVE)

    @cached_property
    def _types(self) -> Mapping[str, frozenset[str]]:
        return {e.iri.value: frozenset(e.types) for e in self.lexicon.register.entries.values()}

    @cached_property
    def _dependence(self) -> re.Pattern[str]:
        words = any_of(self.words["dependence"], end=r"(?!\w)")
        return re.compile(rf",? {words} (?:the )?")

    def _check_direction(self, subject: Named, object_: Named) -> None:
        """Refuse what the words say the other way round: "A, which belongs to B" makes B no part of A."""
        if subject.run is None or object_.run is None or not object_.run[1] <= subject.run[0]:
            return
        between = self.places.flat[object_.run[1] : subject.run[0]]
        if len(between) <= _NEAR and self._dependence.fullmatch(between):
            raise Refused("direction", f"{object_.entity.label}{between}{subject.entity.label}")
