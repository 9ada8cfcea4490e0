"""Figures that state nothing: times, ranks, rates, loans, what is not so, what is only compared with."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from g60kg.extract.kinds import ORDINAL, VAGUE
from g60kg.extract.marks import Name
from g60kg.extract.parser.figures.phrases import Amount, Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEPEST: Final = 10
_SMALL: Final = 12
_CHEAP: Final = 100
"""Sums below it are fares and prices."""
_DEFINITE: Final = frozenset(
    {
        "the",
        "these",
        "those",
        "both",
        "all",
        "this",
        "its",
        "their",
        "his",
        "her",
        "our",
        "such",
        "any",
        "every",
        "no",
    }
)
_PART: Final = frozenset({"one", "some", "many", "most", "each", "any", "none", "few", "several"})
_GOVERNED: Final = ("dobj", "pobj", "prep", "nsubjpass", "attr", "dative")
_YEARLIKE: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Refusals:
    """Tells which figures state nothing that a graph is to hold."""

    phrases: Phrases

    def refused(self, amount: Amount) -> bool:
        """Tell whether a figure states nothing."""
        surface = self.phrases.reading.text.view.text[amount.mark.start : amount.mark.end]
        if amount.mark.code in (VAGUE, ORDINAL):
            return True
        if (
            self._is_governed(amount)
            or self._is_of_vehicle(amount)
            or self._is_rate(amount)
            or self._is_bound(amount)
        ):
            return True
        if amount.kind == "number":
            return self._numbers(amount, surface) or self._is_no_count(amount, surface)
        if amount.kind == "money":
            return float(amount.figure.value.value) < _CHEAP
        return amount.kind == "length" and self._is_distance(amount)

    def _is_of_vehicle(self, amount: Amount) -> bool:
        """Tell whether a figure says how large a vehicle is, or what each of several has."""
        phrases, noun = self.phrases, self.phrases.head(amount.token)
        led = noun.dep_ == "pobj" and noun.head.lower_ in ("of", "with", "for")
        if led and phrases.lemma(noun.head.head) in phrases.words["refused vehicles"]:
            return True
        verb = phrases.clause(noun)
        subject = phrases.subject(verb, amount.token) if verb is not None else None
        return amount.kind == "number" and subject is not None and subject.lower_ == "each"

    def _is_governed(self, amount: Amount) -> bool:
        """Tell whether a verb or noun above a figure denies it, or speaks of loans and the like."""
        sentence, words, token = self.phrases.sentence, self.phrases.words, amount.token
        part = amount.kind in ("percent", "fraction") and bool(sentence.objects(token, "of"))
        for _ in range(_DEEPEST):
            above = token.head
            if sentence.is_verb(above):
                apart = above.tag_ == "VBG" and sentence.lemma(above) in words["excepting"]
                if self.phrases.reading.modality.of(above) == "denied" and not apart:
                    return True
                if not part and token.dep_ in _GOVERNED and sentence.lemma(above) in words["refused verbs"]:
                    return True
            if not sentence.is_verb(token) and self.phrases.lemma(token) in words["refused nouns"]:
                return True
            if above.i == token.i:
                return False
            if any(child.lower_ in words["refused nouns"] for child in sentence.children(above, "compound")):
                return True
            token = above
        return False

    def _is_rate(self, amount: Amount) -> bool:
        """Tell whether a figure is one for each person, day or piece; a yearly one is an output."""
        words, phrases = self.phrases.words, self.phrases
        for token in (amount.token, phrases.head(amount.token)):
            at = token.i + 1
            for behind in phrases.sentence.doc[at : at + 2]:
                if behind.lower_ in words["refused rates"]:
                    following = phrases.sentence.doc[behind.i + 1 : behind.i + 2]
                    return not any(each.lower_ in words["yearly"] for each in following)
                if behind.lower_ not in ("a", "an"):
                    break
                unit = phrases.sentence.doc[behind.i + 1 : behind.i + 2]
                if any(each.lower_ in ("day", "hour", "month", "week", "person", "head") for each in unit):
                    return True
        noun = phrases.head(amount.token)
        above = noun.head if noun.dep_ == "pobj" else noun
        beside = {child.lower_ for each in (noun, above.head) for child in phrases.sentence.children(each)}
        near = phrases.sentence.doc[max(0, amount.token.i - _DEEPEST) : amount.token.i + _DEEPEST]
        return "per" in beside and any(token.lower_ == "capita" for token in near)

    def _is_bound(self, amount: Amount) -> bool:
        """Tell whether a figure is one that something is compared with, or a limit."""
        than, behind = self.phrases.behind(amount, 2), self.phrases.behind(amount, 3)
        if (
            than is not None
            and than.lower_ == "than"
            and behind is not None
            and behind.tag_ in ("VBN", "VBD")
        ):
            return True  # "70 million more than planned"
        before = self.phrases.before(amount, frozenset({"the", "past", "last", "next"}))
        if before is None:
            return False
        return before.lower_ in self.phrases.words["refused before"] and before.pos_ != "NOUN"

    def _is_distance(self, amount: Amount) -> bool:
        behind, words = self.phrases.behind(amount), self.phrases.words
        if behind is None or behind.lower_ not in words["refused distances"]:
            return False
        rest = [token.lower_ for token in self.phrases.sentence.doc[behind.i : behind.i + 8]]
        return not (behind.lower_ == "from" and "to" in rest)

    def _numbers(self, amount: Amount, surface: str) -> bool:
        """Tell whether a number numbers something, or is a year: "Article 12", "Global 500", "in 2015"."""
        phrases, doc = self.phrases, self.phrases.sentence.doc
        token = amount.token
        noun = phrases.head(token)
        if noun.i == token.i + 1 and noun.tag_ != "NNS" and self._is_proper(noun):
            return True  # "401 Precision Drive"
        if noun.i != token.i:
            return False
        if _YEARLIKE.fullmatch(surface):
            return True
        if not token.i or amount.figure.value.comparator != "exact":
            return False
        before = doc[token.i - 1]
        word = phrases.sentence.word(before)
        if word.marks and word.end + 1 >= amount.mark.start:
            return isinstance(word.marks[0].meaning, Name) or bool(word.entities)
        return before.lower_ in phrases.words["refused after_nouns"] and before.pos_ in ("NOUN", "PROPN")

    def _is_proper(self, noun: "Token") -> bool:
        """Tell whether a noun is one name, and no field of which the companies are counted."""
        marks = self.phrases.sentence.word(noun).marks
        one = len(marks) == 1 and marks[0].meaning is not None
        return one and self.phrases.industry(noun) is None and not self.phrases.sentence.is_figure(noun)

    def _is_no_count(self, amount: Amount, surface: str) -> bool:
        """Tell whether a number counts times, ranks, or things spoken of before: "the two sides"."""
        phrases, sentence = self.phrases, self.phrases.sentence
        noun, words = phrases.head(amount.token), phrases.words
        named = surface[:1].isupper() and phrases.lead(amount) > 0 and surface.split(" ")[0].isalpha()
        others = any(child.lower_ in words["others"] for child in sentence.children(noun))
        if named or (others and noun.dep_ in ("conj", "appos")):
            return True
        small = float(amount.figure.value.value) <= _SMALL and amount.figure.value.comparator == "exact"
        if small and phrases.lemma(noun) in words["refused few"]:
            return True
        if surface.lower() == "one" or phrases.lemma(noun) in words["refused counted"]:
            return True
        behind = phrases.behind(amount)
        if behind is not None and behind.pos_ == "NOUN" and phrases.lemma(behind) in words["refused counted"]:
            return True
        if noun.i != amount.token.i and any(c.tag_ in ("JJS", "RBS") for c in sentence.children(noun)):
            return True
        before = phrases.before(amount)
        if before is not None and before.lower_ == "top":
            return True
        if before is not None and before.lower_ == "the" and sentence.doc[before.i - 1].lower_ == "among":
            return True  # "ranks ninth among the 219 zones"
        if (
            before is not None
            and before.lower_ == "of"
            and before.i
            and sentence.doc[before.i - 1].lower_ in _PART
        ):
            return True
        led = {
            child.lower_
            for child in sentence.children(noun, "det", "predet", "poss")
            if child.i < amount.token.i
        }
        led |= {before.lower_} if before is not None else set()
        of_part = before is not None and before.i > 1 and sentence.doc[before.i - 2].lower_ in _PART
        return not led.isdisjoint(_DEFINITE) and (small or of_part)
