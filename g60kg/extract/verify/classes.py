"""Classes and containers: what head nouns say of a class, what lies in what, which way the words say it.

Goes in: a name and its class; the subject and the object of a claim. Comes out: nothing, or a refusal.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from g60kg.extract.verify.places import Named, Places, Refused
from g60kg.model import Entity
from g60kg.text.chinese import is_chinese
from g60kg.text.lexicon import Lexicon
from g60kg.text.scanning import any_of


class HeadNouns:
    """What the head noun of a name or a description says of its class."""

    def __init__(self, lexicon: Lexicon, words: Mapping[str, Any]) -> None:
        self.lexicon = lexicon
        self.words = words
        found: dict[str, set[str]] = {}
        tables = lexicon.tables["heads"]
        for name, nouns in [*tables["heads"].items(), *tables["appositions"].items()]:
            for noun in nouns:
                found.setdefault(noun.lower(), set()).add(name)
        for noun, name in [*tables["described"].items(), *words["described"].items()]:
            found.setdefault(noun.lower(), set()).update(name.split("|"))
        # Head nouns, in lower case, with the classes that they may mean.
        self._classes: Mapping[str, frozenset[str]] = {
            noun: frozenset(names) for noun, names in found.items()
        }
        self._alike: tuple[frozenset[str], ...] = tuple(frozenset(group) for group in words["alike"])

    def describes(self, surface: str) -> bool:
        """Tell whether words stand for a name and are none: a pronoun, or a phrase in small letters."""
        words = surface.split(" ")
        if surface.lower() in self.words["pronouns"] or words[0].lower() in self.words["determiners"]:
            return True
        if is_chinese(surface[:1]):
            return surface[0] in self.words["determiners"]
        return surface == surface.lower() and surface[0].isdigit()

    def check(self, words: str, kind: str) -> None:
        """Refuse a class that the head noun of the words cannot be."""
        said = self._of(words)
        if said and all(self._are_apart(name, kind) for name in said):
            raise Refused("class", f"{words!r} is {' or '.join(sorted(said))}, not {kind}")

    def _are_apart(self, one: str, other: str) -> bool:
        if any({one, other} <= group for group in self._alike):
            return False
        return self.lexicon.ontology.are_apart(one, other)

    def _of(self, words: str) -> frozenset[str]:
        """Return the classes of a name's head noun: its last words, before "of", a comma or a bracket."""
        tokens: list[str] = []
        for token in re.split(r"[,(]", words, maxsplit=1)[0].lower().split():
            if token in self.words["after_head"] and tokens:
                break
            tokens.append(token)
        for length in (3, 2, 1):
            if len(tokens) >= length:
                found = self._classes.get(" ".join(tokens[-length:]))
                if found is not None:
                    return self._sure(found, tokens[-1])
        return frozenset()

    def _sure(self, found: frozenset[str], last: str) -> frozenset[str]:
        """Leave out what a head noun of companies says where it may end other names: "… Cloud"."""
        if found == {"Company"} and last not in self.words["incorporated"]:
            return frozenset()
        return found


_EXCLUSIVE: Final = frozenset(
    ["g60:City", "g60:CountyLevelCity", "g60:Municipality", "g60:Province", "g60:Country"]
)
"""Of these a place lies in one alone."""
_NEAR: Final = 60


class Nesting:
    """Checks what lies in what."""

    def __init__(self, places: Places, lexicon: Lexicon, words: Mapping[str, Any]) -> None:
        self.places = places
        self.lexicon = lexicon
        self.words = words
        self._dependence = re.compile(rf",? {any_of(words['dependence'])} (?:the )?")
        # Words that speak of the subject of the clause, too: "A runs parks and belongs to B".
        self._strong = re.compile(rf" (?:and )?{any_of(words['strong_dependence'])} (?:the )?$")

    def check(self, predicate: str, subject: Named, object_: Named) -> None:
        """Refuse a claim that a thing lies in, or depends on, what is no such thing."""
        if subject.entity.iri == object_.entity.iri:
            raise Refused("class", f"{subject.entity.label} and itself")
        if predicate in self.words["nested"]:
            self._check_rank(subject.entity, object_.entity)
            self._check_register(subject.entity, object_.entity)
        if predicate in self.words["depends"]:
            self._check_direction(subject, object_)
        if predicate in self.words["reversed"]:
            self._check_verb(predicate, subject, object_)

    def _rank(self, entity: Entity) -> int | None:
        """Return how small a place is, by the order of `nesting`; None for what has no place in it."""
        for rank, kind in enumerate(self.words["nesting"]):
            if self.lexicon.is_a(entity, kind):
                return rank
        return None

    def _check_rank(self, subject: Entity, object_: Entity) -> None:
        inner, outer = self._rank(subject), self._rank(object_)
        if outer is None and self.lexicon.is_a(subject, "Country|MacroRegion"):
            raise Refused("container", f"{subject.label} lies in no {object_.types[0][4:]}")
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
        known = self.lexicon.types.get(iri, frozenset())
        province = {"g60:Province", "g60:Municipality"}
        wanted = set(types) | (province if province & set(types) else set())
        return not known.isdisjoint(wanted & _EXCLUSIVE)

    def _check_verb(self, predicate: str, subject: Named, object_: Named) -> None:
        """Refuse a passive predicate of an active verb's own subject: "A founded B"."""
        if subject.run is None or object_.run is None or not subject.run[1] <= object_.run[0]:
            return
        between = self.places.flat[subject.run[1] : object_.run[0]]
        words = any_of(self.words["reversed"][predicate])
        if len(between) <= _NEAR and re.search(rf"(?<!was)(?<!were)(?<!been) {words} (?!by\b)", between):
            raise Refused("direction", f"{subject.entity.label}{between}{object_.entity.label}")

    def _check_direction(self, subject: Named, object_: Named) -> None:
        """Refuse what the words say the other way round: "A, which belongs to B" makes B no part of A."""
        if subject.run is None or object_.run is None or not object_.run[1] <= subject.run[0]:
            return
        between = self.places.flat[object_.run[1] : subject.run[0]]
        if len(between) <= _NEAR and (self._dependence.fullmatch(between) or self._strong.search(between)):
            raise Refused("direction", f"{object_.entity.label}{between}{subject.entity.label}")
