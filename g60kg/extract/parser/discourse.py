"""What a text has spoken of so far: its subjects, its other entities, and what it described.

Each entity has a weight, a subject's above an owner's above a place's, halved with each sentence, and less
where a paragraph ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from g60kg.extract.parser.frames import Found, Wanted
from g60kg.model import Entity
from g60kg.text.candidates import candidate
from g60kg.text.lexicon import AnnotatedText, Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

    from g60kg.extract.parser.mentions import Mentions

ANYTHING: Final = (
    "Region|Organization|Park|Facility|Project|Corridor|CorridorPhase|Route|Plan|Conference|Agreement"
)
SUBJECTS: Final = ("nsubj", "nsubjpass")
_DESCRIBED: Final = Wanted(ANYTHING, described=True, carried=False)
LASTING: Final = 0.25
ANEW: Final = 1.0
_FADING: Final = 0.5
_NEXT_PARAGRAPH: Final = 0.25
"""So much of its weight a thing keeps after a sentence, and beyond the end of a paragraph; each sentence
that spoke of it adds `LASTING`, or `ANEW` where a paragraph begins with a figure that nobody has."""
_ABOUT: Final = 1.2
"""So much weighs at least what a sentence is about."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a sentence spoke of."""

    subjects: tuple[Found, ...]
    entities: tuple[Found, ...]
    described: tuple[Found, ...]

    @property
    def outer(self) -> list[Found]:
        """What is not described within the words for another: no plant of "the first phase of a plant"."""
        return [
            each
            for each in self.described
            if not any(other.start < each.start < other.end for other in self.described)
        ]


@dataclass
class Weighed:
    """A thing spoken of, and how much it is what the text speaks of."""

    weight: float
    found: Found


