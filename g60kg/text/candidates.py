"""Unknown names: runs of capitalised words that the register does not hold.

Candidates are typed by their head noun (`data/grammar/heads.yaml`), bare names only by a pattern. A candidate
swallows known names within it ("Hefei (Shanghai) Robot Center") and is never merged with them.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from g60kg.model import Entity
from g60kg.terms import ID, slug
from g60kg.text.marks import Mark, Name
from g60kg.text.ontology import Ontology
from g60kg.text.recognised import Recognised
from g60kg.text.scanning import any_of, inverted, search_before

_ADJECTIVE: Final = r"(?:based|headquartered|listed|owned|funded|level|backed|invested|wide|style)\b"
"""What makes an adjective of a name, joined to it by a hyphen: "Shanghai-based"."""
_TAIL: Final = rf"[\w&]*(?:'(?=[aoe][a-z])\w+)?(?:[-.&](?!{_ADJECTIVE})[\w&]+)*"
_WORD: Final = rf"(?:\d+(?:st|nd|rd|th)(?= [A-Z])|[A-Z]{_TAIL}|[a-z]+[A-Z]\w*|\d+[A-Z]\w*)"
_POSSESSIVE: Final = r"(?:People|Women|Children|Workers|Men|King|Queen)'s?"
_NAMED: Final = rf"(?:{_POSSESSIVE}|{_WORD})(?: \({_WORD}(?: {_WORD})*\))?"
NAME_RUN: Final = re.compile(rf"(?<![\w'-]){_NAMED}(?: (?:(?:and|&|of the|of|for) )?{_NAMED})*")
"""Capitalised words with what may join them: one name or several."""
_JOINT: Final = re.compile(r" (and|&|of the|of|for) ")
_LOOSE_END: Final = re.compile(r" (?:of|for|and|the|of the)$")
_WORDS: Final = re.compile(r"[\w&-]+")
_WITHIN: Final = re.compile(rf"(?<=[a-z,] ){_WORD}\b")
_COMPANY: Final = re.compile(r"\bCo\.?$")
_DOTTED: Final = re.compile(
    r"\.?,? (?:Ltd|Limited|Inc|LLC)\b\.?(?= [a-z(]|,|$)|\.?,? (?:Ltd|Limited|Inc|LLC)\b(?=\. [A-Z]|\.\n)"
)
_FIELD: Final = re.compile(r"\b(?:and|&) (?:Technology|Materials|Automation|Energy|Logistics|Robotics)$")
"""A name that ends so is a field and no company: "Science and Technology"."""
_OWNER: Final = re.compile(r"[A-Z][\w-]*(?: [A-Z][\w-]*)?'s(?: |$)")
_SHORT_FORM: Final = re.compile(r" \([A-Z&\d-]{2,8}\)$")
"""What a name is called in short, behind it: "Investment Authority (QIA)"."""
_CODE: Final = re.compile(r"\d+[A-Z]{1,2}")
"""A code and no name: "5G", "3D"."""
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
        if " " in surface or any(letter.isupper() or letter.isdigit() for letter in surface[1:]):
            return True
        before = self.text[max(0, self.start - 3) : self.start].rstrip(" \"'(")
        if before and before[-1] not in ".!?\n:":
            return True
        if self.text.startswith(",", self.start + len(surface)) and not surface.endswith("ly"):
            return True
        return surface in _words_within(self.text)


@lru_cache(maxsize=2)
def _words_within(text: str) -> frozenset[str]:
    """Return the words with a capital that stand within a sentence anywhere in a text."""
    return frozenset(_WITHIN.findall(text))


class Heads:
    """The tables of `heads.yaml`, and the expressions made of them."""

    def __init__(self, tables: dict[str, Any], ontology: Ontology) -> None:
        self.tables = tables
        self.ontology = ontology
        # Head nouns with the class of what they head.
        self.classes = inverted(tables["heads"])
        self._never_first: frozenset[str] = frozenset([*tables["never_first"], *tables["never"]])
        self._joinable: frozenset[str] = frozenset(tables["joinable"])
        self._with_of: frozenset[str] = frozenset(tables["with_of"])
        self._ending = re.compile(rf"(?:^|[ -]|(?<=[a-z]))(?P<head>{any_of(self.classes)})$")
        self._of_head = re.compile(rf"(?:^| )(?P<head>{any_of(self._with_of)})(?: \(\w+\))? of ")
        # A last word that tells more than the words before "of": "Port of Rotterdam Authority".
        self._last_wins = re.compile(rf" {any_of(tables['last_wins'])}$")
        # A part of a government, which is called by its fields: "Ministry for Economic Affairs and …".
        self._rules = re.compile(
            r"\b(?:Ministry|Department|Bureau|Commission|Administration|Office) (?:of|for) "
        )
        # A head in front of "of" or "for", whatever follows: "Innovation Hub for …".
        self._inner_head = re.compile(rf"(?:^|[ -])(?P<head>{any_of(self.classes)}) (?:of|of the|for) ")
        before = r"(?: of [A-Z][a-z]+)? (?:(?:is|has|was|been|will|also|jointly|newly|plans to|is to) )*"
        self._acting = re.compile(rf"{before}{any_of(tables['acts'])}\b")
        # What has a number for a name: "Line 8".
        self._numbered = re.compile(rf"(?P<head>(?:[A-Z]\w+ )*{any_of(tables['numbered'])}) \d{{1,2}}\b")
        endings, words = "|".join(tables["plain_endings"]), "|".join(tables["plain_words"])
        # A word that is no name, though it begins a sentence and a verb follows.
        self._plain = re.compile(rf"(?:{endings})$|^(?:{words})$")
        roles = tables["persons"]["before"]
        titles = [*roles, *(word.title() for word in roles if word.isalpha())]
        self._titles = re.compile(rf"\b{any_of(titles)}\b")
        self._common: frozenset[str] = self._joinable.union(
            ("and", "of", "the", "for"), *(head.split() for head in self.classes)
        )

    def marks(self, text: str, known: Sequence[Mark], recognised: Recognised | None = None) -> Iterator[Mark]:
        """Yield candidates and bare names that are no known name.

        What an entity recogniser took for names, where there is one, decides which joints are within a name.
        """
        starts = [mark.start for mark in known]
        places = frozenset(mark.start for mark in known if self.ontology.is_a(mark.meaning, "Region"))
        firms = frozenset(mark.start for mark in known if self.ontology.is_a(mark.meaning, "Organization"))
        recognised = recognised or Recognised(text)
        for match in NAME_RUN.finditer(text):
            for piece in self._pieces(match, places, firms, recognised):
                start, end = self._trim(text, *piece, recognised)
                end = recognised.goes_on(start, end)
                numbered = self._numbered.match(text, start)
                end = numbered.end() if numbered and numbered.end("head") == end else end
                dotted = _DOTTED.match(text, end)  # ", Ltd." after "Co", as companies write it
                end = dotted.end() if dotted and search_before(_COMPANY, text, end, 4) else end
                if start < end <= start + _LONGEST:
                    inside = known[max(0, bisect_left(starts, start) - 1) : bisect_left(starts, end)]
                    inside = [mark for mark in inside if start < mark.end]
                    if inside and start < inside[-1].start and end < inside[-1].end:
                        last = inside.pop()  # "Lanzhou New District of Gansu" before "province"
                        end = start + len(_LOOSE_END.sub("", text[start : last.start].rstrip()))
                    place = self._place_before(text, start, end, inside)
                    if place is not None and text[place.end + 1 : end] in self.tables["never"]:
                        continue  # "Wuhu GDP"
                    if place is not None and text.startswith("In ", max(0, start - 3)):
                        start, inside = place.end + 1, []  # "In Pinghu DMG MORI opened …"
                    meaning = self._meaning(_Run(text, start, end, inside, recognised))
                    if meaning is not None:
                        yield Mark(start, end, meaning)

    def _place_before(self, text: str, start: int, end: int, inside: Sequence[Mark]) -> Mark | None:
        """Return the known place with which a run begins that ends in capitals, and that no head types."""
        first = inside[0] if inside else None
        if first is None or first.start != start or first.end >= end or self._class(text[start:end]):
            return None
        capitals = text[first.end + 1 : end].rsplit(" ", 1)[-1].isupper()
        return first if capitals and self.ontology.is_a(first.meaning, "Region") else None

    def _pieces(
        self, run: re.Match[str], places: Container[int], firms: Container[int], recognised: Recognised
    ) -> Iterator[tuple[int, int]]:
        """Cut a run where "and", "of" or "for" joins two names instead of two words of one; "and" joins what
        is no place to a place.
        """
        start = run.start()
        joints = list(_JOINT.finditer(run.string, run.start(), run.end()))
        if not joints:
            yield run.span()
            return
        ends = [*(joint.start() for joint in joints), run.end()][1:]
        for joint, end in zip(joints, ends, strict=True):
            before = run.string[max(start, joint.start() - _LONGEST) : joint.start()]
            after = run.string[joint.end() : min(end, joint.end() + _LONGEST)]
            is_place = joint[1] == "and" and joint.end() in places and self._class(before) is not None
            is_owner = _OWNER.match(run.string, joint.end()) is not None
            is_field = joint[1] == "and" and start in places and self._is_field(before, after)
            is_for = bool(recognised.spans) and joint[1] == "for" and joint.end() not in places
            is_joined = is_field or (is_for and self._serves(before))
            is_joined = is_joined or self._is_joined(before, joint, after, recognised)
            is_firm = joint[1] == "and" and joint.end() in firms  # "Quanta and Fudan University"
            if is_place or is_firm or is_owner or not is_joined:
                yield start, joint.start()
                start = joint.end()
        yield start, run.end()

    def _is_joined(self, before: str, joint: re.Match[str], after: str, recognised: Recognised) -> bool:
        """Tell whether a joint is within one name: as the recogniser has it, where the words allow it."""
        if joint[1] == "&":
            return True
        first, second = self._class(before), self._class(after)
        if recognised.joins(*joint.span()):
            is_one = second is not None or before.rsplit(" ", 1)[-1] in self._joinable
            are_two = first is not None and second is not None and " of " not in before
            return joint[1] != "and" or (is_one and not are_two)
        is_of = self._of_head.search(before) is not None
        last = re.sub(r" \([^)]*\)$", "", before).rsplit(" ", 1)[-1]
        if joint[1] != "and":
            return last in self._with_of or is_of
        if self._rules.search(before) and " " in after and second is None:
            return True
        if recognised.parts(*joint.span()) and not is_of:
            return False
        # Not "Blue Lake Electronics" and "Red Hill Motors", which are of one class.
        return last in self._joinable and (last == before or first is None or first != second)

    def _is_field(self, before: str, after: str) -> bool:
        """Tell whether a place and fields go on as one name: "Fujian Education and Science Institute"."""
        words = before.split(" ")[1:]
        return bool(words) and self._joinable.issuperset(words) and self._class(after) is not None

    def _serves(self, before: str) -> bool:
        """Tell whether a name goes on with what its thing is for: "Demonstration Center for …"."""
        return " " in before and self._class(before) in ("Facility", "Organization", "Park")

    def _trim(self, text: str, start: int, end: int, recognised: Recognised) -> tuple[int, int]:
        """Leave out words that begin a sentence and no name, and a possessive or stop at the end."""
        while start < end:
            blank = text.find(" ", start, end)
            behind = blank if blank >= 0 else end
            word = text[start:behind].rstrip(".,'")
            may_begin = word.isupper() or word in self.tables["may_begin"]
            if not self._never_first.issuperset(word.split("-")) or (
                may_begin and recognised.begins(start, behind + 1)
            ):
                break
            start = behind + 1
        run = text[start:end]
        run = run.removesuffix("'s").rstrip(".'& ")
        return start, start + len(_LOOSE_END.sub("", run))

    def _meaning(self, run: _Run) -> Entity | Name | None:
        """Return what a run names: a candidate by its head, or a bare name."""
        surface, inside = run.surface, run.inside
        for mark in inside:
            short = run.recognised.spans and _SHORT_FORM.fullmatch(run.text, mark.end, run.end)
            if mark.start == run.start and (mark.end >= run.end or short):
                return None
        if any(mark.start < run.start or mark.end > run.end for mark in inside):
            return None
        head = self._class_of_run(run)
        if head is None:
            is_said = not inside and run.recognised.is_name(run.start)
            return Name(surface) if is_said or self._is_bare(run) else None
        is_said = " of " in surface and run.recognised.is_name(run.start)
        is_thing = is_said or self._ends_in_field(run) or not self._is_generic(run)
        return candidate(surface, surface, head) if is_thing else None

    def _is_bare(self, run: _Run) -> bool:
        """Tell whether a run that no head types is a name; one with known names in it has words besides."""
        surface, inside = run.surface, run.inside
        if _CODE.fullmatch(surface):
            return False
        if not inside:
            return run.is_name(surface) or self._acts(run)
        is_first = inside[0].start == run.start
        rest = inside[1:] if is_first and self.ontology.is_a(inside[0].meaning, "Company") else inside
        parts = "Region|IndustryCategory|Technology"  # of which names of other things are made
        if not all(self.ontology.is_a(mark.meaning, parts) for mark in rest) or self._titles.search(surface):
            return False
        return self._has_own_word(run, inside) and (is_first or run.is_name(surface.split(" ", 1)[0]))

    def _acts(self, run: _Run) -> bool:
        """Tell whether one word that begins a sentence does what companies do: "Leapmotor operates"."""
        found = self._acting.match(run.text, run.end)
        if found is None or (found.group().startswith(" of ") and run.surface.endswith("s")):
            return False
        return not self._plain.search(run.surface)

    def _class_of_run(self, run: _Run) -> str | None:
        """Return the class of a run by its head, or by what stands before a place or a field."""
        by_field = self._class_of_branch(run) if self._ends_in_field(run) else None
        return by_field or self._class(run.surface) or self._class_of_branch(run)

    def _class_of_branch(self, run: _Run) -> str | None:
        """Return the class of a name that ends in a place: "Haier Songjiang", "TechPark Suzhou"."""
        bracket = run.surface.endswith(")")
        if not run.inside or run.inside[-1].end != run.end - bracket:
            return None
        first, last, is_field = run.inside[0], run.inside[-1], self._ends_in_field(run)
        before = run.text[run.start : last.start].rstrip(" (")
        if not before or not (is_field or self.ontology.is_a(last.meaning, "Region")):
            return None
        if len(run.inside) == 2 and (first.start, first.end) == (run.start, run.start + len(before)):
            return "Company" if self.ontology.is_a(first.meaning, "Company") else None
        head = self._class(before)
        if is_field:
            return head if head in ("Park", "IndustrialPark") and " " in before else None
        return head if head in ("Company", "Park", "IndustrialPark", "Facility") else None

    def _ends_in_field(self, run: _Run) -> bool:
        """Tell whether a run ends in a field: "Innovation Park Artificial Intelligence"."""
        last = run.inside[-1] if run.inside else None
        return last is not None and last.end == run.end and self.ontology.is_a(last.meaning, _FIELDS)

    def _has_own_word(self, run: _Run, inside: Sequence[Mark]) -> bool:
        """Tell whether a run has a word that is of no known name in it and can be of the name of a thing."""
        own = run.surface
        for mark in reversed(inside):
            own = own[: mark.start - run.start] + " " + own[mark.end - run.start :]
        return any(word not in self._common and not word.isdigit() for word in _WORDS.findall(own))

    def _class(self, surface: str) -> str | None:
        surface = _SHORT_FORM.sub("", surface)
        match = None
        if not self._last_wins.search(surface):
            match = self._of_head.search(surface) or self._inner_head.search(surface)
        if match is None and not _FIELD.search(surface):
            match = self._ending.search(surface)
        return self.classes.get(match["head"]) if match else None

    def _is_generic(self, run: _Run) -> bool:
        """Tell whether a run names a kind and no thing: "Science and Technology City", "Development Zone"."""
        fields = [mark for mark in run.inside if self.ontology.is_a(mark.meaning, _FIELDS)]
        if self._class(run.surface) == "Organization":  # named by its field: "Hydrogen Energy Alliance"
            fields = []
        return run.surface in self.classes or not self._has_own_word(run, fields)


def candidate(name: str, surface: str, head: str) -> Entity:
    """Return the candidate entity of a name: its own IRI, one class."""
    return Entity(ID[slug(name)].value, name, surface, (f"g60:{head}",), candidate=True)
