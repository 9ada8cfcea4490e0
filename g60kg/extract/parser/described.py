"""What a text describes and does not name: things, products, and what makers make.

"A digital satellite factory", "its center for agents", "thin glass", "the speech recognition specialist X".
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.frames import DESCRIBED, Found, Wanted
from g60kg.extract.parser.graph import is_one
from g60kg.text.candidates import candidate

if TYPE_CHECKING:
    from spacy.tokens import Token

    from g60kg.extract.parser.mentions import Mentions

_LONGEST: Final = 80
_ITS: Final = ("its", "their")


class Descriptions:
    """What the noun phrases of a sentence describe."""

    def __init__(self, mentions: "Mentions") -> None:
        self._mentions, self._sentence, self._words = mentions, mentions.sentence, mentions.words

    def describe(self, noun: "Token", wanted: Wanted) -> list[Found]:
        """Return a thing that is described: "a digital satellite factory", "its center for agents"."""
        sentence, lemma = self._sentence, noun.lemma_.lower()
        kind = self._mentions.classes.get(lemma) or self._mentions.classes.get(noun.lower_)
        if kind is None or noun.pos_ not in ("NOUN", "PROPN") or sentence.word(noun).marks:
            return []
        determiners = {child.lower_ for child in sentence.children(noun, "det")}
        placed = "another" in determiners and self._is_placed(noun, lemma)
        if not placed and not determiners.isdisjoint(self._words["never_described_by"]):
            return []
        modifiers = [
            child
            for child in sentence.children(noun, "amod", "compound", "nmod")
            if child.i < noun.i and not sentence.is_figure(child)
        ]
        if any(child.lower_ in ("former", "single") for child in modifiers) or (
            not modifiers and self._is_seat(noun, lemma)
        ):
            return []
        if not modifiers and not self._is_sized(noun) and not self._stands_bare(noun, lemma, determiners):
            return []
        if lemma == "project" and modifiers:
            named = self._mentions.named(modifiers[-1], Wanted("Facility|Park|Project"))
            if named:
                return named  # "the Tianfu Software Park project" is the park
        for child in sentence.beside(noun):
            named = self._mentions.named(child, replace(wanted, unknown=True))
            if named:
                return named  # "its second line, S2"
        left = min([child.left_edge.i for child in modifiers], default=noun.i)
        return self._as_described(noun, left, self._right(noun, lemma), kind, wanted)

    def _is_sized(self, noun: "Token") -> bool:
        """Tell whether a figure says which one it is: "a 15-billion-yuan base", "the 3-hectare base of X"."""
        children = self._sentence.children
        sized = any(self._sentence.is_figure(child) for child in children(noun, "amod", "compound", "nmod"))
        new = any(child.lower_ in ("a", "an") for child in children(noun, "det"))
        return sized and (new or bool(children(noun, "poss", "relcl") or self._sentence.objects(noun, "of")))

    def _is_seat(self, noun: "Token", lemma: str) -> bool:
        """Tell whether headquarters are where somebody sits, and no building: "has its headquarters in X"."""
        if not lemma.startswith("headquarter"):
            return False
        sits = noun.dep_ in ("dobj", "nsubj", "nsubjpass", "attr")
        verb = self._sentence.lemma(self._sentence.clause_of(noun))
        return noun.head.lower_ == "with" or (sits and verb in self._words["seat_verbs"])

    def _stands_bare(self, noun: "Token", lemma: str, determiners: set[str]) -> bool:
        """Tell whether a noun without modifiers describes enough: "a factory in Wuhu", "its plant"."""
        # "X, a park in Y" is X
        led = {"the", "another"} if noun.dep_ in ("appos", "attr") else {"the", "another", "a", "an"}
        owner = Wanted("Organization", unknown=True, carried=False)
        owners = [self._mentions.named(each, owner) for each in self._sentence.objects(noun, "of")]
        owned = bool(self._sentence.children(noun, "poss")) or any(owners)
        is_led = owned or not determiners.isdisjoint(led)
        if is_one(noun) and is_led and self._is_placed(noun, lemma):
            return True
        if lemma in self._words["vague_heads"] and self._right(noun, lemma) == noun.i:
            return lemma == "headquarters" and (owned or bool(self._sentence.objects(noun, "of")))
        return is_one(noun) and (owned or not determiners.isdisjoint(led - {"the"}))

    def _is_placed(self, noun: "Token", lemma: str) -> bool:
        """Tell whether a place right behind a noun tells which one it is: "the plant at Wavrin", "the port
        of Rotterdam".
        """
        joints = ("in", "at", "of") if lemma in self._words["named_by_place"] else ("in", "at")
        new = any(
            child.dep_ == "poss" or child.lower_ in ("a", "an", "another")
            for child in self._sentence.children(noun, "det", "poss")
        )
        vague = lemma in self._words["vague_heads"] and lemma not in self._words["named_by_place"]
        if vague and not new:
            return False
        behind = self._sentence.doc[noun.i + 1 : noun.i + 2]
        return any(
            self._mentions.named(each, Wanted("Region|Park"))
            for one in behind
            if one.lower_ in joints
            for each in self._sentence.children(one, "pobj")
        )

    def _right(self, noun: "Token", lemma: str) -> int:
        """Return the last token of "center for agents", "phase of a plant"."""
        for child in self._sentence.children(noun, "prep"):
            if child.i == noun.i + 1 and child.lower_ == "of" and lemma in self._words["named_by_place"]:
                places = self._sentence.children(child, "pobj")
                return (
                    int(places[0].i)
                    if places and self._mentions.named(places[0], Wanted("Region"))
                    else int(noun.i)
                )
            if child.i == noun.i + 1 and (
                child.lower_ == "for" or (child.lower_ == "of" and lemma == "phase")
            ):
                for each in self._sentence.children(child, "pobj"):
                    if not self._sentence.word(each).marks and each.i - noun.i < 8:
                        return int(each.i)
        return int(noun.i)

    def _as_described(self, noun: "Token", left: int, right: int, kind: str, wanted: Wanted) -> list[Found]:
        words = self._sentence.words
        start, end = words[left].start, words[right].end
        text = self._mentions.text.view.text[start:end]
        entity = candidate(text, text, kind)
        if len(text) > _LONGEST or '"' in text or not self._mentions.fits(entity, wanted.kinds):
            return []
        found = Found(entity, noun.i, start, end, DESCRIBED)
        if noun.tag_ not in ("NNS", "NNPS"):
            self._mentions.coreference.describe(noun.lemma_.lower(), found)
        return [found]

    def product(self, noun: "Token") -> list[Found]:
        """Return what is made, as the text calls it: "thin glass", "lidar chips"."""
        sentence, lemma = self._sentence, noun.lemma_.lower()
        if (
            noun.tag_ not in ("NNS", "NN")
            or lemma in self._words["no_products"]
            or lemma in self._mentions.generic
        ):
            return []
        owned = [child for child in sentence.children(noun, "poss") if child.lower_ not in _ITS]
        if owned or sentence.children(noun, "nummod") or sentence.word(noun).marks:
            return []
        if lemma in self._mentions.classes:
            return []
        modifiers = [c for c in sentence.children(noun, "amod", "compound", "nmod") if c.i < noun.i]
        determiners = [child.lower_ for child in sentence.children(noun, "det")]
        invents = sentence.lemma(noun.head) in self._mentions.lexicon.tables["acts"]["invent"]
        one = invents and any(each.dep_ == "compound" for each in modifiers)  # "developed a sorting machine"
        may_be = ("the", "a", "an") if one else ("the",)
        if any(word not in may_be for word in determiners) or (noun.tag_ == "NN" and not modifiers):
            return []
        return self._named_by(noun, modifiers)

    def made(self, noun: "Token") -> list[Found]:
        """Return what the noun before "maker" says is made: "the machine tool maker X"."""
        sentence, lemma = self._sentence, noun.lemma_.lower()
        if noun.tag_ != "NN" or lemma in self._words["no_products"] or sentence.word(noun).marks:
            return []
        return self._named_by(noun, sentence.children(noun, "amod", "compound", "nmod"))

    def _named_by(self, noun: "Token", modifiers: list["Token"]) -> list[Found]:
        """Return a product that a noun and its modifiers name."""
        words = self._sentence.words
        nations = self._mentions.coreference.nationalities
        own = [child for child in modifiers if child.lower_ not in nations]  # "German automation"
        left = min([child.left_edge.i for child in own], default=noun.i)
        if any(words[at].figure for at in range(left, noun.i)):
            return []
        text = self._mentions.text.view.text[words[left].start : words[noun.i].end]
        if len(text) > _LONGEST:
            return []
        entity = candidate(text, text, "Technology")
        return [Found(entity, noun.i, words[left].start, words[noun.i].end, DESCRIBED)]
