"""A sentence made ready for the parser: one plain word for each name, figure and time.

A parser that meets "Zhengtai Qidi Smart Electric Port" or "RMB 4.5 billion" goes astray; one frequent word of
the kind does not mislead it. Lists of three or more names become one word, and what they say of each other
("A, B and C in Zhejiang") is kept beside it. Brackets and remarks such as "year on year" are left out. The
words are data: `data/grammar/feeding.yaml`.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from g60kg.model import Entity
from g60kg.text.lexicon import AnnotatedText, Lexicon
from g60kg.text.marks import Figure, Mark, Name, Time
from g60kg.text.scanning import any_of
from g60kg.text.view import dateline_end

_JOINT: Final = re.compile(r"\s*(?:[,;]|,? and|; and|,? as well as|,? &|\. ?,) (?:also )?(?:the )?")
_LAST_JOINT: Final = re.compile(r"\band\b|as well as|[&;]")
_IN: Final = re.compile(r",? (?:in|of) (?:the )?(?:(?:neighbou?ring|nearby|eastern|east China's) )?")
_OTHERS: Final = re.compile(r",? (?:and |among )?(?:[a-z\d]+ )?(?:others|more|other [a-z]+)\b")
_COLON: Final = re.compile(r"(?::|-|including|such as|namely|like) (?:the )?$")
_LEAST: Final = 3
_KINDS: Final = ("Region", "Organization", "Park", "IndustryCategory", "Technology", "Facility")


@dataclass(frozen=True, slots=True)
class NameList:
    """One mark, or the names of a list of one `kind`; `parts` are pairs of a member and its whole."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    parts: tuple[tuple[Mark, Mark], ...] = ()
    kind: str | None = None


@dataclass(frozen=True)
class Ranks:
    """How high a region stands, by its class: a town below a district, a province below a country."""

    lexicon: Lexicon
    table: Mapping[str, int]

    def rank(self, mark: Mark) -> int:
        """Return the rank of a region; 0 for what is none."""
        if not isinstance(mark.meaning, Entity):
            return 0
        return max((self.table.get(name.removeprefix("g60:"), 0) for name in mark.meaning.types), default=0)

    def kind(self, mark: Mark) -> str | None:
        """Return the kind of list that a name may stand in."""
        if isinstance(mark.meaning, Name):
            return "Organization"
        if not isinstance(mark.meaning, Entity):
            return None
        entity = mark.meaning
        kind = next((kind for kind in _KINDS if self.lexicon.is_a(entity, kind)), None)
        return "Park" if kind == "Facility" else kind


def find_lists(text: str, marks: Sequence[Mark], ranks: Ranks) -> Iterator[NameList]:
    """Yield marks in order, the names of a list as one."""
    number = 0
    while number < len(marks):
        found, after = _read_list(text, marks, number, ranks)
        if found is None:
            mark = marks[number]
            yield NameList(mark.start, mark.end, (mark,))
            number += 1
        else:
            yield found
            number = after


def _read_list(text: str, marks: Sequence[Mark], first: int, ranks: Ranks) -> tuple[NameList | None, int]:
    kind = ranks.kind(marks[first])
    if kind is None:
        return None, first
    items: list[Mark] = []
    parts: list[tuple[Mark, Mark]] = []
    waiting: list[Mark] = []
    owner: Mark | None = None
    closed, ended, at, end = False, False, first, marks[first].start
    while at < len(marks) and ranks.kind(marks[at]) == kind:
        if items:
            between = text[end : marks[at].start]
            if not _JOINT.fullmatch(between) or (ended and between == ", "):
                break  # "between A and B, C, employs …"
            closed = closed or bool(_LAST_JOINT.search(between))
            ended = between == " and " and ";" not in text[marks[first].start : end]
        owned = _owned(text, marks, at, kind, ranks)
        owner, at = (marks[at], at + 1) if owned else (owner, at)
        item = marks[at]
        items.append(item)
        waiting.append(item)
        parts += [(item, owner)] if owner else []
        end, at = item.end, at + 1
        whole = marks[at] if at < len(marks) else None
        if whole is not None and _contains(text, item, whole, ranks):
            parts += [(part, whole) for part in waiting if 0 < ranks.rank(part) < ranks.rank(whole)]
            waiting, owner, end, at, ended = [], None, whole.end, at + 1, False
    led = bool(_COLON.search(text, max(0, marks[first].start - 14), marks[first].start))
    others = bool(_OTHERS.match(text, end))
    is_list = len(items) >= _LEAST and (closed or others or (led and kind != "Organization"))
    if not is_list or text.startswith("'s", end):
        return None, first
    return NameList(marks[first].start, end, tuple(items), tuple(parts), kind), at


