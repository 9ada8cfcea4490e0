"""What stands apart from its noun as an example of it: "sites in Wuhu: A, B and C"."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.frames import EXPLICIT, Found, Wanted
from g60kg.extract.parser.reading import SentenceReading

if TYPE_CHECKING:
    from spacy.tokens import Token

_SIGNS: Final = (":", "including", "namely")
_BETWEEN: Final = 8
"""How many tokens may stand between a noun and the sign of its list."""


def examples_of(reading: SentenceReading, noun: "Token", wanted: Wanted) -> list[Found]:
    """Return what is named or described as an example of a plural noun, apart from it; clauses within such a
    list last until a semicolon.
    """
    if noun.tag_ != "NNS":
        return []
    doc, sentence, mentions = reading.sentence.doc, reading.sentence, reading.mentions
    behind = doc[noun.i + 1 : min(noun.i + _BETWEEN, len(doc) - 1)]
    signs = (each.i for each in behind if each.lower_ in _SIGNS or each.head.lower_ == "among")
    start = next(signs, 0)
    between = doc[noun.i + 1 : start]
    plain = (each.tag_ == "NNS" and not sentence.word(each).marks for each in between)
    if not start or any(plain) or any(sentence.is_verb(each) for each in between):
        return []
    found, within_clause = list[Found](), False
    for token in doc[start + 1 :]:
        if token.lower_ == ";":
            within_clause = False
        elif sentence.is_verb(token) or token.lower_ in ("which", "who", "that", "with", "while", "where"):
            within_clause = True
        if not within_clause:
            named = mentions.named(token, wanted)
            found += named or (mentions.describe(token, wanted) if wanted.described else [])
    return [replace(each, basis="listed") if each.basis == EXPLICIT else each for each in found]
