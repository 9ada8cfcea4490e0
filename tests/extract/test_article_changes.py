"""Each figure and each city name of the article changed, one at a time: exactly that changes."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from g60kg.extract import claim_line, extract
from g60kg.extract.marks import Figure, Mark, Time
from g60kg.model import Claim, Entity
from g60kg.terms import curie
from tests.extract.packaged import corridor, corridor_claims, grammar

NINE = ("songjiang", "jiaxing", "hangzhou", "jinhua", "suzhou", "huzhou", "xuancheng", "wuhu", "hefei")
WORDS = {
    "one": "two",
    "two": "four",
    "three": "five",
    "six": "seven",
    "seven": "six",
    "eight": "six",
    "nine": "eight",
}
TOKEN = re.compile(rf"\d[\d,.]*\d|\d|\b(?:{'|'.join(WORDS)})\b", re.I)
NUMBER = re.compile(rf"\d[\d,.]*|\b(?:{'|'.join([*WORDS, 'four', 'five'])})\b", re.I)
TEXT = corridor().text
READING = grammar().read(corridor())

Place = tuple[int, int]


def _place(mark: Mark) -> Place:
    return READING.view.span(mark.start, mark.end)


def _numbers() -> list[Place]:
    """Return where each number of a figure or time stands, a conversion's and a period's second too."""
    marks = [_place(mark) for mark in READING.marks if isinstance(mark.meaning, Figure | Time)]
    return [match.span() for start, end in marks for match in TOKEN.finditer(TEXT, start, end)]


def _changed(number: str) -> str:
    """Return another number that is written alike."""
    word = WORDS.get(number.lower())
    if word is not None:
        return word.capitalize() if number[0].isupper() else word
    return number[:-1] + str((int(number[-1]) + 1) % 9 + 1)


def _read(place: Place, new: str) -> tuple[Claim, ...]:
    start, end = place
    return extract(replace(corridor(), text=TEXT[:start] + new + TEXT[end:]), grammar())


def _difference(claims: tuple[Claim, ...]) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came."""
    before, after = Counter(map(claim_line, corridor_claims())), Counter(map(claim_line, claims))
    return sorted((before - after).elements()), sorted((after - before).elements())


@pytest.mark.parametrize("place", _numbers(), ids=lambda place: f"{TEXT[slice(*place)]}-{place[0]}")
def test_another_number(place: Place) -> None:
    """What came is what went but for the number; what went was said by words that hold the number."""
    old = TEXT[slice(*place)]
    claims = _read(place, _changed(old))
    gone, come = _difference(claims)
    assert sorted(NUMBER.sub("#", line) for line in gone) == sorted(NUMBER.sub("#", line) for line in come)
    for claim in corridor_claims():
        if claim_line(claim) in gone:
            assert claim.start <= place[0] < place[1] <= claim.end or _is_its_time(claim, place)


def _is_its_time(claim: Claim, place: Place) -> bool:
    """Tell whether a place is that of the time with which a claim's sentence begins."""
    sentence = next(s for s in map(_sentence, READING.sentences) if s[0] <= claim.start < s[1])
    times = [str(value) for name, value in claim.qualifiers if name in ("year", "date", "period")]
    return sentence[0] <= place[0] < sentence[1] and TEXT[slice(*place)] in times


def _sentence(sentence: object) -> Place:
    return READING.view.span(sentence.start, sentence.end)  # type: ignore[attr-defined]


def test_numbers_that_state_nothing_are_few() -> None:
    """Where the number changes nothing, it stands in the file's head or in a phrase."""
    still = [place for place in _numbers() if not _difference(_read(place, _changed(TEXT[slice(*place)])))[0]]
    assert len(_numbers()) >= 35
    assert [" ".join(TEXT[start:].split()[:3]) for start, _ in still] == [
        "2023-07-11 Since 2016,",
        "07-11 Since 2016,",
        "11 Since 2016,",
        "two keywords of",
        "seven years, the",
        "two cities: incubation",
    ]


def _cities() -> list[Mark]:
    return [
        mark
        for mark in READING.marks
        if isinstance(mark.meaning, Entity)
        and mark.resolution is None
        and curie(mark.meaning.iri).removeprefix("id:") in NINE
    ]


def _touches(claim: Claim, place: Place) -> bool:
    """Tell whether a claim's words, or those that its own stand for, are at a place."""
    spans = [(claim.start, claim.end), *((r.start, r.end) for r in claim.resolved)]
    return any(start <= place[0] < end for start, end in spans)


@pytest.mark.parametrize("new", ["Nanjing", "Zhenzhou"])
@pytest.mark.parametrize("mark", _cities(), ids=lambda mark: f"{mark.meaning.surface}-{mark.start}")
def test_another_city(mark: Mark, new: str) -> None:
    """What goes or comes was said by words that hold the name, or that stand for it.

    Where words stood for it, they may now stand for what was named before; and what those words say with
    less may take the place of what went.
    """
    place = _place(mark)
    claims = _read(place, new)
    gone, come = _difference(claims)
    went = [claim for claim in corridor_claims() if claim_line(claim) in gone]
    assert all(_touches(claim, place) for claim in went)
    quotes = " | ".join(claim.quote for claim in went)
    assert all(_touches(c, place) or c.quote in quotes for c in claims if claim_line(c) in come)


def test_every_name_of_the_nine_cities_counts() -> None:
    """A city that is put in another's place takes its claims; only a phrase's city states nothing."""
    still = [mark for mark in _cities() if not _difference(_read(_place(mark), "Shanghai"))[0]]
    assert len(_cities()) >= 39
    assert [TEXT[_place(mark)[0] - 12 : _place(mark)[1]] for mark in still] == [
        "nt axis for Songjiang City",
    ]


def test_a_known_city_in_anothers_place_takes_its_claims() -> None:
    place = [place for place in map(_place, _cities()) if TEXT[slice(*place)] == "Xuancheng"][-1]
    gone, come = _difference(_read(place, "Shanghai"))
    assert gone == ["id:g60-corridor-phase-3 g60:memberCity id:xuancheng"]
    assert come == ["id:g60-corridor-phase-3 g60:memberCity id:shanghai"]
