"""A form that a sentence does not call for would read nothing in it; forms that it calls for are few."""

import pytest

from g60kg.extract.claims import claims_of
from g60kg.extract.matching import find
from g60kg.extract.needs import Needs
from g60kg.extract.reading import Reading, Sentence
from g60kg.extract.statement import Statement
from tests.extract.packaged import article, corridor, grammar

TEXTS = [
    corridor().text,
    *(
        " ".join(
            [*(example.text for example in pattern.examples), *(c.text for c in pattern.counterexamples)]
        )
        for pattern in grammar().patterns
    ),
]


def _words_are_there(number: int, sentence: Sentence) -> bool:
    """Tell whether a sentence has the whole words by which a form asks to be called."""
    form = grammar().forms[number][1]
    needs = Needs(grammar().compiler.words, grammar().kinds)
    trees = [form.tree, *([form.earlier] if form.earlier else [])]
    has = set(sentence.skeleton.replace(",", " ").replace(".", " ").replace("'", " ").split())
    return all(has & needed for tree in trees for needed in needs.words(tree))


def _read(number: int, sentence: Sentence, reading: Reading) -> list[object]:
    pattern, form = grammar().forms[number]
    matches = find(grammar().compiled(form), grammar().codes, sentence)
    return [claim for m in matches for claim in claims_of(Statement(pattern, m, reading, grammar()))]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_what_is_not_called_reads_nothing(text: str) -> None:
    reading = grammar().read(article(text))
    for sentence in reading.sentences:
        called = grammar().called(sentence).forms
        for number in sorted(set(range(len(grammar().forms))) - set(called)):
            if _words_are_there(number, sentence):
                assert not _read(number, sentence, reading), grammar().forms[number][1].text


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:40])
def test_what_stands_in_another_order_reads_nothing(text: str) -> None:
    reading = grammar().read(article(text))
    for sentence in reading.sentences:
        for number in grammar().called(sentence).forms:
            if not grammar()._calls.has_in_order(number, sentence):
                assert not _read(number, sentence, reading), grammar().forms[number][1].text


def test_order_spares_compiling() -> None:
    calls = [
        (grammar().called(sentence).forms, sentence) for sentence in grammar().read(corridor()).sentences
    ]
    pairs = [(number, sentence) for forms, sentence in calls for number in forms]
    assert sum(grammar()._calls.has_in_order(*pair) for pair in pairs) < len(pairs) * 2 / 3


def test_few_forms_are_called() -> None:
    reading = grammar().read(corridor())
    called = [len(grammar().called(sentence).forms) for sentence in reading.sentences]
    assert sum(called) / len(called) < len(grammar().forms) / 10


@pytest.mark.parametrize(
    ("text", "describes"), [("Haier built a factory.", True), ("Haier built it.", False)]
)
def test_tells_whether_something_may_be_described(text: str, describes: bool) -> None:
    assert grammar().called(grammar().read(article(text)).sentences[0]).describes is describes
