"""The noun phrases in which figures stand: labels of what is counted or measured, and their industries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.feed import Fed
from g60kg.extract.parser.figures.nouns import BESIDE, Nouns
from g60kg.extract.parser.frames import Wanted
from g60kg.model import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_TAIL: Final = 50
_LONGEST_LABEL: Final = 80
_INDUSTRY: Final = Wanted("IndustryCategory", carried=False)
_FIELDS: Final = frozenset({"field", "sector", "industry", "area", "domain", "business"})


@dataclass(frozen=True)
class Phrases(Nouns):
    """The noun phrases of a sentence, as figures need them."""

    def label(self, noun: "Token", after: "Token | None" = None) -> str:
        """Return a noun with its modifiers, as the text has them: behind a figure, where one is given."""
        sentence = self.sentence
        modifiers = [
            child
            for child in sentence.children(noun, *BESIDE)
            if child.i < noun.i and not self._has_figure(child.left_edge.i, child.i)
        ]
        first = min([child.left_edge.i for child in modifiers], default=noun.i)
        if after is not None and after.i < noun.i:
            first = (
                max(at for at in range(after.i, noun.i) if at == after.i or self.sentence.words[at].figure)
                + 1
            )
            while first < noun.i and sentence.doc[first].lower_ in self.words["leading"]:
                first += 1
        above = noun.head.head if after is not None and noun.dep_ == "pobj" else noun
        if self.lemma(above) == "capacity" and above.i < first:
            if sum(self._has_figure(at, at) for at in range(above.i, noun.i)) > 1:
                return self.label(above)  # "annual capacity from 400,000 to 750,000 units"
            first = min([each.left_edge.i for each in sentence.children(above, *BESIDE)], default=above.i)
        text = self.reading.text.view.text[sentence.words[first].start : self._end(noun)]
        return text.strip(" ,-")[:_LONGEST_LABEL]  # "annual capacity of 300,000 vehicles"

    def whole(self, noun: "Token") -> str:
        """Return what a share is a part of, with whose it is: "the province's exports"."""
        words = self.sentence.words
        owners = self.sentence.children(noun, "poss")
        first = min([each.left_edge.i for each in owners], default=-1)
        if first < 0:
            return self.label(noun)
        text = self.reading.text.view.text[words[first].start : self._end(noun)]
        return text[:_LONGEST_LABEL]

    def _end(self, noun: "Token") -> int:
        """Return where a noun and its "of" or rate end, without the list that stands for it."""
        word = self.sentence.word(noun)
        listed = len(word.marks) > 1
        tail = max(
            self._tail(noun), self.rate_end(noun), self._joined(noun), self._narrowed(noun), self.added(noun)
        )
        behind = self.sentence.doc[noun.i + 1 : noun.i + 2]
        if noun.pos_ == "PROPN" and any(
            each.tag_ == "CD" and not self.sentence.word(each).marks for each in behind
        ):
            tail = noun.i + 1  # "the Fortune Global 500"
        return word.start + len(noun.text) if listed else self.sentence.words[tail].end

    def _narrowed(self, noun: "Token") -> int:
        """Return the last token of a phrase or clause right behind a noun in the plural, or of a "to" behind
        what is traded, that says which: "companies from Germany", "exports to Germany".
        """
        kind = noun.lower_ if noun.tag_ == "VBG" else self.lemma(noun)  # "spending on …"
        sentence, traded = self.sentence, kind in self.words["traded"]
        if not traded and noun.tag_ not in ("NNS", "NNPS"):
            return int(noun.i)
        led = self.words["narrowing"]
        if traded:
            own = {"investment": ("in",), "spending": ("on", "for")}
            led = frozenset(own.get(kind, ("to", "from", "with", "between")))
        children = sentence.children(noun, *(("prep",) if traded else ("acl", "relcl", "amod", "prep")))
        for child in children or self._led_from(noun):
            told = [each.tag_ for each in sentence.children(child, "nsubj")]
            if child.dep_ == "relcl" and child.tag_ == "VBZ" and "WDT" in told:
                continue  # "a firm with 60,000 employees that belongs to X"
            below = sentence.children(child, "pobj") if child.dep_ == "prep" else []
            fields = child.lower_ == "in" and any(self.lemma(each) in self.words["trades"] for each in below)
            fields = fields and self.industry(noun) is None  # which says it
            known = child.dep_ != "prep" or child.lower_ in led or fields
            if child.left_edge.i != noun.i + 1 or not known:
                continue
            if child.lower_ == "with" and any(each.tag_ == "CD" for each in child.subtree):
                continue  # "firms with 300 workers"
            if child.lower_ == "between" and not all(map(self.is_plain_noun, below)):
                continue  # "trade between Wuhu and Hefei" is neither's
            last = _last_joined(below[0]).i if below else child.right_edge.i
            behind = sentence.doc[noun.i + 1 : last + 1]
            ends = () if below else (each.i for each in behind if each.lower_ in ",;")
            right = next(iter(ends), last + 1) - 1
            words = sentence.words[noun.i + 1 : right + 1]
            short = words and words[-1].end - words[0].start < _LONGEST_TAIL
            short = short and sentence.doc[right + 1 : right + 2].text != "-"  # "nine cities co-hosted"
            clause = child.dep_ == "relcl" and right == last  # "laboratories that the three places run"
            short = short and not (below and self._goes_on(right))
            if short and not any((word.figure and not clause) or word.time for word in words):
                return int(noun.i) if child.lower_ == "in" and self._is_owner(child, right) else int(right)
        return int(noun.i)

    def _goes_on(self, last: int) -> bool:
        """Tell whether a list goes on behind a token: "guests from consulates, foreign media and firms"."""
        doc = self.sentence.doc
        if doc[last + 1 : last + 2].text != ",":
            return False
        behind = doc[last + 2 : last + 7]
        end = next((at for at, each in enumerate(behind) if self.sentence.is_verb(each)), len(behind))
        return any(each.lower_ in ("and", "or") for each in behind[1:end])

    def _led_from(self, noun: "Token") -> list["Token"]:
        """Return "from" right behind the object of a verb: "has attracted 560 companies from Germany"."""
        gathers = self.sentence.lemma(noun.head) in self.words["gathering"]
        behind = self.sentence.doc[noun.i + 1 : noun.i + 2]
        return [e for e in behind if e.lower_ == "from" and e.head == noun.head and gathers]

    def added(self, noun: "Token") -> int:
        """Return the last token of "added" behind a value, with what adds it: "value added by industry"."""
        doc = self.sentence.doc
        if self.lemma(noun) != "value" or doc[noun.i + 1 : noun.i + 2].text != "added":
            return int(noun.i)
        led = doc[noun.i + 2] if noun.i + 2 < len(doc) else noun
        fields = self.sentence.children(led, "pobj") if led.lower_ in ("of", "by", "in", "from") else []
        held = fields and self.reading.mentions.generic.get(self.lemma(fields[0]), frozenset())
        if not fields or (held and fields[0].tag_ == "NN" and "IndustryCategory" not in held):
            return int(noun.i) + 1  # "of the city"
        words = self.sentence.words[led.i : led.right_edge.i + 1]
        owned = any(word.figure or word.time or self._names(word) for word in words)
        return int(noun.i) + 1 if owned else int(led.right_edge.i)

    def _names(self, word: Fed) -> bool:
        """Tell whether a word names something that is no industry."""
        return any(not self._is_industry(mark.meaning) for mark in word.entities)

    def is_all_said(self, noun: "Token") -> bool:
        """Tell whether a label says all that stands with its noun: no owner, and no limit besides."""
        end, words = self._end(noun), self.sentence.words
        right = max(
            (each.right_edge.i for each in self.sentence.children(noun, "prep", "acl", "relcl")),
            default=noun.i,
        )
        return right < noun.i or words[right].end <= end

    def _tail(self, noun: "Token") -> int:
        """Return the last token of a short "of" right behind a noun that names no place or owner."""
        words = self.sentence.words
        for child in self.sentence.children(noun, "prep"):
            right = child.right_edge.i
            short = words[right].end - words[noun.i].end < _LONGEST_TAIL
            if child.lower_ == "of" and child.i == noun.i + 1 and short and not self._is_owner(child, right):
                return int(right)
        return int(noun.i)

    def _joined(self, noun: "Token") -> int:
        """Return the second of two plain nouns that are counted together: "imports and exports"."""
        for each in self.sentence.children(noun, "conj"):
            joint = self.sentence.doc[each.i - 1]
            beside = each.i == noun.i + 2 and joint.lower_ in ("and", "or")
            # not "staff and plants in X", "firms and labs with 300 workers"
            behind = self.sentence.doc[each.i + 1 : each.i + 3]
            led = len(behind) == 2 and behind[0].lower_ in ("in", "at", "with")
            beside = beside and not (led and self.sentence.word(behind[1]).time is None)
            if beside and self.is_plain_noun(each) and not self.sentence.word(each).marks:
                return int(each.i)
        return int(noun.i)

    def _is_owner(self, preposition: "Token", right: int) -> bool:
        """Tell whether an "of" names a holder, a figure or a time."""
        for at in range(preposition.i + 1, right + 1):
            word = self.sentence.words[at]
            if word.figure or word.time or self._names(word):
                return True
        if self.lemma(self.sentence.doc[right]) in self.words["trades"]:
            return False  # "2,300 companies of the branch"
        behind = self.sentence.doc[preposition.i + 1 : preposition.i + 2]
        return any(each.pos_ in ("PRON", "DET") and each.lower_ not in ("a", "an") for each in behind)

    def industry(self, noun: "Token") -> Entity | None:
        """Return the one industry that stands with a counted or measured noun."""
        found = {entity.iri: entity for entity in self._industries(noun, 0)}
        return next(iter(found.values())) if len(found) == 1 else None

    def _industries(self, noun: "Token", depth: int) -> Iterator[Entity]:
        sentence, mentions = self.sentence, self.reading.mentions
        beside = sentence.children(noun, "compound", "amod", "nmod")
        for token in [noun, *(child for child in beside if child.i < noun.i)]:
            yield from (found.entity for found in mentions.named(token, _INDUSTRY))
        for token in sentence.objects(noun, "in", "of", "from", "for"):
            if self.lemma(token) in self.words["refused counted"]:
                continue  # "sales in the financial year"
            yield from (found.entity for found in mentions.of(token, _INDUSTRY))
            if depth == 0 and self.lemma(token) in _FIELDS:
                yield from self._industries(token, 1)


def _last_joined(token: "Token") -> "Token":
    """Return the last of what is joined to a noun: "consulates, foreign media and organizations"."""
    below = [each for each in token.children if each.dep_ == "conj" and each.i > token.i]
    return _last_joined(below[0]) if below else token
