"""Examples of a plural noun at the end of its clause: "Ten projects have landed here, among them A and B"."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.found import EXPLICIT, Found, Wanted
from g60kg.extract.parser.reading import SentenceReading

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARGUMENTS: Final = ("nsubj", "nsubjpass", "dobj")
_ENDS: Final = frozenset({";", ":", "which", "who", "with", "while"})
_BELOW: Final = frozenset({"of", "for", "in", "at", "by", "on", "from"})


def examples_of(reading: SentenceReading, noun: "Token", wanted: Wanted) -> list[Found]:
    """Return what the end of a clause names or describes as examples of a plural noun."""
    doc = reading.sentence.doc
    if noun.tag_ != "NNS" or noun.dep_ not in _ARGUMENTS:
        return []
    for at in range(noun.i + 2, len(doc) - 2):
        if doc[at].lower_ == "among" and doc[at + 1].lower_ in ("them", "which"):
            between = [
                each for each in doc[noun.i + 1 : at] if each.tag_ == "NNS" and each.dep_ in _ARGUMENTS
            ]
            return [] if between else _listed(reading, at + 2, wanted)
    return []


def _listed(reading: SentenceReading, start: int, wanted: Wanted) -> list[Found]:
    """Return the things of a list that begins at a token."""
    sentence, mentions, found = reading.sentence, reading.mentions, list[Found]()
    for token in sentence.doc[start:]:
        if sentence.is_verb(token) or token.lower_ in _ENDS:
            break
        if token.dep_ in ("compound", "poss", "nmod") or token.head.lower_ in _BELOW:
            continue
        found += mentions.named(token, wanted) or (
            mentions.describe(token, wanted) if wanted.described else []
        )
    return [_as_listed(each) for each in found]


def _as_listed(found: Found) -> Found:
    """Return a thing as one of a list, where it is named."""
    return replace(found, basis="listed") if found.basis == EXPLICIT else found
