"""Definite phrases: what "the town", "the plant", "the city government" and "both firms" speak of."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import SUBJECTS, distinct
from g60kg.extract.parser.frames import Found, Wanted
from g60kg.extract.parser.graph import is_one
from g60kg.extract.parser.salience import BACK, Salience, may_be, placing
from g60kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

    from g60kg.extract.parser.mentions import Mentions

_PERSONS: Final = frozenset({"his", "her", "my", "our"})
"""Before "company", these point at the one that was spoken of: "his company"."""


@dataclass
class Definite(Salience):
    """Follows definite phrases to what was spoken of."""

    def recalled(self, mentions: "Mentions", noun: "Token", wanted: Wanted) -> list[Found]:
        """Return the one thing whose name or description ends as a definite phrase: "the industrial park" for
        the Xinzhan Industrial Park, "the battery plant" for a new battery plant.
        """
        sentence = mentions.sentence
        before = [c for c in sentence.children(noun, "amod", "compound", "nmod") if c.i < noun.i]
        led = any(c.lower_ in self._words["definite_by"] for c in sentence.children(noun, "det"))
        if noun.tag_ != "NN" or not led or not before:
            return []
        kinds = [each for each in before if not sentence.is_figure(each)]  # "the 3-hectare plant"
        words = " ".join(each.lower_ for each in (*kinds, noun))
        said = [each.found for each in self._weights.values()]
        said += [each for past in self._history for each in past.described]
        things = [each for each in distinct(said) if _head(each.entity).endswith(words)]
        things = [each for each in things if self._is_no_office(mentions, noun.lemma_.lower(), each)]
        fits = len(things) == 1 and mentions.fits(things[0].entity, wanted.kinds)
        return [self.carried(mentions, noun, things[0], "definite")] if fits else []

    def definite(self, mentions: "Mentions", noun: "Token", wanted: Wanted) -> list[Found]:
        """Return what "the zone", "the plant" or "the carmaker" speaks of: the last thing of that kind."""
        lemma = noun.lemma_.lower()
        called = self._called(mentions, noun, lemma, wanted) or self._counted(mentions, noun, lemma, wanted)
        if called:
            return called
        if lemma in self._words["acting_parts"] and lemma not in self._words["definite"]:
            return self._of_government(mentions, noun)
        kinds = self._generic.get(lemma)
        if kinds is None or lemma not in self._words["definite"]:
            return []
        if not (noun.tag_ == "NNP" or is_one(noun)) or not self._is_definite(mentions, noun, modified=True):
            return []
        kinds = self._narrow.get(lemma, kinds)
        found = self._newly_described(mentions, noun, lemma, kinds)
        found = found or self._just_named(mentions, noun, kinds)
        found = found or self.salient(mentions, noun, kinds, margin=1.5, basis="definite")
        found = found or self.salient(mentions, noun, kinds)
        if lemma in self._words["particular"]:  # "the port" is hardly the cold store
            weak = [each for each in found if lemma not in each.entity.label.lower()]
            found = [replace(each, basis="salient") if each in weak else each for each in found]
        inside = {each.entity.iri for each in self._provinces(mentions, noun)}  # "the Fujian city"
        found = [
            each
            for each in found
            if each.entity.candidate or inside <= self.lexicon.containers(each.entity.iri)
        ]
        return [each for each in found if may_be(mentions, each.entity, wanted.kinds)]

    def _counted(self, mentions: "Mentions", noun: "Token", lemma: str, wanted: Wanted) -> list[Found]:
        """Return as many things as a phrase counts, the subjects of the last sentence that speaks of such
        things: "the two cities", "both companies".
        """
        sentence, kinds = mentions.sentence, self._generic.get(lemma, "")
        led = {each.lower_ for each in sentence.children(noun, "det", "nummod")}
        figures = [sentence.word(each).figure for each in sentence.children(noun, "nummod")]
        numbers = [figure.value.value for figure in figures if figure is not None]
        count = "2" if "both" in led else numbers[0] if numbers and "the" in led else ""
        if noun.tag_ != "NNS" or not kinds or not count or sentence.children(noun, "prep", "relcl", "acl"):
            return []
        for said in reversed(self._history[-BACK:]):
            things = [each for each in distinct(said.subjects) if mentions.fits(each.entity, kinds)]
            if things:
                fitting = [each for each in things if may_be(mentions, each.entity, wanted.kinds)]
                alike = count == str(len(things)) == str(len(fitting))
                return [self.carried(mentions, noun, each, "definite") for each in things] if alike else []
        return []

    def _of_government(self, mentions: "Mentions", noun: "Token") -> list[Found]:
        """Return the place for which a government acts: "the city government", "the county authorities"."""
        sentence, governed = mentions.sentence, self.lexicon.tables["mentions"]["governed"]
        led = sentence.children(noun, "compound", "amod", "nmod")
        kinds = [governed[each.lower_] for each in led if each.lower_ in governed]
        plain = len(kinds) == len(led) == 1 and not sentence.objects(noun, "of", "in")
        the = any(each.lower_ == "the" for each in sentence.children(noun, "det"))
        return self.salient(mentions, noun, kinds[0], margin=1.5, basis="definite") if plain and the else []

    def _provinces(self, mentions: "Mentions", noun: "Token") -> list[Found]:
        """Return the provinces or countries that are named right before a noun."""
        before = [*mentions.sentence.children(noun, "compound", "nmod", "amod")]
        before += mentions.sentence.objects(noun, "in")
        return [each for child in before for each in mentions.named(child, Wanted("Province|Country"))]

    def _just_named(self, mentions: "Mentions", noun: "Token", kinds: str) -> list[Found]:
        """Return the one thing of some kinds that is named before in the sentence, or in the one before."""
        wanted, around = Wanted(kinds, unknown=True, carried=False), placing(mentions, noun)
        here = [each for token in mentions.sentence.doc[: noun.i] for each in mentions.named(token, wanted)]
        here = [each for each in here if each.token not in around]
        for things in (here, self._history[-1].entities if self._history else ()):
            fitting = [each for each in distinct(things) if mentions.fits(each.entity, kinds)]
            fitting = [each for each in fitting if not self.is_office(each.entity)]  # no "company"
            if fitting:
                inner = [each for each in fitting if each.token in _above_clause(mentions, noun)]
                fitting = inner if things is here and len(inner) == 1 else fitting
                one = len(fitting) == 1
                return [self.carried(mentions, noun, fitting[0], "definite")] if one else []
        return []

    def _newly_described(self, mentions: "Mentions", noun: "Token", lemma: str, kinds: str) -> list[Found]:
        """Return the one thing that the last sentence to speak of such a thing describes: "the factory" is
        the plant that was described, unless something is named that it may be as well; "the plant" is.
        """
        here = [each for each in self._new.values() if each.entity.label.lower().endswith(f" {noun.lower_}")]
        here = [each for each in here if each.end < mentions.sentence.word(noun).start]
        if here:
            one = len(here) == 1 and mentions.fits(here[0].entity, kinds)
            return [self.carried(mentions, noun, here[0], "definite")] if one else []
        for back, said in enumerate(reversed(self._history)):
            things = [each for each in said.outer if mentions.fits(each.entity, kinds)]
            same = [each for each in said.described if _head(each.entity).endswith(lemma)]
            if not same and back >= BACK:
                continue
            named = [each for each in said.entities if mentions.fits(each.entity, kinds) and not same]
            sites = [each for each in things if mentions.fits(each.entity, "Facility")]
            if kinds == "Facility|Park" and len(sites) == len(things) == 1:
                named = []  # "a factory in the Science Park. The facility …"
            things = same or things
            if things or named:
                one = len(things) == 1 and not named
                return [self.carried(mentions, noun, things[0], "definite")] if one else []
        return []

    def _called(self, mentions: "Mentions", noun: "Token", lemma: str, wanted: Wanted) -> list[Found]:
        """Return the one thing whose name ends with the noun of a definite phrase, or has it, or of which it
        was said: "the park" is Software Park III.
        """
        if not (noun.tag_ == "NNP" or is_one(noun)) or not self._is_definite(mentions, noun, modified=True):
            return []
        things = [each.found for each in self._weights.values() if each.found.entity.candidate]
        names = {found.entity.iri: _head(found.entity).split() for found in things}
        things = [found for found in things if self._is_no_office(mentions, lemma, found)]
        things = [found for found in things if lemma != "city" or mentions.fits(found.entity, "Region")]
        ending = [found for found in things if names[found.entity.iri][-1] == noun.lower_]
        having = [found for found in things if noun.lower_ in names[found.entity.iri]]
        said = list(self._said.get(lemma, {}).values())
        for called in (ending, [*said, *having] if said else having):
            fitting = [found for found in distinct(called) if mentions.fits(found.entity, wanted.kinds)]
            if called:
                if len(distinct(called)) != 1 or not fitting:
                    return []
                main = (
                    self.salient(mentions, noun, "City") if lemma == "city" and called[0] in said else fitting
                )
                sure = all(each.entity.iri == fitting[0].entity.iri for each in main)
                return [self.carried(mentions, noun, fitting[0], "definite" if sure else "salient")]
        return []

    def _is_no_office(self, mentions: "Mentions", lemma: str, found: Found) -> bool:
        """Tell whether a thing may be called by a noun: "the area" is no committee of it."""
        may = "Organization" in self._generic.get(lemma, "Organization")
        return may or not mentions.fits(found.entity, "Organization")

    def _is_definite(self, mentions: "Mentions", noun: "Token", modified: bool) -> bool:
        """Tell whether a noun stands with an article and nothing that would tell it from others."""
        sentence = mentions.sentence
        by = self._words["definite_by"] | (_PERSONS if modified else frozenset())
        if not any(child.lower_ in by for child in sentence.children(noun, "det", "poss")):
            return modified and self._is_bare(mentions, noun)
        allowed = (self._words["definite_with"] | self.nationalities | _PERSONS) if modified else frozenset()
        for child in sentence.children(noun, "amod", "compound", "nmod", "nummod", "poss"):
            plain = child.lower_ in allowed or (modified and self._colours(mentions, child))
            plain = plain or bool(mentions.named(child, Wanted("Province|Country")))
            if child.i < noun.i and not plain:
                return False
        behind = [child for child in sentence.children(noun, "prep") if child.i == noun.i + 1]
        makes = noun.lemma_.lower() in self._words["makers"]  # "the maker of grippers" is the firm before
        makes = makes and not any(sentence.word(each).marks for each in sentence.objects(noun, "of"))
        many = any(
            sentence.is_figure(each) or any(map(sentence.is_figure, sentence.children(each)))
            for each in sentence.objects(noun, "of")
        )
        makes = makes or many  # "this city of 6.4 million people"
        makes = makes or self._is_in_larger(mentions, noun)  # "the city in Anhui"
        if any(child.lower_ in ("of", "in", "for", "at") and not makes for child in behind):
            return False
        last = behind[0].right_edge.i if behind else noun.i
        comma = last + 1 < len(sentence.doc) and sentence.doc[last + 1].lower_ == ","
        return comma or not sentence.children(noun, "relcl", "acl")

    def _is_bare(self, mentions: "Mentions", noun: "Token") -> bool:
        """Tell whether a noun lacks the article that it needs: "Chairman says, company holds 76 patents"."""
        called = noun.lemma_.lower() in self._words["bare"] and noun.dep_ in SUBJECTS
        return called and noun.tag_ == "NN" and not list(mentions.sentence.children(noun))

    def _is_in_larger(self, mentions: "Mentions", noun: "Token") -> bool:
        """Tell whether a place is said to be in a larger one."""
        wholes = mentions.sentence.objects(noun, "in") if noun.lemma_.lower() in self._words["called"] else []
        return any(mentions.named(each, Wanted("Province|Country")) for each in wholes)

    def _colours(self, mentions: "Mentions", word: "Token") -> bool:
        """Tell whether a word before a definite noun is an adjective of praise, state or age, or its size."""
        figure = mentions.sentence.word(word).figure
        if figure is not None:
            return word.dep_ == "amod" or figure.kind != "number"
        plain = word.dep_ == "amod" and word.tag_ in ("JJ", "VBN") and word.text.islower()
        return plain and not mentions.sentence.word(word).marks and word.lower_ in self._words["colouring"]


def _above_clause(mentions: "Mentions", noun: "Token") -> range:
    """Return the tokens of what a relative clause is about: "a plant of X for which the firm paid …"."""
    clause = mentions.sentence.clause_of(noun)
    above = clause.head.left_edge.i if clause.dep_ == "relcl" else noun.i
    return range(above, noun.i)


def _head(entity: Entity) -> str:
    """Return the words of a description up to its noun: "second phase" of "second phase of its base"."""
    return entity.label.lower().split(" of ")[0].split(" for ")[0]
