"""Signs beside a count that only some of what there is are counted, or none that stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.owners import Measure
from g60kg.extract.parser.figures.phrases import Phrases
from g60kg.extract.parser.frames import Found

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARGUMENTS: Final = ("nsubj", "nsubjpass", "dobj")


@dataclass(frozen=True)
class Counted:
    """Tells which counts are not plainly of all that what holds them has."""

    phrases: Phrases

    def doubted(self, amount: Amount, measure: Measure, found: Sequence[Found]) -> bool:
        """Tell whether only some are counted, or what comes and goes; guests that came are all of them."""
        fits, verb = self.phrases.reading.mentions.fits, self.phrases.clause(amount.token)
        aux = [] if verb is None else self.phrases.sentence.children(verb, "aux")
        came = verb is not None and (verb.tag_ == "VBD" or any(each.lemma_ == "have" for each in aux))
        came = came and all(fits(each.entity, "Conference") for each in found)
        chosen = not came and self._is_chosen(amount, measure, found)
        called = chosen or self._is_called(measure, found)
        return called or self._is_passing(amount) or self._is_limited(amount)

    def _is_called(self, measure: Measure, found: Sequence[Found]) -> bool:
        """Tell whether those counted are called by several places: "Hong Kong and Macau people"."""
        sentence, noun = self.phrases.sentence, measure.noun
        beside = sentence.children(noun, "compound", "nmod") if noun is not None else []
        return any(
            each.i == one.token and sentence.children(each, "conj") for each in beside for one in found
        )

    def _is_chosen(self, amount: Amount, measure: Measure, found: Sequence[Found]) -> bool:
        """Tell whether what is counted is those of which something is said, and not all that there are:
        "25 firms of Wuhu were listed", "leased four floors of the tower", "11 of which went public".
        """
        noun = self.phrases.head(amount.token)
        words = self.phrases.words
        led = self.phrases.before(amount)
        parts = [each.lower_ for each in self.phrases.sentence.objects(amount.token, "of")]
        parts += [led.lower_] if led is not None and led.nbor(-1 if led.i else 0).lower_ == "of" else []
        if measure.follows is not None and any(each in words["these"] for each in parts):
            return measure.label == measure.follows.measure.label
        within = [each for each in found if noun.left_edge.i <= each.token <= noun.right_edge.i]
        within = [each for each in within if each.token != amount.token.i]
        whole = noun.head.head
        beside = noun.dep_ == "pobj" and noun.head.lower_ in ("for", "with") and whole.dep_ in _ARGUMENTS
        if beside and not self.phrases.sentence.children(whole, "nummod"):
            return whole.i not in [each.token for each in found]  # "opens a school for 2,000 pupils"
        if (
            noun.dep_ == "pobj"
            and noun.head.lower_ == "from"
            and self.phrases.lemma(noun) in ("country", "province")
        ):
            return True  # "700 employees from 14 countries"
        if noun.dep_ == "pobj" and noun.head.lower_ == "of":
            return bool(within) and noun.head.head.dep_ == "appos"  # "X, a village of 312 households in Y"
        first = noun.head if noun.dep_ == "conj" else noun
        verb = first.head
        if first.dep_ == "pobj" and verb.lower_ == "to" and self.phrases.sentence.is_passive(verb.head):
            return self.phrases.sentence.lemma(verb.head) in words["leading to"]
        if first.dep_ not in _ARGUMENTS or not self.phrases.sentence.is_verb(verb):
            return False
        if self._is_done_by_others(first, verb, found):
            return True
        if verb.lemma_ == "work" and self.phrases.lemma(noun) in words["people"]:
            fits = self.phrases.reading.mentions.fits  # "some 230 people work in X", of a firm before
            return any(fits(each.entity, "Region") for each in found)
        if self.phrases.sentence.lemma(verb) in words["standing"] or self._is_all(noun, amount):
            return False
        if first.dep_ == "dobj":
            owned = {each.i for each in self.phrases.sentence.objects(noun, "of")}
            owned |= {
                each.i for clause in self.phrases.sentence.children(noun, "acl") for each in clause.subtree
            }
            within = [each for each in within if each.token in owned and self.phrases.subject(verb, noun)]
        return bool(within)

    def _is_done_by_others(self, noun: "Token", verb: "Token", found: Sequence[Found]) -> bool:
        """Tell whether those counted are set up by some who are said: "investors have set up 300 firms",
        "133 projects in Germany have been set up by firms from Suzhou".
        """
        sentence = self.phrases.sentence
        if sentence.lemma(verb) not in self.phrases.words["founding"]:
            return False
        passive = sentence.is_passive(verb)
        doers = sentence.roles(verb).get("by", []) if passive else sentence.children(verb, "nsubj")
        held = {each.token for each in found}
        return any(each.tag_ == "NNS" and each.i not in held and each.i != noun.i for each in doers)

    def _is_passing(self, amount: Amount) -> bool:
        """Tell whether what is counted comes or goes, and is no stock: "exported 300 cars"."""
        noun, sentence = self.phrases.head(amount.token), self.phrases.sentence
        first = noun.head if noun.dep_ == "conj" else noun
        return first.dep_ == "dobj" and sentence.lemma(first.head) in self.phrases.words["passing"]

    def _is_limited(self, amount: Amount) -> bool:
        """Tell whether only those of some size are counted: "20 firms with sales of over 1 billion yuan"."""
        sentence, noun = self.phrases.sentence, self.phrases.head(amount.token)
        behind = self.phrases.behind(amount)
        if noun.i == amount.token.i and behind is not None and behind.lower_ == "with":
            return True  # "among them 85 with doctorates"
        limits = (each for each in sentence.children(noun, "prep") if each.lower_ in ("with", "of"))
        below = (each for limit in limits for each in limit.subtree if each.tag_ == "CD")
        figures = [sentence.word(each).figure for each in below if noun.i != amount.token.i]
        return any(  # "of over 1 billion yuan each" is no figure
            each is None or (each.value.unit != "unit:NUM" and each.value.comparator != "exact")
            for each in figures
        )

    def _is_all(self, noun: "Token", amount: Amount) -> bool:
        """Tell whether all of the things counted are spoken of: "the park's 300 firms"."""
        led = self.phrases.sentence.children(noun, "det", "poss", "predet")
        return any(each.i < amount.token.i and each.lower_ not in ("a", "an", "some") for each in led)
