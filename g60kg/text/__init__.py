"""What stands in a text: its plain view, sentences, names, figures and times (docs/ARCHITECTURE.md).

Goes in: an article, a register, tables of words. Comes out: an `AnnotatedText`, which readers and the
verifier look words up in.
"""

from g60kg.text.lexicon import AnnotatedText, Lexicon, load_lexicon
from g60kg.text.view import sentence_spans

__all__ = ["AnnotatedText", "Lexicon", "load_lexicon", "sentence_spans"]
