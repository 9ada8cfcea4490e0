"""What stands apart from its noun: examples, and the relative clause behind another noun.

"Ten projects have landed here, among them A and B"; "sites in Wuhu: A, B and C"; "the plant in X, a district
of Y, which was opened in 2016": no district was opened.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.frames import EXPLICIT, Found, Wanted
from g60kg.extract.parser.graph import RELATIVE, Sentence
from g60kg.extract.parser.reading import SentenceReading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ARGUMENTS: Final = ("nsubj", "nsubjpass", "dobj")
_ENDS: Final = frozenset({"which", "who", "that", "with", "while", "where"})
_BELOW: Final = frozenset({"of", "for", "in", "at", "by", "on", "from"})
_BETWEEN: Final = 8
"""How many tokens may stand between a noun and the sign of its list."""


def examples_of(reading: SentenceReading, noun: "Token", wanted: Wanted) -> list[Found]:
    """Return what is named or described as an example of a plural noun, apart from it."""
    if noun.tag_ != "NNS":
        return []
    start = _behind_phrase(reading, noun) or _at_the_end(reading, noun)
    return [_as_listed(each) for each in _listed(reading, start, wanted)] if start else []


def _behind_phrase(reading: SentenceReading, noun: "Token") -> int | None:
    """Return where the list begins behind what hangs on a noun: "sites in Wuhu: …"."""
    doc, sentence = reading.sentence.doc, reading.sentence
    for at in range(noun.i + 1, min(noun.i + _BETWEEN, len(doc) - 1)):
        word = doc[at].lower_
        if word in (":", "including", "namely"):
            return at + 1
        if word == "such" and doc[at + 1].lower_ == "as":
            return at + 2
        if sentence.is_verb(doc[at]) or (doc[at].tag_ == "NNS" and not sentence.word(doc[at]).marks):
            return None
    return None


def _at_the_end(reading: SentenceReading, noun: "Token") -> int | None:
    """Return where the list begins at the end of a noun's clause: ", among them …"."""
    doc = reading.sentence.doc
    for at in range(noun.i + 2, len(doc) - 1) if noun.dep_ in _ARGUMENTS else ():
        if doc[at].lower_ == "among" and doc[at + 1].lower_ in ("them", "which"):
            between = doc[noun.i + 1 : at]
            others = any(each.tag_ == "NNS" and each.dep_ in _ARGUMENTS for each in between)
            if others:
                return None
            is_led = doc[at - 1].lower_ in (",", "-", "--", ";", "(")
            return at + 2 if is_led else _list_before(doc, at, noun.i)
    return None


def _list_before(doc: "Doc", at: int, noun: int) -> int | None:
    """Return where the list before "among them" begins: behind the comma of "…, A and B among them"."""
    for start in range(at - 1, noun, -1):
        if doc[start].lower_ == "," and doc[start - 1].tag_ not in ("NNP", "NNPS"):
            return start + 1
    return None


def _listed(reading: SentenceReading, start: int, wanted: Wanted) -> Iterator[Found]:
    """Yield the things of a list that begins at a token; clauses within it last until a semicolon."""
    sentence, mentions = reading.sentence, reading.mentions
    within_clause = False
    for token in sentence.doc[start:]:
        if token.lower_ == ";":
            within_clause = False
        elif sentence.is_verb(token) or token.lower_ in _ENDS:
            within_clause = True
        if within_clause or token.dep_ in ("compound", "poss", "nmod") or token.head.lower_ in _BELOW:
            continue
        named = mentions.named(token, wanted)
        yield from named or (mentions.describe(token, wanted) if wanted.described else [])


def _as_listed(found: Found) -> Found:
    """Return a thing as one of a list, where it is named."""
    return replace(found, basis="listed") if found.basis == EXPLICIT else found


_FURTHEST: Final = 6
"""How far above a relative clause the thing that it speaks of may stand."""
_BARRED: Final = ("nsubj", "nsubjpass", "dobj", "conj")


def further(reading: SentenceReading, verb: "Token", wanted: Wanted) -> list[Found]:
    """Return the wanted thing that the noun of a relative clause only places or describes."""
    own = reading.sentence.children(verb, "nsubj", "nsubjpass")
    if verb.dep_ != "relcl" or not own or own[0].lower_ not in RELATIVE:
        return []
    above, narrow = verb.head, replace(wanted, carried=False)
    for _ in range(_FURTHEST):
        if above.head.i == above.i or above.dep_ in _BARRED:
            return []
        above = above.head
        if above.dep_ == "advcl" and above.tag_ == "VBN":
            return _before_participle(reading, above, narrow)
        if reading.sentence.is_verb(above) and above.dep_ not in ("acl", "relcl"):
            return []
        if above.pos_ in ("NOUN", "PROPN"):
            found = reading.mentions.of(above, narrow, joined=False)
            if found:
                return found[-1:]
    return []


def places_seat(sentence: Sentence, verb: "Token") -> bool:
    """Tell whether a relative clause follows the place of a seat: "A, headquartered in B, which built C"."""
    preposition = verb.head.head
    seat = sentence.lemma(preposition.head) in ("headquarter", "base") and preposition.pos_ == "ADP"
    return verb.dep_ == "relcl" and verb.head.dep_ == "pobj" and seat


def _before_participle(reading: SentenceReading, verb: "Token", wanted: Wanted) -> list[Found]:
    """Return the name before a participle: "run by A, headquartered in B, which …"."""
    doc = reading.sentence.doc
    apart = verb.i > 1 and doc[verb.i - 1].lower_ == ","
    return reading.mentions.named(doc[verb.i - 2], wanted) if apart else []
