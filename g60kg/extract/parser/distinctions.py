"""What makers make, and what a thing is the first, the largest or the only one of."""

from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.frames import Found, Wanted
from g60kg.extract.parser.reading import Literal, SentenceReading, Statement
from g60kg.model import Value

if TYPE_CHECKING:
    from spacy.tokens import Token

_THINGS: Final = Wanted("Organization|Facility|Park|Project|Region|Corridor|Conference|Route", unknown=True)
_SINGULAR: Final = frozenset({"first", "only", "sole", "second", "third"})
_PLAIN: Final = frozenset({"latest", "last", "next", "most", "least", "best"})
_WITHIN: Final = frozenset({"of", "in", "for", "to", "on", "outside", "within"})
_LONGEST: Final = 16
"""How many tokens a distinction may have behind its noun."""


def read_distinctions(reading: SentenceReading) -> None:
    """Propose the distinctions that a sentence gives to things."""
    for noun in reading.sentence.doc:
        if noun.pos_ == "NOUN" and _is_said(noun) and _is_superlative(reading, noun):
            for found in reading.mentions.identified(noun, _THINGS)[:1]:
                _state(reading, noun, found)


def _is_said(noun: "Token") -> bool:
    """Tell whether a noun is said of something: "X is the …", "X, the …", "X as the …"."""
    return noun.dep_ in ("attr", "appos", "oprd") or (noun.dep_ == "pobj" and noun.head.lower_ == "as")


def _is_superlative(reading: SentenceReading, noun: "Token") -> bool:
    """Tell whether a noun is the first, only or most of its kind, of a whole that is named."""
    sentence = reading.sentence
    modifiers = [c for c in sentence.children(noun, "amod", "nummod", "advmod") if c.i < noun.i]
    whole = sentence.children(noun, "poss", "prep", "relcl", "acl") or sentence.children(noun, "nmod")
    for word in modifiers:
        best = word.tag_ == "JJS" and word.lower_ not in _PLAIN
        most = any(below.lower_ == "most" for below in sentence.children(word))
        if best or most or (word.lower_ in _SINGULAR and whole):
            return True
    return False


def _state(reading: SentenceReading, noun: "Token", found: Found) -> None:
    sentence = reading.sentence
    left, right = sentence.word(sentence.doc[noun.left_edge.i]), sentence.word(noun)
    end = right.end
    for child in sentence.children(noun, "prep", "acl"):
        near = child.right_edge.i - noun.i <= _LONGEST
        figure = any(sentence.is_figure(token) for token in child.subtree)
        if near and not figure and (child.lower_ in _WITHIN or child.dep_ == "acl"):
            end = max(end, sentence.word(child.right_edge).end)
    if _goes_on(reading, end):
        return
    clause = sentence.clause_of(noun)
    modality = reading.modality.of(clause) if sentence.is_verb(clause) and noun.dep_ != "appos" else None
    text = Value(reading.words(left.start, end), "rdf:langString", None, None, "en")
    reading.state(
        Statement(
            "distinction", found, "distinction", Literal(text, left.start, end), [noun], modality=modality
        )
    )


def _goes_on(reading: SentenceReading, end: int) -> bool:
    """Tell whether more of what limits a distinction follows: "the only district in Shanghai in the …"."""
    following = next((t for t in reading.sentence.doc if reading.sentence.word(t).start >= end), None)
    return following is not None and following.pos_ == "ADP"
