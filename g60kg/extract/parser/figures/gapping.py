"""Figures whose verb or measure is left out: "exports rose 4 percent to 9 billion yuan, imports 7 percent".

What is left out is that of the figure of the same kind before; the words between the last comma and the
figure say of what, of whom or whereto it is now.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.figures.measure import Measure, Said
from g60kg.extract.parser.figures.owners import WANTED
from g60kg.extract.parser.figures.phrases import Amount, Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

_JOINTS: Final = frozenset({",", ";", "and", "while", "but", "whereas", "against"})
_LED: Final = frozenset({"the", "a", "an", "its", "their", "his", "her", "of", "by", "at", "those", "that"})
_TRAILING: Final = frozenset({"for", "by", "with", "at", "to"})
_LONGEST: Final = 7
"""So many words at most say of what such a figure is."""
_NOMINAL: Final = ("NOUN", "PROPN", "ADJ")


@dataclass(frozen=True)
class Gapping:
    """Reads figures that go on where one before them stands in the same clause."""

    phrases: Phrases

    def measure(self, amount: Amount, said: Sequence[Said]) -> Measure | None:
        """Return the measure of a figure whose own verb or noun is left out; None for any other."""
        if not said or self.phrases.head(amount.token).i != amount.token.i:
            return None
        ended = self._end_of_growth(amount, said[-1])
        if ended is not None:
            return ended
        before = next((each for each in reversed(said) if each.amount.kind == amount.kind), None)
        if before is None or self._is_of_whole(amount):
            return None
        words = self._remnant(amount, before)
        if not words and before.measure.predicate == "growth" and self._follows_at_once(amount, before):
            return replace(before.measure, follows=before)  # "an increase of 28 percent, 30 percent"
        return self._of_words(words, amount, before) if words else None

    def _follows_at_once(self, amount: Amount, before: Said) -> bool:
        """Tell whether nothing but joints stands between two figures."""
        between = self.phrases.sentence.doc[before.amount.token.i + 1 : self.phrases.lead(amount)]
        return 0 < len(between) <= 2 and all(each.lower_ in _JOINTS for each in between)

    def _is_of_whole(self, amount: Amount) -> bool:
        behind = self.phrases.behind(amount)
        return amount.kind in ("percent", "fraction") and behind is not None and behind.lower_ == "of"

    def _end_of_growth(self, amount: Amount, last: Said) -> Measure | None:
        """Return the level that a growth led to: "profit by 8 percent to 9 billion yuan"."""
        before = self.phrases.before(amount)
        noun = last.measure.noun
        grown = last.measure.predicate == "growth" and noun is not None and last.measure.label
        if not grown or noun is None or before is None or before.lower_ != "to":
            return None
        if before.i != last.amount.token.i + 1:
            return None
        predicate = self._named(noun, amount.kind)
        return replace(last.measure, predicate=predicate, falls=False, follows=last)

    def _named(self, noun: "Token", kind: str) -> str:
        """Return the measure that a noun names for a kind of figure, whatever the parse takes it for."""
        words, lemma = self.phrases.words, self.phrases.lemma(noun)
        if kind == "number":
            return words.counting(lemma)
        return words.of_noun(lemma, self.phrases.beside(noun), kind) or words.general(kind)

    def _remnant(self, amount: Amount, before: Said) -> list["Token"]:
        """Return the words between the joint before a figure and the figure, where no verb is among them."""
        doc, lead = self.phrases.sentence.doc, self.phrases.lead(amount)
        first = lead
        while first - 1 > before.amount.token.i and doc[first - 1].lower_ not in _JOINTS:
            first -= 1
        joined = first - 1 > before.amount.token.i or doc[first - 1].lower_ in _JOINTS
        words = list(doc[first:lead])
        while len(words) > 1 and words[-1].lower_ in _TRAILING:
            words.pop()
        last = words[-1] if words else None
        noun_like = last is not None and self._may_be_noun(last, len(words))
        between = [each for each in doc[before.amount.token.i + 1 : lead] if not (noun_like and each == last)]
        verbs = any(self._is_verb(each) for each in between)
        return words if joined and not verbs and len(words) <= _LONGEST else []

    def _may_be_noun(self, token: "Token", words: int) -> bool:
        """Tell whether a word before a figure is a noun that the parse takes for a verb: "order intake"."""
        if self.phrases.sentence.children(token, "aux", "auxpass") or self.phrases.sentence.word(token).marks:
            return False
        return token.tag_ == "VB" or (words == 1 and token.tag_ in ("VBZ", "VBP"))

    def _is_verb(self, token: "Token") -> bool:
        """Tell whether a token is a verb, and no noun of measure that the parse takes for one."""
        if token.pos_ not in ("VERB", "AUX") or token.dep_ == "amod":
            return False
        return self.phrases.words.of_noun(self.phrases.lemma(token), frozenset(), "money") is None

    def _of_words(self, words: Sequence["Token"], amount: Amount, before: Said) -> Measure | None:
        """Return the measure of the figure before, of what the words say."""
        measure = replace(before.measure, follows=before, change=None)
        if words[0].pos_ == "ADP" and words[0].lower_ not in _LED:
            return measure
        while words and words[0].lower_ in _LED:
            words = words[1:]
        if not words:
            return None
        noun = words[-1]
        if self.phrases.lemma(noun) in self.phrases.words["changes"]:
            return None  # "…, an increase of 5 percent"
        if self.phrases.sentence.word(noun).marks:
            held = bool(self.phrases.reading.mentions.named(noun, WANTED))
            return replace(measure, noun=noun, thing=True, follows=None) if held else None
        if noun.pos_ not in _NOMINAL and noun.tag_ not in ("VB", "VBZ", "VBP"):
            return None
        start, end = self.phrases.sentence.word(words[0]).start, self.phrases.sentence.word(noun).end
        label = self.phrases.reading.text.view.text[start:end]
        level = measure.predicate not in ("growth", "share")
        named = self._named(noun, amount.kind) if level else measure.predicate
        predicate = measure.predicate if named == self.phrases.words.general(amount.kind) else named
        return replace(measure, predicate=predicate, noun=noun, label=label, industry=None)
