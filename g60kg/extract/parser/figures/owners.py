"""Whose figures are, by the phrase of a noun and by the figures before; what a figure was found to state."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import SUBJECTS
from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.phrases import Phrases
from g60kg.extract.parser.frames import Found, Wanted, weakest
from g60kg.extract.parser.salience import HOLDERS
from g60kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

WANTED: Final = Wanted(HOLDERS, unknown=True, described=True)
"""What may hold a figure."""
MEASURED: Final = "measured"
"""Under this name what a sentence measures is left for "it" and "they" in the next."""
COUNTS: Final = ("count", "companyCount", "projectCount")
"""Measures that count things."""
_ANOTHER: Final = ("one", "ones", "other", "others", "former", "latter", "rest")
_OF: Final = ("of", "for", "by")


@dataclass(frozen=True)
class Owners:
    """Finds what the phrases of a sentence mention that may hold a figure."""

    phrases: Phrases

    def mentioned(self, token: "Token", role: str = "", joined: bool = True) -> list[Found]:
        """Return what a token's phrase mentions that may hold a figure; not several things described."""
        found = self.phrases.reading.mentions.of(token, WANTED, role, joined)
        doc = self.phrases.sentence.doc
        return [each for each in found if not (each.is_described and doc[each.token].tag_ == "NNS")]

    def named(self, token: "Token") -> list[Found]:
        """Return what a token's phrase names, or coreference leads to."""
        return self.phrases.reading.mentions.of(token, replace(WANTED, described=False))

    def own(self, noun: "Token", depth: int = 0) -> list[Found]:
        """Return the owner of what is counted or measured: "Suzhou's exports", "the exports of Suzhou"."""
        sentence = self.phrases.sentence
        if depth > 2:
            return []
        for child in sentence.children(noun, "poss"):
            found = self.mentioned(child) or self.own(child, depth + 1)
            if found:
                return found
        for child in sentence.children(noun, "prep"):
            if child.lower_ not in _OF or (child.lower_ == "by" and self.phrases.lemma(noun) == "cost"):
                continue  # "built at a cost of 3 billion yuan by X"
            for each in sentence.children(child, "pobj"):
                if sentence.is_figure(each) or each.lower_ in self.phrases.words["these"]:
                    continue
                found = self.named(each) or self.own(each, depth + 1) or self.place_of(each)
                if found and not (child.lower_ == "for" and self.are_countries(found)):
                    return found
        return self._compound(noun)

    def _are_regions(self, noun: "Token") -> bool:
        kinds = self.phrases.reading.mentions.generic.get(self.phrases.lemma(noun), frozenset())
        return "Region" in kinds and noun.tag_ == "NNS"

    def thing(self, noun: "Token") -> list[Found]:
        """Return the thing that a noun names, describes or is said of: "X is a 12-hectare park"."""
        mentions = self.phrases.reading.mentions
        found = mentions.named(noun, WANTED) or mentions.identified(noun, replace(WANTED, described=False))
        return found or self.mentioned(noun)

    def _compound(self, noun: "Token") -> list[Found]:
        """Return the name that a noun stands behind: "Songjiang companies"; "the Fujian city" is another."""
        kinds = self.phrases.reading.mentions.generic.get(self.phrases.lemma(noun), frozenset())
        if noun.tag_ == "NN" and "Region" in kinds and "Organization" not in kinds:
            return []
        if noun.tag_ == "NN" and self.phrases.lemma(noun) in self.phrases.reading.mentions.classes:
            return []  # "the Wuhu plant" is no city
        for child in self.phrases.sentence.children(noun, "compound", "nmod", "amod"):
            if child.i < noun.i and self.phrases.sentence.word(child).entities:
                found = self.phrases.reading.mentions.named(child, WANTED)
                if found:
                    return found
        return []

    def place_of(self, noun: "Token") -> list[Found]:
        """Return the place where a noun's phrase says it is: "companies in Suzhou", "firms based there"."""
        sentence, words = self.phrases.sentence, self.phrases.words
        for child in sentence.children(noun, "prep"):
            if child.lower_ in words["places"] and not (child.lower_ == "along" and sentence.is_figure(noun)):
                for each in sentence.children(child, "pobj"):
                    found = self.mentioned(each) or self.own(each, 1)
                    wide = len(found) > 1 or self.are_countries(found)
                    if found and not (wide and self._are_regions(noun)):
                        return found  # "six cities in China" are not counted of it
        for verb in sentence.children(noun, "acl", "relcl"):
            if sentence.lemma(verb) in words["judging"] and sentence.is_passive(verb):
                continue  # "companies surveyed by X"
            if self.phrases.reading.modality.of(verb) == "denied" or self._is_of_another(noun, verb):
                continue
            found = self._place_in_clause(verb)
            if found:
                return found
        return []

    def _is_of_another(self, noun: "Token", verb: "Token") -> bool:
        """Tell whether a clause behind a noun is of something else: "3,100 workers which belongs to …"."""
        doc, subjects = self.phrases.sentence.doc, self.phrases.sentence.children(verb, *SUBJECTS)
        if any(each.tag_ in ("WDT", "WP") and each.head.lower_ == "of" for each in doc[noun.i : verb.i]):
            return True  # "a budget of $3 million, a third of which the state pays"
        apart = any(each.lower_ == "," for each in doc[noun.i : verb.i])
        if verb.dep_ == "acl" or not any(each.tag_ in ("WDT", "WP") for each in subjects):
            return apart
        finite = [verb, *self.phrases.sentence.children(verb, "aux", "auxpass")]
        single = any(each.tag_ == "VBZ" or each.lower_ == "was" for each in finite)
        return noun.tag_ == "NNS" and single

    def _place_in_clause(self, verb: "Token") -> list[Found]:
        roles, places = self.phrases.sentence.roles(verb), sorted(self.phrases.words["places"])
        passive = self.phrases.sentence.is_passive(verb)
        subject = [
            each for each in self.phrases.sentence.children(verb, "nsubj") if each.tag_ not in ("WDT", "WP")
        ]
        for token in [*subject, *(roles.get("by", []) if passive else [])]:
            found = self.mentioned(token)
            if found:
                return found
        for role in (*places, "into", "to", *(f"obj.{place}" for place in places)):
            for token in roles.get(role, []):
                found = self.mentioned(token)
                if found:
                    return found
        return []

    def event(self, noun: "Token") -> list[Found]:
        """Return the event that guests are counted at."""
        phrases = self.phrases
        verb = phrases.clause(noun)
        guests = phrases.lemma(noun) in phrases.words["guests"]
        attends = verb is not None and noun.dep_ in SUBJECTS and self._attends(verb)
        if not guests and not attends:
            return []
        reading = phrases.reading
        found = reading.coreference.salient(reading.mentions, noun, "Conference")
        sole = sum(reading.mentions.fits(each, "Conference") for each in reading.coreference.spoken) == 1
        return [replace(each, basis="topic-figure") if sole else each for each in found]

    def _attends(self, verb: "Token") -> bool:
        """Tell whether a clause says of its subject that it takes part in an event."""
        sentence, words = self.phrases.sentence, self.phrases.words
        for each in [verb, *sentence.children(verb, "xcomp")]:
            part = any(child.lower_ == "part" for child in sentence.children(each, "dobj"))
            if sentence.lemma(each) in words["attending"] or (each.lemma_ == "take" and part):
                return True
        return False

    def are_countries(self, found: Sequence[Found]) -> bool:
        """Tell whether all that was found are countries, which hold few of the figures beside them."""
        fits = self.phrases.reading.mentions.fits
        return bool(found) and all(fits(each.entity, "Country") for each in found)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure counts or measures, and how.

    `noun` is the token whose phrase may name the holder, `label` the counted kind, `change` says whether the
    figure held before or after a change, `falls` that it is a decline. A share that is `outer` is held by
    whoever the clause speaks of, not by the whole that it is a part of. `follows` is an earlier figure whose
    holder this one has; of a `thing` the noun itself is the holder ("a 12-hectare park"); `basis` is weaker
    than explicit where the measure is only guessed.
    """

    predicate: str
    noun: "Token | None" = None
    label: str | None = None
    industry: Entity | None = None
    change: str | None = None
    falls: bool = False
    outer: bool = False
    follows: "Said | None" = None
    thing: bool = False
    basis: str = "explicit"


@dataclass(frozen=True, slots=True)
class Said:
    """A figure that was read, with its holders; those of earlier sentences serve "of these" alone."""

    amount: Amount
    measure: Measure
    holders: tuple[Found, ...]
    verb: "Token | None" = None


@dataclass(frozen=True)
class Past:
    """The figures that were read before one: `said` in its sentence, `earlier` in those before."""

    phrases: Phrases
    said: Sequence[Said]
    earlier: Said | None = None

    def said_of(self, token: "Token") -> list[Found]:
        """Return whose an earlier figure of the sentence is, by the noun or figure that stands for it."""
        for each in reversed(self.said):
            noun = each.measure.noun
            if each.amount.token.i == token.i or (noun is not None and noun.i == token.i):
                return resting(each.holders, "figure-before")
        return []

    def before(self, amount: Amount) -> list[Found]:
        """Return whose the figure before is, unless a new subject stands between."""
        if not self.said or not self.said[-1].holders:
            return []
        last, sentence = self.said[-1], self.phrases.sentence
        between = sentence.doc[last.amount.token.i + 1 : amount.token.i]
        things = self.phrases.reading.mentions.classes
        renewed = self.is_renewed(last, amount) or any(
            each.dep_ in SUBJECTS
            and (self.phrases.lemma(each) in things or each.lower_ in _ANOTHER or sentence.word(each).marks)
            for each in between
        )
        clause = self.phrases.clause(amount.token)
        told = clause is not None and clause.dep_ == "relcl" and len(last.holders) > 1
        if clause is not None and last.measure.outer and clause.head == last.measure.noun:
            return []  # "holds 55 percent of the venture, which has …"
        nearest = (max(last.holders, key=lambda each: each.token),) if told else last.holders
        return [] if renewed else resting(nearest, "figure-before")  # "X pays for a plant, whose output …"

    def is_renewed(self, last: Said, amount: Amount) -> bool:
        """Tell whether a new subject stands between two figures."""
        doc = self.phrases.sentence.doc
        if last.amount.token.doc is not doc:
            return False
        lead = self.phrases.lead(amount)
        ends = [each.i for each in doc[last.amount.token.i + 1 : lead] if each.lower_ == ";"]
        verb = self.phrases.clause(amount.token)
        if ends and verb is not None and any(each.dep_ in SUBJECTS for each in doc[ends[-1] : verb.i]):
            return True  # "300 firms; the second phase, with an area of 4 hectares, …"
        beside = self.phrases.sentence.word(doc[lead - 1])
        if lead - 1 > last.amount.token.i and beside.marks:
            return beside.figure is None  # "Spain took 24 percent, X 15 percent"
        between = doc[last.amount.token.i + 1 : amount.token.i]
        return any(each.dep_ in SUBJECTS and each.pos_ == "PROPN" for each in between)


def resting(found: Sequence[Found], basis: str) -> list[Found]:
    """Return found things that rest on a rule, where their own basis is not weaker."""
    return [replace(each, basis=weakest(each.basis, basis)) for each in found]
