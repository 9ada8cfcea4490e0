"""What a match states: what its slots hold, where it stands, when it is said of, and how plainly.

Goes in: a pattern's match in a sentence. Comes out: a `Statement`, whose parts are worked out when first
asked for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..model import Entity, Resolution, Value
from ..terms import ID, iri, slug
from .context import DESCRIBED_HERE, from_context
from .grammar import Grammar
from .marks import Described, Mark, Time
from .matching import Filled, Match
from .once import once
from .parts import Part, parts_of
from .patterns import Pattern, read_term
from .reading import Reading
from .when import time_of, time_qualifier, time_resolution, time_value

_ASIDE = re.compile(r", (?:which|who|whose|where) [^,]*,")
"""What is said within commas of a name; how plainly does not touch the statement itself."""
_GROWN = re.compile(
    r"(?:grow[ns]?|grew|expand(?:s|ed)|extend(?:s|ed)|spread|c[oa]me|used|managed|went on) to $"
)
"""What stands before an end that is reached: "has grown to cover nine cities"."""
_PARTED = re.compile(r"\S, and ")
"""A name that a comma parts from the clause that follows."""
_ENDED = re.compile(r",? until\b")
"""What stands behind a state that is over: "was headquartered in Hefei until 2019"."""
_PAST = re.compile(r"\b(?:was|were|had)\b")
_PRESENT = re.compile(r"\b(?:is|are|has|have)\b")
_DECADE = re.compile(r"\b(?:19|20)\d0s\b")
_FIRST_WORD = re.compile(r"[a-z]+")
_JOINED = re.compile(r"[^,;:.]{0,200}(?:, [^,;:.]{0,200})?,? and $")
"""What "and" joins to a statement, back to where its clause begins."""
_WILL = re.compile(r"\b(?P<planned>will|would|shall|should|may|might|could|can|must|to)\b")
_NEAR = 2
"""So far before a statement's words its subject may stand to be quoted with them."""


