"""Whose a figure is: its own phrase's, the clause's, the figure's before, or what the text speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.coreference import HOLDERS
from g60kg.extract.parser.figures.measure import Measure, Said
from g60kg.extract.parser.figures.phrases import Amount, Phrases
from g60kg.extract.parser.found import Found, Wanted, weakest

if TYPE_CHECKING:
    from spacy.tokens import Token

WANTED: Final = Wanted(HOLDERS, unknown=True, described=True)
_SITES: Final = "Facility|Project|Park|Region|Organization|Corridor|Route"
_SUBJECTS: Final = ("nsubj", "nsubjpass")
_DEEPEST: Final = 8
_OF: Final = ("of", "for", "by")
_OUTER: Final = ("for", "with", "as")


@dataclass(frozen=True)
class Holding:
    """Whose a figure is, and the place that the clause limits it to."""

    found: tuple[Found, ...] = ()
    region: Found | None = None


class _UnknownError(Exception):
    """The figure's subject is a name that nothing is known of."""


@dataclass(frozen=True)
class Holders:
    """Finds whose the figures of a sentence are."""

    phrases: Phrases
    earlier: Said | None = None

    def of(self, amount: Amount, measure: Measure, said: Sequence[Said]) -> Holding:
        """Return whose a figure is; nobody where the text does not say."""
        try:
            return self._of(amount, measure, said)
        except _UnknownError:
            return Holding()

    def _of(self, amount: Amount, measure: Measure, said: Sequence[Said]) -> Holding:
        if measure.follows is not None and not self._is_renewed(measure.follows, amount):
            own = self._own(measure.noun) or self._place_of(measure.noun) if measure.noun is not None else []
            return Holding(tuple(own or _resting(measure.follows.holders, "figure-before")))
        noun = measure.noun if measure.noun is not None else amount.token
        if measure.outer and amount.token.dep_ in ("appos", "conj"):
            found = self._before(amount, said)
            if found:
                return Holding(tuple(found))
        if measure.thing:
            found = self._thing(noun)
            if found:
                return Holding(tuple(found))
        event = self._event(noun)
        if event:
            return Holding(tuple(event))
        if measure.predicate == "investment":
            paid = self._paid(amount, said)
            if paid:
                return Holding(tuple(paid))
        own = [] if measure.outer else self._own(noun)
        if not own and noun.dep_ in _SUBJECTS and not measure.outer:
            own = self._origin(noun)
        place = self._place_of(noun) if not own and not measure.outer else []
        outside = self._climb(noun, amount, said) if not own else []
        if place and not self._holds_in(noun, outside):
            own = place
        if own:
            return Holding(tuple(own))
        if outside:
            return Holding(tuple(outside), place[0] if place else None)
        return Holding(tuple(self._elsewhere(noun, amount, measure, said)))

    # -- by the noun's own phrase

    def mentioned(self, token: "Token", role: str = "", joined: bool = True) -> list[Found]:
        """Return what a token's phrase mentions that may hold a figure; not several things described."""
        found = self.phrases.reading.mentions.of(token, WANTED, role, joined)
        doc = self.phrases.sentence.doc
        return [each for each in found if not (each.is_described and doc[each.token].tag_ == "NNS")]

    def _named(self, token: "Token") -> list[Found]:
        return self.phrases.reading.mentions.of(token, replace(WANTED, described=False))

    def _own(self, noun: "Token", depth: int = 0) -> list[Found]:
        """Return the owner of what is counted or measured: "Suzhou's exports", "the exports of Suzhou"."""
        sentence = self.phrases.sentence
        if depth > 2:
            return []
        for child in sentence.children(noun, "poss"):
            found = self.mentioned(child) or self._own(child, depth + 1)
            if found:
                return found
        for child in sentence.children(noun, "prep"):
            if child.lower_ not in _OF:
                continue
            for each in sentence.children(child, "pobj"):
                if sentence.is_figure(each) or each.lower_ in self.phrases.words["these"]:
                    continue
                found = self._named(each) or self._own(each, depth + 1) or self._place_of(each)
                if found and not (child.lower_ == "for" and self._are_countries(found)):
                    return found
        return self._compound(noun)

    def _thing(self, noun: "Token") -> list[Found]:
        """Return the thing that a noun names, describes or is said of: "X is a 12-hectare park"."""
        mentions = self.phrases.reading.mentions
        found = mentions.named(noun, WANTED) or mentions.identified(noun, replace(WANTED, described=False))
        return found or self.mentioned(noun)

    def _compound(self, noun: "Token") -> list[Found]:
        """Return the name that a noun stands behind: "Songjiang companies"."""
        for child in self.phrases.sentence.children(noun, "compound", "nmod", "amod"):
            if child.i < noun.i and self.phrases.sentence.word(child).entities:
                found = self.phrases.reading.mentions.named(child, WANTED)
                if found:
                    return found
        return []

    def _place_of(self, noun: "Token") -> list[Found]:
        """Return the place where a noun's phrase says it is: "companies in Suzhou", "firms based there"."""
        sentence, words = self.phrases.sentence, self.phrases.words
        for child in sentence.children(noun, "prep"):
            if child.lower_ in words["places"]:
                for each in sentence.children(child, "pobj"):
                    found = self.mentioned(each) or self._own(each, 1)
                    if found:
                        return found
        for verb in sentence.children(noun, "acl", "relcl"):
            if self.phrases.reading.modality.of(verb) == "denied":
                continue
            found = self._place_in_clause(verb)
            if found:
                return found
        return []

    def _place_in_clause(self, verb: "Token") -> list[Found]:
        roles, words = self.phrases.sentence.roles(verb), self.phrases.words
        passive = self.phrases.sentence.is_passive(verb)
        subject = [
            each for each in self.phrases.sentence.children(verb, "nsubj") if each.tag_ not in ("WDT", "WP")
        ]
        for token in [*subject, *(roles.get("by", []) if passive else [])]:
            found = self.mentioned(token)
            if found:
                return found
        for role in (*sorted(words["places"]), "into", "to"):
            for token in roles.get(role, []):
                found = self.mentioned(token)
                if found:
                    return found
        return []

    def _holds_in(self, noun: "Token", outside: Sequence[Found]) -> bool:
        """Tell whether what a clause speaks of holds things somewhere: "X opened 15 branches in Europe"."""
        holds = noun.dep_ in ("dobj", "attr", "conj") and bool(outside)
        fits = self.phrases.reading.mentions.fits
        return holds and all(fits(found.entity, "Organization|Conference|Project") for found in outside)

    def _event(self, noun: "Token") -> list[Found]:
        """Return the event that guests are counted at."""
        phrases = self.phrases
        verb = phrases.clause(noun)
        guests = phrases.lemma(noun) in phrases.words["guests"]
        attends = verb is not None and noun.dep_ in _SUBJECTS and self._attends(verb)
        if not guests and not attends:
            return []
        events = Wanted("Conference")
        for token in (
            each
            for child in phrases.sentence.children(noun, "prep")
            for each in phrases.sentence.children(child, "pobj")
        ):
            found = phrases.reading.mentions.of(token, events)
            if found:
                return found
        if verb is not None:
            for token in (each for tokens in phrases.sentence.roles(verb).values() for each in tokens):
                found = phrases.reading.mentions.of(token, events)
                if found:
                    return found
        return phrases.reading.coreference.salient(phrases.reading.mentions, noun, "Conference")

    def _attends(self, verb: "Token") -> bool:
        """Tell whether a clause says of its subject that it takes part in an event."""
        sentence, words = self.phrases.sentence, self.phrases.words
        for each in [verb, *sentence.children(verb, "xcomp")]:
            part = any(child.lower_ == "part" for child in sentence.children(each, "dobj"))
            if sentence.lemma(each) in words["attending"] or (each.lemma_ == "take" and part):
                return True
        return False

    # -- by what it stands in

    def _climb(self, noun: "Token", amount: Amount, said: Sequence[Said]) -> list[Found]:
        """Return whose a figure is by the nouns and the clause that it stands in."""
        sentence, token = self.phrases.sentence, noun
        for _ in range(_DEEPEST):
            above = token.head
            if above.i == token.i:
                return []
            if sentence.is_verb(above):
                return self._clause(above, noun, amount, said)
            if above.lower_ in self.phrases.words["apart"]:
                return []
            if above.pos_ in ("NOUN", "PROPN", "PRON") and not sentence.is_figure(above):
                found = self._of_noun_above(above, token, said)
                if found:
                    return found
            elif sentence.is_figure(above):
                found = self._said_of(above, said)
                if found:
                    return found
            token = above
        return []

    def _of_noun_above(self, above: "Token", below: "Token", said: Sequence[Said]) -> list[Found]:
        """Return whose a noun above a figure is, or what it mentions: "a zone with 300 firms"."""
        mentions = self.phrases.reading.mentions
        known = self._said_of(above, said)
        if known:
            return known
        if above.dep_ in ("appos", "attr"):
            found = mentions.identified(above, WANTED)
            if found:
                return found
        alone = below.dep_ == "conj" and not self.phrases.sentence.word(above).entities
        found = self.mentioned(above, "", below.dep_ != "conj") if not alone else []
        found = [each for each in found if each.token <= below.i]
        return found or self._own(above, 1) or self._place_of(above)

    def _clause(
        self, verb: "Token", noun: "Token", amount: Amount, said: Sequence[Said], depth: int = 0
    ) -> list[Found]:
        """Return whose a figure in a clause is: its subject's, its place's, or the clause's above."""
        if depth > 4:
            return []
        subject = self._subject(verb, noun)
        if subject is not None and not self._is_told(verb, subject):
            found = self._of_subject(subject, amount, said)
            if found:
                return found
            if self._is_unknown(subject) or self._is_definite(subject, said):
                raise _UnknownError
        found = self._beside(verb, noun, amount) or self._before(amount, said)
        return found or self._above(verb, noun, amount, said, depth)

    def _is_unknown(self, subject: "Token") -> bool:
        """Tell whether a subject is a name of which nothing is known: then nobody else holds the figure."""
        name = subject.text[:1].isupper() and subject.pos_ == "PROPN"
        return name and self.phrases.lemma(subject) not in self.phrases.words["known"]

    def _is_definite(self, subject: "Token", said: Sequence[Said]) -> bool:
        """Tell whether a subject is a thing that was not found: "the district", "the nine cities"."""
        if any(each.measure.noun is not None and each.measure.noun.i == subject.i for each in said):
            return False
        table = self.phrases.reading.lexicon.tables["mentions"]
        parts = (table["generic"], table["described"])
        things = {noun for part in parts for nouns in part.values() for noun in nouns}
        led = {child.lower_ for child in self.phrases.sentence.children(subject, "det")}
        return self.phrases.lemma(subject) in things and not led.isdisjoint(table["definite_by"])

    def _subject(self, verb: "Token", noun: "Token") -> "Token | None":
        subject = self.phrases.subject(verb, noun)
        if (
            subject is None
            or subject.lower_ in ("there", "who", "what")
            or self.phrases.sentence.is_figure(subject)
        ):
            return None
        return subject

    def _is_told(self, verb: "Token", subject: "Token") -> bool:
        """Tell whether a subject only tells of a figure: "the bureau said that …"."""
        phrases = self.phrases
        if phrases.sentence.lemma(verb) not in phrases.words["telling"]:
            return False
        found = phrases.reading.mentions.named(subject, replace(WANTED, unknown=False))
        pronoun = subject.pos_ == "PRON"
        return not pronoun and not any(
            phrases.reading.mentions.fits(each.entity, "Company") for each in found
        )

    def _of_subject(self, subject: "Token", amount: Amount, said: Sequence[Said]) -> list[Found]:
        found = self._said_of(subject, said) or self.mentioned(subject, "subj")
        if not found and self.phrases.is_plain_noun(subject) and subject.pos_ == "NOUN":
            measured = self.phrases.measure(subject, amount.kind) is not None
            found = self._own(subject) or self._place_of(subject) or self._origin(subject)
            found = found if measured else _resting(found, "beside")
        return found

    def _origin(self, noun: "Token") -> list[Found]:
        """Return where a noun's phrase says that it comes from: "phones from the base in Wuhan"."""
        sentence = self.phrases.sentence
        if sentence.objects(noun, "to"):
            return []
        found = [one for each in sentence.objects(noun, "from") for one in self._named(each)]
        return [] if self._are_countries(found) else found

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
        for token in [*agents, *places]:
            if token.i != noun.i and not self._is_below(token, noun):
                found = self.mentioned(token) or self._own(token, 2)
                if found:
                    return _resting(found, "beside")
        outer = (*_OUTER, "into", "obj") if noun.dep_ in _SUBJECTS else _OUTER
        others = [each for role in outer for each in roles.get(role, [])]
        for token in others:
            mine = token.i == noun.i or self._is_below(token, noun) or self._is_below(amount.token, token)
            if not mine and not sentence.is_figure(token):
                found = self._named(token)
                if found and not self._are_countries(found):
                    return _resting(found, "around")
        return []

    def _above(
        self, verb: "Token", noun: "Token", amount: Amount, said: Sequence[Said], depth: int
    ) -> list[Found]:
        """Return whose the clause above speaks of."""
        sentence, above = self.phrases.sentence, verb.head
        apart = verb.dep_ == "ccomp" and sentence.lemma(above) not in self.phrases.words["telling"]
        if above.i == verb.i or (apart and above.i > verb.i):
            return []
        if verb.dep_ in ("relcl", "acl") and not sentence.is_verb(above):
            found = self._of_noun_above(above, verb, said) or self._climb(above, amount, said)
        elif sentence.is_verb(above):
            found = self._clause(above, noun, amount, said, depth + 1)
        else:
            found = self._climb(verb, amount, said)
        return _resting(found, "above")

    # -- by the figures before, and by the discourse

    def _said_of(self, token: "Token", said: Sequence[Said]) -> list[Found]:
        """Return whose an earlier figure of the sentence is, by the noun or figure that stands for it."""
        for each in reversed(said):
            noun = each.measure.noun
            if each.amount.token.i == token.i or (noun is not None and noun.i == token.i):
                return _resting(each.holders, "figure-before")
        return []

    def _before(self, amount: Amount, said: Sequence[Said]) -> list[Found]:
        """Return whose the figure before is, unless a new subject stands between."""
        if not said or not said[-1].holders:
            return []
        renewed = self._is_renewed(said[-1], amount)
        return [] if renewed else _resting(said[-1].holders, "figure-before")

    def _among_them(self, noun: "Token") -> list[Found]:
        """Return whose those counted in the sentence before are: "among them are 15 …"."""
        verb = self.phrases.clause(noun)
        if verb is None or self.earlier is None:
            return []
        among = self.phrases.sentence.objects(verb, "among", "of", "include", "including")
        pointing = [*among, *self.phrases.sentence.children(verb, *_SUBJECTS)]
        if any(each.lower_ in self.phrases.words["these"] and each.i != noun.i for each in pointing):
            return _resting(self.earlier.holders, "figure-before")
        return []

    def _sentence_of(self, amount: Amount, said: Sequence[Said]) -> list[Found]:
        """Return whose the figure before is where only a thing without a name stands between."""
        if not said or not said[-1].holders:
            return []
        doc, kinds = self.phrases.sentence.doc, self.phrases.reading.lexicon.tables["mentions"]["generic"]
        acting = {noun for nouns in kinds.values() for noun in nouns}
        between = [
            each for each in doc[said[-1].amount.token.i + 1 : amount.token.i] if each.dep_ in _SUBJECTS
        ]
        named = any(each.pos_ == "PROPN" or self.phrases.lemma(each) in acting for each in between)
        return [] if named else _resting(said[-1].holders, "around")

    def _is_renewed(self, last: Said, amount: Amount) -> bool:
        """Tell whether a new subject stands between two figures."""
        doc = self.phrases.sentence.doc
        if last.amount.token.doc is not doc:
            return False
        return any(
            each.dep_ in _SUBJECTS
            and each.pos_ in ("NOUN", "PROPN")
            and not self.phrases.sentence.is_figure(each)
            and not self.phrases.measure(each, "money")
            for each in doc[last.amount.token.i + 1 : amount.token.i]
        )

    def _elsewhere(
        self, noun: "Token", amount: Amount, measure: Measure, said: Sequence[Said]
    ) -> list[Found]:
        """Return the holder of the figure before, of a share's whole, or what the text speaks of."""
        before = self._before(amount, said)
        if before:
            return before
        if measure.outer:
            own = self._own(noun) or self._place_of(noun)
            if own and not self._are_countries(own):
                return _resting(own, "around")
        before = self._among_them(noun) or self._sentence_of(amount, said)
        if before:
            return before
        reading = self.phrases.reading
        kinds = self.phrases.words.held_by(measure.predicate) or HOLDERS
        found = reading.coreference.salient(reading.mentions, amount.token, kinds)
        if kinds != HOLDERS and any(each.entity.label[:1].islower() for each in found):
            # companies are counted of a place that has a name, rather than of "the cluster"
            found = reading.coreference.salient(reading.mentions, amount.token, "Region|Corridor") or found
        return found

    # -- money

    def _paid(self, amount: Amount, said: Sequence[Said]) -> list[Found]:
        """Return what money is put into, and who puts it in."""
        phrases = self.phrases
        verb = phrases.clause(amount.token)
        if verb is None or phrases.words.of_verb(phrases.sentence.lemma(verb)) != "investment":
            return []
        roles = phrases.sentence.roles(verb)
        into: list[Found] = []
        for role in sorted(phrases.words["into"]):
            for token in roles.get(role, []):
                if token.i != amount.token.i and not into:
                    found = self.mentioned(token)
                    into = [each for each in found if phrases.reading.mentions.fits(each.entity, _SITES)]
        payers = [
            each
            for token in roles.get("subj", [])
            if token.i != amount.token.i
            for each in self.mentioned(token)
        ]
        return [*into, *(each for each in payers if each.entity.iri not in {one.entity.iri for one in into})]

    def _are_countries(self, found: Sequence[Found]) -> bool:
        fits = self.phrases.reading.mentions.fits
        return bool(found) and all(fits(each.entity, "Country") for each in found)

    def _is_below(self, token: "Token", noun: "Token") -> bool:
        """Tell whether a token stands within the phrase of a noun."""
        return bool(noun.left_edge.i <= token.i <= noun.right_edge.i)


def _resting(found: Sequence[Found], basis: str) -> list[Found]:
    """Return found things that rest on a rule, where their own basis is not weaker."""
    return [replace(each, basis=weakest(each.basis, basis)) for each in found]
