"""The figures of a sentence, and the nouns that they stand with."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.figures.words import MeasureWords
from g60kg.extract.parser.graph import Sentence
from g60kg.extract.parser.reading import SentenceReading
from g60kg.model import Entity
from g60kg.text.marks import Figure, Mark, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

BESIDE: Final = ("amod", "compound", "nmod", "advmod", "npadvmod")
"""How words stand with a noun that modify it."""
_MODIFYING: Final = ("nummod", "quantmod", "compound", "amod", "nmod", "advmod", "npadvmod")
_NOMINAL: Final = ("NOUN", "PROPN", "ADJ", "ADV", "NUM")
_DEEPEST: Final = 6
_BY_HEAD: Final = frozenset({"capita", "per-capita"})
_RATES: Final = frozenset({"day", "week", "month", "capita", "head", "person", "mu"})
"""What "a" or "per" behind a noun may make a rate of it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in a sentence: the token that stands for it, its mark and its kind (`number`, `money`, …)."""

    token: "Token"
    mark: Mark
    figure: Figure
    kind: str


@dataclass(frozen=True)
class Nouns:
    """The nouns of a sentence, as figures need them."""

    reading: SentenceReading
    words: MeasureWords

    @cached_property
    def sentence(self) -> Sentence:
        """The sentence that is read."""
        return self.reading.sentence

    def amounts(self) -> Iterator[Amount]:
        """Yield the figures of the sentence, in order."""
        for token in self.sentence.doc:
            word = self.sentence.word(token)
            if word.figure is not None:
                mark = word.marks[0]
                kind = mark.meaning.kind if isinstance(mark.meaning, Figure) else "number"
                yield Amount(token, mark, word.figure, kind)

    def surface(self, amount: Amount) -> str:
        """Return a figure as the text writes it."""
        return self.reading.text.view.text[amount.mark.start : amount.mark.end]

    def lemma(self, token: "Token") -> str:
        """Return the lemma of a noun in lower case."""
        return str(token.lemma_.lower())

    def is_plain_noun(self, token: "Token | None") -> bool:
        """Tell whether a token is a noun that names nothing, or a field: "aviation in the zone"."""
        if token is None or token.pos_ not in ("NOUN", "PROPN"):
            return False
        names = (mark.meaning for mark in self.sentence.word(token).marks)
        return all(self._is_industry(each) or isinstance(each, Figure | Time) for each in names)

    def head(self, token: "Token") -> "Token":
        """Return the noun that a figure stands before, or the figure itself."""
        noun = token
        if token.dep_ == "conj" and self.sentence.is_figure(token.head) and token.head.dep_ == "nummod":
            noun = token.head  # "20 and 14 parks"
        while noun.dep_ in _MODIFYING and noun.head.i > noun.i and noun.head.pos_ in _NOMINAL:
            noun = noun.head
        if self.sentence.word(noun).time is not None or noun.lower_ in self.words["refused distances"]:
            return token  # "905 a year before", "a city of 7.5 million west of Shanghai"
        if noun.i != token.i and noun.pos_ not in ("NOUN", "PROPN"):
            behind = self.sentence.doc[noun.i + 1] if noun.i + 1 < len(self.sentence.doc) else noun
            return behind if behind.pos_ == "NOUN" else noun
        return noun

    def beside(self, noun: "Token") -> frozenset[str]:
        """Return the words that modify a noun, and those of its "of"."""
        sentence = self.sentence
        found = {child.lower_ for child in sentence.children(noun, *BESIDE)}
        found |= {each.lemma_.lower() for child in sentence.children(noun, *BESIDE) for each in [child]}
        return frozenset(found | {self.lemma(each) for each in sentence.objects(noun, "of")})

    def measure(self, noun: "Token", kind: str) -> str | None:
        """Return the measure that a noun names for a kind of figure."""
        named = self.sentence.word(noun).marks and not self.is_plain_noun(noun)  # "Chunfeng Power"
        is_noun = noun.pos_ in ("NOUN", "PROPN") and (not named or self.lemma(noun) in self.words["known"])
        return self.named_measure(noun, kind) if is_noun else None

    def named_measure(self, noun: "Token", kind: str) -> str | None:
        """Return the measure that a noun names, whatever the parse takes it for; no rate has its own."""
        found = self.words.of_noun(self.lemma(noun), self.beside(noun), kind)
        near = {each.lower_ for each in self.sentence.doc[max(0, noun.i - 4) : noun.i]}
        rate = self.rate_end(noun) > noun.i or not near.isdisjoint(_BY_HEAD)
        rate = rate or (found == "investment" and self._is_of_product(noun))
        return self.words.general(kind) if found and rate else found

    def _is_of_product(self, noun: "Token") -> bool:
        """Tell whether a cost is that of one thing made or done: "the cost of a simulation"."""
        classes, children = self.reading.mentions.classes, self.sentence.children
        for each in self.sentence.objects(noun, "of"):
            one = each.tag_ == "NN" and any(child.lower_ in ("a", "an") for child in children(each, "det"))
            built = self.lemma(each) in self.words["built"] or self.lemma(each) in classes
            if one and not built and self.is_plain_noun(each):
                return True
        return False

    def rate_end(self, noun: "Token") -> int:
        """Return the last token of "a day" or the like right behind a noun, or the noun's own."""
        behind = [each.lower_ for each in self.sentence.doc[noun.i + 1 : noun.i + 3]]
        led = len(behind) == 2 and behind[0] in ("a", "per") and behind[1] in _RATES
        return int(noun.i) + (2 if led else 0)

    def subject(self, verb: "Token", but: "Token") -> "Token | None":
        """Return the subject of a verb, where that is not the figure itself."""
        subject = self.sentence.subject(verb)
        return subject if subject is not None and subject.i != but.i else None

    def counted_of(self, noun: "Token") -> "Token":
        """Return what "the number of companies" counts; another noun as it is."""
        if self.lemma(noun) not in self.words["numbers"]:
            return noun
        return next(iter(self.sentence.objects(noun, "of")), noun)

    def said_noun(self, amount: Amount, *, of_any: bool = False) -> "Token | None":
        """Return the noun of which a figure is said: "the number of firms reached …", "its profit by …".

        It is the subject of a verb that says how much something is, or `of_any` verb.
        """
        token = amount.token
        for _ in range(_DEEPEST):
            above = token.head
            if above.i == token.i:
                return None
            if self.sentence.is_verb(above):
                says = of_any or self.sentence.lemma(above).split("_")[0] in self.words["reaching"]
                noun = self.subject(above, amount.token) if says else None
                return noun if self.is_plain_noun(noun) else None
            plain = self.is_plain_noun(above) and not self.sentence.is_figure(above)
            if plain and above.i < amount.token.i and token.dep_ in ("prep", "pobj", "appos", "nummod"):
                return above
            token = above
        return None

    def lead(self, amount: Amount) -> int:
        """Return the first token of a figure: the number before its unit, the article of a fraction."""
        at = amount.token.i
        number = at and amount.kind != "number" and self.sentence.words[at - 1]
        if number and not number.marks and number.start == number.end:
            at -= 1
        return int(at)

    def before(self, amount: Amount, passing: frozenset[str] = frozenset()) -> "Token | None":
        """Return the token before a figure, past some words."""
        at = self.lead(amount) - 1
        while at >= 0 and self.sentence.doc[at].lower_ in passing:
            at -= 1
        return self.sentence.doc[at] if at >= 0 else None

    def behind(self, amount: Amount, step: int = 1) -> "Token | None":
        """Return the token behind a figure."""
        at = amount.token.i + step
        return self.sentence.doc[at] if at < len(self.sentence.doc) else None

    def clause(self, token: "Token") -> "Token | None":
        """Return the verb of the clause that a token stands in."""
        verb = self.sentence.clause_of(token)
        return verb if self.sentence.is_verb(verb) else None

    def _has_figure(self, left: int, right: int) -> bool:
        return any(self.sentence.words[at].figure for at in range(left, right + 1))

    def _is_industry(self, meaning: object) -> bool:
        return isinstance(meaning, Entity) and self.reading.lexicon.is_a(
            meaning, "IndustryCategory|Technology"
        )
