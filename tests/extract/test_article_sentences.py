"""Each sentence of the article taken out: its claims go, and only what refers back to it changes besides."""

from collections import Counter
from dataclasses import replace

import pytest

from g60kg.extract import claim_line, extract
from g60kg.model import Claim
from tests.extract.packaged import corridor, corridor_claims, grammar

READING = grammar().read(corridor())
SPANS = [READING.view.span(sentence.start, sentence.end) for sentence in READING.sentences]
STANDING = {
    READING.view.span(mark.start, mark.end): READING.view.span(mark.resolution.start, mark.resolution.end)
    for mark in READING.marks
    if mark.resolution is not None
}
"""Words that stand for something, with where that stands; it may again be such words."""

Said = tuple[str, str]


def _said(claim: Claim) -> Said:
    return claim_line(claim), claim.quote


def _rests_on(claim: Claim, start: int, end: int) -> bool:
    """Tell whether what a claim speaks of was named in a span, through all words that stand for it."""
    places = [(resolution.start, resolution.end) for resolution in claim.resolved]
    while places:
        place = places.pop()
        if start <= place[0] < place[1] <= end:
            return True
        if place in STANDING:
            places.append(STANDING[place])
    return False


def _without(start: int, end: int) -> Counter[Said]:
    text = corridor().text
    left = replace(corridor(), text=text[:start] + text[end:])
    return Counter(map(_said, extract(left, grammar())))


@pytest.mark.parametrize("span", SPANS, ids=lambda span: corridor().text[slice(*span)][:50])
def test_without_a_sentence(span: tuple[int, int]) -> None:
    start, end = span
    others = [claim for claim in corridor_claims() if not start <= claim.start < end]
    expected = Counter(map(_said, others))
    may_change = {_said(claim) for claim in others if _rests_on(claim, start, end)}
    found = _without(start, end)
    assert set(expected - found) <= may_change
    quotes = {quote for _, quote in may_change}
    assert {quote for _, quote in found - expected} <= quotes


def test_every_sentence_is_tried() -> None:
    """All claims lie in one of the sentences, and more than half of these state something."""
    holders = {next(s for s in SPANS if s[0] <= claim.start < s[1]) for claim in corridor_claims()}
    assert len(SPANS) > 40
    assert len(holders) > 20


def test_the_text_ends_with_what_its_sentences_say() -> None:
    """The article cut after each sentence has the claims of the whole that begin before the cut."""
    for _, end in SPANS[::6]:
        cut = extract(replace(corridor(), text=corridor().text[:end]), grammar())
        assert list(map(_said, cut)) == [_said(c) for c in corridor_claims() if c.start < end]
