"""The tree of a neighbourhood, and plots: everything in its place."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from g60kg.serve.drawings.map import WIDTH
from g60kg.serve.drawings.plot import Datum, bars, line
from g60kg.serve.drawings.tree import Item, Twig, draw_tree


def items(children: st.SearchStrategy[Item]) -> st.SearchStrategy[Item]:
    twigs = st.lists(children, min_size=1, max_size=3).map(lambda kids: Twig("of", tuple(kids)))
    return st.builds(Item, st.just("k"), st.text(max_size=40), st.just("said"), st.lists(twigs).map(tuple))


TREES = st.recursive(st.builds(Item, st.just("k"), st.text(max_size=40)), items, max_leaves=20)


@given(TREES)
def test_no_two_things_share_a_place(root: Item) -> None:
    drawn = draw_tree(root)
    assert len({(spot.x, spot.y) for spot in drawn.spots}) == len(drawn.spots)
    assert all(0 < spot.y < drawn.height and 0 < spot.x < drawn.width for spot in drawn.spots)


def test_a_thing_alone_is_drawn() -> None:
    drawn = draw_tree(Item("a", "A"))
    assert (drawn.spots, drawn.labels) == ([], [])


def test_bars_begin_at_zero() -> None:
    drawn = bars("t", [Datum("a", Decimal(-5), "-5"), Datum("b", Decimal(0), "0")])
    assert [bar.length for bar in drawn.bars] == [0, 0]
    assert bars("t", []).bars == ()


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=12))
def test_a_line_stays_in_its_picture(numbers: list[int]) -> None:
    drawn = line("t", [Datum(str(number), Decimal(number), str(number)) for number in numbers])
    assert all(0 <= mark.x <= WIDTH and 0 < mark.y < drawn.height for mark in drawn.marks)
    by_number = sorted(zip(numbers, (mark.y for mark in drawn.marks), strict=True))
    heights = [height for _, height in by_number]
    assert heights == sorted(heights, reverse=True)
