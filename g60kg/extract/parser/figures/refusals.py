"""Figures that state nothing: times, ranks, rates, loans, what is not so, what is only compared with."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.phrases import Phrases
from g60kg.text.marks import Figure, Name

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEPEST: Final = 10
_SMALL: Final = 12
_CHEAP: Final = 100
"""Sums below it are fares and prices."""
_TINY: Final = frozenset({"unit:NanoM", "unit:MicroM", "unit:MilliM", "unit:CentiM"})
"""Units of what is made, as of a wafer, and of no place."""
_AGED: Final = 120
_GOVERNED: Final = ("dobj", "pobj", "prep", "nsubjpass", "attr", "dative")
"""What may stand between a figure and its time."""
_YEARLIKE: Final = re.compile(r"(?:1[5-9]|20)\d\d")


@dataclass(frozen=True)
class Refusals:
    """Tells which figures state nothing that a graph is to hold."""

    phrases: Phrases

    def refused(self, amount: Amount) -> bool:
        """Tell whether a figure states nothing."""
        surface = self.phrases.reading.text.view.text[amount.mark.start : amount.mark.end]
        figure = amount.mark.meaning
        if not isinstance(figure, Figure) or figure.is_rank:
            return True
        if self._is_governed(amount) or self._is_rate(amount) or self._is_bound(amount):
            return True
        if self._is_elsewhere(amount):
            return True
        before = self.phrases.before(amount)
        wholes = self.phrases.sentence.objects(amount.token, "of") if amount.kind == "number" else ()
        if any(self.phrases.sentence.is_figure(each) for each in wholes):
            return True  # "42 of 164 kilometers"
        if amount.kind == "length" and before is not None and self.phrases.sentence.is_figure(before):
            return True  # "2 million twenty-foot units"
        if amount.kind == "number":
            return self._numbers(amount, surface) or self._is_no_count(amount, surface)
        if amount.kind == "money":
            return float(amount.figure.value.value) < _CHEAP
        tiny = amount.figure.value.unit in _TINY
        return amount.kind == "length" and (tiny or self._is_distance(amount))

    def _is_governed(self, amount: Amount) -> bool:
        """Tell whether the verb that a figure stands with denies it, or that verb or a noun above the figure
        speaks of loans and the like.
        """
        sentence, words, token = self.phrases.sentence, self.phrases.words, amount.token
        part = amount.kind in ("percent", "fraction")
        for _ in range(_DEEPEST):
            above = token.head
            if not sentence.is_verb(token) and self.phrases.lemma(token) in words["refused nouns"]:
                return True
            if above.i == token.i:
                return False
            part = part or (token.dep_ == "pobj" and self.phrases.measure(token, amount.kind) is not None)
            if sentence.is_verb(above):
                apart = above.tag_ == "VBG" and sentence.lemma(above) in words["excepting"]
                if self.phrases.reading.modality.of(above) == "denied" and not apart:
                    return True
                # "With 1.6 million boxes, it ranked first"
                ahead = token.dep_ == "prep" and token.i < above.i
                governed = token.dep_ in _GOVERNED and not part and not ahead
                if governed and sentence.lemma(above) in words["refused verbs"]:
                    return True
                if above.dep_ != "xcomp":
                    return False
            token = above
        return False

    def _is_rate(self, amount: Amount) -> bool:
        """Tell whether a figure is one for each person, day or piece; a yearly one is an output."""
        words, phrases = self.phrases.words, self.phrases
        if amount.kind == "money" and self._is_of_each(amount):
            return True
        noun = phrases.head(amount.token)
        if amount.kind == "number" and noun.i != amount.token.i and phrases.rate_end(noun) > noun.i:
            return False  # "30,000 wafers a month", which the label says
        for token in (amount.token, noun):
            at = token.i + 1
            for behind in phrases.sentence.doc[at : at + 2]:
                if behind.lower_ in words["refused rates"]:
                    following = phrases.sentence.doc[behind.i + 1 : behind.i + 2]
                    apart = words["yearly"] | words["worth"]  # "86 projects, each worth 3 million yuan"
                    return not any(each.lower_ in apart for each in following)
                if behind.lower_ not in ("a", "an"):
                    break
                unit = phrases.sentence.doc[behind.i + 1 : behind.i + 2]
                if any(each.lower_ in ("day", "hour", "month", "week", "person", "head") for each in unit):
                    return True
        above = noun.head if noun.dep_ == "pobj" else noun
        beside = {child.lower_ for each in (noun, above.head) for child in phrases.sentence.children(each)}
        near = phrases.sentence.doc[max(0, amount.token.i - _DEEPEST) : amount.token.i + _DEEPEST]
        return "per" in beside and any(token.lower_ == "capita" for token in near)

    def _is_of_each(self, amount: Amount) -> bool:
        """Tell whether each of several has so much: "86 projects each worth …", "projects of over …"."""
        phrases, lead, of = self.phrases, self.phrases.lead(amount), amount.token.head
        least = amount.figure.value.comparator in ("more than", "at least")
        several = of.lower_ == "of" and of.head.tag_ == "NNS" and of.head.lemma_ in phrases.words["built"]
        said = " ".join(each.lower_ for each in phrases.sentence.doc[max(0, lead - 4) : lead])
        bound = amount.figure.value.comparator == "at least" and " worth" in said
        return "each worth" in said or (least and several) or bound  # "118 projects worth 1 billion or more"

    def _is_elsewhere(self, amount: Amount) -> bool:
        """Tell whether a figure is that of a larger whole, or a difference: "below the national average of 5
        percent", "against 22.9 percent nationwide", "20 million yuan higher".
        """
        phrases, words = self.phrases, self.phrases.words
        before, behind, above = phrases.before(amount), phrases.behind(amount), amount.token.head.head
        led, follows = (each.lower_ if each is not None else "" for each in (before, behind))
        if follows in words["refused elsewhere"] or (led, follows) == ("against", "for"):
            return True  # "against 3 percent for the province as a whole"
        if amount.kind == "money" and follows in words["refused differences"]:
            return True
        whose = {each.lower_ for each in phrases.sentence.children(above, "amod", "compound")}
        is_mean = above.lower_ in words["refused means"]
        return is_mean and not whose.isdisjoint(words["refused averages"])

    def _is_bound(self, amount: Amount) -> bool:
        """Tell whether a figure is one that something is compared with, or a limit."""
        aim, words = amount.token.head.head, self.phrases.words
        if self.phrases.lemma(aim) in words["to_come_nouns"] and aim.head.lower_ in words["refused against"]:
            return True  # "growth of 8 percent, against a plan of 6 percent"
        before = self.phrases.before(amount, frozenset({"the", "past", "last", "next"}))
        if before is None:
            return False
        roomy = before.lower_ == "for" and before.head.lower_ in words["refused room"]
        return roomy or (before.lower_ in words["refused before"] and before.pos_ != "NOUN")

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
        aside = before.i and before.lower_ == "," and doc[token.i + 1 : token.i + 2].text in (",", ".", "")
        if aside and float(amount.figure.value.value) < _AGED and doc[before.i - 1].pos_ == "PROPN":
            return not phrases.sentence.word(doc[before.i - 1]).entities  # "Zheng Rui, 29, came back"
        word = phrases.sentence.word(before)
        if word.marks and word.end + 1 >= amount.mark.start:
            return isinstance(word.marks[0].meaning, Name) or bool(word.entities)
        numbered = phrases.reading.lexicon.tables["figures"]["numbered"]
        return before.lower_.removesuffix("s") in numbered and before.pos_ in ("NOUN", "PROPN")

    def _is_proper(self, noun: "Token") -> bool:
        """Tell whether a noun is one name, and no field of which the companies are counted."""
        marks = self.phrases.sentence.word(noun).marks
        one = len(marks) == 1 and marks[0].meaning is not None
        return one and self.phrases.industry(noun) is None and not self.phrases.sentence.is_figure(noun)

    def _is_no_count(self, amount: Amount, surface: str) -> bool:
        """Tell whether a number counts times, ranks, or things spoken of before: "the two sides"."""
        phrases, sentence, words = self.phrases, self.phrases.sentence, self.phrases.words
        noun, behind, lead = phrases.head(amount.token), phrases.behind(amount), phrases.lead(amount)
        told = noun.dep_ == "pobj" and noun.head.lower_ == "from" and sentence.lemma(noun.head.head)
        if told and told in words["telling"]:
            return True  # "has learned from two suppliers"
        third, second, before = ["", "", "", *(token.lower_ for token in sentence.doc[:lead])][-3:]
        small = float(amount.figure.value.value) <= _SMALL and amount.figure.value.comparator == "exact"
        children = sentence.children(noun)
        named = surface[:1].isupper() and lead > 0 and surface.split(" ")[0].isalpha()
        others = noun.dep_ in ("conj", "appos") and any(c.lower_ in words["others"] for c in children)
        best = noun.i != amount.token.i and any(c.tag_ in ("JJS", "RBS") and c.i < noun.i for c in children)
        if named or others or best or surface.lower().rsplit(" ", 1)[-1] == "one" or before == "top":
            return True
        counted = [noun] + ([behind] if behind is not None and behind.pos_ == "NOUN" else [])
        if any(phrases.lemma(each) in words["refused counted"] for each in counted):
            return True
        if small and phrases.lemma(noun) in words["refused few"]:
            return True
        if (second, before) == ("among", "the") or (before == "of" and second in words["parts"]):
            return True  # "ranks ninth among the 219 zones", "some of 30"
        led = {c.lower_ for c in children if c.dep_ in ("det", "predet", "poss") and c.i < amount.token.i}
        return not words["definite"].isdisjoint(led | {before}) and (small or third in words["parts"])