@dataclass(frozen=True)
class Statement:
    """A pattern's match, read."""

    pattern: Pattern
    match: Match
    reading: Reading
    grammar: Grammar

    @once
    def slots(self) -> Mapping[str, list[Part]]:
        """What each slot holds, those that the context fills too; empty when one holds nothing that it asks
        for.
        """
        clauses, heads = self.grammar.clauses, self.grammar.compiler.heads
        filled = self._filled
        if filled is None:
            return {}
        slots = {
            name: parts_of(slot, self.match, self.reading, clauses, heads) for name, slot in filled.items()
        }
        if any(not parts for parts in slots.values()):
            return {}
        for name, steps in self.pattern.context.items():
            if name not in slots:
                found = from_context(
                    steps, self.match, slots, self.reading, clauses, self.grammar.names, self.grammar.things
                )
                slots |= {name: found} if found else {}
        return slots

    @property
    def _filled(self) -> Mapping[str, Filled] | None:
        """What the slots hold, where the name before the form's verb can be its subject: not after a
        preposition; of "in Hefei, and Haier" the subject is what the comma parts from the place. Else None.
        """
        at, sentence = self.match.subject, self.match.sentence
        if at is None or self.grammar.clauses.is_free(sentence, at):
            return self.match.filled
        for name, held in self.match.filled.items():
            if len(held.marks) == 2 and _PARTED.match(sentence.skeleton, at):
                first, second = held.marks
                if sentence.at.get(at) is first:
                    return {**self.match.filled, name: replace(held, marks=(second,))}
        return None

    @once
    def span(self) -> tuple[int, int]:
        """Where the words stand in the article's text."""
        sentence = self.match.sentence
        return self.reading.view.span(
            sentence.view_start(self.match.start), sentence.view_end(self.match.end)
        )

    @once
    def with_subject(self) -> tuple[int, int]:
        """Where the words stand with the name right before them, if that is what they speak of."""
        start, end = self.span
        if not self.pattern.context:
            return start, end
        for name in self.pattern.context.keys() & self.slots.keys() - self.match.filled.keys():
            resolution = self.slots[name][0].resolution
            if (
                resolution is not None
                and 0 < start - resolution.end <= _NEAR
                and resolution.rule == "subject of the clause"
            ):
                return resolution.start, end
        return start, end

    @once
    def time(self) -> Mark | None:
        """The mark of the time that the statement is said of."""
        return time_of(self.match, self.pattern.claimed)

    def when(self, value: Entity | Value) -> tuple[str, str, Resolution | None] | None:
        """Return the time as a qualifier; a figure without one holds in the year of the article."""
        if self.time is not None and isinstance(self.time.meaning, Time):
            return *time_qualifier(self.time.meaning), time_resolution(self.time, self.reading)
        date = self.reading.article.date
        if date is None or not isinstance(value, Value) or not value.is_figure or self._is_of_another_time:
            return None
        return "year", date[:4], Resolution("", "year of the article", 0, 0)

    @property
    def _is_of_another_time(self) -> bool:
        """Tell whether a statement in the past stands in a sentence of another year: "When Haier came in
        2015, Wuhu had 500 companies".
        """
        sentence, match = self.match.sentence, self.match
        date = self.reading.article.date or ""
        times = [mark.meaning.start[:4] for mark in sentence.at.values() if isinstance(mark.meaning, Time)]
        other = any(year != date[:4] for year in times) or _DECADE.search(sentence.skeleton)
        said = sentence.skeleton[match.start : match.end]
        return bool(other and self.grammar.past.search(said) and not _PRESENT.search(said))

    @once
    def modality(self) -> str | None:
        """How the statement is no plain fact, by the words between what it speaks of."""
        if self.grammar.is_plain(self.match.sentence, self.reading):
            return self._still_to_come
        start = self._clause_start if self._is_described else self.match.start
        text = _ASIDE.sub(", ", self.match.sentence.plain(start, self.match.end))
        for name, filled in self.match.filled.items():
            if filled.run is not None and name in self.pattern.claimed:
                text = text.replace(self.reading.view.text[slice(*filled.run)].lower(), " ")
        sentence, match = self.match.sentence, self.match
        found = (
            self.grammar.governing.search(sentence.plain(0, match.begin))
            or self.grammar.trailing.search(sentence.plain(match.end, len(sentence.skeleton)))
            or self.grammar.modalities.search(text)
        )
        return found.lastgroup if found else self._carried_on or self._still_to_come

    @property
    def _carried_on(self) -> str | None:
        """How a statement is no plain fact that "and" joins, with its verb in the base form, to one that is
        none: "will build a plant and employ 300 people".
        """
        sentence, start = self.match.sentence, self.match.start
        verb = _FIRST_WORD.match(sentence.skeleton, start)
        if verb is None or verb[0] not in self.grammar.tables["words"]["verbs"]:
            return None
        before = _JOINED.search(sentence.plain(max(0, start - 300), start))
        found = self.grammar.modalities.search(before[0]) if before else None
        found = found or (before and _WILL.search(before[0]))
        return found.lastgroup if found else None

    @property
    def _still_to_come(self) -> str | None:
        """How a statement is planned whose own words begin behind "to", or that is of a time behind the
        article's; or no more true, if it held until a time.
        """
        sentence, begin = self.match.sentence, self.match.begin
        if self._is_over:
            return "denied"
        if self.pattern.dated and self._is_later(self.time):
            return "planned"
        is_behind = begin not in sentence.at and sentence.skeleton.endswith(" to ", 0, begin)
        return "planned" if is_behind and not _GROWN.search(sentence.skeleton, 0, begin) else None

    @property
    def _is_over(self) -> bool:
        """Tell whether what was said held only until a time."""
        skeleton, match = self.match.sentence.skeleton, self.match
        return bool(_ENDED.match(skeleton, match.end) and _PAST.search(skeleton, match.start, match.end))

    def _is_later(self, mark: Mark | None) -> bool:
        """Tell whether a time begins behind the article's date."""
        date = self.reading.article.date
        if date is None or mark is None or not isinstance(mark.meaning, Time):
            return False
        start = mark.meaning.start
        return start > date[: len(start)]

    @property
    def _is_described(self) -> bool:
        """Tell whether a slot holds a thing without a name, which may not be there yet."""
        marks = (mark for filled in self.match.filled.values() for mark in filled.marks)
        open_slots = self.pattern.context.keys() & self.slots.keys() - self.match.filled.keys()
        said = (self.slots[name][0].resolution for name in open_slots)
        return any(isinstance(mark.meaning, Described) for mark in marks) or any(
            resolution is not None and resolution.rule == DESCRIBED_HERE for resolution in said
        )

    @property
    def _clause_start(self) -> int:
        skeleton = self.match.sentence.skeleton
        return max(skeleton.rfind(sign, 0, self.match.start) for sign in (", ", "; ", " but ")) + 1

    def is_open(self, term: str) -> bool:
        """Tell whether a term of a template is a slot that holds nothing."""
        name = read_term(term).slot
        return name is not None and name not in self.slots

    def parts(self, term: str) -> list[Part]:
        """Return what a term of a template stands for: a slot's parts, a
        constant, or a document described.
        """
        read = read_term(term)
        if read.slot is None:
            return [Part(_constant(term, self.reading.article.language))]
        parts = self.slots[read.slot]
        if read.measured:
            return [_in_unit_of(self.slots[read.measured][0], part) for part in parts]
        if read.is_document:
            return [self._document(part) for part in parts]
        return [_time_as_value(part, read.is_end) if isinstance(part.value, Time) else part for part in parts]

    def _document(self, part: Part) -> Part:
        """Return the document that "a cooperation agreement" is: the register's
        of that year, or a candidate.
        """
        assert isinstance(part.value, Value)
        phrase = part.value.value
        year = self.time.meaning.start[:4] if self.time and isinstance(self.time.meaning, Time) else ""
        known = [e for e in self.grammar.register.find(f"{year} {phrase}") if "g60:Agreement" in e.types]
        if len(known) == 1 and self.time:
            entity = Entity(known[0].iri.value, known[0].en, phrase, known[0].types)
            span = self.reading.view.span(self.time.start, self.time.end)
            return Part(entity, None, Resolution(phrase, "agreement of the year", *span))
        label = f"{phrase} ({year})" if year else phrase
        name = slug(label if year else f"{phrase} {self.reading.article.id}")
        return Part(Entity(ID[name].value, label, phrase, ("g60:Agreement",), candidate=True))


def _constant(term: str, language: str) -> Entity | Value:
    if term.startswith('"'):
        return Value(term.strip('"'), "rdf:langString", language=language)
    name = term.partition(":")[2]
    types = ("owl:Class",) if term.startswith("g60:") else ()
    return Entity(iri(term).value, name, name, types)


def _in_unit_of(measured: Part, part: Part) -> Part:
    """Return a bare number in the unit of the figure before it: "669 square kilometers … and Jiashan 507"."""
    assert isinstance(part.value, Value)
    assert isinstance(measured.value, Value)
    return replace(part, value=replace(part.value, unit=measured.value.unit))


def _time_as_value(part: Part, end: bool) -> Part:
    assert isinstance(part.value, Time)
    return Part(time_value(part.value, end), part.repair, part.resolution, part.at)
