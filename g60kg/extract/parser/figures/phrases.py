"""The words of measures, and the phrases in which figures stand.

`data/grammar/measures.yaml` holds the words, each list as a set.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from g60kg.extract.parser.feed import Fed
from g60kg.extract.parser.frames import Wanted
from g60kg.extract.parser.graph import Sentence
from g60kg.extract.parser.reading import SentenceReading
from g60kg.model import Entity
from g60kg.text.marks import Figure, Mark, Time

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True)
class MeasureWords:
    """The tables of `measures.yaml`."""

    table: Mapping[str, Any]

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        flat = {name: words for name, words in self.table.items() if isinstance(words, list)}
        flat |= {f"refused {name}": words for name, words in self.table["refused"].items()}
        return {name: frozenset(words) for name, words in flat.items()}

    def __getitem__(self, name: str) -> frozenset[str]:
        """Return a list of words; those that refuse a figure are called `refused NAME`."""
        return self._sets[name]

    @cached_property
    def _measures(self) -> dict[str, str]:
        return {noun: measure for measure, nouns in self.table["nouns"].items() for noun in nouns}

    @cached_property
    def _verbs(self) -> dict[str, str]:
        return {verb: measure for measure, verbs in self.table["verbs"].items() for verb in verbs}

    @cached_property
    def _counted(self) -> dict[str, str]:
        return {noun: measure for measure, nouns in self.table["counted"].items() for noun in nouns}

    def general(self, kind: str) -> str:
        """Return the measure of a kind of figure where nothing names another."""
        return str(self.table["general"][kind])

    def of_noun(self, lemma: str, beside: frozenset[str], kind: str) -> str | None:
        """Return the measure that a noun names for a kind of figure; `beside` are its modifiers."""
        for measure, words in self.table["nouns_with"].get(lemma, {}).items():
            if not beside.isdisjoint(words) and self._fits(measure, kind):
                return str(measure)
        measure = self._measures.get(lemma)
        return measure if measure is not None and self._fits(measure, kind) else None

    def of_verb(self, lemma: str) -> str | None:
        """Return the measure of the money that a verb puts in or takes in."""
        return self._verbs.get(lemma)

    def counting(self, lemma: str) -> str:
        """Return the measure under which a noun is counted."""
        found = self._counted.get(lemma)
        if found is None and lemma.endswith("maker"):
            found = "companyCount"
        return found or self.general("number")

    def held_by(self, measure: str) -> str | None:
        """Return the kinds of things, as `A|B`, that hold a measure where the text only leads to them."""
        kinds = self.table["held_by"].get(measure)
        return "|".join(kinds) if kinds else None

    def _fits(self, measure: str, kind: str) -> bool:
        return measure in self.table["fitting"].get(kind, ())


_MODIFYING: Final = ("nummod", "quantmod", "compound", "amod", "nmod", "advmod", "npadvmod")
_NOMINAL: Final = ("NOUN", "PROPN", "ADJ", "ADV", "NUM")
_BESIDE: Final = ("amod", "compound", "nmod", "advmod", "npadvmod")
_DEEPEST: Final = 6
_BY_HEAD: Final = frozenset({"capita", "per-capita"})
_RATES: Final = frozenset({"day", "week", "month", "capita", "head", "person", "mu"})
"""What "a" or "per" behind a noun may make a rate of it."""
_LONGEST_TAIL: Final = 50
_LONGEST_LABEL: Final = 80
_INDUSTRY: Final = Wanted("IndustryCategory", carried=False)
_FIELDS: Final = frozenset({"field", "sector", "industry", "area", "domain", "business"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in a sentence: the token that stands for it, its mark and its kind (`number`, `money`, …)."""

    token: "Token"
    mark: Mark
    figure: Figure
    kind: str


