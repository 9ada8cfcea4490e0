"""What unknown names are where no head noun tells: by their context and an entity recogniser's labels.

Each bare name is told for the whole text, or is the name of no thing of the graph: peoples, rivers and seas,
persons, titles. The words are data: `data/grammar/naming.yaml`.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from g60kg.ontology import Ontology
from g60kg.text.marks import Mark, Name
from g60kg.text.recognised import Recognised
from g60kg.text.scanning import any_of, inverted, search_before
from g60kg.text.view import BULLETS

_WORDS: Final = r"(?:(?!the )[\w'-]+ ){0,4}?"
_GOES_ON: Final = r"(?=[,.;)]| (?:in|of|on|near|with|where|that|which)\b|$)"
_AHEAD: Final = 28
_BEHIND: Final = 90
_JOINT: Final = re.compile(r",? (?:and |or |as well as )?")
_ACRONYM: Final = re.compile(r"[A-Z&\d]{2,6}")
_ENDING: Final = re.compile(r"[,.)]|'s|$")
_LISTED: Final = re.compile(r"[,.;:)]|'s| (?:and|or|as|in|to)\b|$")
_PLACED: Final = re.compile(r"\b(?:in|and|at|of|near) $")


class Labels:
    """The tables that tell what a bare name is."""

    def __init__(
        self, table: Mapping[str, Any], cities: Mapping[str, Sequence[str]], ontology: Ontology
    ) -> None:
        self.table = table
        self._cities = inverted(cities)
        self.ontology = ontology
        self._called_classes = inverted(table["called"])
        nouns = any_of(self._called_classes)
        self._called = re.compile(rf"(?:, | is |, which is )(?:now )?an? {_WORDS}(?P<noun>{nouns}){_GOES_ON}")
        # A small noun right behind a name: "Shunde district".
        self._directly = re.compile(rf" (?P<noun>{any_of(table['called_directly'])})(?! of [a-z])")
        self._surely = re.compile(rf"\b{any_of(table['in_places'])} (?:the )?$", re.I)
        self._perhaps = re.compile(rf"\b{any_of(table['before_places'])} (?:nearby |neighboring )?$", re.I)
        self._alone = re.compile(
            rf"\b{any_of(table['alone_before_places'])} (?:nearby |neighboring )?$", re.I
        )
        self.known_places = inverted(table["known_places"])
        self._within = re.compile(rf"\b(?!{any_of(table['held_in'])})[\w'%]+ in $")
        # What stands behind a place that is the subject.
        self._geographic = re.compile(rf"'s |,? {any_of(table['places_do'])}")

    def classes(self, marks: Sequence[Mark], recognised: Recognised) -> dict[str, str]:
        """Return the bare names that the text or their label types, with their class."""
        found: dict[str, str] = {}
        said: dict[str, str] = {}
        names = {mark.meaning.text for mark in marks if isinstance(mark.meaning, Name)}
        surnames = {name.rsplit(" ", 1)[1] for name in names if " " in name}  # "Jan Lyon"
        firms = (mark for mark in marks if self.ontology.is_a(mark.meaning, "Company"))
        inner = {word for each in firms for word in recognised.text[each.start : each.end].split(" ")[1:2]}
        for mark in marks:
            if isinstance(mark.meaning, Name):
                name = mark.meaning.text
                called = self._apposed(recognised.text, mark.end)
                city = None if name in surnames else self._cities.get(name)
                kind = city or self.known_places.get(name) or self._kind(mark, recognised, name in inner)
                if called is not None:
                    said[name] = called
                if kind is not None and found.get(name) != "Region":
                    found[name] = kind
        return self._beside_places(marks, recognised, found) | said

    def _kind(self, mark: Mark, recognised: Recognised, in_firm: bool) -> str | None:
        """Return the class of a bare name, by where it stands and its label; one that is the second word of
        a company's name hardly is a place.
        """
        text, start, end = recognised.text, mark.start, mark.end
        label = recognised.label(start)
        last = text[start:end].rsplit(" ", 1)[-1]  # stations are called by a direction: "Suzhou South"
        if _ACRONYM.fullmatch(text, start, end) or last in self.table["directions"]:
            return None
        if self._stands_as_place(text, start, end, label):
            return "Region"
        if label == "GPE":
            return "Region" if self._geographic.match(text, end) and not in_firm else None
        return {"FAC": "Facility", "ORG": "Company"}.get(label or "")

    def _beside_places(
        self, marks: Sequence[Mark], recognised: Recognised, found: Mapping[str, str]
    ) -> dict[str, str]:
        """Return the classes with those of names in a list of places, or between a place and a comma."""
        classes = dict(found)
        text = recognised.text
        for before, mark in pairwise(marks):
            if self._are_places(recognised, before, mark):
                for each in (before, mark):
                    classes[recognised.text[each.start : each.end]] = "Region"
            for place, other in ((before, mark), (mark, before)):
                if not isinstance(other.meaning, Name) or other.meaning.text in classes:
                    continue
                label = recognised.label(other.start)
                if label in ("ORG", "PRODUCT") or not self._is_place(place, classes):
                    continue
                joint = text[before.end : mark.start]
                goes_on = joint != ", " or _LISTED.match(text, mark.end)  # not "In Dresden, Infineon employs"
                listed = _JOINT.fullmatch(joint) and label == "GPE" and goes_on
                if listed or (joint == ", " and _ENDING.match(text, mark.end)):
                    classes[other.meaning.text] = "Region"
        return classes

    def _are_places(self, recognised: Recognised, one: Mark, other: Mark) -> bool:
        """Tell whether two unknown names are a place and its whole: "at Silao, Guanajuato"."""
        text = recognised.text
        bare = all(isinstance(each.meaning, Name) for each in (one, other))
        if not bare or text[one.end : other.start] != ", " or not search_before(_PLACED, text, one.start, 5):
            return False
        return recognised.label(other.start) == "GPE" and _ENDING.match(text, other.end) is not None

    def _is_place(self, mark: Mark, classes: Mapping[str, str]) -> bool:
        if isinstance(mark.meaning, Name):
            return self.ontology.fits((classes.get(mark.meaning.text, ""),), "Region")
        return self.ontology.is_a(mark.meaning, "Region")

    def _apposed(self, text: str, end: int) -> str | None:
        """Return the class that an apposition, or a noun, gives the name that ends at a place of a text."""
        last = min(len(text), end + _BEHIND)
        found = self._directly.match(text, end, last) or self._called.match(text, end, last)
        return self._called_classes[found["noun"]] if found else None

    def _stands_as_place(self, text: str, start: int, end: int, label: str | None) -> bool:
        """Tell whether a name stands where a place does, given its label."""
        low = max(0, start - _AHEAD)
        if text.startswith(("-based", "-headquartered"), end):
            return True
        if self._surely.search(text, low, start):
            return not text.startswith(("'s", " and "), end)
        if label == "GPE":
            return self._perhaps.search(text, low, start) is not None
        if label == "ORG":  # which the recogniser says of small towns; a word, unless it is "a stake in X"
            return " " not in text[start:end] and self._within.search(text, low, start) is not None
        return self._alone.search(text, low, start) is not None


_INITIAL: Final = re.compile(r"[A-Z](?:\.[A-Z])?\. ?[A-Z]")
_LABELS: Final = ("LOC", "EVENT", "LAW")


class NoThings:
    """The words that tell what is no thing."""

    def __init__(self, table: Mapping[str, Any], roles: Sequence[str]) -> None:
        rows = table["landforms"]
        first, last = any_of(rows["first"]), any_of(rows["last"])
        named = any_of([*table["nationalities"], *rows["named"], *table["no_names"]])
        topic = any_of(table["topics"])  # and: "Type B", "the E5"
        short = r"[A-Z]|[A-Z]{2,6}s|[A-Z]{1,4}-\d+[A-Z]?|[A-Z]{1,2}\d{1,2}|[\dQHR][\d.Q]+"
        self._named = re.compile(rf"{named}|{first} .+|(?:[^ ]+ )+(?:{last}|{topic})|{short}")
        words = (word for role in roles for word in role.split())
        self._title_words: frozenset[str] = frozenset([*table["title_words"], *words])
        self._given_names: frozenset[str] = frozenset(table["given_names"])
        # A title right ahead: "President Yoon Suk Yeol".
        self._titled = re.compile(rf"\b{any_of([*(role.title() for role in roles), *roles])} $")
        role = rf"{any_of(roles)} (?:of|at|with|and|for)\b"
        self._role_behind = re.compile(rf", (?:an? |the |its |their )?(?:[\w-]+ ){{0,3}}?{role}|, \d\d,")

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
            label = recognised.label(mark.start)
            if self._is_none(text, mark, name) or (label is None and _opens_item(text, mark)):
                found.add(name)
            elif name not in typed and (label in _LABELS or self._is_person(text, mark, label)):
                persons.add(name)
        surnames = {name.rsplit(" ", 1)[-1] for name in persons}
        return frozenset(found | persons | (surnames - set(typed)))

    def _is_none(self, text: str, mark: Mark, name: str) -> bool:
        is_title = self._title_words.issuperset(name.lower().split())
        return is_title or bool(_INITIAL.match(text, mark.start) or self._named.fullmatch(name))

    def _is_person(self, text: str, mark: Mark, label: str | None) -> bool:
        if search_before(self._titled, text, mark.start, 24) and label in ("PERSON", None):
            return True
        if label != "PERSON":
            return False
        given = text[mark.start : mark.end].split(" ", 1)[0]
        return given in self._given_names or self._role_behind.match(text, mark.end) is not None


def _opens_item(text: str, mark: Mark) -> bool:
    """Tell whether a name is no more than the first word of an item of a list, or of a line with a colon."""
    first = text.rfind("\n", 0, mark.start) + 1
    item = text[first : mark.start].strip()
    return (text.startswith(":", mark.end) and not item) or item in tuple(BULLETS)
