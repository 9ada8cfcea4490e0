"""One sentence as the mechanisms read it, and how they propose claims from it.

Frames, relations and figures are functions over a `SentenceReading`: they ask it what phrases mention, when
and whether a clause is so, and propose with the tokens that say it, from which the quote is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.clause_times import ClauseTimes
from g60kg.extract.parser.coreference import Coreference
from g60kg.extract.parser.found import Found, weakest
from g60kg.extract.parser.graph import Sentence
from g60kg.extract.parser.mentions import Mentions
from g60kg.extract.parser.modality import Modality
from g60kg.extract.proposals import Mention, Proposal, Stated
from g60kg.model import Qualifier, Resolution, Value
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


@dataclass(frozen=True)
class SentenceReading:
    """A sentence, what its phrases mention, its clauses' modality and times, and what was proposed of it."""

    text: AnnotatedText
    lexicon: Lexicon
    sentence: Sentence
    coreference: Coreference
    proposals: list[Proposal] = field(default_factory=list)

    def __post_init__(self) -> None:
        modality = Modality(self.sentence, self.lexicon.tables["modality"])
        mentions = Mentions(self.sentence, self.text, self.lexicon, modality, self.coreference)
        object.__setattr__(self, "modality", modality)
        object.__setattr__(self, "mentions", mentions)
        object.__setattr__(self, "times", ClauseTimes(self.sentence))

    modality: Modality = field(init=False)
    mentions: Mentions = field(init=False)
    times: ClauseTimes = field(init=False)

    def words(self, start: int, end: int) -> str:
        """Return the text of a run of the view, as the article writes it."""
        a, b = self.text.view.span(start, end)
        return self.text.article.text[a:b]

    def propose(
        self,
        pattern: str,
        subject: Found,
        predicate: str,
        said: Found | Literal,
        tokens: Iterable["Token"] = (),
        *,
        modality: str | None = None,
        qualifiers: Qualifiers | None = None,
        time: Mark | None = None,
        basis: str | None = None,
    ) -> None:
        """Propose that a subject has a predicate; `tokens` are the words besides that say so.

        `time` dates the claim; `basis` is the mechanism's own, where that is weaker than how subject and
        object were found. Nothing is said of a thing and itself.
        """
        if modality == "denied" or (isinstance(said, Found) and said.entity.iri == subject.entity.iri):
            return
        limits = dict(qualifiers or {})
        resolved: tuple[Resolution, ...] = ()
        if time is not None and isinstance(time.meaning, Time):
            limits |= time_qualifier(time.meaning)
            resolved = self._computed(time)
        modality = modality or self._to_come(predicate, said, limits)
        if modality:
            limits["modality"] = modality
        start, end = self._quote(subject, said, tokens, time)
        bases = [subject.basis, basis or "explicit", *([said.basis] if isinstance(said, Found) else [])]
        self.proposals.append(
            Proposal(
                READER,
                pattern,
                self.words(start, end),
                self._mention(subject),
                predicate if ":" in predicate else f"g60:{predicate}",
                self._mention(said) if isinstance(said, Found) else self._stated(said),
                weakest(*bases),
                self.text.view.span(start, end)[0],
                tuple(sorted(limits.items(), key=lambda row: row[0])),
                resolved,
                weighs=True,
            )
        )

    def _quote(
        self, subject: Found, said: Found | Literal, tokens: Iterable["Token"], time: Mark | None
    ) -> tuple[int, int]:
        """Return the shortest run of the view that has all words on which a claim rests."""
        spans = [(subject.start, subject.end), (said.start, said.end)]
        spans += [(self.sentence.word(token).start, self.sentence.word(token).end) for token in tokens]
        spans += [(time.start, time.end)] if time is not None else []
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
        dated = isinstance(said, Literal) and said.value.datatype in (
            "xsd:gYear",
            "xsd:gYearMonth",
            "xsd:date",
        )
        when = limits.get("date") or limits.get("year")
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
    datatype = {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(lexical), "xsd:date")
    return Literal(Value(lexical, datatype), mark.start, mark.end)