@dataclass(frozen=True)
class Phrases:
    """The noun phrases of a sentence, as figures need them."""

    reading: SentenceReading
    words: MeasureWords

    @cached_property
    def sentence(self) -> Sentence:
        """The sentence that is read."""
        return self.reading.sentence

    def amounts(self) -> Iterator[Amount]:
        """Yield the figures of the sentence, in order."""
        for token in self.sentence.doc:
            word = self.sentence.word(token)
            if word.figure is not None:
                mark = word.marks[0]
                kind = mark.meaning.kind if isinstance(mark.meaning, Figure) else "number"
                yield Amount(token, mark, word.figure, kind)

    def surface(self, amount: Amount) -> str:
        """Return a figure as the text writes it."""
        return self.reading.text.view.text[amount.mark.start : amount.mark.end]

    # -- nouns

    def lemma(self, token: "Token") -> str:
        """Return the lemma of a noun in lower case."""
        return str(token.lemma_.lower())

    def is_plain_noun(self, token: "Token | None") -> bool:
        """Tell whether a token is a noun that names nothing, or a field: "aviation in the zone"."""
        if token is None or token.pos_ not in ("NOUN", "PROPN"):
            return False
        names = (mark.meaning for mark in self.sentence.word(token).marks)
        return all(self._is_industry(each) or isinstance(each, Figure | Time) for each in names)

    def head(self, token: "Token") -> "Token":
        """Return the noun that a figure stands before, or the figure itself."""
        noun = token
        if token.dep_ == "conj" and self.sentence.is_figure(token.head) and token.head.dep_ == "nummod":
            noun = token.head  # "20 and 14 parks"
        while noun.dep_ in _MODIFYING and noun.head.i > noun.i and noun.head.pos_ in _NOMINAL:
            noun = noun.head
        if self.sentence.word(noun).time is not None or noun.lower_ in self.words["refused distances"]:
            return token  # "905 a year before", "a city of 7.5 million west of Shanghai"
        if noun.i != token.i and noun.pos_ not in ("NOUN", "PROPN"):
            behind = self.sentence.doc[noun.i + 1] if noun.i + 1 < len(self.sentence.doc) else noun
            return behind if behind.pos_ == "NOUN" else noun
        return noun

    def beside(self, noun: "Token") -> frozenset[str]:
        """Return the words that modify a noun, and those of its "of"."""
        sentence = self.sentence
        found = {child.lower_ for child in sentence.children(noun, *_BESIDE)}
        found |= {each.lemma_.lower() for child in sentence.children(noun, *_BESIDE) for each in [child]}
        return frozenset(found | {self.lemma(each) for each in sentence.objects(noun, "of")})

    def measure(self, noun: "Token", kind: str) -> str | None:
        """Return the measure that a noun names for a kind of figure."""
        named = self.sentence.word(noun).marks and not self.is_plain_noun(noun)  # "Chunfeng Power"
        is_noun = noun.pos_ in ("NOUN", "PROPN") and (not named or self.lemma(noun) in self.words["known"])
        return self.named_measure(noun, kind) if is_noun else None

    def named_measure(self, noun: "Token", kind: str) -> str | None:
        """Return the measure that a noun names, whatever the parse takes it for; no rate has its own."""
        found = self.words.of_noun(self.lemma(noun), self.beside(noun), kind)
        near = {each.lower_ for each in self.sentence.doc[max(0, noun.i - 4) : noun.i]}
        rate = self.rate_end(noun) > noun.i or not near.isdisjoint(_BY_HEAD)
        rate = rate or (found == "investment" and self._is_of_product(noun))
        return self.words.general(kind) if found and rate else found

    def _is_of_product(self, noun: "Token") -> bool:
        """Tell whether a cost is that of one thing made or done: "the cost of a simulation"."""
        classes, children = self.reading.mentions.classes, self.sentence.children
        for each in self.sentence.objects(noun, "of"):
            one = each.tag_ == "NN" and any(child.lower_ in ("a", "an") for child in children(each, "det"))
            built = self.lemma(each) in self.words["built"] or self.lemma(each) in classes
            if one and not built and self.is_plain_noun(each):
                return True
        return False

    def subject(self, verb: "Token", but: "Token") -> "Token | None":
        """Return the subject of a verb, where that is not the figure itself."""
        subject = self.sentence.subject(verb)
        return subject if subject is not None and subject.i != but.i else None

    def counted_of(self, noun: "Token") -> "Token":
        """Return what "the number of companies" counts; another noun as it is."""
        if self.lemma(noun) not in self.words["numbers"]:
            return noun
        return next(iter(self.sentence.objects(noun, "of")), noun)

    def said_noun(self, amount: Amount, *, of_any: bool = False) -> "Token | None":
        """Return the noun of which a figure is said: "the number of firms reached …", "its profit by …".

        It is the subject of a verb that says how much something is, or `of_any` verb.
        """
        token = amount.token
        for _ in range(_DEEPEST):
            above = token.head
            if above.i == token.i:
                return None
            if self.sentence.is_verb(above):
                says = of_any or self.sentence.lemma(above).split("_")[0] in self.words["reaching"]
                noun = self.subject(above, amount.token) if says else None
                return noun if self.is_plain_noun(noun) else None
            plain = self.is_plain_noun(above) and not self.sentence.is_figure(above)
            if plain and above.i < amount.token.i and token.dep_ in ("prep", "pobj", "appos", "nummod"):
                return above
            token = above
        return None

    # -- labels

    def label(self, noun: "Token", after: "Token | None" = None) -> str:
        """Return a noun with its modifiers, as the text has them: behind a figure, where one is given."""
        sentence = self.sentence
        modifiers = [
            child
            for child in sentence.children(noun, *_BESIDE)
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
            first = min([each.left_edge.i for each in sentence.children(above, *_BESIDE)], default=above.i)
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

    def rate_end(self, noun: "Token") -> int:
        """Return the last token of "a day" or the like right behind a noun, or the noun's own."""
        behind = [each.lower_ for each in self.sentence.doc[noun.i + 1 : noun.i + 3]]
        led = len(behind) == 2 and behind[0] in ("a", "per") and behind[1] in _RATES
        return int(noun.i) + (2 if led else 0)

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

    def _has_figure(self, left: int, right: int) -> bool:
        return any(self.sentence.words[at].figure for at in range(left, right + 1))

    def _is_industry(self, meaning: object) -> bool:
        return isinstance(meaning, Entity) and self.reading.lexicon.is_a(
            meaning, "IndustryCategory|Technology"
        )

    # -- industries

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

    # -- what stands beside a figure in the line

    def lead(self, amount: Amount) -> int:
        """Return the first token of a figure: the number before its unit, the article of a fraction."""
        at = amount.token.i
        number = at and amount.kind != "number" and self.sentence.words[at - 1]
        if number and not number.marks and number.start == number.end:
            at -= 1
        return int(at)

    def before(self, amount: Amount, passing: frozenset[str] = frozenset()) -> "Token | None":
        """Return the token before a figure, past some words."""
        at = self.lead(amount) - 1
        while at >= 0 and self.sentence.doc[at].lower_ in passing:
            at -= 1
        return self.sentence.doc[at] if at >= 0 else None

    def behind(self, amount: Amount, step: int = 1) -> "Token | None":
        """Return the token behind a figure."""
        at = amount.token.i + step
        return self.sentence.doc[at] if at < len(self.sentence.doc) else None

    def clause(self, token: "Token") -> "Token | None":
        """Return the verb of the clause that a token stands in."""
        verb = self.sentence.clause_of(token)
        return verb if self.sentence.is_verb(verb) else None


def _last_joined(token: "Token") -> "Token":
    """Return the last of what is joined to a noun: "consulates, foreign media and organizations"."""
    below = [each for each in token.children if each.dep_ == "conj" and each.i > token.i]
    return _last_joined(below[0]) if below else token
