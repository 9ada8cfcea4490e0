"""Ranks: which place a thing or its figure takes, in what, and what is no rank."""

from functools import cache

import pytest

from g60kg.extract.parser.frame_checks import read_lines
from g60kg.extract.parser.reader import ParserReader, load_parser_reader
from tests.extract.parser.readings import lexicon

RANKED = {
    "Wuhu ranks third among the cities of Anhui in exports.": (
        'wuhu distinction "ranks third among the cities of Anhui in exports" rank=3 region=id:anhui'
    ),
    "Hangzhou Bay Park was placed No. 1 in Zhejiang.": (
        'hangzhou-bay-park distinction "placed No. 1 in Zhejiang" rank=1 region=id:zhejiang'
    ),
    "Songjiang came fifth in Shanghai.": (
        'songjiang distinction "came fifth in Shanghai" rank=5 region=id:shanghai'
    ),
    "Hangzhou Bay Park, the third-largest park in Zhejiang, is growing.": (
        'hangzhou-bay-park distinction "the third-largest park in Zhejiang" rank=3 region=id:zhejiang'
    ),
    "Hefei's GDP reached 1.2 trillion yuan in 2022, ranking third among the nine cities.": (
        "hefei gdp 1200000000000 unit:CCY_CNY countedKind=GDP rank=3 year=2022"
    ),
}
NO_RANK = (
    "Wuhu is the largest city in Anhui.",
    "Siemens will invest 920 million yuan in two phases; the first, with 300 workers, is to open in 2025.",
    "Wuhu does not rank third in Anhui.",
)


@cache
def _reader() -> ParserReader:
    return load_parser_reader(lexicon())


def _lines(text: str) -> list[str]:
    read = read_lines(text, _reader())
    return [line.removeprefix("id:").replace("g60:", "") for line in read]


@pytest.mark.parametrize("text", RANKED)
def test_a_rank_is_read_with_what_it_is_in(text: str) -> None:
    assert RANKED[text] in _lines(text)


@pytest.mark.parametrize("text", NO_RANK)
def test_what_is_no_rank(text: str) -> None:
    assert not any("rank=" in line for line in _lines(text))
