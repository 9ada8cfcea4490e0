"""Hostile texts: read to the end, in time that grows with their length, with right offsets."""

import random
import time
from collections.abc import Callable

import pytest

from tests.extract.packaged import article, corridor, extractor, lexicon
from tests.sizes import size

WORDS = "and |in |of the |the the |a a a |has |is |to |will not |also |that |which is |respectively |"
SIGNS = '(|)|((|[1]|"|\'|“|’s |,|, |, and |;|:|.|...|."|. |-| - |。|'
NUMBERS = "1|1,|1 |1.|12,345,678,|1 million |US$|RMB 1 billion (|from 40 to |half of |% |"
TIMES = "2016 |2016-|2016, |in June |last October |3 months ago |the first half of the year |"
NAMES = "A |a|A|Aa |The |City |City of |University of |Co., Ltd. |Foo & |Foo-Bar-|No. |"
KNOWN = "Songjiang |Songjiang, |Songjiang and |Songjiang; |Songjiang's |Songjiang in Zhejiang, |松江|"
THINGS = "Tencent and Haier and |Tencent (a) |Tencent's subsidiary |Blue Lake, a maker of |Blue Lake (Red) |"
ANAPHORA = "the region |related companies |It. |It is. |its |Songjiang that |and 3 companies |up 5 percent, |"
LISTS = 'these include |parks such as Blue Park, |"6+X" industries, |along the G60 highway |among them A, |'
ODD = "<|<b>|<b|</p>|&|&amp;|&nbsp;|\n|\r\n|a\n|\0|\x1b[2J|\u200b|\u202e|İ|ß|\U0001f600"
REPEATED = (WORDS + SIGNS + NUMBERS + TIMES + NAMES + KNOWN + THINGS + ANAPHORA + LISTS + ODD).split("|")
LONG = size(1, 3)
"""How many times as long the texts are whose time is compared."""
GENEROUS = 10
"""How many times as long four times the text may take: 4 would be linear, 16 quadratic."""


def _is_linear(short: str, long: str, most: float = 0) -> bool:
    """Tell whether a text four times as long takes so many times as long, or less than `most` seconds.

    What fails is tried again: the first may wait for memory, or for others on the machine.
    """
    return any((spent := _once(long)) < most or spent < GENEROUS * _once(short) for _ in range(2))


def _once(text: str) -> float:
    lexicon()._last.clear()
    start = time.process_time()
    claims = extractor().claims(article(text, "2023-07-11"))
    spent = time.process_time() - start
    assert all(text[claim.start : claim.end] == claim.quote for claim in claims)
    return spent


def _repeated(part: str, length: int) -> str:
    return (part * (length // len(part) + 1))[:length]


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Load the parser before anything is timed."""
    extractor().claims(corridor())


@pytest.mark.parametrize("part", REPEATED[:: size(18, 1)], ids=ascii)
def test_repeated(part: str) -> None:
    assert _is_linear(_repeated(part, LONG * 2_000), _repeated(part, LONG * 8_000), 0.3)


def _one_line(length: int) -> str:
    return _repeated(" ".join(corridor().text.split()) + " ", length)


def _without_stops(length: int) -> str:
    return _repeated(
        "".join(letter for letter in corridor().text if letter.isalnum() or letter == " "), length
    )


def _in_capitals(length: int) -> str:
    return _one_line(length).upper()


def _shuffled(length: int) -> str:
    words = corridor().text.split()
    random.Random(60).shuffle(words)
    return _repeated(" ".join(words) + " ", length)


SHAPES = [_one_line, _without_stops, _in_capitals, _shuffled]


@pytest.mark.parametrize("make", SHAPES)
def test_long_articles(make: Callable[[int], str]) -> None:
    assert _is_linear(make(LONG * 3_000), make(LONG * 12_000))


def test_a_long_line_is_read_to_its_end() -> None:
    length = size(30_000, 250_000)
    claims = extractor().claims(article(_one_line(length), "2023-07-11"))
    assert max(claim.end for claim in claims) > length - 10_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        ".",
        "松江区与嘉兴市、杭州市签署了战略合作协议。",
        "<html><body><p>Tencent has teamed up with <b>Fosun Pharma</b>.</p></body></html>",
        "\u202eSongjiang signed 20 projects.\u202c",
        "Songjiang\0signed\0twenty\0projects.",
        "Songjiang\x07 signed\x1b[31m twenty\x08 projects\x7f.",
        "Songjiang \U000f0000 signed twenty projects \U000f0001 in 2023.",
        "\ud800 Songjiang signed 20 projects.",
        "\ue000 signed 20 projects in \ue040.",
        "Songjiang signed \ue007 projects. \ue001 has \uf8ff.",
        "Tencent. . . Haier.\n.\n. Wuhu has 300 companies.",
    ],
)
def test_odd_texts_are_read(text: str) -> None:
    _once(text)


def test_tags_and_invisible_signs_hide_nothing() -> None:
    plain = "Tencent has teamed up with Fosun Pharma."
    tagged = "<p>Tencent\u200b has teamed&nbsp;up with <b>Fosun Pharma</b>.</p>"
    (expected,) = extractor().claims(article(plain))
    (found,) = extractor().claims(article(tagged))
    assert (found.subject.iri, found.predicate) == (expected.subject.iri, expected.predicate)
    assert found.object.iri == expected.object.iri  # type: ignore[union-attr]
    assert found.quote == tagged[found.start : found.end]
    assert found.quote.endswith("has teamed&nbsp;up with <b>Fosun Pharma")
