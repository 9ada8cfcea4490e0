"""Each figure and each city name of the article changed, one at a time: exactly that changes.

The parser reads each paragraph of the article by itself; what a person noted of it is checked apart.
"""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from g60kg.extract import Extractor, claim_line
from g60kg.extract.reply import RecordedReader
from g60kg.model import Claim, Entity
from g60kg.terms import curie
from g60kg.text import AnnotatedText
from g60kg.text.marks import Figure, Mark, Time
from tests.extract.packaged import corridor, corridor_claims, extractor, lexicon

NINE = ("songjiang", "jiaxing", "hangzhou", "jinhua", "suzhou", "huzhou", "xuancheng", "wuhu", "hefei")
WORDS = {"one": "two", "two": "four", "three": "five", "six": "seven", "seven": "six", "nine": "eight"}
TOKEN = re.compile(rf"\d[\d,.]*\d|\d|\b(?:{'|'.join(WORDS)})\b", re.I)
LISTED = frozenset({"2", "3", "two", "three", "six"})
"""So few things, and the six areas that the article names one by one, are what a text lists: no figures."""
NUMBER = re.compile(rf"\d[\d,.]*|\b(?:{'|'.join([*WORDS, *WORDS.values()])})\b", re.I)
TEXT = corridor().text

Place = tuple[int, int]


@cache
def read() -> AnnotatedText:
    return lexicon().annotate(corridor())


@cache
def parsing() -> Extractor:
    """The parser, with nothing recorded beside it."""
    return replace(extractor(), recorded=RecordedReader(()))


@cache
def noted() -> Extractor:
    """What a person noted, and no parser."""
    return replace(extractor(), readers=())


def _place(mark: Mark) -> Place:
    return read().view.span(mark.start, mark.end)


def _numbers() -> list[Place]:
    """Return where each number of a figure or time stands, a conversion's and a period's second too."""
    marks = [_place(mark) for mark in read().marks if isinstance(mark.meaning, Figure | Time)]
    return [match.span() for start, end in marks for match in TOKEN.finditer(TEXT, start, end)]


def _changed(number: str) -> str:
    """Return another number that is written alike."""
    word = WORDS.get(number.lower())
    if word is not None:
        return word.capitalize() if number[0].isupper() else word
    return number[:-1] + str((int(number[-1]) + 1) % 9 + 1)


def _paragraph(place: Place) -> Place:
    end = TEXT.find("\n\n", place[1])
    return TEXT.rfind("\n\n", 0, place[0]) + 2, len(TEXT) if end < 0 else end


@cache
def _parsed(text: str) -> tuple[Claim, ...]:
    return parsing().claims(replace(corridor(), id="paragraph", text=text))


def _changes(place: Place, new: str) -> tuple[list[Claim], list[Claim]]:
    """Return the claims of a paragraph that go and come where other words stand at a place of it."""
    start, end = _paragraph(place)
    old = _parsed(TEXT[start:end])
    now = _parsed(TEXT[start : place[0]] + new + TEXT[place[1] : end])
    before, after = Counter(map(claim_line, old)), Counter(map(claim_line, now))
    gone, come = before - after, after - before
    return [c for c in old if claim_line(c) in gone], [c for c in now if claim_line(c) in come]


def test_another_number_changes_the_number_alone(subtests: pytest.Subtests) -> None:
    for place in _numbers():
        number = TEXT[slice(*place)]
        if not {number.lower(), _changed(number).lower()}.isdisjoint(LISTED):
            continue
        with subtests.test(number, at=place[0]):
            gone, come = (_without_numbers(claims) for claims in _changes(place, _changed(number)))
            assert gone == come


def _without_numbers(claims: list[Claim]) -> list[str]:
    return sorted(NUMBER.sub("#", claim_line(claim)) for claim in claims)


def test_most_numbers_are_claimed() -> None:
    said = [place for place in _numbers() if _changes(place, _changed(TEXT[slice(*place)]))[0]]
    assert len(_numbers()) >= 35
    assert len(said) >= 15


def _of_the_nine() -> list[Mark]:
    return [
        mark
        for mark in read().marks
        if isinstance(mark.meaning, Entity)
        and mark.resolution is None
        and curie(mark.meaning.iri).removeprefix("id:") in NINE
    ]


def test_another_city_changes_what_its_words_say(subtests: pytest.Subtests) -> None:
    """What goes or comes was said by words that hold the name, or that stand for it."""
    for place in map(_place, _of_the_nine()):
        with subtests.test(TEXT[slice(*place)], at=place[0]):
            at = place[0] - _paragraph(place)[0]
            gone, come = _changes(place, "Nanjing")
            assert [claim_line(claim) for claim in gone if not _touches(claim, at)] == []
            quotes = " | ".join(claim.quote for claim in gone)
            assert [claim_line(c) for c in come if not _touches(c, at) and c.quote not in quotes] == []


def _touches(claim: Claim, at: int) -> bool:
    """Tell whether a claim's words, or those that its own stand for, are at a place.

    What a name says of its place is read with the places that the text says anywhere.
    """
    if claim.pattern == "named-by-place":
        return True
    spans = [(claim.start, claim.end), *((r.start, r.end) for r in claim.resolved)]
    return any(start <= at < end for start, end in spans)


def test_what_a_person_noted_holds_only_of_the_words_that_stand_there(subtests: pytest.Subtests) -> None:
    for place in _numbers()[::4]:
        with subtests.test(TEXT[slice(*place)], at=place[0]):
            _check_noted(place)


def _check_noted(place: Place) -> None:
    """Where a number is another, no claim has the old one from words at its place: it is refused."""
    changed = replace(corridor(), text=TEXT[: place[0]] + _changed(TEXT[slice(*place)]) + TEXT[place[1] :])
    found = noted().verified(changed)
    assert all(changed.text[claim.start : claim.end] == claim.quote for claim in found.claims)
    left = Counter(map(claim_line, found.claims)) - Counter(map(claim_line, corridor_claims()))
    assert not left
    gone = Counter(map(claim_line, corridor_claims())) - Counter(map(claim_line, found.claims))
    stood = [claim for claim in corridor_claims() if claim.start <= place[0] < claim.end]
    assert gone.total() >= sum(claim.quote not in changed.text for claim in stood)


def test_a_known_city_in_anothers_place_takes_its_claims() -> None:
    text = "The G60 Corridor links nine cities, including Wuhu and Xuancheng."
    before = {claim_line(claim) for claim in _parsed(text)}
    after = {claim_line(claim) for claim in _parsed(text.replace("Xuancheng", "Jinhua"))}
    assert before - after == {"id:g60-corridor g60:memberCity id:xuancheng"}
    assert after - before == {"id:g60-corridor g60:memberCity id:jinhua"}
