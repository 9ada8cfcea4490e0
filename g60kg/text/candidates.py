"""Unknown names: runs of capitalised words that the register does not hold.

Candidates are typed by their head noun (`data/grammar/heads.yaml`), bare names only by a pattern. A candidate
swallows known names within it ("Hefei (Shanghai) Robot Center") and is never merged with them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from g60kg.model import Entity
from g60kg.ontology import Ontology
from g60kg.terms import ID, slug
from g60kg.text.marks import Mark, Name
from g60kg.text.recognised import Recognised
from g60kg.text.scanning import any_of, inverted

_ADJECTIVE: Final = r"(?:based|headquartered|listed|owned|funded|level|backed|invested|wide|style)\b"
"""What makes an adjective of a name, joined to it by a hyphen: "Shanghai-based"."""
_UPPER: Final = "A-Z" + "".join(filter(str.isupper, map(chr, range(0xC0, 0x180))))
"""The capitals of Latin letters, in a class of an expression."""
_TAIL: Final = rf"[\w&]*(?:'(?=[aoe][a-z])\w+)?(?:[-.&](?!{_ADJECTIVE})[\w&]+)*"
_WORD: Final = rf"(?:\d+(?:st|nd|rd|th)(?= [A-Z])|[{_UPPER}]{_TAIL}|[a-z]+[A-Z]\w*|\d+[A-Z]\w*)"
_POSSESSIVE: Final = r"(?:People|Women|Children|Workers|Men|King|Queen)'s?"
_NAMED: Final = rf"(?:{_POSSESSIVE}|{_WORD})(?: \({_WORD}(?: {_WORD})*\))?"
NAME_RUN: Final = re.compile(rf"(?<![\w'-]){_NAMED}(?: (?:(?:and|&|of the|of|for) )?{_NAMED})*")
"""Capitalised words with what may join them: one name or several."""
_JOINT: Final = re.compile(r" (and|of the|of|for) ")
_BRACKET: Final = re.compile(r" \([^)]*\)$")
_LOOSE_END: Final = re.compile(r" (?:of|for|and|the|of the)$")
_SPEAKING: Final = re.compile(r" (?:am|can|could|had|have|was|will|would|did|think|know)\b")
_WORDS: Final = re.compile(r"[\w&-]+")
_ALONE: Final = re.compile(r"(?<!\band )\b[A-Z][\w-]+(?! and\b)(?![\w-])")
_WITHIN: Final = re.compile(rf"(?<=[a-z,] ){_WORD}\b")
_DOTTED: Final = re.compile(
    r"\.?,? (?:Ltd|Limited|Inc|LLC)\b\.?(?= [a-z(]|,|$)|\.?,? (?:Ltd|Limited|Inc|LLC)\b(?=\. [A-Z]|\.\n)"
    r"|(?: A|(?<= A))/S\b"
)
_SHORT_FORM: Final = re.compile(r" \([A-Z&\d-]{2,8}\)$")
"""What a name is called in short, behind it: "Investment Authority (QIA)"."""
_FIELDS: Final = "IndustryCategory|Technology"
_LONGEST: Final = 150
"""A run longer than this is a headline in capitals, no name."""


@dataclass(frozen=True)
class _Run:
    """A run of words that may be a name, with the known names in it, where it stands in a text."""

    text: str
    start: int
    end: int
    inside: Sequence[Mark]
    recognised: Recognised

    @property
    def surface(self) -> str:
        """The words of the run."""
        return self.text[self.start : self.end]

    def is_name(self, surface: str) -> bool:
        """Tell whether the run, or its first word, is a name and no word that only begins a sentence."""
        if any(letter.isupper() or letter.isdigit() for letter in surface[1:]):
            return True
        before = self.text[max(0, self.start - 3) : self.start].rstrip(" \"'(")
        if before and before[-1] not in ".!?\n:":
            return True
        led = self.text.startswith(",", self.start + len(surface)) and not surface.endswith("ly")
        return led or surface in _words_within(self.text)


@lru_cache(maxsize=2)
def _words_within(text: str) -> frozenset[str]:
    """Return the words with a capital that stand within a sentence anywhere in a text."""
    return frozenset(_WITHIN.findall(text))


@lru_cache(maxsize=2)
def _words_alone(text: str) -> frozenset[str]:
    """Return the words with a capital that stand anywhere in a text without "and" beside them."""
    return frozenset(_ALONE.findall(text))


class Heads:
    """The tables of `heads.yaml`, and the expressions made of them."""

    def __init__(self, tables: dict[str, Any], ontology: Ontology) -> None:
        self.tables = tables
        self.ontology = ontology
        # Head nouns with the class of what they head.
        self.classes = inverted(tables["heads"])
        self._never_first: frozenset[str] = frozenset([*tables["never_first"], *tables["never"]])
        self._headline_verb = re.compile(rf"(?<=\w) {any_of(tables['headline_verbs'])}\b")
        self._joinable: frozenset[str] = frozenset(tables["joinable"])
        self._with_of: frozenset[str] = frozenset(tables["with_of"])
        self._ending = re.compile(rf"(?:^|[ -]|(?<=[a-z]))(?P<head>{any_of(self.classes)})$")
        # A head in front of "of" or "for", whatever follows: "Innovation Hub for …".
        self._inner_head = re.compile(rf"(?:^|[ -])(?P<head>{any_of(self.classes)}) (?:of|of the|for) ")
        # What has a number for a name: "Line 8", "Terminal T2".
        number = r"[A-Z]{0,2}\d{1,3}[A-Z]?\b"
        self._numbered = re.compile(rf"(?:[A-Z]\w+ )*?{any_of(tables['numbered'])} {number}")
        roles = tables["persons"]["before"]
        self._titles = re.compile(rf"\b{any_of([*roles, *(word.title() for word in roles)])}\b")
        self._common: frozenset[str] = self._joinable.union(
            ("and", "of", "the", "for"), *(head.split() for head in self.classes)
        )

    def marks(self, text: str, known: Sequence[Mark], recognised: Recognised | None = None) -> Iterator[Mark]:
        """Yield candidates and bare names that are no known name.

        What an entity recogniser took for names, where there is one, decides which joints are within a name.
        """
        starts = [mark.start for mark in known]
        recognised = recognised or Recognised(text)
        for match in NAME_RUN.finditer(text):
            for piece in self._pieces(match, recognised):
                start, end = self._trim(text, *piece, recognised)
                end = recognised.goes_on(start, end)
                numbered = self._numbered.match(text, start)
                end = max(end, numbered.end()) if numbered else end
                dotted = _DOTTED.match(text, end)  # ", Ltd." after "Co", as companies write it; "A/S"
                end = dotted.end() if dotted else end
                if start < end <= start + _LONGEST:
                    inside = known[max(0, bisect_left(starts, start) - 1) : bisect_left(starts, end)]
                    inside = [mark for mark in inside if start < mark.end]
                    if inside and start < inside[-1].start and end < inside[-1].end:
                        last = inside.pop()  # "Lanzhou New District of Gansu" before "province"
                        end = start + len(_LOOSE_END.sub("", text[start : last.start].rstrip()))
                    end = self._without_place(text, start, end, inside)
                    meaning = self._meaning(_Run(text, start, end, inside, recognised))
                    if meaning is not None:
                        yield Mark(start, end, meaning)

    def _without_place(self, text: str, start: int, end: int, inside: list[Mark]) -> int:
        """Return where a name ends whose place stands in brackets behind it: "Kestrel Pumps (Denmark)"."""
        place = inside[-1] if inside else None
        if place is None or text[place.start - 2 : place.start] != " (" or text[place.end : end] != ")":
            return end
        if (
            not self.ontology.is_a(place.meaning, "Region")
            or self.class_of(text[start : place.start - 2]) is None
        ):
            return end
        inside.pop()
        return place.start - 2

    def _pieces(self, run: re.Match[str], recognised: Recognised) -> Iterator[tuple[int, int]]:
        """Cut a run where "and", "of" or "for" joins two names instead of two words of one."""
        start = run.start()
        for joint in _JOINT.finditer(run.string, run.start(), run.end()):
            before = run.string[max(start, joint.start() - _LONGEST) : joint.start()]
            after = run.string[joint.end() : min(run.end(), joint.end() + _LONGEST)]
            if not self._is_joined(before, joint, after, recognised):
                yield start, joint.start()
                start = joint.end()
        yield start, run.end()

    def _is_joined(self, before: str, joint: re.Match[str], after: str, recognised: Recognised) -> bool:
        """Tell whether a joint is within one name: as the recogniser has it, or by the word before it."""
        last, kind = _BRACKET.sub("", before).rsplit(" ", 1)[-1], self.class_of(before)
        is_firm = joint[1] == "and" and kind == "Company" and last != before
        if is_firm and (last in self.tables["closing"] or self.class_of(after) is None):
            return False  # "Midea Group and Country Garden", "Arm Technology and Synopsys"
        both = {before, after}
        if joint[1] == "and" and both.isdisjoint(self._common) and both <= _words_alone(joint.string):
            return False  # "Midea and Synopsys", where each has been spoken of alone
        if recognised.joins(*joint.span()):
            return True
        if joint[1] == "for" and recognised.spans and kind in ("Facility", "Organization", "Park"):
            return True  # "Demonstration Center for …"
        if joint[1] != "and":
            return last in self._with_of or self._inner_head.search(before) is not None
        # Not "Blue Lake Electronics" and "Red Hill Motors", which are of one class.
        is_one = last == before or kind is None or kind != self.class_of(after)
        led = joint.string.startswith("the ", max(0, joint.start() - len(last) - 4))
        if led and kind is None and last == before and self.class_of(after):
            return True  # "the Brain and Vision Laboratory"
        return last in self._joinable and is_one and not recognised.parts(*joint.span())

    def _trim(self, text: str, start: int, end: int, recognised: Recognised) -> tuple[int, int]:
        """Leave out words that begin a sentence and no name, and a possessive or stop at the end."""
        while start < end:
            blank = text.find(" ", start, end)
            behind = blank if blank >= 0 else end
            word = text[start:behind].rstrip(".,'")
            goes = word in self.tables["may_begin"] and recognised.begins(start, behind + 1)
            is_kind = word.endswith("maker") and behind < end  # "Carmaker X"
            goes = goes or (word == "An" and text[max(0, start - 2) : start - 1].islower())  # "in An Duong"
            if goes or not (is_kind or self._never_first.issuperset(word.split("-"))):
                break
            start = behind + 1
        run = text[start:end]
        does = self._headline_verb.search(run)  # "Ruisheng Marine Wins Order"
        run = run[: does.start()] if does else run
        run = run.removesuffix(" I") if _SPEAKING.match(text, end) else run  # "from Xinwu District I can"
        run = run.removesuffix("'s").rstrip(".'& ")
        return start, start + len(_LOOSE_END.sub("", run))

    def _meaning(self, run: _Run) -> Entity | Name | None:
        """Return what a run names: a candidate by its head, or a bare name."""
        head, is_said = self.class_of(run.surface), run.recognised.is_name(run.start)
        kinds = [self.ontology.is_a(mark.meaning, "Company") for mark in run.inside]
        if kinds == [True, False] and self.ontology.is_a(run.inside[1].meaning, "Region"):
            first, second = run.inside
            if (first.start, first.end + 1, second.end) == (run.start, second.start, run.end):
                head = "Company"  # "SMIC Shaoxing" is a company of SMIC
        if head is not None:
            is_thing = (" of " in run.surface and is_said) or not self._is_generic(run)
            return candidate(run.surface, run.surface, head) if is_thing else None
        return Name(run.surface) if (is_said and not run.inside) or self._is_bare(run) else None

    def _is_bare(self, run: _Run) -> bool:
        """Tell whether a run that no head types is a name; one with known names in it has words besides."""
        surface, own = run.surface, self._own_words(run, run.inside)
        if not run.inside:
            return run.is_name(surface)
        if self._titles.search(surface) or not own:
            return False
        if len(own) > 1 and own[-1][0].isupper():
            return True  # "Geruisi Aviation Fasteners"
        return run.inside[0].start == run.start or run.is_name(surface.split(" ", 1)[0])

    def _own_words(self, run: _Run, inside: Sequence[Mark]) -> list[str]:
        """Return the words of a run that are of no known name in it and can be of the name of a thing."""
        own = run.surface
        for mark in reversed(inside):
            own = own[: mark.start - run.start] + " " + own[mark.end - run.start :]
        return [word for word in _WORDS.findall(own) if word not in self._common]

    def class_of(self, surface: str) -> str | None:
        """Return the class of what a name names, by its head."""
        if self._numbered.fullmatch(surface):
            return "Facility"
        surface = _SHORT_FORM.sub("", surface.title() if surface.isupper() and " " in surface else surface)
        match = self._inner_head.search(surface) or self._ending.search(surface)
        return self.classes.get(match["head"]) if match else None

    def _is_generic(self, run: _Run) -> bool:
        """Tell whether a run names a kind and no thing: "Science and Technology City", "Development Zone"."""
        fields = [mark for mark in run.inside if self.ontology.is_a(mark.meaning, _FIELDS)]
        return not self._own_words(run, fields)


def candidate(name: str, surface: str, head: str) -> Entity:
    """Return the candidate entity of a name: its own IRI, one class."""
    return Entity(ID[slug(name)].value, name, surface, (f"g60:{head}",), candidate=True)
