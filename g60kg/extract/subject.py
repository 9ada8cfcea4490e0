"""The subject of what a match says, where the words leave no doubt.

Goes in: a sentence and the place where a match begins. Comes out: the mark of the subject of that clause, or
None. A possessor is no subject, nor is a name after a preposition, in a list, or of another clause: then
nothing is claimed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .anaphora import fits
from .clause_forms import BRACKETS, NOUN, ClauseForms
from .kinds import FIGURES, FILLER, ORDINAL, PRONOUN, TIMES
from .marks import Mark
from .reading import Sentence

_ADJUNCT: Final = re.compile(
    r"[\" ,(-]*(?:(?:and|as well as) )?"
    r"(?:(?:with|at|of|by|on|in|for|up|down|a|an|as|including|to|along|beside|next|through|across)\b"
    rf"|(?:located|situated|based|headquartered|seated)\b|[a-z]+ing\b|[{FIGURES}{ORDINAL}])"
)
"""How a match begins that hangs on a clause and is no verb of it: "with a population of …"."""
_NAMED_BEFORE: Final = re.compile(rf"(?P<mark>{NOUN}){BRACKETS}(?P<comma>,?) ?\"?$")
_TIMED: Final = re.compile(rf"(?:in|on|by|at|since) (?:the )?(?:end of )?(?:early |late )?[{TIMES}],? ")
_EARLY: Final = re.compile(rf"[a-z{TIMES}{FILLER}{FIGURES}, -]{{2,60}} (?={PRONOUN})")
_PARTED: Final = re.compile(", | - ")
_TOGETHER: Final = re.compile(r",? (?:which|that|who) (?:together|both|all|each)\b")
_REACH: Final = 400
"""How far before a match its subject is looked for, in characters."""


@dataclass(frozen=True)
class Clauses(ClauseForms):
    """Finds subjects, by the tables of `clauses.yaml` and the forms of verbs."""

    def subject(self, sentence: Sentence, start: int, kind: str) -> Mark | None:
        """Return the mark of the subject of the clause in which a match begins, or None where that is in
        doubt.
        """
        text, low = sentence.skeleton, max(0, start - _REACH)
        if not text[:start].strip("\"' ") and (head := self.head(sentence)) is not None:
            return head
        found = self._relative.search(text, low, start)
        if found is not None:
            return self._of_relative(sentence, found.start("mark"), kind) if found["mark"] else None
        if _ADJUNCT.match(text, start):
            return self._of_adjunct(sentence, start, kind)
        found = self._right_before.search(text, low, start)
        if found is not None:
            return self._certain(sentence, found.start("mark"))
        if not self._joined.search(text, low, start):
            return None
        within = self._within_relative.search(text, low, start)
        if within is not None:
            return self._of_relative(sentence, within.start("mark"), kind) if within["mark"] else None
        mark = self.inherited(sentence, start)
        return None if mark and self._with_others.match(text, head_at(sentence, mark) + 1) else mark

    def _of_adjunct(self, sentence: Sentence, start: int, kind: str) -> Mark | None:
        """Return what a phrase such as "with an area of …" is said of: the free name before it, or the
        subject.
        """
        text = sentence.skeleton
        found = _NAMED_BEFORE.search(text, max(0, start - 70), start + (text[start] == ","))
        if found is None:
            return self.inherited(sentence, start)
        at = found.start("mark")
        explained = self._explained(sentence, at)
        if explained is not sentence.at[at]:
            return explained if fits(self.kinds, explained, kind) else None
        if self._certain(sentence, at) is None:
            return self._loosely(sentence, start, at, bool(found["comma"]))
        return sentence.at[at] if fits(self.kinds, sentence.at[at], kind) else self.inherited(sentence, start)

    def _of_relative(self, sentence: Sentence, at: int, kind: str) -> Mark | None:
        """Return what "which" stands for behind a name: that, or what an aside explains with it, where only
        one of the two is of the kind; nothing of a list: "A and B, which together make …".
        """
        text, near, first = sentence.skeleton, sentence.at[at], self._explained(sentence, at)
        if _TOGETHER.match(text, at + 1) and self._listed.search(text, max(0, at - 90), at):
            return None
        if first is near:
            return near
        fitting = [mark for mark in (near, first) if fits(self.kinds, mark, kind)]
        return fitting[0] if len(fitting) == 1 else None

    def _explained(self, sentence: Sentence, at: int) -> Mark:
        """Return the name that an aside explains which ends with the name at a place: of "Jiading, a district
        of Shanghai with …" the first.
        """
        found = self._explaining.search(sentence.skeleton, max(0, at - 90), at)
        return sentence.at[found.start("mark") if found else at]

    def _loosely(self, sentence: Sentence, start: int, near: int, parted: bool) -> Mark | None:
        """Return the subject where a phrase hangs on it, and not on the place right before: a comma or no
        verb says so.
        """
        head = self.inherited(sentence, start)
        if head is None or parted:
            return head
        return None if self._a_verb.search(sentence.skeleton, head_at(sentence, head), near) else head

    def _certain(self, sentence: Sentence, at: int) -> Mark | None:
        """Return the mark at a place unless it stands after a preposition or ends a list."""
        return sentence.at[at] if self.is_free(sentence, at) and not self._ends_list(sentence, at) else None

    def is_free(self, sentence: Sentence, at: int) -> bool:
        """Tell whether a name, and the one it is joined to, stands after no preposition, or after one that
        speaks for it.
        """
        text, low = sentence.skeleton, max(0, at - 60)
        if not self._prepositional.search(text, low, at):
            joined = self._joined_to.search(text, low, at)
            return joined is None or self.is_free(sentence, joined.start("mark"))
        spoken = self._spoken_for.search(text, low, at)
        return spoken is not None and not self._of_parts.search(text, low, spoken.start())

    def _ends_list(self, sentence: Sentence, at: int) -> bool:
        found = self._listed.search(sentence.skeleton, max(0, at - 90), at)
        if found is None:
            return False
        return found["joint"] != "," or self.is_free(sentence, found.start("mark"))

    def has_verb(self, sentence: Sentence, before: int) -> bool:
        """Tell whether a verb stands in a sentence before a place."""
        return self._a_verb.search(sentence.skeleton, 0, before) is not None

    def inherited(self, sentence: Sentence, start: int) -> Mark | None:
        """Return the subject of the last clause that begins before a place."""
        last: Mark | None = self.head(sentence)
        for found in self._later.finditer(sentence.skeleton, 1, start):
            last = self._certain(sentence, found.start("mark")) if found["mark"] else None
        return last if last is None or last.end <= sentence.view_start(start) else None

    def head(self, sentence: Sentence) -> Mark | None:
        """Return the mark of the subject of a sentence's first clause, or None."""
        text = sentence.skeleton
        first = len(text) - len(text.lstrip("\"' "))
        if self._of_parts.match(text, first):
            return None
        for start in self._starts(text):
            kin = self._named_kin.match(text, start)
            if kin is not None:
                at = kin.start("mark" if kin["mark"] else "placed")
                return None if self._own_noun.match(text, at + 1) else sentence.at[at]
            found = self._first.match(text, start) or self._spoken_first.match(text, start)
            if found is not None:
                return self._of_head(sentence, found, start)
            if start == first and not self._opening.match(text, start):
                return None
        return None

    def _of_head(self, sentence: Sentence, found: re.Match[str], start: int) -> Mark | None:
        text, at = sentence.skeleton, found.start("mark")
        has_verb = self._a_verb.match(text, found.end())
        if self._own_noun.match(text, at + 1):
            return None
        is_owner = text.startswith(("'s ", "' "), at + 1) and not has_verb
        is_list = self._listing.match(text, at + 1)
        if is_owner or (is_list and not has_verb) or (start and not has_verb):
            return None
        return sentence.at[at]

    def _starts(self, text: str) -> Iterator[int]:
        start = len(text) - len(text.lstrip("\"' "))
        yield start
        for opening in (_TIMED, _EARLY):
            if found := opening.match(text, start):
                yield found.end()
        for comma in _PARTED.finditer(text, 0, start + 260):
            yield comma.end()


def head_at(sentence: Sentence, mark: Mark | None) -> int:
    """Return where a mark stands in its sentence's skeleton."""
    return next((at for at, other in sentence.at.items() if other is mark), 0)
