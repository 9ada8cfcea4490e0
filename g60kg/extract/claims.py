"""Matches to claims.

Goes in: a pattern's match in a sentence. Comes out: claims, one for each combination of what the slots hold, with the
exact words, the time, the modality, and every repair and resolution that they rest on.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from ..model import Claim, Entity, Qualifier, Resolution, Value, content_id
from ..terms import ID, iri, slug
from .grammar import Grammar
from .kinds import TIMES
from .marks import Mark, Time
from .matching import Filled, Match
from .parts import Part, from_context, parts_of, time_resolution
from .patterns import Pattern, Template
from .reading import Reading, Sentence

_LEADING: Final = re.compile(
    rf"[\"' ]*(?:(?:in|on|by|as of|during|at|for|over|early in|late in) )?(?:(?:the )?end of )?(?:the )?(?P<time>[{TIMES}])"
)
_FOLLOWING: Final = re.compile(
    rf",? (?:(?:in|on|by|during|at|for|as of|as at|early in) )?(?:(?:the )?end of )?(?:the )?(?P<time>[{TIMES}])"
)


@dataclass(frozen=True)
class Claimant:
    """Makes the claims of one reading."""

    reading: Reading
    grammar: Grammar

    def allows(self, pattern: Pattern, sentence: Sentence) -> bool:
        """Tell whether a sentence, and the one before it, have the words that a pattern asks for."""
        if pattern.with_words and not any(words in sentence.skeleton for words in pattern.with_words):
            return False
        if not pattern.after_words:
            return True
        before = self.reading.sentences[sentence.index - 1].skeleton if sentence.index else ""
        return any(words in before for words in pattern.after_words)

    def claims(self, pattern: Pattern, match: Match) -> Iterator[Claim]:
        """Yield the claims that a match states."""
        slots = {
            name: self._filled(filled, match) for name, filled in match.filled.items()
        }
        if any(not parts for parts in slots.values()):
            return
        for name, steps in pattern.context.items():
            if name not in slots and (
                found := from_context(steps, match, slots, self.reading, self.grammar.kinds, self.grammar.names)
            ):
                slots[name] = found
        for template in pattern.claims:
            yield from self._of_template(pattern, template, match, slots)

    def _filled(self, filled: Filled, match: Match) -> list[Part]:
        return parts_of(filled, match, self.reading, self.grammar.kinds, self.grammar.compiler.heads)

    def _of_template(
        self, pattern: Pattern, template: Template, match: Match, slots: Mapping[str, list[Part]]
    ) -> Iterator[Claim]:
        named = [(name, text) for name, text in template.qualifiers if not _is_open(text, slots)]
        if _is_open(template.subject, slots) or _is_open(template.object, slots):
            return
        texts = [template.subject, template.object, *(text for _, text in named)]
        for subject, object_, *limits in product(*(self._parts(text, slots, match) for text in texts)):
            if not isinstance(subject.value, Entity) or isinstance(object_.value, Time):
                continue
            if subject.value == object_.value or self._known_elsewhere(
                pattern, template, subject, object_, slots
            ):
                continue
            yield self._claim(
                pattern,
                template,
                match,
                subject,
                object_,
                list(zip((n for n, _ in named), limits, strict=True)),
            )

    def _parts(self, text: str, slots: Mapping[str, list[Part]], match: Match) -> list[Part]:
        """Return what a term of a template stands for."""
        if not text.startswith(("{", "the ")):
            return [Part(_constant(text, self.reading.article.language))]
        name, _, end = text.removeprefix("the ").strip("{}").partition(".")
        if text.startswith("the "):
            return [self._described(part, match) for part in slots[name]]
        return [_as_value(part, end) for part in slots[name]]

    def _described(self, part: Part, match: Match) -> Part:
        """Return the document that "a cooperation agreement" of a year is: the register's of that year, or a candidate."""
        assert isinstance(part.value, Value)
        phrase = part.value.value
        mark = self._time_mark(match)
        year = mark.meaning.start[:4] if mark and isinstance(mark.meaning, Time) else ""
        known = [e for e in self.grammar.register.find(f"{year} {phrase}") if "g60:Agreement" in e.types]
        if len(known) == 1 and mark:
            start, end = self.reading.view.span(mark.start, mark.end)
            entity = Entity(known[0].iri.value, known[0].en, phrase, known[0].types)
            return Part(entity, None, Resolution(phrase, "agreement of the year", start, end))
        label = f"{phrase} ({year})" if year else phrase
        name = slug(label if year else f"{phrase} {self.reading.article.id}")
        return Part(Entity(ID[name].value, label, phrase, ("g60:Agreement",), candidate=True))

    def _known_elsewhere(
        self,
        pattern: Pattern,
        template: Template,
        subject: Part,
        object_: Part,
        slots: Mapping[str, list[Part]],
    ) -> bool:
        """Tell whether the register places a member of a list elsewhere, so that what follows the list is not said of it."""
        if (
            pattern.unless_known is None
            or not isinstance(object_.value, Entity)
            or not isinstance(subject.value, Entity)
        ):
            return False
        members = slots.get(template.subject.strip("{}"), [])
        places = self.grammar.known.get((subject.value.iri, pattern.unless_known), frozenset())
        return bool(places) and object_.value.iri not in places and members[-1] != subject

    def _claim(
        self,
        pattern: Pattern,
        template: Template,
        match: Match,
        subject: Part,
        object_: Part,
        limits: list[tuple[str, Part]],
    ) -> Claim:
        assert isinstance(subject.value, Entity)
        assert not isinstance(object_.value, Time)
        qualifiers: dict[str, Qualifier] = {name: _qualifier(part) for name, part in limits}
        resolutions = [part.resolution for part in (subject, object_, *(part for _, part in limits))]
        if pattern.dated and not {"year", "date", "period"} & qualifiers.keys():
            name, value, resolution = self._time(match, object_.value)
            if name:
                qualifiers[name] = value
                resolutions.append(resolution)
        if modality := self._modality(match):
            qualifiers["modality"] = modality
        repairs = [part.repair for part in (subject, object_, *(part for _, part in limits)) if part.repair]
        start, end = self.reading.view.span(
            match.sentence.view_start(match.start), match.sentence.view_end(match.end)
        )
        ordered = tuple(sorted(qualifiers.items()))
        return Claim(
            claim_id(
                self.reading.article.id, start, end, subject.value, template.predicate, object_.value, ordered
            ),
            self.reading.article.id,
            pattern.id,
            subject.value,
            template.predicate,
            object_.value,
            ordered,
            self.reading.article.text[start:end],
            start,
            end,
            tuple(dict.fromkeys(repairs)),
            tuple(dict.fromkeys(resolution for resolution in resolutions if resolution)),
        )

    def _time(self, match: Match, value: Entity | Value) -> tuple[str, str, Resolution | None]:
        """Return the time of a match's clause as a qualifier: within it, behind it, or at the head of its sentence."""
        mark = self._time_mark(match)
        if mark is not None and isinstance(mark.meaning, Time):
            return *_time_qualifier(mark.meaning), time_resolution(mark, self.reading)
        date = self.reading.article.date
        if date is None or not isinstance(value, Value) or not value.is_figure:
            return "", "", None
        return "year", date[:4], Resolution("", "year of the article", 0, 0)

    def _time_mark(self, match: Match) -> Mark | None:
        sentence = match.sentence
        within = re.search(rf"[{TIMES}]", sentence.skeleton[match.start : match.end])
        if within:
            return sentence.at[match.start + within.start()]
        behind = _FOLLOWING.match(sentence.skeleton, match.end)
        leading = behind or _LEADING.match(sentence.skeleton)
        return sentence.at[leading.start("time")] if leading else None

    def _modality(self, match: Match) -> str | None:
        """Return how a statement is no plain fact, by the words between what it speaks of."""
        text = match.sentence.plain(match.start, match.end)
        for filled in match.filled.values():
            if filled.run is not None:
                text = text.replace(self.reading.view.text[slice(*filled.run)].lower(), " ")
        return next((name for name, words in self.grammar.modalities.items() if words.search(text)), None)


