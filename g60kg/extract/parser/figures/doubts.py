"""Signs beside a figure that it may be of a part only, or of something else: such a claim is to confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import SUBJECTS
from g60kg.extract.parser.figures.counted import Counted
from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.owners import COUNTS, Measure
from g60kg.extract.parser.figures.phrases import Phrases
from g60kg.extract.parser.figures.shares import Shares
from g60kg.extract.parser.frames import Found

if TYPE_CHECKING:
    pass

IN_PART: Final = "in-part"
_FIELDS: Final = frozenset({"field", "sector", "industry"})
_SIZES: Final = ("area", "length", "floorArea")


@dataclass(frozen=True)
class Doubts:
    """Tells which figures may be of less, or of another thing, than what holds them."""

    phrases: Phrases

    def basis(self, amount: Amount, measure: Measure, found: Sequence[Found]) -> str:
        """Return the basis of a figure's measure: its own, or that it may be of a part."""
        if (measure.label or "").lower() in self.phrases.words["unmeasured"]:
            return "unlabelled"
        if measure.predicate == "amount" and measure.label is None and amount.kind == "mass":
            return "unlabelled"  # "a robot of 19 kilograms"
        doubted = (
            self._is_of_field(measure) or self._are_together(found) or self._is_of_figure(amount, measure)
        )
        doubted = doubted or self._is_of_others(amount, measure, found) or self._is_of_many(measure, found)
        doubted = doubted or self._is_some(amount) or self._is_there(amount, measure, found)
        doubted = doubted or self._is_of_group(amount, found)
        doubted = doubted or self._is_of_each(amount, found) or self._is_of_aside(amount, found)
        doubted = doubted or self._is_price(amount, measure)
        if measure.predicate in _SIZES:
            doubted = doubted or self._is_handled(amount, measure, found) or self._is_of_site(found)
            doubted = doubted or self._is_of_them(amount, measure, found)
        elif measure.predicate == "growth":
            doubted = doubted or self._is_joined(amount) or self._is_over_years(amount)
        elif measure.predicate == "share":
            doubted = doubted or self._is_joined(amount)
            doubted = doubted or Shares(self.phrases).doubted(amount, measure, found)
        elif measure.predicate in COUNTS:
            doubted = doubted or Counted(self.phrases).doubted(amount, measure, found)
        return IN_PART if doubted else measure.basis

    def _are_together(self, found: Sequence[Found]) -> bool:
        """Tell whether things joined by "and" hold a figure and no word says that each does."""
        doc = self.phrases.sentence.doc
        joined = len(found) > 1 and (
            len({each.token for each in found}) == 1
            or any(0 <= each.token < len(doc) and doc[each.token].dep_ == "conj" for each in found)
        )
        return joined and self.phrases.words["each"].isdisjoint(each.lower_ for each in doc)

    def _is_of_others(self, amount: Amount, measure: Measure, found: Sequence[Found]) -> bool:
        """Tell whether what has a figure by "with" is not what holds it: "96 firms with 12,000 employees"."""
        noun = measure.noun if measure.noun is not None else self.phrases.head(amount.token)
        host = noun.head.head
        beside = noun.dep_ == "pobj" and noun.head.lower_ == "with" and host.pos_ == "NOUN"
        fits = self.phrases.reading.mentions.fits  # "X will be its largest site, with 1,900 employees"
        hired = self.phrases.lemma(noun) in self.phrases.words["hired"]
        of_place = hired and any(fits(each.entity, "Region") for each in found)
        said = (host.dep_ in ("appos", "attr") and not of_place) or host.i in [each.token for each in found]
        return beside and not said

    def _is_of_many(self, measure: Measure, found: Sequence[Found]) -> bool:
        """Tell whether "they" or "their" leads to one place or firm: to its firms, rather, as is said of a
        park, too, unless a label says what of theirs: "their combined revenue".
        """
        fits = self.phrases.reading.mentions.fits
        doc, words = self.phrases.sentence.doc, self.phrases.reading.mentions.words["they"]
        said = [each for each in found if each.resolution is not None and each.token < len(doc)]
        label = measure.label or ""
        own = "Park|Corridor" if " " in label else "Corridor"
        summed = label.split(" ")[0] in self.phrases.words["together"]
        alone = len(found) == 1 and not fits(found[0].entity, own) and not summed
        return alone and any(doc[each.token].lower_ in words for each in said)

    def _is_there(self, amount: Amount, measure: Measure, found: Sequence[Found]) -> bool:
        """Tell whether a figure is what an organization has in a place: "It employs 300 people there"."""
        if measure.predicate not in (*COUNTS, "growth"):
            return False
        fits, doc = self.phrases.reading.mentions.fits, self.phrases.sentence.doc
        there = any(each.lower_ in ("there", "here") for each in doc[amount.token.i + 1 : amount.token.i + 5])
        return there and any(fits(each.entity, "Organization") for each in found)

    def _is_of_group(self, amount: Amount, found: Sequence[Found]) -> bool:
        """Tell whether those who are counted do it, and not what holds them: "87 firms, which made …"."""
        verb, sentence = self.phrases.clause(amount.token), self.phrases.sentence
        if verb is None or verb.dep_ != "relcl" or verb.head.i in [each.token for each in found]:
            return False
        subjects = sentence.children(verb, "nsubj")
        whose = (each for one in subjects for each in (one, *sentence.children(one, "poss")))
        which = any(each.tag_ in ("WDT", "WP", "WP$") for each in whose)
        return which and any(map(sentence.is_figure, sentence.children(verb.head, "nummod")))

    def _is_some(self, amount: Amount) -> bool:
        """Tell whether a number is some of a whole that is counted, too, or more of it, or what each has:
        "200 of its 330 workers", "another 900", "each plant employs 400", "with 8 billion added by July".
        """
        if amount.kind != "number":
            behind = self.phrases.behind(amount)
            return behind is not None and behind.lower_ == "added"
        sentence, before = self.phrases.sentence, self.phrases.before(amount)
        wholes = sentence.objects(amount.token, "of")
        part = any(
            sentence.is_figure(child) for each in wholes for child in sentence.children(each, "nummod")
        )
        more = before is not None and before.lower_ in ("another", "further", "additional")
        verb = self.phrases.clause(amount.token)
        subject = sentence.subject(verb) if verb is not None else None
        led = sentence.children(subject, "det") if subject is not None else []
        return part or more or any(each.lower_ == "each" for each in led)

    def _is_of_figure(self, amount: Amount, measure: Measure) -> bool:
        """Tell whether what is measured is another figure: "60 percent of its output, which came to …"."""
        noun = measure.noun
        other = noun is not None and noun.i != amount.token.i and self.phrases.sentence.is_figure(noun)
        return other and measure.label is not None

    def _is_handled(self, amount: Amount, measure: Measure, found: Sequence[Found]) -> bool:
        """Tell whether a clause does something with a size, or a list has it beside another: "has set aside
        2 square kilometers", "a runway, 120,000 square meters of workshops".
        """
        verb, words, noun = self.phrases.clause(amount.token), self.phrases.words, measure.noun
        if noun is not None and noun.dep_ == "pobj" and noun.head.lower_ == "with" and noun.head.head == verb:
            return False  # "With an area of 72 square kilometers, the district …"
        above = {each.i for each in amount.token.ancestors if verb is None or verb.is_ancestor(each)}
        if measure.thing and noun is not None and noun.dep_ == "dobj":
            return all(each.token < noun.head.i for each in found)  # "X opened a 5-km corridor"
        if measure.thing or (measure.label is None and any(each.token in above for each in found)):
            return False
        sited = verb is not None and verb.dep_ == "acl" and verb.head.i in [each.token for each in found]
        if sited and amount.token.head.lower_ == "on" and amount.token.head.head == verb:
            return False  # "the plant, built on 23 hectares"
        return verb is None or self.phrases.sentence.lemma(verb) not in words["sizing"] | words["reaching"]

    def _is_of_each(self, amount: Amount, found: Sequence[Found]) -> bool:
        """Tell whether each of several has so much, and not what holds it: "machines, each of 75 tonnes"."""
        verb = self.phrases.clause(amount.token)
        beside = self.phrases.sentence.children(verb) if verb is not None else []
        subjects = {each.i for each in beside if each.dep_ in SUBJECTS}
        return any(each.lower_ == "each" for each in beside) and subjects.isdisjoint(
            one.token for one in found
        )

    def _is_of_them(self, amount: Amount, measure: Measure, found: Sequence[Found]) -> bool:
        """Tell whether a size is that of some of several, or a building's and not a region's: "1,850 km of
        them", "Wuhu, with 30,000 square meters of floor space".
        """
        fits, wholes = self.phrases.reading.mentions.fits, self.phrases.sentence.objects(amount.token, "of")
        built = measure.predicate == "floorArea" and any(
            fits(each.entity, "Region") and not fits(each.entity, "Park") for each in found
        )
        return built or any(each.lower_ in ("them", "these", "which") for each in wholes)

    def _is_of_aside(self, amount: Amount, found: Sequence[Found]) -> bool:
        """Tell whether a building beside a place's name has it, and not the place: "its first plant outside
        Norway, a 640-million-euro complex".
        """
        noun, mentions = self.phrases.head(amount.token), self.phrases.reading.mentions
        built = noun.dep_ == "appos" and mentions.classes.get(self.phrases.lemma(noun)) == "Facility"
        return built and any(mentions.fits(each.entity, "Region") for each in found)

    def _is_price(self, amount: Amount, measure: Measure) -> bool:
        """Tell whether a sum is what something is sold for, or what a market is put at."""
        verb, words = self.phrases.clause(amount.token), self.phrases.words
        if verb is None or measure.predicate != "investment" or measure.label is not None:
            return False
        led = amount.token.head.lower_ if amount.token.dep_ == "pobj" else ""
        pricing = {"for": words["selling"], "at": words["valuing"]}.get(led, frozenset())
        return self.phrases.sentence.lemma(verb) in pricing

    def _is_of_site(self, found: Sequence[Found]) -> bool:
        """Tell whether "it" leads to an organization, which has no size, and not to its site."""
        fits = self.phrases.reading.mentions.fits
        return any(each.basis == "pronoun-figure" and fits(each.entity, "Organization") for each in found)

    def _is_over_years(self, amount: Amount) -> bool:
        """Tell whether growth is that since another time than the year before, or a year's of several:
        "2.4 trillion more than in 2017", "between 2016 and 2020 it climbed by 8 percent a year".
        """
        doc, word = self.phrases.sentence.doc, self.phrases.sentence.word
        behind = [each.lower_ for each in doc[amount.token.i + 1 : amount.token.i + 4]]
        spans = [word(each).time for each in doc]
        yearly = behind[:2] in (["a", "year"], ["per", "year"], ["each", "year"]) or behind[:1] == [
            "annually"
        ]
        several = yearly and any(each is not None and each.end is not None for each in spans)
        return several or (amount.kind == "money" and behind[1:3] == ["than", "in"])

    def _is_joined(self, amount: Amount) -> bool:
        """Tell whether a percentage goes on with one before it and has no whole, or is of one of several:
        "up 9.1 and 8.3 percent respectively".
        """
        sentence, token = self.phrases.sentence, amount.token
        if any(map(sentence.is_figure, sentence.children(token, "conj"))):
            words, view = sentence.words, self.phrases.reading.text.view  # the parser does not see it
            return "respectively" in view.text[words[token.i].end : words[-1].end]
        return token.dep_ == "conj" and sentence.is_figure(token.head) and not sentence.objects(token, "of")

    def _is_of_field(self, measure: Measure) -> bool:
        """Tell whether it is of an industry that is not named: "the industry's output", "in that field"."""
        label = (measure.label or "").split(" ")
        said = label[-1] in _FIELDS and "that" not in label  # "companies in the field"
        if measure.noun is None or measure.industry is not None or said:
            return False
        sentence = self.phrases.sentence
        fields = [*sentence.children(measure.noun, "poss"), *sentence.objects(measure.noun, "in", "of")]
        return any(self.phrases.lemma(each) in _FIELDS for each in fields)
