"""Unknown names: runs of capitalised words that the register does not hold.

Goes in: the text of a view, the known names found in it, and `data/grammar/heads.yaml`. Comes out: marks
of candidates, typed by their head noun, and of bare names, which only a pattern can type. A candidate
swallows known names within it ("Hefei (Shanghai) Robot Center") and is never merged with them.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from g60kg.model import Entity
from g60kg.terms import ID, slug
from g60kg.text.marks import Mark, Name
from g60kg.text.ontology import Ontology
from g60kg.text.recognised import Recognised
from g60kg.text.scanning import any_of

_ADJECTIVE: Final = r"(?:based|headquartered|listed|owned|funded|level|backed|invested|wide|style)\b"
"""What makes an adjective of a name, joined to it by a hyphen: "Shanghai-based"."""
_TAIL: Final = rf"[\w&]*(?:'(?=[aoe][a-z])\w+)?(?:[-.&](?!{_ADJECTIVE})[\w&]+)*"
_WORD: Final = rf"(?:\d+(?:st|nd|rd|th)(?= [A-Z])|[A-Z]{_TAIL}|[a-z]+[A-Z]\w*|\d+[A-Z]\w*)"
_POSSESSIVE: Final = r"(?:People|Women|Children|Workers|Men|King|Queen)'s?"
_NAMED: Final = rf"(?:{_POSSESSIVE}|{_WORD})(?: \({_WORD}(?: {_WORD})*\))?"
NAME_RUN: Final = re.compile(rf"(?<![\w'-]){_NAMED}(?: (?:(?:and|&|of the|of|for) )?{_NAMED})*")
"""Capitalised words with what may join them: one name or several."""
_JOINT: Final = re.compile(r" (and|&|of the|of|for) ")
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
_LONGEST: Final = 150
"""A run longer than this is a headline in capitals, no name."""

_FEW: Final = 30


class Heads:
    """The tables of `heads.yaml`, and the expressions made of them."""

    def __init__(self, tables: dict[str, Any], ontology: Ontology) -> None:
        self.tables = tables
        self.ontology = ontology
        # Head nouns with the class of what they head.
        self.classes: dict[str, str] = {
            head: name for name, heads in tables["heads"].items() for head in heads
        }
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
        within = _Within(text)
        recognised = recognised or Recognised(text)
        for match in NAME_RUN.finditer(text):
            for piece_start, piece_end in self._pieces(match, places, recognised):
                start, end = self._trim(text, piece_start, piece_end, recognised)
                end = _with_dotted_ending(text, recognised.goes_on(start, end))
                if start < end <= start + _LONGEST:
                    inside = known[max(0, bisect_left(starts, start) - 1) : bisect_left(starts, end)]
                    inside = [mark for mark in inside if start < mark.end]
                    yield from self._read(text, start, end, inside, within, recognised)

    def _pieces(
        self, run: re.Match[str], places: Container[int], recognised: Recognised
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
            if is_place or is_owner or not is_joined:
                yield start, joint.start()
                start = joint.end()
        yield start, run.end()

    def _is_joined(self, before: str, joint: re.Match[str], after: str, recognised: Recognised) -> bool:
        """Tell whether a joint is within one name: as the recogniser has it, where the words allow it."""
        if recognised.joins(*joint.span()):
            is_one = self._class(after) is not None or self._is_field_word(before)
            return joint[1] != "and" or (is_one and not self._are_two(before, after))
        if joint[1] == "and" and self._rules.search(before) and " " in after and self._class(after) is None:
            return True
        if recognised.parts(*joint.span()) and joint[1] == "and" and not self._of_head.search(before):
            return False
        return self._joins(before, joint[1], after)

    def _is_field_word(self, before: str) -> bool:
        """Tell whether a run ends in a field, with which a name may go on: "Science and …"."""
        return before.rsplit(" ", 1)[-1] in self._joinable

    def _is_field(self, before: str, after: str) -> bool:
        """Tell whether a place and fields go on as one name: "Fujian Education and Science Institute"."""
        words = before.split(" ")[1:]
        return bool(words) and self._joinable.issuperset(words) and self._class(after) is not None

    def _serves(self, before: str) -> bool:
        """Tell whether a name goes on with what its thing is for: "Demonstration Center for …"."""
        return " " in before and self._class(before) in ("Facility", "Organization", "Park")

    def _are_two(self, before: str, after: str) -> bool:
        """Tell whether the words around "and" name two things, each by its own head."""
        return self._class(before) is not None and self._class(after) is not None and " of " not in before

    def _joins(self, before: str, joint: str, after: str) -> bool:
        last = re.sub(r" \([^)]*\)$", "", before).rsplit(" ", 1)[-1]
        if joint == "&":
            return True
        if joint == "and":
            return last in self._joinable and not (last != before and self._are_alike(before, after))
        return last in self._with_of or bool(self._of_head.search(before))

    def _are_alike(self, before: str, after: str) -> bool:
        """Tell whether two runs are names of one class: "Blue Lake Electronics" and "Red Hill Motors"."""
        head = self._class(before)
        return head is not None and head == self._class(after)

    def _trim(self, text: str, start: int, end: int, recognised: Recognised) -> tuple[int, int]:
        """Leave out words that begin a sentence and no name, and a possessive or stop at the end."""
        while start < end:
            blank = text.find(" ", start, end)
            behind = blank if blank >= 0 else end
            word = text[start:behind].rstrip(".,'")
            may_begin = word.isupper() or word in self.tables["may_begin"]
            if word not in self._never_first or (may_begin and recognised.begins(start, behind + 1)):
                break
            start = behind + 1
        run = text[start:end]
        run = run.removesuffix("'s").rstrip(".'& ")
        return start, start + len(run)

    def _read(
        self,
        text: str,
        start: int,
        end: int,
        inside: Sequence[Mark],
        within: Container[str],
        recognised: Recognised,
    ) -> Iterator[Mark]:
        """Read a run, given the known names in it and the words that stand within a sentence anywhere."""
        surface = text[start:end]
        if any(mark.start == start and mark.end >= end for mark in inside):
            return
        if recognised.spans and any(
            mark.start == start and _SHORT_FORM.fullmatch(text, mark.end, end) for mark in inside
        ):
            return
        crosses = any(mark.start < start or mark.end > end for mark in inside)
        head = None if crosses else self._class_of_run(text, start, end, inside)
        if head is not None:
            is_said = " of " in surface and recognised.is_name(start, end)
            is_said = is_said or self._ends_in_field(end, inside)
            if is_said or not self._is_generic(surface, start, inside):
                yield self._candidate(surface, start, head)
        elif not crosses and (
            self._is_bare(text, start, surface, inside, within)
            or (not inside and recognised.is_name(start, end))
        ):
            yield Mark(start, end, Name(surface))

    def _is_bare(
        self, text: str, start: int, surface: str, inside: Sequence[Mark], within: Container[str]
    ) -> bool:
        """Tell whether a run that no head types is a name; one with known names in it has words besides."""
        if _CODE.fullmatch(surface):
            return False
        if not inside:
            return surface in within or _is_name(text, start, surface) or self._acts(text, start, surface)
        rest = inside[1:] if inside[0].start == start and self._is_company(inside[0]) else inside
        if not self._are_parts(rest) or self._titles.search(surface):
            return False
        first = surface.split(" ", 1)[0]
        return self._has_own_word(surface, start, inside) and (
            inside[0].start == start or first in within or _is_name(text, start, first)
        )

    def _acts(self, text: str, start: int, surface: str) -> bool:
        """Tell whether one word that begins a sentence does what companies do: "Leapmotor operates"."""
        found = self._acting.match(text, start + len(surface))
        if found is None or (found.group().startswith(" of ") and surface.endswith("s")):
            return False
        return not self._plain.search(surface)

    def _is_company(self, mark: Mark) -> bool:
        return self.ontology.is_a(mark.meaning, "Company")

    def _is_field_name(self, mark: Mark) -> bool:
        return self.ontology.is_a(mark.meaning, "IndustryCategory|Technology")

    def _are_parts(self, inside: Sequence[Mark]) -> bool:
        """Tell whether known names are places and fields, of which names of other things are made."""
        return all(self.ontology.is_a(mark.meaning, "Region|IndustryCategory|Technology") for mark in inside)

    def _class_of_run(self, text: str, start: int, end: int, inside: Sequence[Mark]) -> str | None:
        """Return the class of a run by its head, or by what stands before a place or a field."""
        by_field = (
            self._class_of_branch(text, start, end, inside) if self._ends_in_field(end, inside) else None
        )
        return by_field or self._class(text[start:end]) or self._class_of_branch(text, start, end, inside)

    def _class_of_branch(self, text: str, start: int, end: int, inside: Sequence[Mark]) -> str | None:
        """Return the class of a name that ends in a place: "Haier Songjiang", "TechPark Suzhou"."""
        bracket = text.endswith(")", start, end)
        if not inside or inside[-1].end != end - bracket:
            return None
        is_field = self._ends_in_field(end, inside)
        if not is_field and not self.ontology.is_a(inside[-1].meaning, "Region"):
            return None
        before = text[start : inside[-1].start].rstrip(" (")
        if not before:
            return None
        if len(inside) == 2 and (inside[0].start, inside[0].end) == (start, start + len(before)):
            return "Company" if self._is_company(inside[0]) else None
        head = self._class(before)
        if is_field:
            return head if head in ("Park", "IndustrialPark") and " " in before else None
        return head if head in ("Company", "Park", "IndustrialPark", "Facility") else None

    def _ends_in_field(self, end: int, inside: Sequence[Mark]) -> bool:
        """Tell whether a run ends in a field: "Innovation Park Artificial Intelligence"."""
        return bool(inside) and inside[-1].end == end and self._is_field_name(inside[-1])

    def _has_own_word(self, surface: str, start: int, inside: Sequence[Mark]) -> bool:
        """Tell whether a run has a word that is of no known name in it and can be of the name of a thing."""
        own = surface
        for mark in reversed(inside):
            own = own[: mark.start - start] + " " + own[mark.end - start :]
        return any(word not in self._common and not word.isdigit() for word in _WORDS.findall(own))

    def _class(self, surface: str) -> str | None:
        surface = _SHORT_FORM.sub("", surface)
        match = None
        if not self._last_wins.search(surface):
            match = self._of_head.search(surface) or self._inner_head.search(surface)
        if match is None and not _FIELD.search(surface):
            match = self._ending.search(surface)
        return self.classes.get(match["head"]) if match else None

    def _is_generic(self, surface: str, start: int, inside: Sequence[Mark]) -> bool:
        """Tell whether a run names a kind and no thing: "Science and Technology City", "Development Zone"."""
        kinds = [mark for mark in inside if self._is_field_name(mark)]
        if self._class(surface) == "Organization":  # named by its field: "Hydrogen Energy Industry Alliance"
            kinds = []
        return surface in self.classes or not self._has_own_word(surface, start, kinds)

    def _candidate(self, surface: str, start: int, head: str) -> Mark:
        return Mark(start, start + len(surface), candidate(surface, surface, head))


class _Within:
    """The words that stand within a sentence anywhere in a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[object, bool] = {}

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(_WITHIN.findall(self._text))

    def __contains__(self, word: object) -> bool:
        """Tell whether a word is one of them; a few are looked for, more are read at once."""
        if len(self._known) > _FEW:
            return word in self._all
        if word not in self._known:
            self._known[word] = isinstance(word, str) and " " not in word and self._stands(word)
        return self._known[word]

    def _stands(self, word: str) -> bool:
        at = self._text.find(f" {word}")
        while at >= 0:
            found = _WITHIN.match(self._text, at + 1)
            if found is not None and found.group() == word:
                return True
            at = self._text.find(f" {word}", at + 1)
        return False


def _is_name(text: str, start: int, surface: str) -> bool:
    """Tell whether a run can be trusted to be a name, not one word that only begins a sentence."""
    if " " in surface or any(letter.isupper() or letter.isdigit() for letter in surface[1:]):
        return True
    before = text[max(0, start - 3) : start].rstrip(" \"'(")
    if before and before[-1] not in ".!?\n:":
        return True
    return text.startswith(",", start + len(surface)) and not surface.endswith("ly")


def candidate(name: str, surface: str, head: str) -> Entity:
    """Return the candidate entity of a name: its own IRI, one class."""
    return Entity(ID[slug(name)].value, name, surface, (f"g60:{head}",), candidate=True)


def _with_dotted_ending(text: str, end: int) -> int:
    """Take in ", Ltd." after "Co", as companies write it."""
    match = _DOTTED.match(text, end)
    return match.end() if match and _COMPANY.search(text, max(0, end - 4), end) else end
