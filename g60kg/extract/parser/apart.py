"""What stands apart from its noun as an example of it: "sites in Wuhu: A, B and C"."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.frames import EXPLICIT, Found, Wanted
from g60kg.extract.parser.reading import SentenceReading

if TYPE_CHECKING:
    from spacy.tokens import Token

_BETWEEN: Final = 8
"""How many tokens may stand between a noun and the sign of its list."""


def examples_of(reading: SentenceReading, noun: "Token", wanted: Wanted) -> list[Found]:
    """Return what is named or described as an example of a plural noun, apart from it."""
    if noun.tag_ != "NNS":
        return []
    start = _behind_phrase(reading, noun)
    return [_as_listed(each) for each in _listed(reading, start, wanted)] if start else []


def _behind_phrase(reading: SentenceReading, noun: "Token") -> int | None:
    """Return where the list begins behind what hangs on a noun: "sites in Wuhu: …"."""
    doc, sentence = reading.sentence.doc, reading.sentence
    for at in range(noun.i + 1, min(noun.i + _BETWEEN, len(doc) - 1)):
        word = doc[at].lower_
        if word in (":", "including", "namely"):
            return at + 1
        if sentence.is_verb(doc[at]) or (doc[at].tag_ == "NNS" and not sentence.word(doc[at]).marks):
            return None
    return None


def _listed(reading: SentenceReading, start: int, wanted: Wanted) -> Iterator[Found]:
    """Yield the things of a list that begins at a token; clauses within it last until a semicolon."""
    sentence, mentions = reading.sentence, reading.mentions
    within_clause = False
    for token in sentence.doc[start:]:
        if token.lower_ == ";":
            within_clause = False
        elif sentence.is_verb(token) or token.lower_ in ("which", "who", "that", "with", "while", "where"):
            within_clause = True
        if within_clause:
            continue
        named = mentions.named(token, wanted)
        yield from named or (mentions.describe(token, wanted) if wanted.described else [])


def _as_listed(found: Found) -> Found:
    """Return a thing as one of a list, where it is named."""
    return replace(found, basis="listed") if found.basis == EXPLICIT else found