def _contains(text: str, item: Mark, whole: Mark, ranks: Ranks) -> bool:
    """Tell whether a region is said to lie in the next one: "Hangzhou in Zhejiang"."""
    if ranks.kind(whole) != "Region" or not _IN.fullmatch(text[item.end : whole.start]):
        return False
    return ranks.rank(whole) > ranks.rank(item) > 0


def _owned(text: str, marks: Sequence[Mark], at: int, kind: str, ranks: Ranks) -> bool:
    """Tell whether a region owns the next one: "Zhejiang's Jiaxing, Hangzhou"."""
    if kind != "Region" or at + 1 >= len(marks) or ranks.kind(marks[at + 1]) != "Region":
        return False
    owns = text[marks[at].end : marks[at + 1].start] == "'s "
    return owns and ranks.rank(marks[at]) > ranks.rank(marks[at + 1])


@dataclass(frozen=True, slots=True)
class Fed:
    """One word for the parser, `start:end` of the view; `space` follows it or not.

    `marks` are what it stands for: one name, figure or time, or the names of a list. `parts` are the members
    of a list with what the list says they are part of, `based` the place of "Hefei-based", `hidden` the marks
    in brackets right behind. `lemma` is that of the word in the text where another word is put in its place.
    """

    text: str
    space: bool
    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    parts: tuple[tuple[Mark, Mark], ...] = ()
    based: Mark | None = None
    hidden: tuple[Mark, ...] = ()
    lemma: str | None = None

    @property
    def figure(self) -> Figure | None:
        """The figure that the word stands for, if it is one."""
        meaning = self.marks[0].meaning if self.marks else None
        return meaning if isinstance(meaning, Figure) else None

    @property
    def time(self) -> Time | None:
        """The time that the word stands for, if it is one."""
        meaning = self.marks[0].meaning if self.marks else None
        return meaning if isinstance(meaning, Time) else None

    @property
    def entities(self) -> tuple[Mark, ...]:
        """The marks of entities that the word stands for."""
        return tuple(mark for mark in self.marks if isinstance(mark.meaning, Entity))


_BASED: Final = re.compile(r"-(?:based|headquartered)\b")
_COMPOUND: Final = re.compile(r"\d-[a-z]")
_QUOTES: Final = frozenset(['"', "'", "``", "''"])


