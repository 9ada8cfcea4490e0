"""What the noun phrases of a sentence mention: entities named, described, listed, or carried here.

Goes in: a parsed sentence, a token and what a role wants. Comes out: `Found` values, in the text's order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from g60kg.extract.parser.clauses import Modality
from g60kg.extract.parser.described import Descriptions
from g60kg.extract.parser.frames import Found, Wanted, of_mark
from g60kg.extract.parser.graph import Sentence
from g60kg.model import Entity
from g60kg.text.candidates import candidate
from g60kg.text.lexicon import AnnotatedText, Lexicon
from g60kg.text.marks import Mark, Name

if TYPE_CHECKING:
    from spacy.tokens import Token

    from g60kg.extract.parser.coreference import Coreference

_DEEPEST: Final = 5
_EXAMPLES: Final = frozenset({"including", "like", "namely", "include"})
_COREFERRING_ROLES: Final = frozenset({"subj", "obj", "surf", "theme"})
_FIELDS: Final = frozenset({"Technology", "IndustryCategory"})


class Mentions:
    """What the noun phrases of one sentence mention."""

    def __init__(
        self,
        sentence: Sentence,
        text: AnnotatedText,
        lexicon: Lexicon,
        modality: Modality,
        coreference: "Coreference",
    ) -> None:
        self.sentence, self.text, self.lexicon = sentence, text, lexicon
        self.modality, self.coreference = modality, coreference
        self.words: Mapping[str, Any] = lexicon.tables["mentions"]

    @cached_property
    def generic(self) -> dict[str, frozenset[str]]:
        """What a common noun can stand for, by noun."""
        kinds = self.words["generic"]
        return {noun: frozenset(kind.split("|")) for kind, nouns in kinds.items() for noun in nouns}

    @cached_property
    def classes(self) -> dict[str, str]:
        """The class of what a noun describes."""
        return {noun: kind for kind, nouns in self.words["described"].items() for noun in nouns}

    def is_generic(self, noun: "Token") -> bool:
        """Tell whether a noun can stand for a thing that is named elsewhere: "company", "town"."""
        return noun.lemma_.lower() in self.generic

    # -- what a token names by itself

    def fits(self, entity: Entity, kinds: str) -> bool:
        """Tell whether an entity is of one of some kinds."""
        return self.lexicon.is_a(entity, kinds)

    def named(self, token: "Token", wanted: Wanted) -> list[Found]:
        """Return the wanted entities that a token's own words name."""
        found: list[Found] = []
        for mark in self.sentence.word(token).marks:
            if isinstance(mark.meaning, Entity):
                if self.fits(mark.meaning, wanted.kinds):
                    found.append(of_mark(mark, token.i))
            elif isinstance(mark.meaning, Name) and wanted.unknown and not self._is_plain(token, mark):
                short = mark.meaning.text.isupper()  # "ESMC, in which X holds 70 percent"
                if "Region" in wanted.each and "Organization" not in wanted.each and not short:
                    # a role that takes places alone says what the name is
                    self.coreference.typed.setdefault(
                        mark.meaning.text, candidate(mark.meaning.text, mark.meaning.text, "Region")
                    )
                entity = self._typed(token, mark.meaning.text)
                if self.fits(entity, wanted.kinds):
                    found.append(Found(entity, token.i, mark.start, mark.end))
        return found

    def _is_plain(self, token: "Token", mark: Mark) -> bool:
        """Tell whether a word is no name: one counted, or a plural that begins a sentence: "Phones are"."""
        if any(self.sentence.is_figure(child) for child in self.sentence.children(token, "nummod")):
            return True
        text = self.text.view.text[mark.start : mark.end]
        following = self.sentence.doc[1].tag_ if len(self.sentence.doc) > 1 else ""
        alone = len(self.sentence.word(token).marks) == 1
        plural = alone and token.i == 0 and text.endswith("s") and text.isalpha() and following != "VBZ"
        one = any(child.tag_ == "NN" for child in self.sentence.children(token, "appos"))
        return plural and not one  # "Seres, a maker of …"

    def _typed(self, token: "Token", name: str) -> Entity:
        """Return the candidate of a bare name, typed by its apposition, else a company."""
        known = self.coreference.typed.get(name)
        if known is not None:
            return known
        said = self.sentence.children(token, "appos")
        beside = [each.lemma_.lower() for each in said if not self._is_definite(each)]
        if token.dep_ == "appos" and token.head.tag_ == "NN":
            beside.append(token.head.lemma_.lower())
        kind = next((self.classes[noun] for noun in beside if noun in self.classes), None)
        entity = candidate(name, name, kind or "Company")
        if kind is not None:
            self.coreference.typed[name] = entity
        return entity

    def _is_definite(self, noun: "Token") -> bool:
        """Tell whether an apposition is rather the next of a list: "A, the Wuhu branch of B and C"."""
        owned = self.sentence.objects(noun, "of")
        return any(child.lower_ == "the" for child in self.sentence.children(noun, "det")) and bool(owned)

    def _goes_on(self, noun: "Token") -> bool:
        """Tell whether a list goes on behind a noun: "A, the Wuhu branch of B, a plant of C and D"."""
        words = [each.lower_ for each in noun.subtree if each.i > noun.i]
        return "," in words and "and" in words[words.index(",") :]

    # -- what a noun phrase mentions

    def of(
        self, token: "Token | None", wanted: Wanted, role: str = "", joined: bool = True, depth: int = 0
    ) -> list[Found]:
        """Return the wanted things that the phrase of a token mentions, and what is joined to it by "and"."""
        if token is None or depth > _DEEPEST:
            return []
        found = self.named(token, wanted)
        if not found and not self.sentence.word(token).entities:
            if token.lower_ == "whose":
                return self._whose(token, wanted, depth)
            if token.lower_ in ("both", "all") and token.dep_ == "appos":
                return self.of(token.head, wanted, role, True, depth + 1)  # "X and Y, both based in Z"
            if token.pos_ in ("PRON", "DET") or token.lower_ in ("there", "here", "its", "their"):
                found = self.coreference.pronoun(self, token, wanted) if wanted.carried else []
            elif token.pos_ in ("NOUN", "PROPN", "NUM", "ADJ"):
                found = self._of_noun(token, wanted, role, depth)
        return found + self._joined(token, wanted, found, role, depth) if joined else found

    def _whose(self, token: "Token", wanted: Wanted, depth: int) -> list[Found]:
        verb = token.head
        if verb.dep_ == "appos":
            return self.named(verb.head, wanted)  # "X, whose parent, Y, …"
        while verb.head.i != verb.i and verb.dep_ not in ("relcl", "acl"):
            verb = verb.head
        joined = [verb.head]
        for each in joined:
            joined += self.sentence.children(each, "conj")
        nearest = max(
            (each for each in joined if each.i < token.i), key=lambda each: each.i, default=verb.head
        )
        if verb.dep_ not in ("relcl", "acl"):
            return []
        found = self.of(nearest, wanted, "", False, depth + 1)
        several = nearest.head.lower_ == "from" and nearest.head.head.tag_ == "NNS"  # "firms from X, whose …"
        return [replace(each, basis="around") for each in found] if several else found

    def _joined(
        self, token: "Token", wanted: Wanted, found: list[Found], role: str, depth: int
    ) -> list[Found]:
        sentence, out = self.sentence, []
        if found and sentence.word(token).marks:
            # "A of Hefei and B University": joined to the place, and of the kind of A
            for place in sentence.objects(token):
                if sentence.word(place).marks and not self.named(place, wanted):
                    for each in sentence.children(place, "conj"):
                        out += self.named(each, wanted)
        for each in sentence.children(token, "conj", "appos") if found or token.tag_ != "JJ" else ():
            if each.dep_ == "appos" and not self._is_listed(token, each):
                continue
            if not sentence.is_verb(each) or each.pos_ in ("NOUN", "PROPN"):
                out += self.of(each, wanted, role, True, depth + 1)
        return out

    def _is_listed(self, first: "Token", second: "Token") -> bool:
        """Tell whether what the parser takes for an apposition is the second of a list: "a plant, a lab and a
        museum".
        """
        named = self.sentence.word(first).marks or self.sentence.word(second).marks
        led = all(self.sentence.children(each, "det") for each in (first, second))
        return not named and led and bool(self.sentence.children(second, "cc"))

    def _of_noun(self, noun: "Token", wanted: Wanted, role: str, depth: int) -> list[Found]:
        """Return what the phrase of a common noun mentions: by a list, a whole, identity or description."""
        lemma = noun.lemma_.lower()
        kinds = self.generic.get(lemma)
        may = kinds is not None and not kinds.isdisjoint(self._above(wanted))
        may = may or (kinds is None and noun.tag_ == "NNS" and not self.sentence.word(noun).marks)
        found = self._quantity(noun, lemma, wanted, role, depth)
        found = found or self._part_of_place(noun, lemma, wanted, role, depth)
        if found:
            return found
        numbered = noun.pos_ == "NUM" and self.sentence.is_figure(noun)  # "seven, including A and B"
        found = self._exposed(noun, wanted, depth) if may or numbered else []
        if not found and noun.tag_ == "NN":
            beside = self.sentence.beside(noun)  # "the biggest packer, X, …", "the railway X"
            near = (one for one in beside if kinds is None or one.i == noun.i + 1)
            found = [each for one in near for each in self.named(one, wanted)]
        fields = not wanted.each.isdisjoint(_FIELDS) and "Organization" not in wanted.kinds
        if not found and fields and self._may_be_field(lemma, kinds):
            for child in self.sentence.children(noun, "compound", "nmod", *(["amod"] if kinds else [])):
                found += self.named(child, wanted)
        said = noun.dep_ == "appos" and bool(self.sentence.word(noun.head).marks)
        if not found and (said or role in _COREFERRING_ROLES):
            found = self._identical(noun, wanted, depth)
        if not found and wanted.described:
            found = self.describe(noun, wanted)
        if not found and wanted.product:
            found = self._descriptions.product(noun)
        if not found and wanted.carried:
            found = self.coreference.definite(self, noun, wanted)
        return found

    def _may_be_field(self, lemma: str, kinds: frozenset[str] | None) -> bool:
        """Tell whether a noun with a field before it is that field, and no thing of it: "robot academy"."""
        return lemma not in self.classes and (kinds is None or not kinds.isdisjoint(_FIELDS))

    def _above(self, wanted: Wanted) -> frozenset[str]:
        """Return the wanted kinds with all above them."""
        above = (self.lexicon.ontology.above(kind) for kind in wanted.each)
        return frozenset().union(*above) | ({"Province"} if "Region" in wanted.each else set())

    def _quantity(self, noun: "Token", lemma: str, wanted: Wanted, role: str, depth: int) -> list[Found]:
        if lemma not in self.words["quantities"]:
            return []
        below = self.sentence.objects(noun, "of")
        return [each for token in below for each in self.of(token, wanted, role, True, depth + 1)]

    def _part_of_place(self, noun: "Token", lemma: str, wanted: Wanted, role: str, depth: int) -> list[Found]:
        """ "The heart of Wuhu" is in Wuhu; "the government of Wuhu" acts for it."""
        acts = lemma in self.words["acting_parts"] or lemma in self.words["named_with_of"]
        if lemma not in self.words["parts_of_places"] or (role == "subj" and not acts):
            return []
        places = Wanted(
            "|".join(wanted.each & {"Region", "Park", "Corridor", "Province", "City", "District", "County"})
        )
        if not places.kinds:
            return []
        before = self.sentence.children(noun, "compound", "nmod")
        joined = [each for child in before for each in (child, *self.sentence.children(child, "conj"))]
        own = [each for child in joined if child.i < noun.i for each in self.named(child, places)]
        if own and noun.tag_ == "NNS" and lemma in (*self.words["called"], "province"):
            return own  # "Pukou and Liuhe districts"
        if own and lemma in self.words["called"]:
            # "the Shunde district of Foshan"; "the Fujian city" is one of its cities
            return [each for each in own if not self.fits(each.entity, "Province|Country")]
        found = [
            each
            for token in self.sentence.objects(noun, "of")
            for each in self.of(token, places, role, True, depth + 1)
        ]
        if acts or lemma in ("heart", "outskirt", "suburb"):
            for child in self.sentence.children(noun, "poss", "compound", "nmod"):
                found += self.named(child, places)
        return found

    def _exposed(self, noun: "Token", wanted: Wanted, depth: int) -> list[Found]:
        """Return what "companies such as A and B", "nine cities: A, B" or "the carmaker A" names."""
        sentence, found = self.sentence, list[Found]()
        for child in sentence.children(noun):
            word, below = child.lower_, sentence.children(child)
            if child.dep_ == "appos" and child not in sentence.beside(noun):
                continue
            if child.dep_ == "appos":
                if (
                    any(each.lower_ in ("another", "a", "an") for each in below)
                    and not sentence.word(child).marks
                ):
                    continue  # "its plant in X, another district of Y"
                if noun.lemma_.lower() in self.generic or any(each.lower_ == "among" for each in below):
                    found += self.of(child, wanted, "", True, depth + 1)
            elif child.dep_ == "acl" and word in ("called", "named", "dubbed"):
                for each in sentence.children(child, "oprd", "dobj", "attr"):
                    found += self.of(each, wanted, "", True, depth + 1)
            elif child.dep_ == "prep" and (word in _EXAMPLES or (word == "as" and _has(below, "such"))):
                for each in sentence.children(child, "pobj"):
                    found += self.of(each, wanted, "", True, depth + 1)
        if noun.tag_ == "NN":
            return found  # "its parent, X"
        return [replace(each, basis="listed") if each.basis == "explicit" else each for each in found]

    # -- what a noun is said of

    def _identical(self, noun: "Token", wanted: Wanted, depth: int) -> list[Found]:
        narrow = replace(wanted, described=False)
        if noun.pos_ == "NUM" and self.sentence.objects(noun, "of"):
            return []  # "A, B and C, the last two of them …"
        if noun.dep_ in ("appos", "attr", "oprd"):
            return self.identified(noun, narrow, depth + 1)
        one_of = noun.dep_ == "pobj" and (
            noun.head.lower_ == "among" or (noun.head.lower_ == "of" and noun.head.head.lower_ == "one")
        )
        return self.identified(noun, narrow, depth + 1) if one_of else []

    def identified(self, noun: "Token", wanted: Wanted, depth: int = 0) -> list[Found]:
        """Return what a noun is said to be, or stands beside: "X, a maker of …", "X is a maker of …"."""
        sentence, head, dep = self.sentence, noun.head, noun.dep_
        if depth > 3:
            return []
        if dep == "appos":
            if self._is_definite(noun) and self._goes_on(noun):
                return []
            between = [
                each
                for each in sentence.doc[head.i + 1 : noun.i]
                if each.dep_ == "conj" and head.is_ancestor(each)
            ]
            last = [each for each in between if self.named(each, wanted)] if noun.tag_ == "NN" else []
            return self.of(last[-1] if last else head, wanted, "", noun.tag_ == "NNS", depth + 1)
        at_home = noun.lower_ == "home" and dep in ("advmod", "acomp", "dep", "dobj", "npadvmod")
        if (
            at_home
            and head.i < noun.i
            and sentence.doc[noun.i - 1].lower_ == ","
            and not sentence.is_verb(head)
        ):
            return self.of(head, wanted, "", False, depth + 1)  # "X, home to Y, …"
        if (dep == "attr" or at_home) and sentence.is_verb(head):
            is_so = head.lemma_ in ("be", "become", "remain") and self.modality.of(head) != "denied"
            return self.of(sentence.subject(head), wanted, "subj", True, depth + 1) if is_so else []
        if dep == "pobj":
            return self._behind_preposition(noun, wanted, depth)
        if dep == "oprd":
            return self._each(sentence.roles(head).get("obj", []), wanted, depth)
        if dep in ("compound", "nmod") and head.i > noun.i and sentence.word(head).marks:
            return self.of(head, wanted, "", noun.tag_ == "NNS", depth + 1)  # not "the maker X and Y"
        return self.identified(head, wanted, depth + 1) if dep == "conj" else []

    def _behind_preposition(self, noun: "Token", wanted: Wanted, depth: int) -> list[Found]:
        """ "X serves as a base for …", "X grew into a hub", "X is among the makers of …"."""
        sentence, word, verb = self.sentence, noun.head.lower_, noun.head.head
        if word == "of" and verb.lower_ == "one":
            return self.identified(verb, wanted, depth + 1)
        if not sentence.is_verb(verb) or self.modality.of(verb) == "denied":
            return []
        if word == "as":
            subject = sentence.subject(verb)
            if subject is not None and noun.i < subject.i and noun.head.i <= 1:
                return self.of(subject, wanted, "", True, depth + 1)  # "As a city in X, Y has …"
            roles = sentence.roles(verb)
            return self._each(roles.get("obj") or roles.get("surf", []), wanted, depth)
        turns = word in ("into", "to") and verb.lemma_ in ("grow", "develop", "turn", "become", "transform")
        if turns or (word == "among" and verb.lemma_ == "be"):
            return self.of(sentence.subject(verb), wanted, "", True, depth + 1)
        return []

    def _each(self, tokens: Iterable["Token"], wanted: Wanted, depth: int) -> list[Found]:
        return [each for token in tokens for each in self.of(token, wanted, "", True, depth + 1)]

    # -- what a text describes and does not name

    @cached_property
    def _descriptions(self) -> Descriptions:
        return Descriptions(self)

    def describe(self, noun: "Token", wanted: Wanted) -> list[Found]:
        """Return a thing that is described: "a digital satellite factory", "its center for agents"."""
        return self.coreference.recalled(self, noun, wanted) or self._descriptions.describe(noun, wanted)

    def made(self, noun: "Token") -> list[Found]:
        """Return what the noun before "maker" says is made: "pump maker"."""
        return self._descriptions.made(noun)


def _has(tokens: Iterable["Token"], word: str) -> bool:
    return any(token.lower_ == word for token in tokens)