def claim_id(
    article: str,
    start: int,
    end: int,
    subject: Entity,
    predicate: str,
    object_: Entity | Value,
    qualifiers: tuple[tuple[str, Qualifier], ...],
) -> str:
    """Return the id of a claim: the hash of its article, span and triple."""
    return content_id(
        article, start, end, subject.iri, predicate, *object_key(object_), *qualifier_key(qualifiers)
    )


def object_key(value: Entity | Value) -> tuple[str, ...]:
    """Return what tells one object from another."""
    if isinstance(value, Entity):
        return (value.iri,)
    return (value.value, value.datatype, value.unit or "", value.comparator or "", value.language or "")


def qualifier_key(qualifiers: Iterable[tuple[str, Qualifier]]) -> tuple[str, ...]:
    """Return what tells one set of qualifiers from another."""
    return tuple(f"{name}={q if isinstance(q, str) else q.iri}" for name, q in qualifiers)


def _is_open(text: str, slots: Mapping[str, list[Part]]) -> bool:
    name = text.removeprefix("the ")
    return name.startswith("{") and name.strip("{}").split(".")[0] not in slots


def _constant(text: str, language: str) -> Entity | Value:
    if text.startswith('"'):
        return Value(text.strip('"'), "rdf:langString", language=language)
    name = text.partition(":")[2]
    types = ("owl:Class",) if text.startswith("g60:") else ()
    return Entity(iri(text).value, name, name, types)


def _as_value(part: Part, end: str) -> Part:
    """Turn a time that stands as subject or object into a literal of the datatype of its form."""
    time = part.value
    if not isinstance(time, Time):
        return part
    lexical = (time.end if end == "end" else time.start) or time.start
    datatype = {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(lexical), "xsd:date")
    return Part(Value(lexical, datatype), part.repair, part.resolution, part.at)


def _time_qualifier(time: Time) -> tuple[str, str]:
    if time.end is not None:
        return "period", f"{time.start}/{time.end}"
    return ("year" if len(time.start) == 4 else "date"), time.start


def _qualifier(part: Part) -> Qualifier:
    if isinstance(part.value, Entity):
        return part.value
    if isinstance(part.value, Time):
        return _time_qualifier(part.value)[1]
    return part.value.value
