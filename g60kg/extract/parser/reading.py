"""One sentence as the mechanisms read it, and how they propose claims from it.

Frames, relations and figures are functions over a `SentenceReading`: they ask it what phrases mention, when
and whether a clause is so, and propose with the tokens that say it, from which the quote is made. What
is stated has the predicate that its ends allow, and is proposed once in a sentence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.clauses import ClauseTimes, Modality
from g60kg.extract.parser.coreference import Coreference
from g60kg.extract.parser.frames import EXPLICIT, WEAKER, WITHIN, Found, weakest
from g60kg.extract.parser.graph import Sentence, is_one
from g60kg.extract.parser.mentions import Mentions
from g60kg.extract.proposals import Mention, Proposal, Stated
from g60kg.model import TIMES, Entity, Qualifier, Resolution, Value
from g60kg.text.lexicon import AnnotatedText, Lexicon
from g60kg.text.marks import Mark, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

READER: Final = "parser"
_OF_PAST: Final = frozenset({"endYear", "startYear"})
"""Years that say nothing of whether a claim is planned."""

Qualifiers = dict[str, Qualifier]


@dataclass(frozen=True, slots=True)
class Literal:
    """A value and the words of the view that state it; `of` is the noun that a figure counts or measures."""

    value: Value
    start: int
    end: int
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a mechanism read, by its id or that of its frame: that a subject has a predicate.

    `tokens` are the words besides subject and object that say so, from which the quote is made; `time`
    dates the claim; `basis` is the mechanism's own, where it is weaker than how its ends were found.
    """

    pattern: str
    subject: Found
    predicate: str
    said: Found | Literal
    tokens: Sequence["Token"] = ()
    modality: str | None = None
    qualifiers: Qualifiers = field(default_factory=dict)
    time: Mark | None = None
    basis: str = EXPLICIT

    @property
    def ends(self) -> tuple[Found, ...]:
        """The things that it is about: the subject, and the object unless that is a value."""
        return (self.subject, self.said) if isinstance(self.said, Found) else (self.subject,)

    @property
    def rests_on(self) -> str:
        """The weakest of the bases that it has."""
        return weakest(self.basis, *(end.basis for end in self.ends))


