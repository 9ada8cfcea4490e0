"""What a figure was found to state, and whose those before a figure are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.figures.phrases import Amount, Phrases
from g60kg.extract.parser.frames import Found, weakest
from g60kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure counts or measures, and how.

    `noun` is the token whose phrase may name the holder, `label` the counted kind, `change` says whether the
    figure held before or after a change, `falls` that it is a decline. A share that is `outer` is held by
    whoever the clause speaks of, not by the whole that it is a part of. `follows` is an earlier figure whose
    holder this one has; of a `thing` the noun itself is the holder ("a 12-hectare park"); `basis` is weaker
    than explicit where the measure is only guessed.
    """

    predicate: str
    noun: "Token | None" = None
    label: str | None = None
    industry: Entity | None = None
    change: str | None = None
    falls: bool = False
    outer: bool = False
    follows: "Said | None" = None
    thing: bool = False
    basis: str = "explicit"


@dataclass(frozen=True, slots=True)
class Said:
    """A figure that was read, with its holders; those of earlier sentences serve "of these" alone."""

    amount: Amount
    measure: Measure
    holders: tuple[Found, ...]
    verb: "Token | None" = None


_SUBJECTS: Final = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class Past:
    """The figures that were read before one: `said` in its sentence, `earlier` in those before."""

    phrases: Phrases
    said: Sequence[Said]
    earlier: Said | None = None

    def said_of(self, token: "Token") -> list[Found]:
        """Return whose an earlier figure of the sentence is, by the noun or figure that stands for it."""
        for each in reversed(self.said):
            noun = each.measure.noun
            if each.amount.token.i == token.i or (noun is not None and noun.i == token.i):
                return resting(each.holders, "figure-before")
        return []

    def before(self, amount: Amount) -> list[Found]:
        """Return whose the figure before is, unless a new subject stands between."""
        if not self.said or not self.said[-1].holders:
            return []
        renewed = self.is_renewed(self.said[-1], amount)
        return [] if renewed else resting(self.said[-1].holders, "figure-before")

    def among_them(self, noun: "Token") -> list[Found]:
        """Return whose those counted in the sentence before are: "among them are 15 …"."""
        verb = self.phrases.clause(noun)
        if verb is None or self.earlier is None:
            return []
        among = self.phrases.sentence.objects(verb, "among", "of", "include", "including")
        pointing = [*among, *self.phrases.sentence.children(verb, *_SUBJECTS)]
        if any(each.lower_ in self.phrases.words["these"] and each.i < noun.i for each in pointing):
            return resting(self.earlier.holders, "figure-before")
        return []

    def in_sentence(self, amount: Amount) -> list[Found]:
        """Return whose the figure before is where only a thing without a name stands between."""
        if not self.said or not self.said[-1].holders:
            return []
        doc, kinds = self.phrases.sentence.doc, self.phrases.reading.lexicon.tables["mentions"]["generic"]
        acting = {noun for nouns in kinds.values() for noun in nouns}
        between = [
            each for each in doc[self.said[-1].amount.token.i + 1 : amount.token.i] if each.dep_ in _SUBJECTS
        ]
        named = any(each.pos_ == "PROPN" or self.phrases.lemma(each) in acting for each in between)
        return [] if named else resting(self.said[-1].holders, "around")

    def is_renewed(self, last: Said, amount: Amount) -> bool:
        """Tell whether a new subject stands between two figures."""
        doc = self.phrases.sentence.doc
        if last.amount.token.doc is not doc:
            return False
        lead = self.phrases.lead(amount)
        if lead - 1 > last.amount.token.i and self.phrases.sentence.word(doc[lead - 1]).marks:
            return (
                self.phrases.sentence.word(doc[lead - 1]).figure is None
            )  # "Spain took 24 percent, X 15 percent"
        return any(
            each.dep_ in _SUBJECTS
            and each.pos_ in ("NOUN", "PROPN")
            and not self.phrases.sentence.is_figure(each)
            and not self.phrases.measure(each, "money")
            for each in doc[last.amount.token.i + 1 : amount.token.i]
        )


def resting(found: Sequence[Found], basis: str) -> list[Found]:
    """Return found things that rest on a rule, where their own basis is not weaker."""
    return [replace(each, basis=weakest(each.basis, basis)) for each in found]
