"""What a pronoun, or a clause without a name, speaks of, where the rule is certain.

Goes in: a sentence, a pronoun in it or the place where a match begins, and the classes asked for. Comes out:
the entity named before and the rule that says so, or None.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..model import Entity
from .anaphora import fits
from .candidates import candidate
from .kinds import OWNER, PRONOUN, Kinds
from .marks import Mark, Name, Pronoun
from .reading import Reading, Sentence
from .subject import Clauses, head_at

_JOINTS = frozenset(["and", "but", "that", "where", "when", "while", "as", "since", "because", ""])
_SINGLE = "Corridor"
"""The class of which an article speaks of one: it is meant even where it is an object before."""
_BACK = 4
"""How many sentences that begin with a pronoun are gone back."""


@dataclass(frozen=True, slots=True)
class Referent:
    """An entity's mark and the rule by which it is spoken of."""

    mark: Mark
    rule: str


def subject_of(
    sentence: Sentence,
    start: int,
    kind: str,
    reading: Reading,
    clauses: Clauses,
    unknown: str | None = None,
) -> Referent | None:
    """Return the subject of the clause in which a match begins, if it is of a kind.

    A bare name is a candidate of the class `unknown`, where one is given.
    """
    mark = clauses.subject(sentence, start, kind)
    if mark is not None and isinstance(mark.meaning, Pronoun):
        return referent(sentence, mark, kind, reading, clauses)
    if mark is not None and isinstance(mark.meaning, Name) and unknown is not None:
        named = candidate(mark.meaning.text, mark.meaning.text, unknown)
        return Referent(replace(mark, meaning=named), "subject of the clause")
    return (
        Referent(mark, "subject of the clause")
        if mark is not None and fits(clauses.kinds, mark, kind)
        else None
    )


def referent(
    sentence: Sentence, pronoun: Mark, kind: str, reading: Reading, clauses: Clauses
) -> Referent | None:
    """Return what a pronoun stands for: the subject of its sentence, or of the one before."""
    assert isinstance(pronoun.meaning, Pronoun)
    if pronoun.meaning.word.lower() == "whose":
        mark = _owner_before(sentence, pronoun)
        return Referent(mark, "name before") if mark is not None and fits(clauses.kinds, mark, kind) else None
    if pronoun.meaning.word == "there":
        return topic_before(sentence, kind, reading, clauses)
    head = clauses.head(sentence)
    if head is not None and head.end <= pronoun.start and isinstance(head.meaning, Entity):
        if fits(clauses.kinds, head, kind):
            return Referent(head, "subject of the sentence")
        if not _is_object(sentence, pronoun):
            return None
    if head is None and _is_object(sentence, pronoun):
        named = (mark for mark in sentence.at.values() if mark.end <= pronoun.start)
        only = only_one(named, kind, clauses.kinds)
        if only is not None:
            return Referent(only, "the one named before it")
    begins = sentence.at.get(0)
    owns_first = begins is not None and begins.code == OWNER
    if (
        head is None
        and not owns_first
        and (pronoun.code == OWNER or not _is_object(sentence, pronoun))
        and clauses.has_verb(sentence, head_at(sentence, pronoun))
    ):
        return None  # it speaks of the subject that stands before, whatever that is
    if head is None and _follows_name(sentence, pronoun, clauses):
        return None
    return topic_before(sentence, kind, reading, clauses)


def topic_before(sentence: Sentence, kind: str, reading: Reading, clauses: Clauses) -> Referent | None:
    """Return what the sentence before speaks of, if it is of a kind."""
    found = _topic(sentence.index - 1, kind, reading, clauses, _BACK)
    return Referent(found, "subject of the sentence before") if found else None


def _follows_name(sentence: Sentence, pronoun: Mark, clauses: Clauses) -> bool:
    """Tell whether a name that a pronoun can speak of, itself a subject, stands before it in its sentence."""
    if pronoun.code != PRONOUN or _is_object(sentence, pronoun):
        return False
    at = head_at(sentence, pronoun)
    names = (p for p, mark in sentence.at.items() if p < at and isinstance(mark.meaning, Entity | Name))
    return any(clauses.is_free(sentence, place) for place in names)


def _is_object(sentence: Sentence, pronoun: Mark) -> bool:
    """Tell whether a pronoun is no subject: a word stands right before it that is neither a joint nor a
    comma.
    """
    before = sentence.skeleton[: head_at(sentence, pronoun)].rstrip().rpartition(" ")[2]
    return pronoun.code == PRONOUN and before not in _JOINTS and before.isalpha()


def _owner_before(sentence: Sentence, pronoun: Mark) -> Mark | None:
    at = head_at(sentence, pronoun)
    near = [
        mark
        for place, mark in sentence.at.items()
        if at - 3 <= place < at and isinstance(mark.meaning, Entity)
    ]
    return near[-1] if near else None


def _topic(index: int, kind: str, reading: Reading, clauses: Clauses, back: int) -> Mark | None:
    """Return what a sentence speaks of: its subject, or the only other entity of the kind that it can have
    spoken of.
    """
    if index < 0 or not back:
        return None
    sentence = reading.sentences[index]
    head = clauses.head(sentence)
    if head is not None and isinstance(head.meaning, Pronoun):
        return _topic(index - 1, kind, reading, clauses, back - 1)
    if head is None:
        found = only_one(sentence.at.values(), kind, clauses.kinds)
        if found is None and kind == _SINGLE and not clauses.has_verb(sentence, len(sentence.skeleton)):
            return _topic(index - 1, kind, reading, clauses, back - 1)
        return found
    if fits(clauses.kinds, head, kind):
        return head
    free = (mark for at, mark in sentence.at.items() if clauses.is_free(sentence, at))
    found = only_one(free, kind, clauses.kinds)
    return found or (only_one(sentence.at.values(), kind, clauses.kinds) if _SINGLE in kind else None)


def only_one(marks: Iterable[Mark], kind: str, kinds: Kinds) -> Mark | None:
    """Return the one entity of a kind among marks."""
    found = {
        mark.meaning.iri: mark
        for mark in marks
        if isinstance(mark.meaning, Entity) and fits(kinds, mark, kind)
    }
    return next(iter(found.values())) if len(found) == 1 else None
