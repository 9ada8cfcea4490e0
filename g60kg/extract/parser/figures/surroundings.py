"""Whose a figure is by the nouns and the clause that it stands in."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import SUBJECTS
from g60kg.extract.parser.figures.nouns import Amount
from g60kg.extract.parser.figures.owners import WANTED, Owners, Past, resting
from g60kg.extract.parser.figures.phrases import Phrases
from g60kg.extract.parser.frames import Found

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEPEST: Final = 8
_OUTER: Final = ("for", "with", "as")


class UnknownHolderError(Exception):
    """The figure's subject is a thing that was not found."""


@dataclass(frozen=True)
class Surroundings:
    """Looks for the holder of a figure in what it stands in."""

    phrases: Phrases
    past: Past

    @cached_property
    def owners(self) -> Owners:
        """What the noun phrases name."""
        return Owners(self.phrases)

    def _of_object(self, preposition: "Token") -> list[Found]:
        """Return the one thing that a clause does something to, before "with" or a place: "runs a campus in
        Hefei with 2,300 students".
        """
        sentence, verb = self.phrases.sentence, preposition.head
        done_to = sentence.children(verb, "dobj") if sentence.is_verb(verb) else []
        things = [each for each in done_to if each.i < preposition.i and each.tag_ == "NN"]
        sited = len(things) == 1 and self.phrases.lemma(things[0]) in self.phrases.reading.mentions.classes
        return self.owners.mentioned(things[0]) if sited and not sentence.word(things[0]).marks else []

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
                raise UnknownHolderError
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
        lemma = phrases.sentence.lemma(verb)
        put_at = any(e.lower_ == "at" and e.i > verb.i for e in phrases.sentence.children(verb, "prep"))
        if lemma not in phrases.words["telling"] or (lemma == "put" and not put_at):
            return False  # "put its name to 25 projects"
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

    def _is_below(self, token: "Token", noun: "Token") -> bool:
        """Tell whether a token stands within the phrase of a noun."""
        return bool(noun.left_edge.i <= token.i <= noun.right_edge.i)
