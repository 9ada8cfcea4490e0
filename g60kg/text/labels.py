"""What unknown names are where no head noun tells: by their context and an entity recogniser's labels.

Goes in: marks in order, a text and what was recognised in it. Comes out: the class of each bare name that can
be told, for the whole text. The words are data: `data/grammar/naming.yaml`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from g60kg.text.marks import Mark, Name
from g60kg.text.ontology import Ontology
from g60kg.text.places import Places
from g60kg.text.recognised import Recognised
from g60kg.text.sentences import dateline_end
from g60kg.text.words import any_of

_JOINT: Final = re.compile(r",? (?:and |or |as well as )?")
_ACRONYM: Final = re.compile(r"[A-Z&\d]{2,6}")
_CODE: Final = re.compile(r"[A-Z]{0,2}\d{1,3}[A-Z]?")
_ENDING: Final = re.compile(r"[,.)]|'s|$")
_PLACED: Final = re.compile(r"\b(?:in|and|at|of|near) $")
_AHEAD: Final = 20


@dataclass(frozen=True)
class Labels:
    """The tables that tell what a bare name is; `heads` are head nouns with their classes."""

    table: Mapping[str, Any]
    heads: Mapping[str, str]
    ontology: Ontology = field(compare=False)

    @cached_property
    def places(self) -> Places:
        """What tells places."""
        return Places(self.table)

    @cached_property
    def _countries(self) -> frozenset[str]:
        return frozenset(self.table["countries"])

    @cached_property
    def _geographic(self) -> re.Pattern[str]:
        """What stands behind a place that is the subject."""
        return re.compile(rf"'s |,? {any_of(self.table['places_do'])}")

    def classes(self, marks: Sequence[Mark], recognised: Recognised) -> dict[str, str]:
        """Return the bare names that the text or their label types, with their class."""
        found: dict[str, str] = {}
        said: dict[str, str] = {}
        for mark in marks:
            if isinstance(mark.meaning, Name):
                name = mark.meaning.text
                called = self.places.called(recognised.text, mark.end)
                if dateline_end(recognised.text, mark.start) > mark.end:
                    called = "Region"
                kind = "Country" if name in self._countries else self._kind(marks, mark, recognised)
                if called is not None:
                    said[name] = called
                if kind is not None and found.get(name) != "Region":
                    found[name] = kind
        return self._beside_places(marks, recognised, found) | said

    def _kind(self, marks: Sequence[Mark], mark: Mark, recognised: Recognised) -> str | None:
        """Return the class of a bare name, by where it stands and its label."""
        text, start, end = recognised.text, mark.start, mark.end
        label = recognised.label(text[start:end], start, end)
        first, _, rest = text[start:end].partition(" ")
        if _ACRONYM.fullmatch(text, start, end) or self._is_direction(text, mark):
            return None
        if rest and self.heads.get(first) in ("Facility", "Park") and label != "PERSON":
            return self.heads[first]
        if _CODE.fullmatch(rest) and first in self.table["called_first"]:
            return str(self.table["called_first"][first])
        if self.places.is_place(text, start, end, label):
            return "Region"
        if label == "GPE":
            return "Region" if self._geographic.match(text, end) else None
        return {"FAC": "Facility", "ORG": "Company"}.get(label or "")

    def _beside_places(
        self, marks: Sequence[Mark], recognised: Recognised, found: Mapping[str, str]
    ) -> dict[str, str]:
        """Return the classes with those of names in a list of places, or between a place and a comma."""
        classes = dict(found)
        text = recognised.text
        for before, mark in pairwise(marks):
            for place, other in ((before, mark), (mark, before)):
                if not isinstance(other.meaning, Name) or other.meaning.text in classes:
                    continue
                label = recognised.label(other.meaning.text, other.start, other.end)
                if label in ("ORG", "PRODUCT") or not self._is_place(place, classes):
                    continue
                joint = text[before.end : mark.start]
                listed = len(joint) < _AHEAD and _JOINT.fullmatch(joint) and label == "GPE"
                within = place is mark and _PLACED.search(text, max(0, other.start - 5), other.start)
                behind = place is before and _ENDING.match(text, mark.end)
                if listed or (joint == ", " and (within or behind)):
                    classes[other.meaning.text] = "Region"
        return classes

    def _is_place(self, mark: Mark, classes: Mapping[str, str]) -> bool:
        if isinstance(mark.meaning, Name):
            return self.ontology.fits((classes.get(mark.meaning.text, ""),), "Region")
        return self.ontology.is_a(mark.meaning, "Region")

    def _is_direction(self, text: str, mark: Mark) -> bool:
        """Tell whether a name is a place with a direction, as stations are called: "Suzhou South"."""
        return text[mark.start : mark.end].rsplit(" ", 1)[-1] in self.table["directions"]
