"""Levels: what is counted, paid, covered or weighed, by the noun, verb or thing that a figure is of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import SUBJECTS
from g60kg.extract.parser.figures.counts import Counts
from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.owners import Measure, Said
from g60kg.extract.parser.figures.phrases import Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEPEST: Final = 6


@dataclass(frozen=True)
class Levels:
    """Reads the measure of figures that state a level."""

    phrases: Phrases

    def measure(self, amount: Amount, said: Sequence[Said], earlier: Said | None) -> Measure | None:
        """Return the measure of a figure; `said` are those before it, `earlier` is of the sentence before."""
        if amount.kind == "number":
            return Counts(self.phrases).measure(amount, said, earlier)
        if amount.kind in ("area", "length"):
            return self._size(amount)
        return self._amount(amount, said)

    # -- sizes

    def _size(self, amount: Amount) -> Measure:
        phrases, token = self.phrases, amount.token
        predicate = phrases.words.general(amount.kind)
        below = next(iter(phrases.sentence.objects(token, "of")), None)
        noun = below if phrases.is_plain_noun(below) else self._measured_above(amount)
        named = phrases.measure(noun, amount.kind) if noun is not None else None
        if below is not None and named is None and self._is_made(amount, below):
            return self._by_noun(amount, below, phrases.words.general("mass"))
        label = (
            phrases.label(noun) if noun is not None and (below is not None or named != predicate) else None
        )
        head = phrases.head(token)
        if noun is not None and below is None and noun.i < token.i and self._is_one_thing(noun):
            return Measure(named or predicate, noun, thing=True)  # "opened a warehouse of 24,000 m2"
        above = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else None
        if noun is None and head.i == token.i and above is not None and self._is_part(above):
            return Measure(predicate, above, phrases.label(above))  # "a main span of 620 meters"
        thing = noun is None and head.i != token.i
        return Measure(named or predicate, noun or head, label, thing=thing)

    def _is_made(self, amount: Amount, noun: "Token") -> bool:
        """Tell whether so much of something is made, and covers nothing: "300,000 square meters of glass"."""
        words, verb, doc = self.phrases.words, self.phrases.clause(amount.token), self.phrases.sentence.doc
        lemma = self.phrases.sentence.lemma(verb) if verb is not None and amount.token.head == verb else ""
        made = lemma in words["making"] or words.of_verb(lemma) == "output"
        return made or any(each.lower_ in words["yearly"] for each in doc[noun.i + 1 : noun.i + 3])

    def _is_one_thing(self, noun: "Token") -> bool:
        """Tell whether a noun is one thing that is described: "a new warehouse"."""
        led = {child.lower_ for child in self.phrases.sentence.children(noun, "det")}
        return not led.isdisjoint({"a", "an", "another"}) and self._is_built(noun)

    def _is_part(self, noun: "Token") -> bool:
        """Tell whether a noun is a part of what holds a size, and no thing by itself."""
        numbered = self.phrases.lemma(noun) in self.phrases.words["numbers"]
        return self.phrases.is_plain_noun(noun) and not numbered and not self._is_thing(noun)

    def _measured_above(self, amount: Amount) -> "Token | None":
        """Return the noun of measure that governs a figure, or the subject that is said to be so much."""
        phrases, token = self.phrases, amount.token
        for _ in range(_DEEPEST):
            above = token.head
            if above.i == token.i:
                return None
            if phrases.sentence.is_verb(above):
                done_to = phrases.sentence.children(above, "dobj") if token.dep_ == "prep" else []
                for noun in [*done_to, phrases.subject(above, amount.token)]:
                    if noun is not None and phrases.measure(noun, amount.kind):
                        return noun
                return None
            if phrases.measure(above, amount.kind) and not phrases.sentence.is_figure(above):
                return above
            token = above
        return None

    # -- money and other units

    def _amount(self, amount: Amount, said: Sequence[Said]) -> Measure | None:
        below = self._below(amount)
        if below is not None:
            return self._by_noun(amount, below)
        noun = self._measured_above(amount)
        if noun is not None:
            return self._by_noun(amount, noun)
        described = amount.token.head.dep_ in SUBJECTS  # "The 2-billion-yuan plant turns out …"
        made = self._by_verb(amount) if amount.kind == "money" and not described else None
        made = made or self._of_thing(amount)
        if made is not None:
            return made
        return self._unnamed(amount)

    def _below(self, amount: Amount) -> "Token | None":
        """Return the noun behind a figure that says what it is of: "$3 billion in exports"."""
        phrases = self.phrases
        for each in phrases.sentence.objects(amount.token, "of", "worth"):
            if phrases.is_plain_noun(each) and not phrases.sentence.word(each).time:
                return each
        behind = phrases.behind(amount)  # whatever the parse hangs "in milestone payments" on
        led = (
            phrases.sentence.children(behind, "pobj") if behind is not None and behind.lower_ == "in" else []
        )
        named = [each for each in led if phrases.is_plain_noun(each)]
        paid = self._by_verb(amount) is None and amount.kind == "money"
        sorts = (
            each for each in named if phrases.measure(each, amount.kind) or (paid and self._is_sort(each))
        )
        return next(sorts, None)

    def _is_sort(self, noun: "Token") -> bool:
        """Tell whether a noun says what sort of money it is: "in milestone payments"."""
        children = self.phrases.sentence.children
        said = noun.tag_ == "NNS" or bool(children(noun, "amod", "compound"))
        bare = not children(noun, "det", "poss", "nummod") and not self.phrases.sentence.word(noun).marks
        return said and bare and not self._is_built(noun)

    def _by_noun(self, amount: Amount, noun: "Token", general: str = "") -> Measure:
        phrases = self.phrases
        predicate = phrases.measure(noun, amount.kind) or general or phrases.words.general(amount.kind)
        return Measure(predicate, noun, phrases.label(noun), phrases.industry(noun))

    def _by_verb(self, amount: Amount) -> Measure | None:
        """Return the measure of money that a verb puts in or takes in."""
        phrases = self.phrases
        verb = phrases.clause(amount.token)
        if verb is None:
            return None
        behind = phrases.behind(amount)
        if behind is not None and behind.lower_ == "on":
            below = phrases.sentence.children(behind, "pobj")
            if any(phrases.measure(each, "money") == "revenue" for each in below):
                return None  # "earned 16 billion yuan on sales of 261 billion yuan"
        measure = phrases.words.of_verb(phrases.sentence.lemma(verb))
        above = amount.token.head
        if above.lower_ == "of" and above.head.lemma_ in ("total", "sum"):
            above = above.head.head  # "have invested a total of …"
        direct = above.i == verb.i or above.head.i == verb.i
        return Measure(measure, None, None) if measure is not None and direct else None

    def _of_thing(self, amount: Amount) -> Measure | None:
        """Return the measure of "a 300-million-yuan plant", "a project worth …", "a deal of …"."""
        phrases, token = self.phrases, amount.token
        noun = self._worth_so_much(amount) or phrases.head(token)
        if noun.i == token.i:
            above = token.head
            worth = above.lower_ in phrases.words["worth"] or (
                token.dep_ == "pobj" and above.head.lower_ in phrases.words["worth"]
            )
            of = token.dep_ == "pobj" and above.lower_ in ("of", "for", "with", "at")
            while (
                (above.pos_ not in ("NOUN", "PROPN") or phrases.sentence.is_figure(above))
                and above.head.i != above.i
                and (above.pos_ != "VERB" or above.lower_ in phrases.words["worth"])
                and (worth or of)
            ):
                above = above.head
            acts = of and phrases.sentence.is_verb(above)
            done_to = phrases.sentence.children(above, "dobj") if acts else []
            if done_to and self._is_built(done_to[0]):
                noun = done_to[0]  # "builds a plant for 3 billion yuan"
            elif worth or of:
                noun = above
        if noun.i == token.i or noun.pos_ not in ("NOUN", "PROPN"):
            return None
        named = phrases.sentence.word(noun).entities
        built = bool(named) or self._is_built(noun)
        if amount.kind == "money" and built:
            before = self.phrases.before(amount, frozenset({"at"}))
            if before is not None and before.lower_ == "valued" and not self._is_built(noun):
                said = phrases.sentence.word(before)  # "X, valued at 5 billion yuan"
                return Measure("amount", noun, phrases.reading.words(said.start, said.end), thing=True)
            return Measure("investment", noun, None, thing=True)
        measure = phrases.measure(noun, amount.kind) or phrases.words.general(amount.kind)
        label = phrases.label(noun) if not named else None
        thing = measure != "clusterValue"
        return Measure(measure, noun, label, phrases.industry(noun), thing=thing)

    def _worth_so_much(self, amount: Amount) -> "Token | None":
        """Return the noun right before "worth 300 million yuan", whatever the parse."""
        worth = self.phrases.before(amount)
        if worth is None or worth.lower_ not in self.phrases.words["worth"]:
            return None
        at = worth.i - 1
        doc = self.phrases.sentence.doc
        while at > 0 and (doc[at].pos_ in ("ADV", "PUNCT") or doc[at].lower_ == "at"):
            at -= 1
        noun = doc[at] if at >= 0 and doc[at].pos_ in ("NOUN", "PROPN") else None
        if noun is not None and noun.dep_ == "pobj" and noun.head.lower_ in ("in", "at"):
            above = noun.head.head  # "a center in X worth 55 million yuan"
            return above if above.pos_ == "NOUN" and self._is_built(above) else noun
        return noun

    def _unnamed(self, amount: Amount) -> Measure | None:
        """Return the general measure under the noun of the clause: "exports were worth …"."""
        phrases = self.phrases
        verb = phrases.clause(amount.token)
        noun = self.phrases.said_noun(amount)
        if noun is None and verb is not None:
            noun = phrases.subject(verb, amount.token)
        noun = phrases.counted_of(noun) if noun is not None else None
        predicate = phrases.words.general(amount.kind)
        thing = noun is not None and self._is_thing(noun)
        changed = noun is not None and phrases.lemma(noun) in phrases.words["changes"]
        if noun is not None and phrases.is_plain_noun(noun) and not thing and not changed:
            return Measure(predicate, noun, phrases.label(noun), phrases.industry(noun))
        if verb is None:
            return None
        acts = amount.token.dep_ == "dobj" and verb.lemma_ not in ("be", "have")
        acts = acts and verb.lemma_ not in phrases.words["reaching"]
        said = phrases.sentence.word(verb)
        label = phrases.reading.words(said.start, said.end) if acts else None
        if thing and verb.lemma_ == "sell":
            return Measure(predicate, noun, phrases.reading.words(said.start, said.end), thing=True)
        if thing and noun is not None and not acts and amount.kind == "money" and self._is_built(noun):
            return Measure("investment", noun, thing=True)
        basis = "explicit" if acts else "unlabelled"
        return Measure(predicate, noun if thing else None, label, thing=thing, basis=basis)

    def _is_built(self, noun: "Token") -> bool:
        """Tell whether money that is said of a noun was put into it."""
        lemma, classes = self.phrases.lemma(noun), self.phrases.reading.mentions.classes
        return lemma in self.phrases.words["built"] or classes.get(lemma) == "Facility"

    def _is_thing(self, noun: "Token") -> bool:
        """Tell whether a noun is what holds a figure, and not what is measured: "the campus took in …"."""
        mentions = self.phrases.reading.mentions
        thing = mentions.is_generic(noun) or self.phrases.lemma(noun) in mentions.classes
        return thing and noun.tag_ != "NNS"