@dataclass(frozen=True)
class SentenceReading:
    """A sentence, what its phrases mention, its clauses' modality and times, and what was proposed of it."""

    text: AnnotatedText
    lexicon: Lexicon
    sentence: Sentence
    coreference: Coreference
    proposals: list[Proposal] = field(default_factory=list)

    @cached_property
    def modality(self) -> Modality:
        """What is planned, reported or denied in the sentence."""
        return Modality(self.sentence, self.lexicon.tables["modality"])

    @cached_property
    def mentions(self) -> Mentions:
        """What its noun phrases mention."""
        return Mentions(self.sentence, self.text, self.lexicon, self.modality, self.coreference)

    @cached_property
    def times(self) -> ClauseTimes:
        """When its clauses are."""
        words = self.lexicon.tables["modality"]
        return ClauseTimes(self.sentence, words["saying_verbs"], words["planning_verbs"])

    def words(self, start: int, end: int) -> str:
        """Return the text of a run of the view, as the article writes it."""
        a, b = self.text.view.span(start, end)
        return self.text.article.text[a:b]

    def state(self, made: Statement) -> None:
        """Propose a statement, unless the sentence has it already or its ends do not allow it."""
        if made.predicate == "headquarteredIn" and any(_is_branch(self, each) for each in made.tokens):
            made = replace(made, predicate="locatedIn")
        if isinstance(made.said, Found):
            chosen = _predicate(self.lexicon, made.subject.entity, made.predicate, made.said.entity)
            if chosen is None:
                return
            made = replace(made, predicate=chosen)
        if any(_is_generic(self, end) for end in made.ends):
            return
        made = replace(made, modality=made.modality or _described_modality(self, made.ends))
        before = _same(self, made)
        if before is not None:
            surer = WEAKER.index(made.rests_on) < WEAKER.index(before.basis)
            if not surer and (made.time is None or before.qualifiers):
                return
            self.proposals.remove(before)
        self.propose(made)

    def propose(self, made: Statement) -> None:
        """Propose a statement, unless it is denied or of a thing and itself."""
        said = made.said
        if made.modality == "denied" or len({end.entity.iri for end in made.ends}) < len(made.ends):
            return
        limits = dict(made.qualifiers)
        resolved: tuple[Resolution, ...] = ()
        if made.time is not None and isinstance(made.time.meaning, Time):
            limits |= time_qualifier(made.time.meaning)
            resolved = self._computed(made.time)
        modality = made.modality or self._to_come(made.predicate, said, limits)
        if modality:
            limits["modality"] = modality
        start, end = self._quote(made)
        self.proposals.append(
            Proposal(
                READER,
                made.pattern,
                self.words(start, end),
                self._mention(made.subject),
                made.predicate if ":" in made.predicate else f"g60:{made.predicate}",
                self._mention(said) if isinstance(said, Found) else self._stated(said),
                made.rests_on,
                self.text.view.span(start, end)[0],
                tuple(sorted(limits.items(), key=lambda row: row[0])),
                resolved,
                weighs=True,
            )
        )

    def _quote(self, made: Statement) -> tuple[int, int]:
        """Return the shortest run of the view that has all words on which a claim rests."""
        spans = [(made.subject.start, made.subject.end), (made.said.start, made.said.end)]
        spans += [(self.sentence.word(token).start, self.sentence.word(token).end) for token in made.tokens]
        spans += [(made.time.start, made.time.end)] if made.time is not None else []
        low, high = self.sentence.span
        within = [(a, b) for a, b in spans if a >= low and b <= high and a < b] or [(low, high)]
        return min(a for a, _ in within), max(b for _, b in within)

    def _mention(self, found: Found) -> Mention:
        start, end = self.text.view.span(found.start, found.end)
        surface = self.text.article.text[start:end]
        kind = found.entity.types[0].removeprefix("g60:") if found.entity.types else "Organization"
        return Mention(found.entity.label, surface, kind, start, found.entity, found.resolution, found.repair)

    def _stated(self, said: Literal) -> Stated:
        start, end = self.text.view.span(said.start, said.end)
        return Stated(said.value, self.text.article.text[start:end], start, said.of)

    def _computed(self, time: Mark) -> tuple[Resolution, ...]:
        """Return how a relative time was computed."""
        assert isinstance(time.meaning, Time)
        if time.meaning.rule is None:
            return ()
        start, end = self.text.view.span(time.start, time.end)
        return (Resolution(self.text.article.text[start:end], time.meaning.rule, start, end),)

    def _to_come(self, predicate: str, said: Found | Literal, limits: Qualifiers) -> str | None:
        """Tell that a claim is planned, where its time lies after the article's date."""
        today = self.text.article.date
        dated = isinstance(said, Literal) and said.value.datatype in TIMES.values()
        when = limits.get("date") or limits.get("year") or limits.get("period")
        if dated and isinstance(said, Literal) and predicate.removeprefix("g60:") not in _OF_PAST:
            when = when or said.value.value
        return "planned" if today and isinstance(when, str) and when > today[: len(when)] else None


def time_qualifier(time: Time) -> Qualifiers:
    """Return a time as a qualifier: its name and its lexical form.

    >>> time_qualifier(Time("2023-01", "2023-06"))
    {'period': '2023-01/2023-06'}
    """
    if time.end is not None:
        return {"period": f"{time.start}/{time.end}"}
    return {"year" if len(time.start) == 4 else "date": time.start}


def time_literal(mark: Mark, *, end: bool = False, year: bool = False) -> Literal:
    """Return a time, or the end of a period, as a literal of the datatype that its form has."""
    assert isinstance(mark.meaning, Time)
    lexical = (mark.meaning.end if end else mark.meaning.start) or mark.meaning.start
    lexical = lexical[:4] if year else lexical
    return Literal(Value(lexical, TIMES[len(lexical)]), mark.start, mark.end)


PLACES: Final = "Region|Park|Corridor"
PLACED: Final = "Organization|Park|Facility|Project|Corridor|Conference"
_SYMMETRIC: Final = frozenset({"cooperatesWith"})