@dataclass
class Discourse:
    """What a text has spoken of so far."""

    text: AnnotatedText
    lexicon: Lexicon
    typed: dict[str, Entity] = field(default_factory=dict)
    left: dict[str, Any] = field(default_factory=dict)
    """What a mechanism leaves for the sentences that follow, by its name for it."""
    _history: list[Remembered] = field(default_factory=list)
    _new: dict[str, Found] = field(default_factory=dict)
    _weights: dict[str, Weighed] = field(default_factory=dict)
    _times: dict[str, int] = field(default_factory=dict)
    _said: dict[str, dict[str, Found]] = field(default_factory=dict)
    """Of which things a noun was said, by noun: "Yibin, a city on the Yangtze"."""
    _acted: set[str] = field(default_factory=set)
    """What a sentence was about: its subject, or a part of it."""

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        table: dict[str, Any] = self.lexicon.tables["mentions"]
        return {name: frozenset(words) for name, words in table.items() if isinstance(words, list)}

    @cached_property
    def nationalities(self) -> frozenset[str]:
        """What says of which nation something is, in small letters."""
        return frozenset(word.lower() for word in self.lexicon.tables["naming"]["nationalities"])

    @cached_property
    def _generic(self) -> dict[str, str]:
        kinds = self.lexicon.tables["mentions"]["generic"]
        return {noun: kind for kind, nouns in kinds.items() for noun in nouns}

    @cached_property
    def _narrow(self) -> dict[str, str]:
        narrow: dict[str, str] = self.lexicon.tables["mentions"]["definite_kinds"]
        return narrow

    @property
    def spoken(self) -> list[Entity]:
        """What the sentences before spoke of."""
        return [each.found.entity for each in self._weights.values()]

    def is_office(self, entity: Entity) -> bool:
        """Tell whether a thing is an office by its name: "Ministry of …", "Wuhu Statistics Bureau"."""
        return not self._words["offices"].isdisjoint(entity.label.lower().split())

    def describe(self, lemma: str, found: Found) -> None:
        """Keep a thing that the sentence at hand describes, by its noun."""
        self._new[lemma] = found

    def remember(self, mentions: "Mentions") -> None:
        """Take in what a sentence spoke of, after all was read from it."""
        sentence = mentions.sentence
        named = Wanted(ANYTHING, unknown=True, carried=True)
        entities = [each for token in sentence.doc for each in self._spoken_of(mentions, token, named)]
        subjects = self._subjects(mentions, named)
        for token in sentence.doc:
            mentions.describe(token, _DESCRIBED)
            self._say(mentions, token, named)
        described = tuple(self._new.values())
        self._history.append(Remembered(tuple(subjects), tuple(entities), described))
        self._new = {}
        for weighed in self._weights.values():
            weighed.weight *= _FADING
        entities += [place for found in distinct(entities) for place in self._governed(found)]
        for found in distinct(entities):
            if not mentions.fits(found.entity, "Plan|Agreement"):
                weight = self._weight(mentions, found)
                self._gain(found, weight)
                self._acted |= {found.entity.iri} if weight >= _ABOUT else set()
        for found in distinct(subjects):
            new = found.entity.iri not in self._weights or found.is_described
            self._gain(found, (2.0 if new else 1.0) / len(distinct(subjects)))
        end = sentence.span[1]
        if "\n" in self.text.view.text[end : end + 2]:
            for weighed in self._weights.values():
                weighed.weight *= _NEXT_PARAGRAPH

    def _governed(self, found: Found) -> list[Found]:
        """Return the place for which an office acts whose name has it: "Wuhu Statistics Bureau", "Committee
        of the Jiangbei New Area".
        """
        words = found.entity.label.split(" ")
        if not found.entity.candidate or self._words["acting_offices"].isdisjoint(words):
            return []
        for count in range(len(words) - 1, 0, -1):
            name = " ".join(words[:count])
            entries = self.lexicon.register.find(name)
            things = [Entity(each.iri.value, each.en, name, each.types) for each in entries]
            if len(things) == 1 and self.lexicon.is_a(things[0], "Region"):
                return [replace(found, entity=things[0], end=found.start + len(name))]
        own = found.entity.label.rpartition(" of the ")
        kind = self.lexicon.heads.class_of(own[2]) if own[0] else None
        place = candidate(own[2], own[2], kind) if kind else None
        is_place = place is not None and self.lexicon.is_a(place, "Region|Park|Corridor")
        start = found.end - len(own[2])
        return [replace(found, entity=place, start=start)] if place is not None and is_place else []

    def _spoken_of(self, mentions: "Mentions", token: "Token", named: Wanted) -> list[Found]:
        """Return what a word names, or "the city" in "the city's buses" leads to."""
        led = token.pos_ == "NOUN" and token.dep_ in ("pobj", "poss")
        found = mentions.named(token, named)
        return mentions.coreference.definite(mentions, token, named) if led and not found else found

    def _say(self, mentions: "Mentions", noun: "Token", named: Wanted) -> None:
        """Keep of which thing a noun is said: "the zone" is the New Area that was called a zone."""
        if (
            noun.tag_ == "NN"
            and noun.dep_ in ("appos", "attr", "compound", *SUBJECTS)
            and (mentions.is_generic(noun) or noun.lemma_.lower() in mentions.classes)
        ):
            places = mentions.sentence.objects(noun, "of") if noun.dep_ in SUBJECTS else []  # "the city of X"
            called = [each for place in places for each in mentions.named(place, Wanted("Region"))]
            called = called if noun.lemma_.lower() in self._words["called"] else []
            for found in (called or mentions.identified(noun, named))[:1]:
                self._said.setdefault(noun.lemma_.lower(), {})[found.entity.iri] = found

    def _subjects(self, mentions: "Mentions", named: Wanted) -> list[Found]:
        sentence = mentions.sentence
        found: list[Found] = []
        for root in (token for token in sentence.doc if token.dep_ == "ROOT"):
            told = sentence.lemma(root) in self._words["telling"]
            for verb in (*(sentence.children(root, "ccomp") if told else ()), root):
                subject = sentence.subject(verb) if sentence.is_verb(verb) else verb
                said = [
                    each
                    for each in mentions.of(subject, replace(named, described=True))
                    if not (each.is_described and sentence.doc[each.token].tag_ == "NNS")
                ]
                if said:
                    break
            found += said
        if found:
            return found
        for token in sentence.doc:
            if token.dep_ in SUBJECTS:
                found = mentions.of(token, named)
                if found:
                    break
        return found

    def _gain(self, found: Found, gain: float) -> None:
        known = self._weights.get(found.entity.iri)
        self._weights[found.entity.iri] = Weighed(gain + (known.weight if known else 0.0), found)
        self._times[found.entity.iri] = self._times.get(found.entity.iri, 0) + 1

    def _lasting(self, iri: str, rate: float = LASTING) -> float:
        """Return the weight that an entity keeps by how often the text has spoken of it."""
        return rate * (self._times.get(iri, 0) - 1)

    def _weight(self, mentions: "Mentions", found: Found) -> float:
        """Return how much a mention makes its entity what the text speaks of."""
        sentence = mentions.sentence
        token = sentence.doc[found.token]
        head, dep = token.head, token.dep_
        if dep in SUBJECTS:
            telling = sentence.lemma(head) in self._words["telling"]
            weight = 0.8 if telling else 1.0 if head.dep_ == "relcl" else 3.0
        elif dep in ("pobj", "poss") and _in_subject(mentions, token, self._words["telling"]):
            weight = 2.5
        elif dep == "pobj" and _only_places(mentions, token):
            weight = 0.3
        elif dep == "pobj" and head.i <= 1:
            weight = 1.8
        else:
            weight = {"poss": 0.6, "appos": 0.8}.get(dep, 1.2 if head.lower_ in ("in", "at", "to") else 1.0)
        small = self.is_office(found.entity) or mentions.fits(found.entity, "Country")
        return weight * 0.12 if small else weight


def distinct(found: Iterable[Found]) -> list[Found]:
    """Return one mention of each entity."""
    return list({each.entity.iri: each for each in found}.values())


def _in_subject(mentions: "Mentions", token: "Token", telling: frozenset[str]) -> bool:
    """Tell whether a token stands within the subject of a main clause: "the frame of X is …"."""
    sentence = mentions.sentence
    for _ in range(5):
        if token.dep_ in SUBJECTS:
            main = token.head.dep_ in ("ROOT", "conj", "ccomp")
            return bool(main and sentence.lemma(token.head) not in telling)
        apart = token.dep_ in ("relcl", "acl", "appos") or token.head.i == token.i
        if sentence.is_verb(token) or apart:
            return False
        token = token.head
    return False


def _only_places(mentions: "Mentions", token: "Token") -> bool:
    """Tell whether a name only says where another thing lies: "X in Y Province", "which lies in Y"."""
    sentence, above = mentions.sentence, token.head.head
    if sentence.word(above).entities:
        return True
    return bool(sentence.is_verb(above) and above.dep_ in ("relcl", "acl"))
