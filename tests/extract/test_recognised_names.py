"""Names in prose about places that the register does not hold, found with the entity recogniser."""

from dataclasses import replace
from functools import cache, reduce
from operator import add

import pytest

from g60kg.extract import claim_line, extract
from g60kg.extract.lexicon import AnnotatedText, Lexicon, load_lexicon
from g60kg.extract.parser.pipeline import named_spans
from g60kg.model import Entity
from g60kg.register import load_register
from tests.extract.names.scoring import Score, marked_texts, score
from tests.extract.packaged import article, corridor, corridor_claims, grammar


@cache
def lexicon() -> Lexicon:
    return replace(load_lexicon(load_register()), recogniser=named_spans)


def annotated(text: str, date: str | None = "2024-06-01") -> AnnotatedText:
    return lexicon().annotate(article(text, date))


def scored(*, held: bool) -> Score:
    texts = [text for text in marked_texts() if text.held == held]
    return reduce(add, (score(text, annotated(text.text), lexicon()) for text in texts))


def test_the_names_of_prose_about_other_places_are_found() -> None:
    read = scored(held=False)
    assert read.names >= 80
    assert read.recall >= 0.97, read.wrong
    assert read.precision >= 0.95, read.wrong
    assert read.typing >= 0.95, read.wrong


_JAPAN = "Fosun Pharma obtained listing approval for the first biosimilar drug in Japan."


def _japan(text: str) -> list[str]:
    marks = annotated(text).marks
    return [
        mark.meaning.label
        for mark in marks
        if isinstance(mark.meaning, Entity) and "Japan" in mark.meaning.surface
    ]


def test_in_japan_is_repaired_without_the_note_beside_the_article() -> None:
    """A user who pastes the text has no note: its other garbled names tell how it was made."""
    assert _japan(corridor().text) == ["China"]


@pytest.mark.parametrize(
    "other",
    [
        "",
        "Auster moved to Songjiang.",
        "Auster moved to Matsue.",
        "Zhengtai Qidi Smart Electric Port grew beside Auster.",
    ],
)
def test_japan_stays_japan_where_nothing_proves_the_contrary(other: str) -> None:
    assert _japan(f"{other} {_JAPAN}") == ["Japan"]


def test_straight_quotation_marks_leave_the_names_as_they_are() -> None:
    straight = corridor().text.translate(str.maketrans("“”‘’", "\"\"''"))

    def names(text: str) -> list[tuple[int, int, str]]:
        marks = lexicon().annotate(replace(corridor(), text=text)).marks
        return [(m.start, m.end, m.meaning.iri) for m in marks if isinstance(m.meaning, Entity)]

    assert names(straight) == names(corridor().text)


def test_with_straight_quotation_marks_the_same_claims_come_out() -> None:
    straight = corridor().text.translate(str.maketrans("“”‘’", "\"\"''"))
    plain = {claim_line(claim) for claim in extract(replace(corridor(), text=straight), grammar())}
    typographic = {
        claim_line(claim).translate(str.maketrans("“”‘’", "\"\"''")) for claim in corridor_claims()
    }
    assert plain == typographic
