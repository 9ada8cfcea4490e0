"""Every packaged pattern by its own examples and counter-examples, and that none is made for one text."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml
from _pytest.mark.structures import ParameterSet

from g60kg.extract import claim_line, extract
from g60kg.extract.patterns import Example, Pattern
from g60kg.extract.syntax import Form
from tests.extract.packaged import (
    article,
    corridor,
    development_texts,
    grammar,
    grammar_of,
    lines,
    needs_shared,
)

PATTERNS = grammar().patterns
EXAMPLES = [(pattern, example) for pattern in PATTERNS for example in pattern.examples]
COUNTEREXAMPLES = [(pattern, example) for pattern in PATTERNS for example in pattern.counterexamples]
FORMS = [
    (pattern, form)
    for pattern in PATTERNS
    for form in {form.act or form.text: form for form in pattern.forms}.values()
]
"""Each form that stands alone, and one for each act."""
LONG = 8
"""From so many words on a run of words is a sentence's own, and no turn of phrase."""
OPEN = yaml.safe_load((Path(__file__).parent / "expected" / "open.yaml").read_text(encoding="utf-8"))
"""What the packaged patterns still lack, each a strict expected failure."""


def _id(value: Pattern | Form | Example) -> str:
    return value.id if isinstance(value, Pattern) else value.text[:70]


def _open_ones(rows: Iterable[tuple[Pattern, Form | Example]], what: str) -> list[ParameterSet]:
    """Return rows as parameters, those that `open.yaml` lists as `what` expected to fail."""
    return [
        pytest.param(
            pattern,
            row,
            id=f"{pattern.id}-{row.text[:70]}",
            marks=[pytest.mark.xfail(strict=True, reason=what)] if row.text in OPEN[what] else [],
        )
        for pattern, row in rows
    ]


def _alone(pattern: Pattern, text: str) -> list[str]:
    """Return what one pattern reads in a text when there is no other."""
    return sorted(claim_line(claim) for claim in extract(article(text), grammar_of([pattern])))


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES, ids=_id)
def test_example(pattern: Pattern, example: Example) -> None:
    assert _alone(pattern, example.text) == sorted(example.claims)


@pytest.mark.parametrize(("pattern", "example"), EXAMPLES, ids=_id)
def test_example_among_all_patterns(pattern: Pattern, example: Example) -> None:
    """Another pattern may read the same; none may keep it from being read."""
    assert set(example.claims) <= set(lines(example.text))


@pytest.mark.parametrize(("pattern", "example"), COUNTEREXAMPLES, ids=_id)
def test_counterexample(pattern: Pattern, example: Example) -> None:
    assert _alone(pattern, example.text) == []


@pytest.mark.parametrize(("pattern", "example"), COUNTEREXAMPLES, ids=_id)
def test_counterexample_is_near(pattern: Pattern, example: Example) -> None:
    """A counter-example that shares no word with the pattern's examples would prove nothing."""
    shared = set(_words(example.text)) & {w for other in pattern.examples for w in _words(other.text)}
    assert len(shared) >= 3


@pytest.mark.parametrize(("pattern", "form"), _open_ones(FORMS, "form without example"))
def test_every_form_has_an_example(pattern: Pattern, form: Form) -> None:
    """An act has an example in one voice at least; `test_voices.py` tries all voices."""
    forms = tuple(other for other in pattern.forms if other.act == form.act) if form.act else (form,)
    alone = replace(pattern, forms=forms)
    read = {line for example in pattern.examples for line in _alone(alone, example.text)}
    stated = {line for example in pattern.examples for line in example.claims}
    assert read & stated, f"no example of {pattern.id!r} has the form {form.text!r}"


@pytest.mark.parametrize(("pattern", "example"), _open_ones(EXAMPLES, "example from the article"))
def test_example_is_no_sentence_of_the_article(pattern: Pattern, example: Example) -> None:
    _check_own_words(example, corridor().text)


@needs_shared
@pytest.mark.parametrize(("pattern", "example"), _open_ones(EXAMPLES, "example from a text"))
def test_example_is_no_sentence_of_any_text(pattern: Pattern, example: Example) -> None:
    for text in (corridor(), *development_texts()):
        _check_own_words(example, text.text)


def _check_own_words(example: Example, text: str) -> None:
    words = _words(example.text)
    assert len(words) < LONG or f" {' '.join(words)} " not in _run_of_words(text)


@cache
def _run_of_words(text: str) -> str:
    return f" {' '.join(_words(text))} "


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_no_form_stands_twice() -> None:
    texts = [(pattern.id, form.text) for pattern, form in FORMS]
    assert len(texts) == len(set(texts))


def test_what_is_open_is_there() -> None:
    """What was mended leaves the list."""
    texts = {form.text for _, form in FORMS} | {example.text for _, example in EXAMPLES}
    assert {text for listed in OPEN.values() for text in listed} <= texts