@dataclass(frozen=True)
class Feeder:
    """Makes fed words of sentences, by the tables of `feeding.yaml`."""

    lexicon: Lexicon
    cut: Callable[[str], list[tuple[int, int]]] = field(compare=False)
    """What cuts a plain text into words: the tokenizer of the pipeline."""

    @cached_property
    def _table(self) -> Mapping[str, Any]:
        table: Mapping[str, Any] = self.lexicon.tables["feeding"]
        return table

    @cached_property
    def _ranks(self) -> Ranks:
        return Ranks(self.lexicon, self._table["ranks"])

    @cached_property
    def _left_out(self) -> re.Pattern[str]:
        return re.compile(rf"(?:, )?\b{any_of(self._table['left_out'])}")

    @cached_property
    def _one_word(self) -> re.Pattern[str]:
        return re.compile(rf"\b{any_of(self._table['one_word'])}(?![\w-])", re.I)

    @cached_property
    def _determined(self) -> re.Pattern[str]:
        return re.compile(rf"(?:\b{any_of(self._table['determiners'])}|'s) $", re.I)

    @cached_property
    def _time_led(self) -> re.Pattern[str]:
        return re.compile(rf"\b{any_of(self._table['before_times'])} $", re.I)

    def sentences(self, text: AnnotatedText) -> Iterator[tuple[tuple[int, int], tuple[Fed, ...]]]:
        """Yield each sentence, as its span and its fed words."""
        words = self.cut(text.view.text)
        starts = [start for start, _ in words]
        for start, end in text.sentences:
            start = dateline_end(text.view.text, start)
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            fed = self._sentence(text, start, end, words[first:last])
            if fed:
                yield (start, end), fed

    def _sentence(
        self, text: AnnotatedText, start: int, end: int, words: Sequence[tuple[int, int]]
    ) -> tuple[Fed, ...]:
        plain = text.view.text
        marks = [mark for mark in text.marks_within(start, end) if _is_fed(mark)]
        joined: dict[int, Fed] = {}
        for match in self._one_word.finditer(plain, start, end):
            word, behind = self._table["one_word"][match[0].lower()], plain[match.end() : match.end() + 1]
            joined[match.start()] = Fed(word, behind == " ", *match.span())
        left_out = [match.span() for match in self._left_out.finditer(plain, start, end)]
        gap = _Gaps(plain, words, left_out, joined)
        fed: list[Fed] = []
        done = start
        for unit in find_lists(plain, marks, self._ranks):
            if unit.start < done:
                continue
            fed += gap.between(done, unit.start)
            made, done = self._unit(plain, unit, start)
            fed += made
        fed += gap.between(done, end)
        return tuple(self._verbs(self._folded(_without_brackets(fed))))

    def _unit(self, plain: str, unit: NameList, floor: int) -> tuple[list[Fed], int]:
        """Return the words for a name, figure, time or list, and where the text goes on."""
        start, end = unit.start, unit.end
        space = plain[end : end + 1] == " "
        if unit.kind is not None:
            word = self._table["lists"][unit.kind]
            return [Fed(word, space, start, end, unit.marks, unit.parts)], end
        mark = unit.marks[0]
        before = plain[max(floor, start - 14) : start]
        if isinstance(mark.meaning, Figure):
            return self._figure(plain, mark, before), end
        if isinstance(mark.meaning, Time):
            return [Fed(self._time(plain, mark, before), space, start, end, unit.marks)], end
        tail = _BASED.match(plain, end)
        if tail and isinstance(mark.meaning, Entity) and self.lexicon.is_a(mark.meaning, "Region"):
            end = tail.end()
            return [Fed(self._table["based"], plain[end : end + 1] == " ", start, end, (), (), mark)], end
        return self._name(plain, mark, before, space), end

    def _name(self, plain: str, mark: Mark, before: str, space: bool) -> list[Fed]:
        """Return the word for a name: one of its kind, or behind an article its own last word."""
        surface = plain[mark.start : mark.end]
        determined = bool(self._determined.search(before))
        last = re.sub(r"[^\w&.-]", "", re.sub(r"\s*\([^)]*\)$", "", surface).rsplit(" ", 1)[-1]) or "Thing"
        word = self._stand_in(mark, determined, last)
        return [Fed(word, space, mark.start, mark.end, (mark,))]

    def _stand_in(self, mark: Mark, determined: bool, last: str) -> str:
        meaning, names = mark.meaning, self._table["names"]
        if not isinstance(meaning, Entity):
            return last if determined else str(names["Organization"])
        if self.lexicon.is_a(meaning, "IndustryCategory|Technology|IndustryScheme"):
            return last
        for kind, word in names.items():
            if self.lexicon.is_a(meaning, kind):
                return last if determined and last.isalpha() else str(word)
        return last

    def _figure(self, plain: str, mark: Mark, before: str) -> list[Fed]:
        """Return the words for a figure: a number, a number with a unit, or an adjective of size."""
        start, end, number = mark.start, mark.end, str(self._table["number"])
        space = plain[end : end + 1] == " "
        kind = mark.meaning.kind if isinstance(mark.meaning, Figure) else "number"
        if kind == "number":
            return [Fed(number, space, start, end, (mark,))]
        surface = plain[start:end]
        behind_noun = plain[end : end + 2].strip()[:1].islower() and plain[end : end + 1] == " "
        if _COMPOUND.search(surface) or (
            kind in ("area", "length") and behind_noun and self._determined.search(before)
        ):
            return [Fed(self._table["sized"], space, start, end, (mark,))]
        word = self._table["units"][kind]
        if kind == "fraction":
            lead = [] if re.search(r"\b(?:the|an?) $", before, re.I) else [Fed("a", True, start, start)]
        else:
            lead = [Fed(number, True, start, start)]
        return [*lead, Fed(word, space, start, end, (mark,))]

    def _time(self, plain: str, mark: Mark, before: str) -> str:
        times = self._table["times"]
        if re.search(r"\bon $", before, re.I):
            return str(times["on"])
        surface = plain[mark.start : mark.end]
        is_year = self._time_led.search(before) or (len(surface) == 4 and surface.isdigit())
        return str(times["year"] if is_year else times["alone"])

    def _folded(self, words: list[Fed]) -> list[Fed]:
        """Let the noun before a list stand for it: "nine cities: A, B and C"."""
        folded: list[Fed] = []
        for number, word in enumerate(words):
            back = len(folded)
            if len(word.marks) > 2:
                while back and folded[back - 1].text.lower() in self._table["introducing"]:
                    back -= 1
            lead = folded[back:]
            noun = folded[back - 1] if back else None
            if (
                noun is not None
                and any(each.text != "," for each in lead)
                and not noun.marks
                and noun.text.lower() in self._table["list_nouns"]
            ):
                folded[back - 1 :] = [replace(noun, marks=word.marks, parts=word.parts, end=word.end)]
                if number + 1 < len(words) and words[number + 1].text in (":", "-", "--"):
                    words[number + 1] = replace(words[number + 1], text=",")
            else:
                folded.append(word)
        return folded

    def _is_definite(self, words: Sequence[Fed], verb: int) -> bool:
        """Tell whether "the zone" stands before a word and begins its clause: "The zone houses …"."""
        if verb < 2 or words[verb - 2].text.lower() not in self._definite_by:
            return False
        lead = words[verb - 3].text.lower() if verb > 2 else ","
        after = words[verb + 1].text.lower() if verb + 1 < len(words) else "of"
        begins = lead in self._table["clause_openers"] and after not in self._table["noun_followers"]
        return begins and words[verb - 1].text.lower() in self._definite

    @cached_property
    def _definite_by(self) -> frozenset[str]:
        return frozenset(self.lexicon.tables["mentions"]["definite_by"])

    @cached_property
    def _definite(self) -> frozenset[str]:
        return frozenset(self.lexicon.tables["mentions"]["definite"])

    def _verbs(self, words: list[Fed]) -> list[Fed]:
        """Put a plain verb in the place of one that may be a noun, behind a name: "Huawei houses …"."""
        verbs, behind = self._table["verbs"], self._table["verb_behind"]
        out = list(words)
        for number in range(1, len(words)):
            before, word = words[number - 1], words[number]
            found = verbs.get(word.text.lower())
            counts = number + 1 < len(words) and words[number + 1].figure is not None
            subject = _is_thing(before) or before.text.lower() in behind or self._is_definite(words, number)
            subject = subject or (counts and not before.marks and before.text.endswith("s"))
            if found and not word.marks and subject:
                lemma, text = found
                out[number] = replace(word, lemma=lemma, text=text)
        return out


