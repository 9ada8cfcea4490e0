"""Plots: everything in its place."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from g60kg.serve.pages.plots import WIDTH, Datum, bars, line


def test_bars_begin_at_zero_and_the_longest_is_first() -> None:
    drawn = bars("t", [Datum("a", Decimal(-5), "-5"), Datum("b", Decimal(7), "7")])
    assert [each.name for each in drawn.data] == ["b", "a"]
    assert drawn.most == 7
    assert bars("t", []).most == 1


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=12))
def test_a_line_stays_in_its_picture(numbers: list[int]) -> None:
    drawn = line("t", [Datum(str(number), Decimal(number), str(number)) for number in numbers])
    assert all(0 <= mark.x <= WIDTH and 0 < mark.y < drawn.height for mark in drawn.marks)
    by_number = sorted(zip(numbers, (mark.y for mark in drawn.marks), strict=True))
    heights = [height for _, height in by_number]
    assert heights == sorted(heights, reverse=True)
