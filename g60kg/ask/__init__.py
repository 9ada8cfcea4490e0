"""Questions in plain words, understood by a grammar and answered with the sentence that says so."""

from g60kg.ask.answer import Asker, examples
from g60kg.ask.model import Answer, Choice, Evidence, Part, Sentence, Source
from g60kg.ask.wording import say
from g60kg.ask.words import everyday, fold

__all__ = [
    "Answer",
    "Asker",
    "Choice",
    "Evidence",
    "Part",
    "Sentence",
    "Source",
    "everyday",
    "examples",
    "fold",
    "say",
]
