"""What numbers count."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import SUBJECTS
from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.owners import Measure, Said
from g60kg.extract.parser.figures.phrases import Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARGUMENTS: Final = ("attr", "dobj", "pobj", "acomp", "npadvmod", "oprd", "advmod", "nummod", "dep")
_FEW: Final = 3
"""Up to so many things are hardly a statistic: "two laboratories"."""


@dataclass(frozen=True)
class Counts:
    """Reads what numbers count."""

    phrases: Phrases

    def measure(self, amount: Amount, said: Sequence[Said], earlier: Said | None) -> Measure | None:
        """Return what a number counts; `said` are the figures before it, `earlier` is of sentences before."""
        phrases, token = self.phrases, amount.token
        noun = phrases.head(token)
        last = said[-1] if said else earlier
        place = self._peopled(amount)
        if place is not None and (noun.tag_ != "NNS" or phrases.lemma(noun) in phrases.words["people"]):
            return Measure("population", place, thing=True)
        if noun.i == token.i:
            below = next(iter(phrases.sentence.objects(token, "of")), None)
            if below is None:
                return self._bare(amount, said, last)
            if below.lower_ in phrases.words["these"]:
                return self._of_these(amount, last)
            if phrases.sentence.word(below).entities and not phrases.is_plain_noun(below):
                return None  # "26 of them are hers, against 23 of Zhejiang"
            noun = below
        if noun.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        if noun.lower_ in phrases.words["further"]:
            if last is None or not last.measure.label:
                return None
            return replace(last.measure, noun=noun, follows=last, change=None)
        counted = self._counting(amount, phrases.counted_of(noun), token if noun.i > token.i else None)
        if place is None or counted is None:
            return counted
        return replace(counted, noun=place, thing=True)  # "a village of 312 households"

    def _peopled(self, amount: Amount) -> "Token | None":
        """Return the place that people are said of: "a city of 2 million people", "a town of 9,000"."""
        phrases, of = self.phrases, self.phrases.before(amount)
        if of is None or of.lower_ != "of" or not of.i:
            return None
        place = phrases.sentence.doc[of.i - 1]
        kinds = phrases.reading.mentions.generic.get(phrases.lemma(place), frozenset())
        return place if place.tag_ == "NN" and "Region" in kinds and "Organization" not in kinds else None

    def _counting(self, amount: Amount, noun: "Token", after: "Token | None") -> Measure | None:
        phrases = self.phrases
        label = phrases.label(noun, after)
        predicate = phrases.words.counting(phrases.lemma(noun))
        if phrases.lemma(noun) in phrases.words["people"] and self._is_of_living(noun):
            predicate = "population"
        value = amount.figure.value
        few = predicate == "count" and value.comparator == "exact" and float(value.value) <= _FEW
        listed = len(phrases.sentence.word(noun).marks)
        few = few or (listed > 1 and value.value == str(listed))  # "eight cities: …" counts what it lists
        return None if few else Measure(predicate, noun, label, phrases.industry(noun))

    def _is_of_living(self, noun: "Token") -> bool:
        verb = self.phrases.clause(noun)
        bare = not self.phrases.sentence.children(noun, "acl", "relcl", "amod", "compound")
        return bare and verb is not None and self.phrases.sentence.lemma(verb) in self.phrases.words["living"]

    def _of_these(self, amount: Amount, last: Said | None) -> Measure | None:
        """Return the count of a part of what was counted before: "of these, 300 are exporters"."""
        if last is None or last.measure.label is None or last.amount.kind != "number":
            many = self.phrases.sentence.objects(amount.token, "of")
            return Measure("count", amount.token, basis="unlabelled") if many else None
        verb = self.phrases.clause(amount.token)
        label = self._narrowed(amount, verb)
        measure = replace(last.measure, noun=amount.token, follows=last, change=None, falls=False)
        if label is None:
            return measure
        predicate = self.phrases.words.counting(label.rsplit(" ", 1)[-1].lower().removesuffix("s"))
        return replace(measure, label=label, predicate=predicate)

    def _narrowed(self, amount: Amount, verb: "Token | None") -> str | None:
        """Return what a part of the things counted are said to be: "300 of them are exporters"."""
        above = amount.token.head
        if amount.token.dep_ not in SUBJECTS:
            return None
        noun = above if above.pos_ == "NOUN" else None  # "9,100 of them students"
        if noun is None and verb is not None and verb.lemma_ == "be":
            noun = next(iter(self.phrases.sentence.children(verb, "attr")), None)
        return self.phrases.label(noun) if noun is not None and self.phrases.is_plain_noun(noun) else None

    def _bare(self, amount: Amount, said: Sequence[Said], last: Said | None) -> Measure | None:
        """Return what a number without a noun counts: its clause's subject, or what was counted before."""
        phrases, token = self.phrases, amount.token
        if "." in amount.figure.value.value:
            return None
        verb, raised = phrases.clause(token), self._raised(token)
        if raised is not None:
            return self._counting(amount, raised, None)
        if verb is not None and token.dep_ == "dobj" and verb.lemma_ == "employ":
            word = phrases.sentence.word(verb)
            return Measure("count", token, phrases.reading.words(word.start, word.end))
        if token.dep_ in _ARGUMENTS or (token.dep_ == "appos" and not said):
            noun = self.phrases.said_noun(amount)
            if noun is not None:
                counted = phrases.counted_of(noun)
                if phrases.lemma(counted) in phrases.words["refused counted"]:
                    return None
                return self._counting(amount, counted, None)
            if verb is not None and phrases.sentence.children(verb, "expl"):
                return self._of_these(amount, last)  # "today there are 563"
            if token.dep_ not in ("dobj", "dep"):
                return None
        counts = [each for each in reversed(said) if each.amount.kind == "number"]
        alike = [each for each in counts if phrases.head(each.amount.token).dep_ == token.dep_]
        before = next(iter(alike or counts), None)
        if before is not None and token.dep_ in (*SUBJECTS, "conj", "appos", "dep", "dobj"):
            growth = before.measure.predicate == "growth"
            return None if growth else self._of_these(amount, before)
        return self._of_these(amount, last) if token.dep_ in SUBJECTS and not said else None

    def _raised(self, token: "Token") -> "Token | None":
        """Return what is counted whose number changes to a figure: "lift the number of firms to 3,000"."""
        if token.dep_ != "pobj" or token.head.lower_ not in ("to", "from"):
            return None
        for each in reversed(list(self.phrases.sentence.doc[: token.head.i])):
            counted = self.phrases.counted_of(each)
            if counted.i != each.i or self.phrases.sentence.is_figure(each):
                return counted if counted.i != each.i else None
        return None
