"""Coreference: what "it", "the town", "there" and clauses without a subject speak of.

Goes in: the sentences of a text, one after the other. Each leaves its subjects, its other entities and what
it described; each entity has a weight, a subject's above an owner's above a place's, halved with each
sentence. Comes out: the antecedent of a word, with the rule that leads to it as its basis.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.discourse import ANEW, LASTING, SUBJECTS, Discourse, Weighed, distinct
from g60kg.extract.parser.frames import Found, Wanted, of_mark
from g60kg.extract.parser.graph import is_one
from g60kg.model import Entity, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Token

    from g60kg.extract.parser.mentions import Mentions

HOLDERS: Final = "Region|Park|Corridor|CorridorPhase|Organization|Facility|Project|Route|Conference"
_PARTICULAR: Final = frozenset({"Region", "Organization", "City", "District", "Municipality"})
_PERSONS: Final = frozenset({"his", "her", "my", "our"})
"""Before "company", these point at the one that was spoken of: "his company"."""
_RANKED: Final = frozenset({"City", "District", "Town", "Village"})
"""Behind these, what a possessive owns may belong to something else: "has reasons for its output"."""
_TOPIC: Final = 2.0
"""So many times as much as any other thing weighs what is the topic of a text."""
_BACK: Final = 2
"""How many sentences back the subject of a pronoun is looked for."""


@dataclass
class Coreference(Discourse):
    """What a text has spoken of so far."""

    # -- looking back

    def pronoun(self, mentions: "Mentions", token: "Token", wanted: Wanted) -> list[Found]:
        """Return what a pronoun, a possessive or "there" stands for."""
        word = token.lower_
        if word in ("there", "here"):
            places = wanted.each & {"Region", "Park", "Corridor", "Facility", "City", "District", "Province"}
            if not places:
                return []
            wanted = replace(wanted, kinds="|".join(sorted(places)))
            found = self._following(mentions, token, wanted, many=False)
            return [replace(e, basis="place-pronoun") if e.basis == "pronoun" else e for e in found]
        if word in self._words["we"]:
            return self._speaking(mentions, token, wanted)
        if word not in self._words["it"] and word not in self._words["they"]:
            bare = token.dep_ in (*SUBJECTS, "pobj", "dobj") and word in ("both", "all")
            if not bare or mentions.sentence.children(token):
                return []
        many = word in self._words["they"] or word in ("both", "all")
        return self._following(mentions, token, wanted, many)

    def _following(self, mentions: "Mentions", token: "Token", wanted: Wanted, many: bool) -> list[Found]:
        """Return what stands before a pronoun in its clause, its sentence or the ones before."""
        found = self._bound(mentions, token, wanted) or self._in_clause(mentions, token, wanted, many)
        if found is None:
            found = self._before(mentions, token, wanted, many)
        if not found and not many:
            found = self.salient(mentions, token, wanted.kinds, margin=1.5)
        return found

    def _speaking(self, mentions: "Mentions", token: "Token", wanted: Wanted) -> list[Found]:
        """Return who "we" are: the region whose report a text is, else what was spoken of last."""
        last, quoted = self.salient(mentions, token, wanted.kinds), '"' in mentions.sentence.doc.text
        main = [] if quoted else self.standing(mentions, token, wanted.kinds)
        region = any(mentions.fits(each.entity, "Region") for each in main)
        return main if region else last

    def _bound(self, mentions: "Mentions", token: "Token", wanted: Wanted) -> list[Found]:
        """Return the one name that is the subject of a possessive's own clause, or has what is its: "X opened
        its plant", "At its plant X makes …", "X, with its plant in Y, …".
        """
        sentence = mentions.sentence
        if token.dep_ != "poss":
            return []
        beside = token.head.head.head if token.head.head.lower_ == "with" else None
        subject = beside if beside is not None and sentence.word(beside).marks else None
        if subject is None:
            subject = sentence.subject(sentence.clause_of(token))
            if subject is None or subject.left_edge.i <= token.i <= subject.right_edge.i:
                return []
        narrow = replace(wanted, carried=False, described=False)
        found = mentions.named(subject, wanted) or mentions.of(subject, narrow, "", False)
        one = len(found) == 1 and not sentence.children(subject, "conj")
        return [self.carried(mentions, token, found[0], "bound-pronoun")] if one else []

    def _in_clause(
        self, mentions: "Mentions", token: "Token", wanted: Wanted, many: bool
    ) -> list[Found] | None:
        """Return the subject that stands before a pronoun in its own sentence; None where there is no such
        subject, and nothing where it is not known what the subject is.
        """
        sentence = mentions.sentence
        narrow = replace(wanted, carried=False, described=False)
        for other in reversed(list(sentence.doc[: token.i])):
            if other.dep_ not in SUBJECTS or other.pos_ not in ("NOUN", "PROPN"):
                continue
            if other.head.dep_ in ("relcl", "acl") and not other.head.is_ancestor(token):
                continue  # "X, whose area is 3 hectares, reported that it …"
            found = mentions.of(other, narrow)
            if not found:
                owners = sentence.children(other, "poss")
                found = [each for owner in owners for each in mentions.named(owner, narrow)]
            if not found and wanted.carried:
                found = self.definite(mentions, other, wanted)
            if found and (many or len(distinct(found)) == 1):
                basis = "bound-pronoun" if not many and self._tells(mentions, other, token) else "pronoun"
                return [self.carried(mentions, token, each, basis) for each in found]
            if not found and not many and other.tag_ in ("NN", "NNP", "NNPS"):
                return (
                    None if other.dep_ == "nsubj" and other.lemma_.lower() in self._words["measured"] else []
                )
        return None

    def _tells(self, mentions: "Mentions", subject: "Token", token: "Token") -> bool:
        """Tell whether a name tells of itself: "X said that it …"."""
        sentence, clause = mentions.sentence, mentions.sentence.clause_of(token)
        told = clause.dep_ == "ccomp" and clause.head == subject.head and token.dep_ in SUBJECTS
        named = bool(sentence.word(subject).marks)
        return told and named and sentence.lemma(subject.head) in self._words["telling"]

    def _before(self, mentions: "Mentions", token: "Token", wanted: Wanted, many: bool) -> list[Found]:
        """Return what the sentences before speak of."""
        narrow = wanted.each.isdisjoint(_PARTICULAR)
        for back, said in enumerate(reversed(self._history[-_BACK:])):
            is_subject = not many and token.dep_ in SUBJECTS
            basis = "salient" if back else "subject-pronoun" if is_subject else "pronoun"
            subjects = distinct(said.subjects)
            fitting = [each for each in subjects if mentions.fits(each.entity, wanted.kinds)]
            new = [each for each in said.outer if mentions.fits(each.entity, wanted.kinds)]
            is_new = narrow and not any(s.is_described for s in subjects)
            is_new = is_new or self._is_site(mentions, token, new, subjects)
            if not many and back == 0 and len(new) == 1 and is_new:
                return [self.carried(mentions, token, new[0], "pronoun")]
            if not many and len(subjects) > 1:
                return [self.carried(mentions, token, new[0], "salient")] if len(new) == 1 else []
            if fitting and (many or len(fitting) == 1):
                return [self.carried(mentions, token, each, basis) for each in fitting]
            if subjects and not narrow:
                return []
            others = [each for each in distinct(said.entities) if mentions.fits(each.entity, wanted.kinds)]
            others = [each for each in others if not self.is_office(each.entity)]
            if back == 0 and len(others) == 1 and (narrow or not subjects):
                return [self.carried(mentions, token, others[0], "salient")]
        return []

    def _is_site(self, mentions: "Mentions", token: "Token", new: list[Found], subjects: list[Found]) -> bool:
        """Tell whether what is new, and no subject, does what a pronoun's clause says: "It covers 3 mu"."""
        done = token.dep_ in SUBJECTS and mentions.sentence.lemma(token.head) in self._words["sites_do"]
        sites = [mentions.fits(each.entity, "Facility|Park|Project") for each in (*new, *subjects)]
        return done and sites == [True] + [False] * len(subjects)

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
        found = [each for each in found if inside <= self.lexicon.containers(each.entity.iri)]
        return [each for each in found if _may_be(mentions, each.entity, wanted.kinds)]

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
        for said in reversed(self._history[-_BACK:]):
            things = [each for each in distinct(said.subjects) if mentions.fits(each.entity, kinds)]
            if things:
                fitting = [each for each in things if _may_be(mentions, each.entity, wanted.kinds)]
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
        before = mentions.sentence.children(noun, "compound", "nmod", "amod")
        return [each for child in before for each in mentions.named(child, Wanted("Province|Country"))]

    def _just_named(self, mentions: "Mentions", noun: "Token", kinds: str) -> list[Found]:
        """Return the one thing of some kinds that is named before in the sentence, or in the one before."""
        wanted, around = Wanted(kinds, unknown=True, carried=False), _around(mentions, noun)
        here = [each for token in mentions.sentence.doc[: noun.i] for each in mentions.named(token, wanted)]
        here = [each for each in here if each.token not in around]
        for things in (here, self._history[-1].entities if self._history else ()):
            fitting = [each for each in distinct(things) if mentions.fits(each.entity, kinds)]
            fitting = [each for each in fitting if not self.is_office(each.entity)]  # no "company"
            if fitting:
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
            if not same and back >= _BACK:
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
            return False
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
        if any(child.lower_ in ("of", "in", "for", "at") and not makes for child in behind):
            return False
        last = behind[0].right_edge.i if behind else noun.i
        comma = last + 1 < len(sentence.doc) and sentence.doc[last + 1].lower_ == ","
        return comma or not sentence.children(noun, "relcl", "acl")

    def _colours(self, mentions: "Mentions", word: "Token") -> bool:
        """Tell whether a word before a definite noun is an adjective of praise, state or age, or its size."""
        figure = mentions.sentence.word(word).figure
        if figure is not None:
            return word.dep_ == "amod" or figure.kind != "number"
        plain = word.dep_ == "amod" and word.tag_ in ("JJ", "VBN") and word.text.islower()
        return plain and not mentions.sentence.word(word).marks and word.lower_ in self._words["colouring"]

    def site_before(self, mentions: "Mentions", token: "Token", kinds: str) -> list[Found]:
        """Return the one site that the last sentence which speaks of anything describes or is about: "X
        built a plant in Y Park. Construction began in May".
        """
        said = next((each for each in reversed(self._history) if each.entities or each.outer), None)
        here = [each for each in self._new.values() if each.end < mentions.sentence.word(token).start]
        before = [*said.outer, *said.subjects] if said is not None else []
        things = distinct(here or before)  # "puts 3 billion into a plant; construction is to start in June"
        sites = [each for each in things if mentions.fits(each.entity, kinds)]
        return [self.carried(mentions, token, sites[0], "definite")] if len(sites) == 1 else []

    def salient(
        self,
        mentions: "Mentions",
        token: "Token",
        kinds: str,
        margin: float = 1.0,
        basis: str = "salient",
        rate: float = LASTING,
    ) -> list[Found]:
        """Return the thing of some kinds that the text speaks of at a token; none where two weigh alike.

        `rate` is what each sentence that spoke of a thing adds to its weight.
        """
        pool = {
            iri: Weighed(each.weight + self._lasting(iri, rate), each.found)
            for iri, each in self._weights.items()
        }
        self._weigh_sentence(mentions, token, pool)
        ranked = sorted(
            (
                each
                for each in pool.values()
                if _may_be(mentions, each.found.entity, kinds)
                and not (kinds == "Organization" and self.is_office(each.found.entity))
            ),
            key=lambda each: (-each.weight, each.found.entity.iri),
        )
        inner = [each for each in ranked if not mentions.fits(each.found.entity, "Country")]
        if inner and kinds != "Country":
            ranked = inner
        if not ranked or (len(ranked) > 1 and ranked[0].weight < margin * ranked[1].weight):
            return []
        return [self.carried(mentions, token, ranked[0].found, basis)]

    def topic(self, mentions: "Mentions", token: "Token", kinds: str) -> list[Found]:
        """Return the thing of some kinds that the text speaks of at a token; it is the topic where it
        outweighs by far all else that may hold a figure.
        """
        start = mentions.sentence.span[0]
        anew = "\n" in self.text.view.text[max(0, start - 2) : start]
        anew = anew and not any(mentions.sentence.word(each).entities for each in mentions.sentence.doc)
        found = self.salient(mentions, token, kinds, rate=ANEW if anew else LASTING)
        others = self.salient(mentions, token, HOLDERS, margin=_TOPIC) if found else []
        sole = bool(others) and others[0].entity.iri == found[0].entity.iri
        sole = sole or self._is_firm_before(mentions, found)
        return [replace(found[0], basis="topic")] if sole else found

    def _is_firm_before(self, mentions: "Mentions", found: list[Found]) -> bool:
        """Tell whether what was found is the one subject of the last sentence that speaks of anything, and
        the one organization among those of the sentence before: "X opened a plant. Revenue rose."
        """
        told = [each for each in self._history if each.entities or each.outer][-_BACK:]
        subjects = [distinct(each.subjects) for each in told]
        firms = [each for said in subjects for each in said if mentions.fits(each.entity, "Organization")]
        last, here = (_iris(subjects[-1]) if subjects else []), _iris(found)
        return bool(here) and last == here == _iris(distinct(firms))

    def standing(self, mentions: "Mentions", token: "Token", kinds: str) -> list[Found]:
        """Return the thing of some kinds that the text was about most often, the first of equals."""
        about = [
            each.found
            for iri, each in self._weights.items()
            if iri in self._acted and _may_be(mentions, each.found.entity, kinds)
        ]
        about = [each for each in about if not mentions.fits(each.entity, "Country")]
        most = max(about, key=lambda each: self._times[each.entity.iri], default=None)
        return [self.carried(mentions, token, most, "salient")] if most is not None else []

    def _weigh_sentence(self, mentions: "Mentions", token: "Token", pool: dict[str, Weighed]) -> None:
        """Add the entities of the sentence at hand that stand before a token."""
        sentence, around = mentions.sentence, _around(mentions, token)
        for other in sentence.doc[: token.i]:
            if other.dep_ not in (*SUBJECTS, "pobj", "poss") or other.i in around:
                continue
            for mark in sentence.word(other).entities[:1]:
                found = of_mark(mark, other.i)
                if not mentions.fits(found.entity, "Plan|Agreement"):
                    gain = 3.0 if other.dep_ in SUBJECTS else 0.8
                    known = pool.get(found.entity.iri)
                    pool[found.entity.iri] = Weighed(gain + (known.weight if known else 0.0), found)

    def carried(self, mentions: "Mentions", token: "Token", antecedent: Found, basis: str) -> Found:
        """Return an antecedent as what the words of a token speak of, with the rule that leads to it."""
        word = mentions.sentence.word(token)
        view = self.text.view
        start, end = view.span(word.start, word.end)
        surface = self.text.article.text[start:end]
        at = antecedent.resolution
        named = (at.start, at.end) if at else view.span(antecedent.start, antecedent.end)
        return Found(
            replace(antecedent.entity, surface=surface),
            token.i,
            word.start,
            word.end,
            basis,
            Resolution(surface, basis, *named),
            antecedent.repair,
        )


def _head(entity: Entity) -> str:
    """Return the words of a description up to its noun: "second phase" of "second phase of its base"."""
    return entity.label.lower().split(" of ")[0].split(" for ")[0]


def _iris(found: Iterable[Found]) -> list[str]:
    return [each.entity.iri for each in found]


def _may_be(mentions: "Mentions", entity: Entity, kinds: str) -> bool:
    """Tell whether an entity is of some kinds, or a region of which it is not known what it is."""
    unranked = entity.types == ("g60:Region",) and not _RANKED.isdisjoint(kinds.split("|"))
    return unranked or mentions.fits(entity, kinds)


def _around(mentions: "Mentions", noun: "Token") -> set[int]:
    """Return the tokens of what a subject is said to be in, and so is not: "Located in X, the project …"."""
    verbs = mentions.sentence.children(noun.head, "advcl") if noun.dep_ in SUBJECTS else []
    return {
        each.i
        for verb in verbs
        if verb.tag_ == "VBN" and verb.i < noun.i
        for each in mentions.sentence.objects(verb, "in", "at", "by")
    }