def _predicate(lexicon: Lexicon, subject: Entity, predicate: str, said: Entity) -> str | None:
    """Return the predicate that two things allow; None where they allow none."""
    if predicate == "partOf" and _are_unranked(lexicon, subject, said):
        return predicate
    if predicate in (WITHIN, "locatedIn", "partOf"):
        return place_predicate(lexicon, subject, said)
    if predicate == "headquarteredIn" and not lexicon.is_a(subject, "Organization"):
        return place_predicate(lexicon, subject, said)
    return predicate


def _are_unranked(lexicon: Lexicon, part: Entity, whole: Entity) -> bool:
    """Tell whether nothing but the text says which of two regions is the larger one."""
    both = lexicon.is_a(part, "Region") and lexicon.is_a(whole, "Region")
    ranks = lexicon.tables["feeding"]["ranks"]
    return (
        both and part.candidate and whole.candidate and not 0 < _rank(ranks, whole) < _rank(ranks, part) > 2
    )


def place_predicate(lexicon: Lexicon, part: Entity, whole: Entity) -> str | None:
    """Return what it means that one thing is in another: `partOf`, `locatedIn`, or nothing."""
    if part.iri == whole.iri or not lexicon.is_a(whole, PLACES):
        return None
    if lexicon.is_a(part, "Region"):
        return "partOf" if lexicon.is_a(whole, "Region") and _may_contain(lexicon, part, whole) else None
    return "locatedIn" if lexicon.is_a(part, PLACED) else None


def _may_contain(lexicon: Lexicon, part: Entity, whole: Entity) -> bool:
    """Tell whether a region ranks below another, and the register knows of no other whole."""
    ranks = lexicon.tables["feeding"]["ranks"]
    above = lexicon.above(part.iri)
    if whole.iri in above:
        return True
    if not _rank(ranks, part) < _rank(ranks, whole):
        return False
    return not above or lexicon.is_a(whole, "MacroRegion")


def _rank(ranks: Mapping[str, int], entity: Entity) -> int:
    return max((ranks.get(name.removeprefix("g60:"), 0) for name in entity.types), default=0)


def _is_branch(reading: SentenceReading, noun: "Token") -> bool:
    """Tell whether headquarters are not where the whole is run from: "its Asian headquarters"."""
    sentence, main = reading.sentence, reading.lexicon.tables["mentions"]["main_seats"]
    if not noun.lemma_.lower().startswith("headquarter") or sentence.is_verb(noun):
        return False
    before = sentence.children(noun, "amod", "compound", "nmod")
    marked = [mark.meaning for each in before for mark in sentence.word(each).entities]
    large = any(reading.lexicon.ontology.is_a(each, "Country|MacroRegion") for each in marked)
    return large or any(each.lower_ not in main for each in before if not sentence.word(each).entities)


def _is_generic(reading: SentenceReading, end: Found) -> bool:
    """Tell whether what is described is several things, none in particular: "runs science parks"."""
    if not end.is_described or reading.lexicon.is_a(end.entity, "Technology"):
        return False
    noun = reading.sentence.doc[end.token]
    return noun.tag_ == "NNS" and not is_one(noun)


def _described_modality(reading: SentenceReading, ends: Iterable[Found]) -> str | None:
    """Return what the clauses above a described thing make of it: "plans for a new plant"."""
    found: str | None = None
    for end in ends:
        if end.is_described:
            made = reading.modality.of_noun(reading.sentence.doc[end.token])
            if made == "denied":
                return made
            found = found or made
    return found


def _same(reading: SentenceReading, made: Statement) -> Proposal | None:
    """Return the proposal of the sentence that states the same already."""
    pair = (
        made.subject.entity.iri,
        made.said.entity.iri if isinstance(made.said, Found) else made.said.value,
    )
    pairs = (pair, pair[::-1]) if made.predicate in _SYMMETRIC else (pair,)
    for other in reading.proposals:
        ends = [
            end.entity.iri if isinstance(end, Mention) and end.entity else getattr(end, "value", None)
            for end in (other.subject, other.object)
        ]
        if other.predicate == f"g60:{made.predicate}" and tuple(ends) in pairs:
            return other
    return None
