"""What a relative clause speaks of, where its noun is of another kind than the clause wants.

"The plant in X, a district of Y, which was opened in 2016": no district was opened.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.found import Found, Wanted
from g60kg.extract.parser.graph import RELATIVE, Sentence
from g60kg.extract.parser.reading import SentenceReading

if TYPE_CHECKING:
    from spacy.tokens import Token

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