class _Gaps:
    """The plain words between marks, without those that are left out; some that are several as one."""

    def __init__(
        self,
        plain: str,
        words: Sequence[tuple[int, int]],
        left_out: Sequence[tuple[int, int]],
        joined: Mapping[int, Fed],
    ) -> None:
        self._plain, self._words, self._left_out, self._joined = plain, words, left_out, joined
        self._ends = [end for _, end in words]

    def between(self, start: int, end: int) -> list[Fed]:
        """Return the words from `start` to `end`; one that crosses an end is cut there."""
        found: list[Fed] = []
        row = bisect_left(self._ends, start + 1)
        while row < len(self._words) and self._words[row][0] < end:
            a, b = max(self._words[row][0], start), min(self._words[row][1], end)
            row += 1
            one = self._joined.get(a)
            if one is not None and one.end <= end:
                found.append(one)
                row = bisect_left(self._ends, one.end + 1)
            elif a < b and not any(x <= a < y for x, y in self._left_out):
                found.append(Fed(self._plain[a:b], self._plain[b : b + 1] == " ", a, b))
        return found


def _is_fed(mark: Mark) -> bool:
    return isinstance(mark.meaning, Entity | Figure | Time | Name)


def _is_thing(word: Fed) -> bool:
    return any(isinstance(mark.meaning, Entity | Name) for mark in word.marks)


def _without_brackets(words: Sequence[Fed]) -> list[Fed]:
    """Leave out what stands in brackets, and quotation marks; names of a list in brackets go to its noun."""
    out: list[Fed] = []
    depth, quoted = 0, False
    for word in words:
        if word.text in ("(", "["):
            depth += 1
        elif word.text in (")", "]") and depth:
            depth -= 1
        elif depth and out:
            host = out[-1]
            names = word.entities
            if word.marks and len(names) == len(word.marks) and not host.figure and not host.time:
                lists = host.text[:1].islower() and host.text.endswith("s")
                host = (
                    replace(host, marks=host.marks + names, parts=host.parts + word.parts) if lists else host
                )
            out[-1] = replace(host, hidden=host.hidden + word.marks)
        elif not depth and word.text == "'":
            owns = bool(out) and _is_thing(out[-1]) and out[-1].end == word.start and not quoted
            out += [replace(word, text="'s", lemma="'s")] if owns else []  # "Keyun Motors' new plant"
            quoted = not owns and not quoted
        elif not depth and word.text not in _QUOTES:
            out.append(word)
    return out
