"""Whose a figure is: its own phrase's, the clause's, the figure's before, or what the text speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import SUBJECTS, distinct
from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.owners import COUNTS, WANTED, Measure, Said, resting
from g60kg.extract.parser.figures.surroundings import Surroundings, UnknownHolderError
from g60kg.extract.parser.frames import Found, Wanted, weakest
from g60kg.extract.parser.salience import HOLDERS

if TYPE_CHECKING:
    from spacy.tokens import Token

_SITES: Final = "Facility|Project|Park|Region|Organization|Corridor|Route"


@dataclass(frozen=True)
class Holding:
    """Whose a figure is, and the place that the clause limits it to."""

    found: tuple[Found, ...] = ()
    region: Found | None = None


@dataclass(frozen=True)
class Holders(Surroundings):
    """Finds whose the figures of a sentence are."""

    def of(self, amount: Amount, measure: Measure) -> Holding:
        """Return whose a figure is; nobody where the text does not say."""
        try:
            holding = self._of(amount, measure)
        except UnknownHolderError:
            return Holding()
        found = (self._carried(each, amount) for each in holding.found)
        if measure.predicate not in COUNTS:
            found = (self._surely(each, amount, measure) for each in found)
        else:  # what has a sum may not have the parts
            found = (replace(e, basis="pronoun") if e.basis == "pronoun-figure" else e for e in found)
        return replace(holding, found=tuple(found))

    def _surely(self, found: Found, amount: Amount, measure: Measure) -> Found:
        """Return what "it" or "its" leads to as holding a sum, a size, a share or growth, which it does more
        surely than it has parts; but not "the population of its largest city".
        """
        region = self.phrases.reading.mentions.fits(found.entity, "Region")
        own = region or measure.predicate != "investment"  # which may be in what was named last
        led = self.phrases.sentence.children(measure.noun, "advmod") if measure.noun is not None else []
        there = any(each.lower_ in ("there", "here") for each in led)  # "Sales there fell"
        own = own and (region or not there)
        if found.basis == "topic" and own and self._is_alone(measure.noun):
            return replace(found, basis="topic-figure")
        word = self.phrases.sentence.doc[found.token]
        own = word.dep_ in SUBJECTS or word.head in (measure.noun, amount.token)
        return replace(found, basis="pronoun-figure") if own and found.basis == "pronoun" else found

    def _is_alone(self, noun: "Token | None") -> bool:
        """Tell whether a measure is the subject of its clause and nobody's, but of what its label says:
        "Revenue rose by 48 percent", "Output of ships rose".
        """
        if (
            noun is None
            or noun.dep_ not in SUBJECTS
            or self.phrases.lemma(noun) in self.phrases.words["anybodys"]
        ):
            return False
        measured = any(self.phrases.measure(noun, kind) for kind in ("money", "number"))
        if not measured and self.phrases.added(noun) == noun.i:
            return False
        led = self.phrases.sentence.children(noun, "poss")
        return not led and self.phrases.is_all_said(noun)

    def _carried(self, found: Found, amount: Amount) -> Found:
        """Return a holder, with the way to it where it is that of a figure of an earlier sentence."""
        low, high = self.phrases.sentence.span
        if low <= found.start < high:
            return found
        reading = self.phrases.reading
        return reading.coreference.carried(
            reading.mentions, amount.token, found, weakest(found.basis, "carried")
        )

    def _of(self, amount: Amount, measure: Measure) -> Holding:
        if measure.follows is not None and not self.past.is_renewed(measure.follows, amount):
            own = (
                self.owners.own(measure.noun) or self.owners.place_of(measure.noun)
                if measure.noun is not None
                else []
            )
            own = own or self._of_another(measure.follows, amount)
            return Holding(tuple(own or resting(measure.follows.holders, "figure-before")))
        noun = measure.noun if measure.noun is not None else amount.token
        made = self._made_with(noun, measure)
        if made:
            return Holding(tuple(made))
        joined = measure.outer and amount.token.dep_ in ("appos", "conj")
        beside = noun.dep_ == "pobj" and noun.head.lower_ == "with"
        owned = self.phrases.sentence.is_figure(noun) or bool(self.phrases.sentence.children(noun, "poss"))
        found = (
            (self.past.before(amount) if joined else [])
            or (self._thing(noun, measure) if measure.thing else [])
            or (self._of_object(noun.head) if beside and not owned else [])
            or self._aside(noun, amount)
            or self.owners.event(noun)
            or self._source(noun, amount)
            or (self._paid(amount) if measure.predicate == "investment" else [])
            # "has signed 30 projects with an investment of … in Wuhu"
            or (self.past.before(amount) if beside and not owned else [])
        )
        if found:
            return Holding(tuple(found))
        taken = amount.kind == "area" and noun.i == amount.token.i and self._is_taken(amount)
        own = [] if measure.outer or taken else self.owners.own(noun)
        # "a 6-hectare site in X", "covers 6 square kilometers in the north of X"
        lies = taken or (amount.kind == "area" and (self._is_held(noun) or noun.i == amount.token.i))
        place = self.owners.place_of(noun) if not own and not measure.outer and not lies else []
        outside = self._climb(noun, amount) if not own else []
        # "has 900 workers in the country", "sales in China"
        wide = self.owners.are_countries(place) and (bool(outside) or measure.predicate == "revenue")
        if place and not wide and not self._holds_in(noun, outside):
            own = place
        if own:
            return Holding(tuple(own))
        if outside:
            return Holding(tuple(outside), place[0] if place else None)
        return Holding(tuple(self._elsewhere(noun, amount, measure)))

    def _is_taken(self, amount: Amount) -> bool:
        """Tell whether an area is what a subject takes of a place: "occupies 5 square kilometers of X"."""
        verb, sentence = self.phrases.clause(amount.token), self.phrases.sentence
        sizing = verb is not None and sentence.lemma(verb) in self.phrases.words["sizing"]
        return sizing and amount.token.dep_ == "dobj" and amount.token.head == verb

    def _aside(self, noun: "Token", amount: Amount) -> list[Found]:
        """Return what an area beside it is: "X Zone, a 7.5-square-kilometer area on an island"."""
        sized = amount.kind == "area" and noun.dep_ == "appos" and amount.token.i < noun.i
        return self.phrases.reading.mentions.identified(noun, WANTED) if sized else []

    def _made_with(self, noun: "Token", measure: Measure) -> list[Found]:
        """Return the venture that is set up with its capital: "set up X with a registered capital of …"."""
        sentence, above = self.phrases.sentence, noun.head
        if noun.dep_ != "pobj" or above.lower_ != "with" or "registered" not in (measure.label or ""):
            return []
        host = above.head
        nouns = sentence.children(host, "dobj", "nsubjpass") if sentence.is_verb(host) else [host]
        return [one for each in nouns for one in self.owners.thing(each)][:1]

    def _source(self, whole: "Token", amount: Amount) -> list[Found]:
        """Return where a part of a whole that is nobody's is from: "40 percent of the tea comes from …"."""
        phrases = self.phrases
        verb = phrases.clause(amount.token)
        if verb is None or amount.token.dep_ not in SUBJECTS or amount.kind not in ("percent", "fraction"):
            return []
        lemma, passive = phrases.sentence.lemma(verb), phrases.sentence.is_passive(verb)
        made = passive and lemma in phrases.words["making"]
        role = "from" if lemma in phrases.words["coming"] else "in" if made else ""
        verbs = (verb, *phrases.sentence.children(verb, "conj"))  # "are tested and packaged in X"
        tokens = [each for one in verbs for each in phrases.sentence.roles(one).get(role, [])]
        found = [one for each in tokens for one in self.owners.mentioned(each)]
        own = (self.owners.own(whole) or self.owners.place_of(whole)) if found else []
        return found if not own or self.owners.are_countries(own) else []

    def _of_another(self, last: Said, amount: Amount) -> list[Found]:
        """Return the name that is the subject of a figure that goes on from an earlier sentence."""
        verb = self.phrases.clause(amount.token)
        subject = self.phrases.subject(verb, amount.token) if verb is not None else None
        if subject is None or last.amount.token.doc is amount.token.doc:
            return []
        return self.owners.named(subject) if self.phrases.sentence.word(subject).marks else []

    def _thing(self, noun: "Token", measure: Measure) -> list[Found]:
        """Return the thing that a noun is; nobody else holds the size of a site that is not found."""
        found, mentions = self.owners.thing(noun), self.phrases.reading.mentions
        sized = measure.predicate in ("area", "floorArea", "length")
        if not found and sized and self.phrases.lemma(noun) in mentions.classes:
            raise UnknownHolderError
        return found

    def _holds_in(self, noun: "Token", outside: Sequence[Found]) -> bool:
        """Tell whether what a clause speaks of holds things somewhere: "X opened 15 branches in Europe"."""
        holds = noun.dep_ in ("dobj", "attr", "conj") and bool(outside)
        fits = self.phrases.reading.mentions.fits
        return holds and all(fits(found.entity, "Organization|Conference|Project") for found in outside)

    def _elsewhere(self, noun: "Token", amount: Amount, measure: Measure) -> list[Found]:
        """Return the holder of the figure before, of a share's whole, or what the text speaks of."""
        if measure.outer:
            own = self.owners.own(noun) or self.owners.place_of(noun)
            if own and not self.owners.are_countries(own):
                return resting(own, "around")
        return self._topic(amount, measure)

    def _topic(self, amount: Amount, measure: Measure) -> list[Found]:
        """Return what the text speaks of that may hold a measure."""
        reading = self.phrases.reading
        words, noun = self.phrases.words, measure.noun
        label = self.phrases.lemma(noun) if noun is not None else (measure.label or "").rsplit(" ", 1)[-1]
        kinds = words.held_by(label) or words.held_by(measure.predicate) or HOLDERS
        told = self._told_of(amount, kinds)
        if told:
            return resting(told, "around")
        found = reading.coreference.topic(reading.mentions, amount.token, kinds)
        company = any(reading.mentions.fits(each.entity, "Company") for each in found)
        if kinds != HOLDERS and not company and any(each.basis == "salient" for each in found):
            found = reading.coreference.standing(reading.mentions, amount.token, kinds) or found
        if kinds != HOLDERS and any(each.entity.label[:1].islower() for each in found):
            # companies are counted of a place that has a name, rather than of one of them or of "the cluster"
            found = (
                reading.coreference.salient(reading.mentions, amount.token, "Region|Corridor|Park") or found
            )
        return found

    def _told_of(self, amount: Amount, kinds: str) -> list[Found]:
        """Return the one thing that the subject, or else what stands before a figure, names or leads to."""
        sentence, verb = self.phrases.sentence, self.phrases.clause(amount.token)
        subject = self.phrases.subject(verb, amount.token) if verb is not None else None
        for tokens in (subject.subtree if subject is not None else (), sentence.doc):
            found = distinct(
                one for token in tokens if token.i < amount.token.i for one in self._pointed_at(token, kinds)
            )
            if len(found) == 1:
                return found
        return []

    def _pointed_at(self, token: "Token", kinds: str) -> list[Found]:
        """Return what a word names or, with "the" before it, speaks of; no country."""
        mentions = self.phrases.reading.mentions
        found = mentions.named(token, Wanted(kinds))
        if not found and token.pos_ == "NOUN":
            found = mentions.coreference.definite(mentions, token, Wanted(kinds))
        return [] if self.owners.are_countries(found) else found

    def _paid(self, amount: Amount) -> list[Found]:
        """Return what money is put into, and who puts it in."""
        phrases = self.phrases
        verb = phrases.clause(amount.token)
        if verb is None or phrases.words.of_verb(phrases.sentence.lemma(verb)) != "investment":
            return []
        roles, beside = phrases.sentence.roles(verb), phrases.sentence.children(verb)
        each_gave = any(each.lower_ == "each" for each in beside)  # "have each put 2 billion yuan into X"
        into: list[Found] = []
        for role in sorted(phrases.words["into"]):
            for token in roles.get(role, []):
                ahead = role == "in" and token.i < verb.i  # "In Wuhu, X invested …" says where, not into what
                ahead = ahead or any(each.lower_ == "according" for each in token.ancestors)
                if token.i != amount.token.i and not ahead and not into and not each_gave:
                    found = self.owners.mentioned(token)
                    into = [each for each in found if phrases.reading.mentions.fits(each.entity, _SITES)]
        payers = [
            each
            for token in roles.get("subj", [])
            if token.i != amount.token.i
            for each in self.owners.mentioned(token)
        ]
        return [*into, *(each for each in payers if each.entity.iri not in {one.entity.iri for one in into})]
