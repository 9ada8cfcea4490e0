"""What is said of a thing that a text describes and does not name.

Goes in: a match whose subject is open. Comes out: the thing that the words before the match describe
("a robot plant in Hefei, which covers …"), or that a sentence before describes and this one calls again
("The plant …", "It …"), where there is one such thing alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from ..model import Entity
from .compile import Compiler
from .kinds import AUXILIARY, ENTITIES, FIGURES, FILLER, NAME, OWNER, PRONOUN, TIMES
from .marks import Described, Mark
from .matching import Match, described_at
from .reading import Reading, Sentence
from .words import any_of

_NOUN: Final = rf"[{ENTITIES}{NAME}]"
_DET: Final = rf"(?:(?:the|a|an|its|their|{OWNER}) )?"
_PLAIN: Final = r"(?!(?:and|but|or|which|that|who|where)\b)[a-z-]+"
_WHERE: Final = (
    rf"(?: (?:of|by|in|at|for|near|on|to) {_DET}(?:{_NOUN}(?:'s {_NOUN})?|{_PLAIN}(?: {_PLAIN}){{0,2}}))?"
    rf"(?: (?:of|by|in|at|near|on) {_DET}{_NOUN})?(?:,? (?:in|on) [{TIMES}])?"
)
"""Where a thing stands, whose it is, or what it is for."""
_VERBLESS: Final = (
    rf"(?:,? (?:[{AUXILIARY}{FILLER}]|is|are|was|were|be|been|has|have|had|to|[a-z]+ly"
    rf"|(?:(?:in|on|by|since) )?[{TIMES}]))*"
)
_RELATIVE: Final = r"(?:,? (?:which|that))?"
_ASIDE: Final = r"(?:, [^,;:.]{1,80},)?"
_NO_JOINT: Final = r"(?!(?:and|but|while|which|that|who|where|because) )"
_GOES_ON: Final = rf"(?:{_VERBLESS}|(?: {_NO_JOINT}[^\s,;:.]+){{1,16}},? (?:and|but){_VERBLESS})"
"""From a subject to a verb of it: the first, or one that "and" joins to it."""
_STARTS: Final = (
    rf"(?:^[\"' ]*(?:(?:[a-z]+ly|once [a-z]+|when [a-z]+|after [a-z]+|[{FILLER}{TIMES}]),? )?"
    r"|[,;] (?:and |but )?|\b(?:and|but|that) )"
)
_FRONTED: Final = re.compile(
    rf"[^,;:.]{{0,60}}, (?:the (?P<head>[a-z][a-z -]*?)|(?P<it>{PRONOUN}))(?= [a-z{AUXILIARY}{FILLER}])"
)
"""Behind a match that opens its sentence: "Covering 500 mu, the plant …"."""
_SAME_AS: Final = re.compile(
    rf"(?:\b(?:is|are|was|were|be|become|becomes|became|as|remains|into|like|called)"
    rf"|{_NOUN}(?: \([^)]*\))?,)(?: (?:an?|the|its|one of the)(?: [a-z-]+)?)? ?$"
)
"""What stands before words that only say what something named is."""
_CHAINED: Final = re.compile(rf"(?:and|as well as|or|including)\b|[{FIGURES}]")
"""How a match begins that goes on with what its clause says already."""
_BACK: Final = 2
"""How many sentences before may describe what is called again."""
_REACH: Final = 220


@dataclass(frozen=True)
class Things:
    """Finds what is described, by the compiler's expression of it."""

    compiler: Compiler = field(compare=False)

    @cached_property
    def _expressions(self) -> dict[tuple[str, str], re.Pattern[str]]:
        return {}

    def _expression(self, kind: str, around: str) -> re.Pattern[str]:
        """Return the expression of a described thing of a kind, `%` in `around` standing for it."""
        key = kind, around
        if key not in self._expressions:
            described = f"(?P<thing>{self.compiler.described(kind)})"
            self._expressions[key] = re.compile(around.replace("%", described))
        return self._expressions[key]

    @cached_property
    def _called_again(self) -> re.Pattern[str]:
        heads = any_of(self.compiler.heads)
        return re.compile(
            rf"{_STARTS}the (?:new |whole |completed |finished )?(?P<head>{heads})"
            rf"{_ASIDE}{_RELATIVE}{_GOES_ON} ?$"
        )

    @cached_property
    def _pronoun(self) -> re.Pattern[str]:
        return re.compile(rf"{_STARTS}{PRONOUN}{_GOES_ON} ?$")

    def before(self, match: Match, kind: str) -> Mark | None:
        """Return the thing of a kind that is described right before a match."""
        text, begin = match.sentence.skeleton, match.begin
        if _CHAINED.match(text, begin):
            return None
        around = rf"%{_WHERE}{_RELATIVE}{_VERBLESS},? ?$"
        found = self._expression(kind, around).search(text, max(0, begin - _REACH), begin)
        if found is None:
            opening = rf"^[\"' ]*(?:an?|the|another) %{_WHERE}{_GOES_ON} ?$"
            found = self._expression(kind, opening).search(text, 0, begin)
        return described_at(match.sentence, *found.span("thing")) if found else None

    def again(self, match: Match, kind: str, reading: Reading) -> Mark | None:
        """Return the thing described before that a match's subject calls again by its noun."""
        text, begin = match.sentence.skeleton, match.begin
        found = self._called_again.search(text, max(0, begin - _REACH), begin)
        if found is None and not text[: match.start].strip("\"' "):
            found = _FRONTED.match(text, match.end)
        if found is None or found["head"] is None:
            return None
        return self._nearest(match.sentence, kind, reading, found["head"].split(" ")[-1])

    def last(self, match: Match, kind: str, reading: Reading) -> Mark | None:
        """Return the one thing that the sentence before describes."""
        before = match.sentence.index - 1
        return _only(self._in(reading.sentences[before], kind)) if before >= 0 else None

    def leads(self, match: Match, mark: Mark, reading: Reading) -> bool:
        """Tell whether a thing described is the first noun of the sentence before, and so its subject."""
        before = reading.sentences[match.sentence.index - 1]
        earlier = (other for other in before.at.values() if other.end <= mark.start)
        return not any(isinstance(other.meaning, Entity) for other in earlier)

    def pronoun(self, match: Match, kind: str, reading: Reading) -> Mark | None:
        """Return the one thing that the sentence before describes, where a pronoun is the subject."""
        text, begin = match.sentence.skeleton, match.begin
        said = self._pronoun.search(text, max(0, begin - _REACH), begin) is not None
        if not said and not text[: match.start].strip("\"' "):
            fronted = _FRONTED.match(text, match.end)
            said = fronted is not None and fronted["it"] is not None
        mark = self.last(match, kind, reading) if said else None
        return (
            mark
            if mark and (self.leads(match, mark, reading) or self._is_made(match, mark, reading))
            else None
        )

    def _is_made(self, match: Match, mark: Mark, reading: Reading) -> bool:
        """Tell whether the sentence before says that a thing is made: it is what that sentence is about."""
        before = reading.sentences[match.sentence.index - 1]
        at = next(place for place in range(len(before.skeleton)) if before.view_start(place) >= mark.start)
        return self._making.search(before.skeleton, max(0, at - 60), at) is not None

    @cached_property
    def _making(self) -> re.Pattern[str]:
        verbs = any_of(self.compiler.words["making"])
        return re.compile(
            rf"\b{verbs}(?: [{FIGURES}] (?:in|on|into|to {verbs}))?(?: (?:an?|the|{OWNER}|another))?"
            rf"(?: [{FIGURES}]| new)* ?$"
        )

    def _nearest(self, sentence: Sentence, kind: str, reading: Reading, head: str) -> Mark | None:
        """Return the thing with a head noun in the nearest sentence before that describes one."""
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _BACK), -1):
            found = list(self._in(reading.sentences[index], kind))
            named = found if head == "project" else [mark for mark in found if _ends(mark, head)]
            if named:
                return _only(named)
        return None

    def _in(self, sentence: Sentence, kind: str) -> Iterator[Mark]:
        for found in self._expression(kind, "%").finditer(sentence.skeleton):
            if _SAME_AS.search(sentence.skeleton, max(0, found.start() - 60), found.start()):
                continue
            yield described_at(sentence, *found.span("thing"))


def _ends(mark: Mark, head: str) -> bool:
    return isinstance(mark.meaning, Described) and mark.meaning.text.endswith(head)


def _only(marks: Iterable[Mark]) -> Mark | None:
    found = {mark.meaning.text: mark for mark in marks if isinstance(mark.meaning, Described)}
    return next(iter(found.values())) if len(found) == 1 else None
