"""Figures whose verb or measure is left out: "exports rose 4 percent to 9 billion yuan, imports 7 percent".

What is left out is that of the figure of the same kind before; the words between the last comma and the
figure say of what, of whom or whereto it is now.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import SUBJECTS
from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.owners import WANTED, Measure, Said
from g60kg.extract.parser.figures.phrases import Phrases

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
        if self._is_compared(amount):
            alike = (each for each in reversed(said) if each.amount.kind == amount.kind)
            level = next((each for each in alike if each.measure.predicate != "growth"), None)
            others = self.phrases.sentence.objects(amount.token, "for", "in")
            if level and any(self.phrases.sentence.word(each).entities for each in others):
                return replace(
                    level.measure, noun=amount.token, outer=False
                )  # "compared with 4 percent for X"
            return replace(level.measure, noun=None, follows=level, change="before") if level else None
        ended = self._end_of_growth(amount, said[-1])
        if ended is not None:
            return ended
        before = next((each for each in reversed(said) if each.amount.kind == amount.kind), None)
        if before is None or self._is_of_whole(amount):
            return None
        if self.phrases.sentence.children(amount.token, "poss"):  # "second only to Guangdong's 13.6 trillion"
            whole = before.measure.follows or before  # "900 people, 350 of them engineers, to Y's 1,300"
            return replace(whole.measure, noun=amount.token, follows=None, change=None)
        words = self._remnant(amount, before)
        return self._of_words(words, amount, before) if words else None

    def _is_compared(self, amount: Amount) -> bool:
        """Tell whether a figure is what another is compared with: "up from 12", "compared with just 47"."""
        cue = self.phrases.before(amount, self.phrases.words["passed_over"])
        if cue is None or cue.lower_ not in ("from", "with", "to", "against"):
            return False
        before = self.phrases.sentence.doc[cue.i - 1] if cue.i else cue
        if cue.lower_ == "against":
            return before.lower_ in (",", "time") or self.phrases.sentence.word(before).time is not None
        led = ("up", "down") if cue.lower_ == "from" else ("compared",)
        return before.lower_ in led

    def _is_of_whole(self, amount: Amount) -> bool:
        behind = self.phrases.behind(amount)
        return amount.kind in ("percent", "fraction") and behind is not None and behind.lower_ == "of"

    def _end_of_growth(self, amount: Amount, last: Said) -> Measure | None:
        """Return the level that a growth led to: "profit by 8 percent to 9 billion yuan"."""
        before = self.phrases.before(amount)
        noun, carried = last.measure.noun, last.measure.follows
        grown = last.measure.predicate == "growth" and last.measure.label
        if not grown or before is None or before.lower_ != "to" or (noun is None and carried is None):
            return None
        between = self.phrases.sentence.doc[last.amount.token.i + 1 : amount.token.i]
        if any(each.dep_ in SUBJECTS for each in between) or self._is_of_whole(amount):
            return None  # "profit by 8 percent, while the margin slipped to 23 percent"
        general = carried.measure.predicate if carried is not None else ""
        predicate = self._named(noun, amount.kind) if noun is not None else general
        return replace(last.measure, predicate=predicate, falls=False, follows=last)

    def _named(self, noun: "Token", kind: str) -> str:
        """Return the measure that a noun names for a kind of figure, whatever the parse takes it for."""
        words = self.phrases.words
        if kind == "number":
            return words.counting(self.phrases.lemma(noun))
        return self.phrases.named_measure(noun, kind) or words.general(kind)

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
        verbs = any(self._is_verb(each) for each in doc[before.amount.token.i + 1 : lead])
        return words if joined and not verbs and len(words) <= _LONGEST else []

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
