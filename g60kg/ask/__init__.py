"""Questions in plain words, understood by a grammar and answered with the sentence that says so."""

from g60kg.ask.answer import Asker
from g60kg.ask.model import Answer, Choice, Evidence, Sentence, Source

__all__ = ["Answer", "Asker", "Choice", "Evidence", "Sentence", "Source"]
