"""Texts that repeat one another are told by their fingerprints, and no others."""

from itertools import combinations
from pathlib import Path

import pytest

from benchmarks.archive import archive
from g60kg.graph import keys, likeness, pairs
from g60kg.graph.fingerprints import fingerprint

ROOT = Path(__file__).parents[2]
REAL = sorted([*(ROOT / "data/articles").glob("*.txt"), *(ROOT / "tests/evaluate/texts").rglob("*.txt")])
FIRST = """\
On 3 March 2024 the Lanqi Group opened a plant in Wuhu that cost 310 million yuan and covers 42 mu.
Its 260 workers are to make 18,000 pumps a year from 2025 on, said the deputy mayor of Wuhu.
Hefei, which has 312 such firms, sends the steel; Jiaxing buys 4,500 pumps in 2025 alone.
"""
RETOLD = """\
A factory of Lanqi Group, at 310 million yuan, began its work in Wuhu on 3 March 2024 on 42 mu.
According to the vice mayor of Wuhu 260 people are going to produce 18,000 pumps annually starting with 2025.
From Hefei, home to 312 companies of the kind, comes the steel, and 4,500 pumps will go to Jiaxing in 2025.
"""
OTHER = FIRST.replace("310", "95").replace("42", "17").replace("260", "71").replace("18,000", "350")


def are_alike(one: str, other: str) -> bool:
    return pairs([fingerprint(one), fingerprint(other)], [0]) == [(0, 1)]


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_wire_copy_is_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    copy = "News agency, 1 May.\n" + "".join(lines[:-1] if len(lines) > 3 else lines)
    assert are_alike(text, copy)
    assert likeness(fingerprint(text), fingerprint(copy)) > 0.7


def test_texts_of_their_own_are_not_alike() -> None:
    assert pairs([fingerprint(path.read_text(encoding="utf-8")) for path in REAL], range(len(REAL))) == []


def test_another_translation_is_alike_and_another_report_in_the_same_words_is_not() -> None:
    assert are_alike(FIRST, RETOLD)
    assert not are_alike(RETOLD, OTHER)


def test_of_what_is_short_nothing_is_told() -> None:
    assert not are_alike("Wuhu lies in Anhui.", "Wuhu lies in Anhui. ")


def test_what_is_alike_depends_on_the_two_alone() -> None:
    prints = [fingerprint(each.article.text) for each in archive(24)]
    every = pairs(prints, range(24))
    assert len(every) > 3
    assert every == [pair for pair in combinations(range(24), 2) if pairs([prints[n] for n in pair], [1])]
    for number in (7, *every[-1]):
        assert [pair for pair in every if number in pair] == pairs(prints, [number])


def test_those_that_share_a_key_and_are_alike_are_all_that_are_alike() -> None:
    prints = [fingerprint(each.article.text) for each in archive(60)]
    shared = keys(prints)
    met = [(one, other) for one, other in combinations(range(60), 2) if shared[one] & shared[other]]
    assert len(met) < 60 * 59 / 2
    assert [(a, b) for a, b in met if pairs([prints[a], prints[b]], [0])] == pairs(prints, range(60))
