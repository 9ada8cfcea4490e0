"""What a maker makes, where a compound says so: "the speech recognition specialist X"."""

from typing import TYPE_CHECKING, Final

from g60kg.extract.parser.found import DESCRIBED, Found
from g60kg.extract.parser.mentions import Mentions
from g60kg.model import Entity
from g60kg.text.candidates import candidate

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAKING: Final = frozenset({"NN", "NNS", "NNP", "VBG", "JJ"})
_NOUNS: Final = frozenset({"NN", "NNS", "NNP"})
_BEFORE: Final = ("compound", "nmod", "amod")
_LONGEST: Final = 80


def made_by(mentions: Mentions, maker: "Token") -> list[Found]:
    """Return what stands before a noun of makers as their product."""
    sentence, table, start = mentions.sentence, mentions.lexicon.tables["mentions"], maker.i
    while start > 0 and _goes_before(mentions, sentence.doc[start - 1], maker):
        start -= 1
    while start < maker.i and not _is_noun(mentions, sentence.doc[start]):
        start += 1
    head = sentence.doc[maker.i - 1] if start < maker.i else None
    if head is None or not _is_noun(mentions, head) or head.lemma_.lower() in table["no_products"]:
        return []
    first, last = sentence.words[start], sentence.words[head.i]
    text = mentions.text.view.text[first.start : last.end]
    if mentions.is_generic(head) or len(text) > _LONGEST:
        return []
    return [Found(candidate(text, text, "Technology"), head.i, first.start, last.end, DESCRIBED)]


def _is_noun(mentions: Mentions, token: "Token") -> bool:
    """Tell whether a word is a noun; one is what ends as tools do, whatever the parser says: "gripper"."""
    word, adjectives = token.lower_, mentions.lexicon.tables["mentions"]["adjectives_in_er"]
    as_tool = token.tag_ == "JJ" and word.endswith(("er", "or")) and word not in adjectives
    return token.tag_ in _NOUNS or as_tool


def _goes_before(mentions: Mentions, token: "Token", maker: "Token") -> bool:
    """Tell whether a word is one of those before a noun of makers."""
    own = token.i < token.head.i <= maker.i and token.dep_ in _BEFORE and token.tag_ in _MAKING
    word = mentions.sentence.word(token)
    fields = all(
        isinstance(mark.meaning, Entity) and mentions.fits(mark.meaning, "Technology|IndustryCategory")
        for mark in word.marks
    )
    return own and fields and mentions.text.view.text[word.start : word.end].islower()
