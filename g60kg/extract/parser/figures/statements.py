"""The figures of a sentence, one after the other: refused, or proposed as statistics.

What states nothing is refused first (`refusals`); what it may be of less is weighed last (`doubts`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.distinctions import rank_beside
from g60kg.extract.parser.figures.changes import SHARED, Changes
from g60kg.extract.parser.figures.doubts import IN_PART, Doubts
from g60kg.extract.parser.figures.gapping import Gapping
from g60kg.extract.parser.figures.holders import Holders, Holding
from g60kg.extract.parser.figures.levels import Levels
from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.owners import MEASURED, Measure, Owners, Past, Said, resting
from g60kg.extract.parser.figures.phrases import Phrases
from g60kg.extract.parser.figures.refusals import Refusals
from g60kg.extract.parser.figures.words import MeasureWords
from g60kg.extract.parser.frames import NEAREST, Found
from g60kg.extract.parser.reading import Literal, Qualifiers, SentenceReading, Statement
from g60kg.model import Value
from g60kg.text.marks import Figure, Mark, Time
from g60kg.text.scanning import search_before

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN_ALL: Final = frozenset({"in", "all", "of", "the", "whole"})
_LAST: Final = "figure"
_WORDS: Final = "words of measures"
_MOST: Final = 3
_ALONE: Final = 2
"""In so few words a number states nothing."""
_BESIDE: Final = 6
"""How far before a bracket the figure stands that it compares with, in tokens."""
_NOUN_BEFORE: Final = re.compile(r"[(,;] ?(?P<noun>[a-z][a-z -]{2,30}):? $")
_NOUN_BEHIND: Final = re.compile(r" (?P<noun>[a-z][a-z -]{2,30})(?=[),;])")
_BACK: Final = 24
"""So many figures before one are looked at."""


def read_figures(reading: SentenceReading) -> None:
    """Propose what the figures of a sentence state."""
    left = reading.coreference.left
    words = left.setdefault(_WORDS, MeasureWords(reading.lexicon.tables["measures"]))
    Statements(reading, Phrases(reading, words)).read()


@dataclass
class Statements:
    """Reads the figures of one sentence in order; each may lean on those before it."""

    reading: SentenceReading
    phrases: Phrases
    said: list[Said] = field(default_factory=list)

    @cached_property
    def _amounts(self) -> list[Amount]:
        return list(self.phrases.amounts())

    def read(self) -> None:
        """Propose what the sentence's figures state, and keep the last for "of these"."""
        if all(each.kind == "number" for each in self._amounts) and len(self.phrases.sentence.doc) <= _ALONE:
            return  # "3." before a section
        refusals, changes, levels = Refusals(self.phrases), Changes(self.phrases), Levels(self.phrases)
        gapping = Gapping(self.phrases)
        earlier = self.reading.coreference.left.get(_LAST)
        for number, amount in enumerate(self._amounts):
            if refusals.refused(amount):
                continue
            said = self.said[-_BACK:]
            measure = gapping.measure(amount, said) or changes.growth(amount, said)
            measure = self._of_measured(amount, measure)
            if measure is None and amount.kind in ("percent", "fraction"):
                measure = changes.share(amount, said, earlier)
            elif measure is None:
                measure = levels.measure(amount, said, earlier)
            measure = measure or self._guessed(amount, earlier)
            if (
                measure is not None
                and measure.predicate == "share"
                and "growth" in (measure.label or "").split()
            ):
                measure = replace(measure, predicate="growth")  # "a growth target of 6 percent"
            if measure is not None and measure.predicate != "growth" and measure.change is None:
                near = self._amounts[max(0, number - _BACK) : number + _BACK]
                measure = replace(measure, change=changes.change(amount, near))
            if measure is not None:
                self._state(amount, measure, earlier)
        self._in_brackets()
        counted = [each for each in self.said if each.amount.kind == "number" and each.holders]
        left = self.reading.coreference.left
        if self._amounts:
            left[_LAST] = counted[-1] if counted else None
        left[MEASURED] = self._measured_here()
        shares = [each for each in self.said if each.measure.predicate == "share"]
        if shares:
            left[SHARED] = shares[-1]

    def _guessed(self, amount: Amount, earlier: Said | None) -> Measure | None:
        """Return the measure of the figure of the same kind before one that no noun says the measure of."""
        if self.phrases.head(amount.token).i != amount.token.i:
            return None
        colon = self.phrases.before(amount)
        is_label = colon is not None and colon.i and colon.lower_ == ":"
        noun = self._labelling(colon) if colon is not None and is_label else None
        if noun is not None and self.phrases.is_plain_noun(noun):
            predicate = self.phrases.measure(noun, amount.kind) or self.phrases.words.general(amount.kind)
            return Measure(predicate, noun, self.phrases.label(noun), basis="unlabelled")
        before = [*reversed(self.said), *([earlier] if earlier is not None else [])]
        last = next((each for each in before if each.amount.kind == amount.kind), None)
        if last is None:
            return None
        return replace(last.measure, noun=None, follows=last, change=None, basis="unlabelled")

    def _labelling(self, colon: "Token") -> "Token":
        """Return the noun that says what stands behind a colon: "Population at the end of the year: …"."""
        noun = self.phrases.sentence.doc[colon.i - 1]
        while noun.head.i < noun.i and (
            noun.dep_ == "pobj" or noun.pos_ in ("ADP", "VERB") or self.phrases.sentence.word(noun).time
        ):
            noun = noun.head
        return noun

    def _in_brackets(self) -> None:
        """Propose what the figures in brackets say of the thing or the figure before them."""
        for token in self.phrases.sentence.doc:
            hidden = self.phrases.sentence.word(token).hidden
            times = [mark for mark in hidden if isinstance(mark.meaning, Time)]
            for mark in hidden:
                if isinstance(mark.meaning, Figure):
                    self._in_bracket(token, mark, mark.meaning, times)

    def _in_bracket(self, host: "Token", mark: Mark, figure: Figure, times: Sequence[Mark]) -> None:
        """Propose a figure in brackets: of the thing before them, or what the figure before them was at
        another time, as in "2.3 billion yuan (2022: 2.8 billion yuan)", or how it grew: "(+11.3%)".
        """
        last = next((each for each in reversed(self.said) if each.amount.token.i <= host.i), None)
        then = times[0] if len(times) == 1 and times[0].end < mark.start else None
        measure, holders = self._bracketed(mark, figure), tuple[Found, ...]()
        sign = Changes(self.phrases).sign(mark, figure.kind)
        if last is not None and host.i - last.amount.token.i <= _BESIDE:
            if sign and last.measure.predicate not in ("growth", "share"):
                measure, holders = replace(last.measure, predicate="growth", falls=sign == "-"), last.holders
                then = self._time(last.amount, last.measure, last.verb)
            elif then is None or last.amount.kind != figure.kind:
                return
            else:
                measure, holders = last.measure, last.holders
        elif (
            self.phrases.sentence.word(host).entities
            or self.phrases.lemma(host) in self.reading.mentions.classes
        ):
            holders = tuple(Owners(self.phrases).thing(host)[:1])
        if measure is None:
            return
        for holder in holders:
            value = next(self._values(figure, measure))
            said = Literal(value, mark.start, mark.end, measure.label)
            self.reading.propose(
                Statement("figure-level", holder, measure.predicate, said, [host], time=then, basis=NEAREST)
            )

    def _bracketed(self, mark: Mark, figure: Figure) -> Measure | None:
        """Return what a figure in brackets measures: a size or sum, or what the words beside it say."""
        words, text = self.phrases.words, self.reading.text.view.text
        if figure.kind != "number":
            general = words.general(figure.kind)
            return (
                Measure("investment" if figure.kind == "money" else general) if general != "share" else None
            )
        found = search_before(_NOUN_BEFORE, text, mark.start, 40) or _NOUN_BEHIND.match(text, mark.end)
        if found is None:
            return None
        lemma = found["noun"].rsplit(" ", 1)[-1].removesuffix("s")
        named = words.of_noun(lemma, frozenset(), "number")
        return Measure(named or words.counting(lemma), label=found["noun"])

    def _measured_here(self) -> Said | None:
        """Return what the sentence measures, for "it" and "they" in the next: "Exports rose. They …"."""
        for verb in self.phrases.sentence.doc:
            noun = self.phrases.sentence.subject(verb) if verb.dep_ == "ROOT" else None
            if noun is None or self.phrases.measure(noun, "money") is None:
                continue
            amount = Amount(noun, Mark(0, 0, None), Figure(Value("0", "xsd:decimal")), "money")
            measure = Measure(self.phrases.measure(noun, "money") or "", noun, self.phrases.label(noun))
            said = next((each.holders for each in self.said if each.measure.noun is noun), None)
            held = said or Holders(self.phrases, Past(self.phrases, ())).of(amount, measure).found
            return Said(amount, measure, tuple(resting(held, "definite")), verb)
        return None

    def _of_measured(self, amount: Amount, measure: Measure | None) -> Measure | None:
        """Return the measure of a figure that "it" or "they" say of what the sentence before measures."""
        alike = [each for each in self.said if each.amount.kind == amount.kind and each.measure.label]
        before: Said | None = alike[-1] if alike else self.reading.coreference.left.get(MEASURED)
        verb = self.phrases.clause(amount.token)
        subject = self.phrases.subject(verb, amount.token) if verb is not None else None
        if before is None or verb is None or subject is None:
            return measure
        of_same = measure is None or measure.predicate != "growth"
        if of_same and subject.lower_ in ("that", "those") and self.phrases.sentence.objects(subject, "of"):
            return replace(before.measure, noun=subject, follows=None)  # "that of Wuhu was 3 billion yuan"
        if subject.lower_ not in ("it", "they"):
            return measure
        if measure is not None and measure.predicate == "growth" and measure.label is None:
            return replace(measure, label=before.measure.label, follows=before)
        says = self.phrases.sentence.lemma(verb).split("_")[0] in self.phrases.words["reaching"]
        direct = verb.i in (amount.token.head.i, amount.token.head.head.i)  # not "it is eligible for …"
        of_same = measure is None and amount.kind == "money" and says and direct
        return replace(before.measure, noun=None, follows=before) if of_same else measure

    def _state(self, amount: Amount, measure: Measure, earlier: Said | None) -> None:
        """Propose a figure of its holders."""
        holding = Holders(self.phrases, Past(self.phrases, self.said[-_BACK:], earlier)).of(amount, measure)
        found = tuple(self._shared_out(amount, _distinct(holding.found)))
        measure = self._fitted(measure, found)
        measure = replace(measure, basis=Doubts(self.phrases).basis(amount, measure, found))
        counted = measure.basis == IN_PART and measure.predicate.endswith("ount")
        found = tuple(resting(found, IN_PART)) if counted else found
        verb = self._verb(amount)
        self.said.append(Said(amount, measure, tuple(resting(found, measure.basis)), verb))
        for holder in found:
            for value in self._values(amount.figure, measure):
                self._propose(amount, measure, holder, value, holding, verb)

    def _propose(
        self,
        amount: Amount,
        measure: Measure,
        holder: Found,
        value: Value,
        holding: Holding,
        verb: "Token | None",
    ) -> None:
        ranked = rank_beside(self.phrases.sentence, verb) if verb is not None else None
        ranked = None if measure.predicate == "growth" else ranked
        tokens = [each for each in (amount.token, measure.noun, ranked) if each is not None]
        said = Literal(value, amount.mark.start, amount.mark.end, measure.label)
        self.reading.propose(
            Statement(
                _pattern(measure),
                holder,
                measure.predicate,
                said,
                tokens,
                self._modality(amount, measure, verb),
                self._qualifiers(measure, holding, ranked),
                self._time(amount, measure, verb),
                measure.basis,
            )
        )

    def _verb(self, amount: Amount) -> "Token | None":
        """Return the verb whose time and modality a figure has; none beside a name: "X, a 12-acre park,"."""
        token, sentence, aside = amount.token, self.phrases.sentence, False
        while not sentence.is_verb(token) and token.head.i != token.i:
            described = token.dep_ == "appos" and sentence.children(token, "det") and token.head.i < token.i
            aside = aside or token.lower_ == "with"
            known = token.dep_ in ("nsubj", "nsubjpass") and token.i == amount.token.head.i
            known = known and amount.token.i < token.i and amount.kind != "number"
            if known and (sentence.children(token, "poss") or token.left_edge.lower_ == "the"):
                return None  # "The 2-billion-yuan plant will open in May"
            if described or (aside and token.dep_ in ("nsubj", "nsubjpass")):
                return None
            token = token.head
        return token if sentence.is_verb(token) else None

    def _time(self, amount: Amount, measure: Measure, verb: "Token | None") -> Mark | None:
        """Return the time right behind a figure or its noun, else that of its clause."""
        sentence, doc = self.phrases.sentence, self.phrases.sentence.doc
        for token in (amount.token, self.phrases.head(amount.token)):
            behind = next((each for each in doc[token.i + 1 :] if each.lower_ not in _IN_ALL), None)
            time = self.phrases.sentence.word(behind).time if behind is not None else None
            if behind is not None and time is not None and (behind.i > token.i + 1 or measure.change):
                return self.phrases.sentence.word(behind).marks[0]
        sized = measure.predicate in ("area", "length")  # "X, 39 kilometers long, opened in May"
        sized = sized or (amount.kind == "money" and amount.token.i < self.phrases.head(amount.token).i)
        acts = self.reading.lexicon.tables["acts"]  # "opened a 2-billion-yuan plant"
        opens = verb is not None and sized and sentence.lemma(verb) in (*acts["open"], *acts["end"])
        led = sentence.children(verb, "advmod") if verb is not None else []
        now = any(each.lower_ in ("now", "currently") for each in led)  # "which had 80 in 2022, now has 450"
        own = self.reading.times.at(verb) if verb is not None and not (opens or now) else None
        posts = verb is not None and self.phrases.sentence.lemma(verb) in self.phrases.words["posting"]
        if posts and own is not None and isinstance(own.meaning, Time) and len(own.meaning.start) == 10:
            own = None  # "On Friday X posted a revenue of …"
        before = amount.token.head.head.head
        if measure.predicate == "growth" and before.lower_ == "after":
            return None  # "rose by 6 percent after a fall of 9 percent"
        last = measure.follows
        if own is None and last is not None and last.amount.token.doc is doc:
            own = self._time(last.amount, last.measure, last.verb)  # "…, an increase of 5 percent"
        base = measure.predicate == "growth" and self._is_of_base(own)
        return own if measure.change != "before" and not base and not self._is_of_text(own, verb) else None

    def _is_of_base(self, time: Mark | None) -> bool:
        """Tell whether a time is that from which something grew: "8 percent on the same months of 2023"."""
        sentence = self.phrases.sentence
        tokens = [each for each in sentence.doc if time in sentence.word(each).marks]
        above = [each for token in tokens for each in (token.head.head, *sentence.children(token.head.head))]
        return any(each.lower_ in self.phrases.words["same"] for each in above)

    def _is_of_text(self, time: Mark | None, verb: "Token | None") -> bool:
        """Tell whether "the end of the year" is past, and so not sure to be that of the article's year."""
        if time is None or verb is None:
            return False
        said = self.reading.text.view.text[time.start : time.end].lower()
        verbs = (verb, *self.phrases.sentence.children(verb, "aux", "auxpass"))
        ends = said.endswith(("the year", "year-end", "year end"))
        return ends and any(each.tag_ == "VBD" for each in verbs)

    # -- holders

    def _shared_out(self, amount: Amount, found: Sequence[Found]) -> Sequence[Found]:
        """Return whom of several a figure is of: of each, of one in its order, or of none."""
        if len(found) < 2:
            return found
        if len({each.token for each in found}) == 1 and found[0].basis == "definite":
            return ()  # "the two cities have 9 million people"
        row = [each for each in self._amounts if each.kind == amount.kind]
        spread = row[-1].token.i - row[0].token.i <= 3 * len(row)
        if len(row) == len(found) and spread:
            at = next(number for number, each in enumerate(row) if each.token.i == amount.token.i)
            return found[at : at + 1]
        said = {token.lower_ for token in self.phrases.sentence.doc}
        fits, each = self.reading.mentions.fits, not said.isdisjoint(self.phrases.words["each"])
        several = all(fits(one.entity, "Region") for one in found) and not each
        if several or not said.isdisjoint(self.phrases.words["together"]) or len(found) > _MOST:
            return ()  # "eight parks in Taiyuan and Jinzhong" are of neither
        return found

    def _fitted(self, measure: Measure, found: Sequence[Found]) -> Measure:
        """Return a measure that fits its holders: people of a company are no population."""
        fits = self.reading.mentions.fits
        narrow = {"companyCount": "Company", "population": "Organization"}.get(measure.predicate)
        if narrow and found and all(fits(each.entity, narrow) for each in found):
            return replace(measure, predicate="count")
        return measure

    # -- how it is said

    def _values(self, figure: Figure, measure: Measure) -> Iterator[Value]:
        """Yield the values that a figure states: with its range, and its conversions in brackets."""
        for value in figure.values:
            yield replace(value, value=f"-{value.value}") if measure.falls else value

    def _modality(self, amount: Amount, measure: Measure, verb: "Token | None") -> str | None:
        """Return the modality of a figure's clause, or of the words beside it: "a planned output of …"."""
        found = self.reading.modality.of(verb) if verb is not None else None
        undone = self.reading.lexicon.tables["modality"]["undoing_verbs"]
        done_to = () if verb is None else self.phrases.sentence.children(verb, "dobj", "nsubjpass")
        whose = next((each for each in done_to if amount.token in each.subtree), None)
        if verb is not None and whose is not None and self.phrases.sentence.lemma(verb) in undone:
            return "denied"  # "A 500-million-yuan project was shelved"
        if found is not None:  # not "aims for 9 million, compared with 8 million in 2023"
            return None if (measure.change, found) == ("before", "planned") else found
        sentence, words, token = self.phrases.sentence, self.phrases.words, amount.token
        for _ in range(6):
            whole = measure.predicate == "share" and measure.noun is not None and token.i == measure.noun.i
            beside = [] if whole else sentence.children(token, "amod", "advmod", "acl", "compound")
            if any(child.lower_ in words["to_come"] for child in beside) or token.lower_ in words["to_come"]:
                return "planned"
            if token.head.i == token.i or sentence.is_verb(token):
                break
            token = token.head
            if self.phrases.lemma(token) in words["to_come_nouns"] and token.pos_ == "NOUN":
                return "planned"
        return None

    def _qualifiers(self, measure: Measure, holding: Holding, ranked: "Token | None") -> Qualifiers:
        rank = self.phrases.sentence.word(ranked).figure if ranked is not None else None
        limits: Qualifiers = {"rank": rank.value.value} if rank is not None else {}
        if measure.industry is not None:
            limits["industry"] = measure.industry
        if measure.change is not None:
            limits["change"] = measure.change
        if holding.region is not None and not holding.region.is_described:
            limits["region"] = holding.region.entity
        return limits


def _distinct(found: Sequence[Found]) -> list[Found]:
    return list({each.entity.iri: each for each in reversed(found)}.values())[::-1]


def _pattern(measure: Measure) -> str:
    """Return the id of the mechanism that read a measure."""
    counts = measure.predicate.endswith("ount") and measure.predicate != "amount"
    kind = measure.predicate if measure.predicate in ("growth", "share") else "count" if counts else "level"
    return f"figure-{kind}"
