"""Whose a figure is: its own phrase's, the clause's, the figure's before, or what the text speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import SUBJECTS, distinct
from g60kg.extract.parser.figures.owners import COUNTS, WANTED, Measure, Owners, Past, Said, resting
from g60kg.extract.parser.figures.phrases import Amount, Phrases
from g60kg.extract.parser.frames import Found, Wanted, weakest
from g60kg.extract.parser.salience import HOLDERS

if TYPE_CHECKING:
    from spacy.tokens import Token

_SITES: Final = "Facility|Project|Park|Region|Organization|Corridor|Route"
_DEEPEST: Final = 8
_OUTER: Final = ("for", "with", "as")


@dataclass(frozen=True)
class Holding:
    """Whose a figure is, and the place that the clause limits it to."""

    found: tuple[Found, ...] = ()
    region: Found | None = None


class _UnknownError(Exception):
    """The figure's subject is a thing that was not found."""


@dataclass(frozen=True)
class Holders:
    """Finds whose the figures of a sentence are."""

    phrases: Phrases
    past: Past

    @cached_property
    def owners(self) -> Owners:
        """What the noun phrases name."""
        return Owners(self.phrases)

    def of(self, amount: Amount, measure: Measure) -> Holding:
        """Return whose a figure is; nobody where the text does not say."""
        try:
            holding = self._of(amount, measure)
        except _UnknownError:
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
            or self.owners.event(noun)
            or self._source(noun, amount)
            or (self._paid(amount) if measure.predicate == "investment" else [])
            # "has signed 30 projects with an investment of … in Wuhu"
            or (self.past.before(amount) if beside and not owned else [])
        )
        if found:
            return Holding(tuple(found))
        own = [] if measure.outer else self.owners.own(noun)
        # "a 6-hectare site in X", "covers 6 square kilometers in the north of X"
        lies = amount.kind == "area" and (self._is_held(noun) or noun.i == amount.token.i)
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

    def _of_object(self, preposition: "Token") -> list[Found]:
        """Return the one thing that a clause does something to, before "with" or a place: "runs a campus in
        Hefei with 2,300 students".
        """
        sentence, verb = self.phrases.sentence, preposition.head
        done_to = sentence.children(verb, "dobj") if sentence.is_verb(verb) else []
        things = [each for each in done_to if each.i < preposition.i and each.tag_ == "NN"]
        sited = len(things) == 1 and self.phrases.lemma(things[0]) in self.phrases.reading.mentions.classes
        return self.owners.mentioned(things[0]) if sited and not sentence.word(things[0]).marks else []

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
        tokens = phrases.sentence.roles(verb).get(role, [])
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
            raise _UnknownError
        return found

    # -- by the noun's own phrase

    def _holds_in(self, noun: "Token", outside: Sequence[Found]) -> bool:
        """Tell whether what a clause speaks of holds things somewhere: "X opened 15 branches in Europe"."""
        holds = noun.dep_ in ("dobj", "attr", "conj") and bool(outside)
        fits = self.phrases.reading.mentions.fits
        return holds and all(fits(found.entity, "Organization|Conference|Project") for found in outside)

    # -- by what it stands in

    def _climb(self, noun: "Token", amount: Amount) -> list[Found]:
        """Return whose a figure is by the nouns and the clause that it stands in."""
        sentence, token = self.phrases.sentence, noun
        for _ in range(_DEEPEST):
            above = token.head
            if above.i == token.i:
                return []
            if sentence.is_verb(above):
                return self._clause(above, noun, amount)
            if above.lower_ in self.phrases.words["apart"]:
                return []
            if above.pos_ in ("NOUN", "PROPN", "PRON") and not sentence.is_figure(above):
                found = self._of_noun_above(above, token)
                if found:
                    return found
            elif sentence.is_figure(above):
                found = self.past.said_of(above)
                if found:
                    return found
            token = above
        return []

    def _of_noun_above(self, above: "Token", below: "Token") -> list[Found]:
        """Return whose a noun above a figure is, or what it mentions: "a zone with 300 firms"."""
        mentions = self.phrases.reading.mentions
        known = self.past.said_of(above)
        if known:
            return known
        if above.dep_ in ("appos", "attr"):
            found = mentions.identified(above, WANTED)
            if found:
                return found
        alone = below.dep_ == "conj" and not self.phrases.sentence.word(above).entities
        found = self.owners.mentioned(above, "", below.dep_ != "conj") if not alone else []
        found = [each for each in found if each.token <= below.i]
        if below.dep_ == "conj":
            found = resting(found, "around")  # "into X and 300 persons out of it"
            return found or resting(self.owners.own(above, 1) or self.owners.place_of(above), "around")
        return found or self.owners.own(above, 1) or self.owners.place_of(above)

    def _clause(self, verb: "Token", noun: "Token", amount: Amount) -> list[Found]:
        """Return whose a figure in a clause is: its subject's, its place's, or the clause's above."""
        subject = self._subject(verb, noun)
        if subject is not None and not self._is_told(verb, subject):
            found = self._maker(subject, verb) or self._of_subject(subject, amount)
            if found:
                return found
            if self._is_thing(subject):
                raise _UnknownError
        found = self._counted_in(verb, noun) or self._beside(verb, noun, amount) or self.past.before(amount)
        if subject is not None and subject.pos_ == "PRON":
            found = resting(found, "around")  # "it runs two plants in X, with a capacity of …"
        return found or self._above(verb, noun, amount)

    def _is_thing(self, subject: "Token") -> bool:
        """Tell whether a subject is a thing that was not found: "a park there", "the nine cities"."""
        led = {child.lower_ for child in self.phrases.sentence.children(subject, "det")}
        mentions = self.phrases.reading.mentions
        thing = mentions.is_generic(subject) or self.phrases.lemma(subject) in mentions.classes
        by = {"a", "an"} if subject.tag_ != "NNS" else {"the", "these", "those"}
        return thing and not led.isdisjoint(by) and not self.past.said_of(subject)

    def _subject(self, verb: "Token", noun: "Token") -> "Token | None":
        subject = self.phrases.subject(verb, noun)
        if (
            subject is None
            or subject.lower_ in ("there", "who", "what")
            or self.phrases.sentence.is_figure(subject)
        ):
            return None
        said = self.phrases.sentence.children(subject, "appos") if subject.pos_ == "ADJ" else []
        return said[0] if said else subject  # "the largest, a plant of X, cost …"

    def _is_told(self, verb: "Token", subject: "Token") -> bool:
        """Tell whether a subject only tells of a figure: "the bureau said that …"."""
        phrases = self.phrases
        if phrases.sentence.lemma(verb) not in phrases.words["telling"]:
            return False
        found = phrases.reading.mentions.named(subject, replace(WANTED, unknown=False))
        pronoun = subject.pos_ == "PRON"
        fits = phrases.reading.mentions.fits
        return not pronoun and not any(fits(each.entity, "Company|Region|Park") for each in found)

    def _of_subject(self, subject: "Token", amount: Amount) -> list[Found]:
        found = self.past.said_of(subject) or self.owners.mentioned(subject, "subj")
        if not found and self.phrases.is_plain_noun(subject) and subject.pos_ == "NOUN":
            measured = self.phrases.measure(subject, amount.kind) is not None
            found = self.owners.own(subject) or self.owners.place_of(subject)
            found = found if measured else resting(found, "beside")
        return found

    def _counted_in(self, verb: "Token", noun: "Token") -> list[Found]:
        """Return the place where the things counted are said to be: "80 firms have settled in Wuhu"."""
        phrases = self.phrases
        counted = phrases.words.counting(phrases.lemma(noun)) != phrases.words.general("number")
        people = phrases.lemma(noun) in phrases.words["people"]
        acts = phrases.reading.lexicon.tables["acts"]
        if (
            noun.dep_ not in SUBJECTS
            or not (counted or people)
            or phrases.sentence.lemma(verb) in acts["elsewhere"]
            or any(self._is_held(each) for each in phrases.sentence.children(verb, "dobj"))
        ):
            return []
        roles = phrases.sentence.roles(verb)
        places = [each for role in ("in", "at") for each in roles.get(role, [])]
        found = [one for each in places for one in self.owners.named(each)]
        fits = phrases.reading.mentions.fits
        return [each for each in found if fits(each.entity, "Region|Park|Corridor|Facility")]

    def _is_held(self, token: "Token") -> bool:
        """Tell whether an object is one thing that lies in a place: "opened an office in Hefei"."""
        mentions = self.phrases.reading.mentions
        one = self.phrases.lemma(token) in mentions.classes and token.tag_ == "NN"
        return one or bool(mentions.named(token, WANTED))

    def _beside(self, verb: "Token", noun: "Token", amount: Amount) -> list[Found]:
        """Return the place, the agent or the object of a clause without a subject that holds a figure."""
        sentence, words = self.phrases.sentence, self.phrases.words
        roles = sentence.roles(verb)
        agents = roles.get("by", []) if sentence.is_passive(verb) else []
        places = [
            each
            for role in sorted(words["places"])
            for each in [*roles.get(role, []), *roles.get(f"obj.{role}", [])]
        ]
        done_to = sentence.children(verb, "dobj") if noun.dep_ in SUBJECTS else []
        if any(self._is_held(each) for each in done_to):
            places = []
        for token in [*agents, *places]:
            if token.i != noun.i and not self._is_below(token, noun):
                found = self.owners.mentioned(token) or self.owners.own(token, 2)
                if found:
                    seen = sentence.lemma(verb) in self.phrases.reading.lexicon.tables["acts"]["elsewhere"]
                    counted = (each for each in done_to if not sentence.is_figure(each))
                    theirs = any(sentence.children(each, "nummod") for each in counted)
                    # beside it: "In X a base of Y was begun, investment 3 billion"
                    loose = noun.dep_ == "appos" or amount.kind in ("area", "length")
                    loose = loose or token in agents or seen or theirs
                    return resting(found, "beside" if loose else "in-place")
        outer = (*_OUTER, "into", "obj") if noun.dep_ in SUBJECTS else _OUTER
        others = [each for role in outer for each in roles.get(role, [])]
        for token in others:
            mine = token.i == noun.i or self._is_below(token, noun) or self._is_below(amount.token, token)
            if not mine and not sentence.is_figure(token):
                found = self.owners.named(token)
                if found and not self.owners.are_countries(found):
                    return resting(found, "around")
        return []

    def _above(self, verb: "Token", noun: "Token", amount: Amount) -> list[Found]:
        """Return whose the clause above speaks of."""
        sentence, above = self.phrases.sentence, verb.head
        apart = verb.dep_ == "ccomp" and sentence.lemma(above) not in self.phrases.words["telling"]
        if above.i == verb.i or (apart and above.i > verb.i):
            return []
        if verb.dep_ in ("relcl", "acl") and not sentence.is_verb(above):
            found = self._of_noun_above(above, verb) or self._climb(above, amount)
        elif sentence.is_verb(above):
            found = self._clause(above, noun, amount)
        else:
            found = self._climb(verb, amount)
        # "X said that it …", "exports rose, and 3 billion yuan were spent": it may be another's
        loose = verb.dep_ in ("ccomp", "xcomp", "advcl") or (
            verb.dep_ == "conj" and sentence.is_passive(verb)
        )
        return resting(found, "salient" if loose else "around")

    def _maker(self, place: "Token", verb: "Token") -> list[Found]:
        """Return the plant that stands before a place and makes things, as no place does: "builds a factory
        in the Science Park that will turn out 100,000 sets".
        """
        lemma, led = self.phrases.sentence.lemma(verb), place.head
        if verb.dep_ != "relcl" or verb.head.i != place.i:
            return []
        makes = lemma in self.phrases.words["making"] or self.phrases.words.of_verb(lemma) == "output"
        return self._of_object(led) if makes and led.lower_ in ("in", "at") else []

    # -- by the figures before, and by the discourse

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

    # -- money

    def _paid(self, amount: Amount) -> list[Found]:
        """Return what money is put into, and who puts it in."""
        phrases = self.phrases
        verb = phrases.clause(amount.token)
        if verb is None or phrases.words.of_verb(phrases.sentence.lemma(verb)) != "investment":
            return []
        roles = phrases.sentence.roles(verb)
        into: list[Found] = []
        for role in sorted(phrases.words["into"]):
            for token in roles.get(role, []):
                ahead = role == "in" and token.i < verb.i  # "In Wuhu, X invested …" says where, not into what
                ahead = ahead or any(each.lower_ == "according" for each in token.ancestors)
                if token.i != amount.token.i and not ahead and not into:
                    found = self.owners.mentioned(token)
                    into = [each for each in found if phrases.reading.mentions.fits(each.entity, _SITES)]
        payers = [
            each
            for token in roles.get("subj", [])
            if token.i != amount.token.i
            for each in self.owners.mentioned(token)
        ]
        return [*into, *(each for each in payers if each.entity.iri not in {one.entity.iri for one in into})]

    def _is_below(self, token: "Token", noun: "Token") -> bool:
        """Tell whether a token stands within the phrase of a noun."""
        return bool(noun.left_edge.i <= token.i <= noun.right_edge.i)
