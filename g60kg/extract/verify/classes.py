"""Classes and containers: what head nouns say of a class, what lies in what, which way the words say it.

Goes in: a name and its class; the subject and the object of a claim. Comes out: nothing, or a refusal.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
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
        # Head nouns, in lower case, with the classes that they may mean.
        self._classes: dict[str, set[str]] = defaultdict(set)
        tables = lexicon.tables["heads"]
        for name, nouns in [*tables["heads"].items(), *tables["appositions"].items()]:
            for noun in nouns:
                self._classes[noun.lower()].add(name)
        for noun, name in [*tables["described"].items(), *words["described"].items()]:
            self._classes[noun.lower()].update(name.split("|"))

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

        def is_apart(name: str) -> bool:
            alike = any(name in group and kind in group for group in self.words["alike"])
            return not alike and self.lexicon.ontology.are_apart(name, kind)

        said = self._of(words)
        if said and all(map(is_apart, said)):
            raise Refused("class", f"{words!r} is {' or '.join(sorted(said))}, not {kind}")

    def _of(self, words: str) -> Collection[str]:
        """Return the classes of a name's head noun: its last words, before "of", a comma or a bracket."""
        tokens: list[str] = []
        for token in re.split(r"[,(]", words, maxsplit=1)[0].lower().split():
            if token in self.words["after_head"] and tokens:
                break
            tokens.append(token)
        for length in (3, 2, 1):
            if len(tokens) >= length:
                found = self._classes.get(" ".join(tokens[-length:]))
                if found is not None:  # a head noun of companies may end other names: "… Cloud"
                    sure = found != {"Company"} or tokens[-1] in self.words["incorporated"]
                    return found if sure else ()
        return ()


_EXCLUSIVE: Final = frozenset(
    ["g60:City", "g60:CountyLevelCity", "g60:Municipality", "g60:Province", "g60:Country"]
)
"""Of these a place lies in one alone."""
_PROVINCES: Final = frozenset(["g60:Province", "g60:Municipality"])
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
        wanted = _EXCLUSIVE & {*object_.types, *([] if _PROVINCES.isdisjoint(object_.types) else _PROVINCES)}
        if any(not wanted.isdisjoint(self.lexicon.types.get(iri, ())) for iri in above):
            reason = f"{subject.label} lies elsewhere, by the register: not {object_.label}"
            raise Refused("container", reason)

    def _between(self, first: Named, second: Named) -> str:
        """Return the words between two names that stand near each other in this order, else none."""
        if first.run is None or second.run is None or second.run[0] - first.run[1] > _NEAR:
            return ""
        return self.places.flat[first.run[1] : second.run[0]]

    def _check_verb(self, predicate: str, subject: Named, object_: Named) -> None:
        """Refuse a passive predicate of an active verb's own subject: "A founded B"."""
        between, words = self._between(subject, object_), any_of(self.words["reversed"][predicate])
        if re.search(rf"(?<!was)(?<!were)(?<!been) {words} (?!by\b)", between):
            raise Refused("direction", f"{subject.entity.label}{between}{object_.entity.label}")

    def _check_direction(self, subject: Named, object_: Named) -> None:
        """Refuse what the words say the other way round: "A, which belongs to B" makes B no part of A."""
        between = self._between(object_, subject)
        if self._dependence.fullmatch(between) or self._strong.search(between):
            raise Refused("direction", f"{object_.entity.label}{between}{subject.entity.label}")
