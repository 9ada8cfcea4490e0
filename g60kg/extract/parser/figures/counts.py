"""Counts: what a number counts, by its noun, by what it is said of, or by what was counted before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.figures.measure import Measure, Said
from g60kg.extract.parser.figures.phrases import Amount, Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARGUMENTS: Final = ("attr", "dobj", "pobj", "acomp", "npadvmod", "oprd", "advmod", "nummod", "dep")
_SUBJECTS: Final = ("nsubj", "nsubjpass")
_FEW: Final = 3
"""Up to so many things are hardly a statistic: "two laboratories"."""
_NEAR: Final = 12
"""How far apart, in tokens, the two ends of a change may stand."""


@dataclass(frozen=True)
class Counts:
    """Reads what numbers count."""

    phrases: Phrases

    def measure(self, amount: Amount, said: Sequence[Said], earlier: Said | None) -> Measure | None:
        """Return what a number counts; `said` are the figures before it, `earlier` is of sentences before."""
        phrases, token = self.phrases, amount.token
        noun = phrases.head(token)
        last = said[-1] if said else earlier
        if noun.i == token.i:
            below = next(iter(phrases.sentence.objects(token, "of")), None)
            if below is None:
                return self._bare(amount, said, last)
            if below.lower_ in phrases.words["these"]:
                return self._of_these(amount, last)
            noun = below
        if noun.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        if last is not None and noun.lower_ in phrases.words["further"] and last.measure.label:
            return replace(last.measure, noun=noun, follows=last, change=None)
        if last is not None and (self._is_field(noun) or self._is_more(noun, last)):
            return replace(
                last.measure,
                noun=noun,
                label=phrases.label(noun, token if noun.i > token.i else None),
                industry=phrases.industry(noun),
                follows=last,
                change=None,
            )
        return self._counting(amount, phrases.counted_of(noun), token if noun.i > token.i else None)

    def _is_field(self, noun: "Token") -> bool:
        """Tell whether a noun only names an industry, and what is counted was said before."""
        entities = self.phrases.sentence.word(noun).entities
        return bool(entities) and self.phrases.industry(noun) is not None

    def _is_more(self, noun: "Token", last: Said) -> bool:
        """Tell whether more is counted of what was counted before: "five further projects"."""
        further = self.phrases.beside(noun) & self.phrases.words["further"]
        counted = self.phrases.words.counting(self.phrases.lemma(noun))
        same = counted != "count" or (last.measure.label or "").endswith(noun.lower_)
        return bool(further) and same and last.measure.predicate == counted

    def _counting(self, amount: Amount, noun: "Token", after: "Token | None") -> Measure:
        phrases = self.phrases
        label = phrases.label(noun, after)
        last = label.split(" of ")[0].rsplit(" ", 1)[-1].lower()
        predicate = phrases.words.counting(phrases.lemma(noun))
        if predicate == "count" and last != noun.lower_:
            predicate = phrases.words.counting(last.removesuffix("s"))
        if phrases.lemma(noun) in phrases.words["people"] and self._is_of_living(noun):
            predicate = "population"
        if predicate == "count" and self._is_made(noun) and self._is_yearly(noun):
            predicate = "output"
        value = amount.figure.value
        few = predicate == "count" and value.comparator == "exact" and float(value.value) <= _FEW
        few = few or len(phrases.sentence.word(noun).marks) > 1  # "eight cities: …" counts what it lists
        basis = "few" if few else "explicit"
        return Measure(predicate, noun, label, phrases.industry(noun), basis=basis)

    def _is_of_living(self, noun: "Token") -> bool:
        verb = self.phrases.clause(noun)
        bare = not self.phrases.sentence.children(noun, "acl", "relcl", "amod", "compound")
        return bare and verb is not None and self.phrases.sentence.lemma(verb) in self.phrases.words["living"]

    def _is_made(self, noun: "Token") -> bool:
        verb = self.phrases.clause(noun)
        return verb is not None and self.phrases.sentence.lemma(verb) in self.phrases.words["making"]

    def _is_yearly(self, noun: "Token") -> bool:
        """Tell whether so many are made in each year: "300 satellites per year"."""
        doc, words = self.phrases.sentence.doc, self.phrases.words
        following = [token.lower_ for token in doc[noun.i + 1 : noun.i + 3]]
        led = following[:1] in (["per"], ["a"], ["every"], ["each"])
        years = len(following) > 1 and following[1] in words["yearly"]
        return following[:1] == ["annually"] or (led and years)

    def _of_these(self, amount: Amount, last: Said | None) -> Measure | None:
        """Return the count of a part of what was counted before: "of these, 300 are exporters"."""
        if last is None or last.measure.label is None or last.amount.kind != "number":
            return None
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
        if amount.token.dep_ not in _SUBJECTS:
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
        ended = self._end_of_change(amount, said)
        if ended is not None:
            return replace(ended.measure, noun=ended.measure.noun, follows=ended, change=None)
        beside = token.head if token.dep_ in ("appos", "dep") else None
        if beside is not None and self._is_number_of(beside, token):
            return self._counting(amount, phrases.counted_of(beside), None)
        if token.dep_ in _ARGUMENTS:
            noun = self.phrases.said_noun(amount)
            if noun is not None:
                counted = phrases.counted_of(noun)
                if phrases.lemma(counted) in phrases.words["refused counted"]:
                    return None
                return self._counting(amount, counted, None)
            if token.dep_ not in ("dobj", "dep"):
                return None
        counts = [each for each in reversed(said) if each.amount.kind == "number"]
        alike = [each for each in counts if phrases.head(each.amount.token).dep_ == token.dep_]
        whole = phrases.fronted(token) if token.dep_ in _SUBJECTS else None
        if whole is not None:
            return self._counting(amount, whole, None)
        before = next(iter(alike or counts), None)
        if before is not None and token.dep_ in (*_SUBJECTS, "conj", "appos", "dep", "dobj"):
            growth = before.measure.predicate == "growth"
            return None if growth else self._of_these(amount, before)
        return self._of_these(amount, last) if token.dep_ in _SUBJECTS and not said else None

    def _is_number_of(self, noun: "Token", token: "Token") -> bool:
        """Tell whether a bare number behind a noun counts it: "new projects: 46", "firms, 900 in number"."""
        doc = self.phrases.sentence.doc
        colon = doc[token.i - 1].lower_ == ":"
        numbers = any(each.lower_ == "number" for each in self.phrases.sentence.objects(token, "in"))
        return self.phrases.is_plain_noun(noun) and (colon or numbers)

    def _end_of_change(self, amount: Amount, said: Sequence[Said]) -> Said | None:
        """Return the count with which a change begins whose end is a number alone: "from 12 cars to 35"."""
        before = self.phrases.before(amount)
        last = said[-1] if said else None
        if last is None or before is None or before.lower_ != "to" or last.amount.kind != "number":
            return None
        led = self.phrases.before(last.amount)
        is_change = led is not None and led.lower_ == "from" and last.measure.label
        return last if is_change and amount.token.i - last.amount.token.i <= _NEAR else None
