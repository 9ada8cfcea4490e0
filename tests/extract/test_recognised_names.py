"""Names in prose about places that the register does not hold, found with the entity recogniser."""

from functools import cache, reduce
from operator import add

from g60kg.extract.lexicon import AnnotatedText, Lexicon, load_lexicon
from g60kg.extract.parser.pipeline import named_spans
from g60kg.register import load_register
from tests.extract.names.scoring import Score, marked_texts, score
from tests.extract.packaged import article


@cache
def lexicon() -> Lexicon:
    return load_lexicon(load_register())


def annotated(text: str, date: str | None = "2024-06-01") -> AnnotatedText:
    return lexicon().annotate(article(text, date), named_spans)


def scored(*, held: bool) -> Score:
    texts = [text for text in marked_texts() if text.held == held]
    return reduce(add, (score(text, annotated(text.text), lexicon()) for text in texts))


def test_the_names_of_prose_about_other_places_are_found() -> None:
    read = scored(held=False)
    assert read.names >= 80
    assert read.recall >= 0.97, read.wrong
    assert read.precision >= 0.95, read.wrong
    assert read.typing >= 0.95, read.wrong
