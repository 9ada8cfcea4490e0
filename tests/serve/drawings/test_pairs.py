"""A relation is drawn with each thing once on its side, and each pair as one line."""

from hypothesis import given
from hypothesis import strategies as st

from g60kg.serve.drawings.tree import Pair, draw_pairs

KEYS = st.sampled_from("abcdefgh")
PAIRS = st.lists(st.builds(Pair, KEYS, KEYS).filter(lambda pair: pair.left != pair.right), min_size=1)
NAMES = {key: key * 30 for key in "abcdefgh"}


@given(PAIRS)
def test_every_pair_has_one_line_between_its_things(pairs: list[Pair]) -> None:
    drawn = draw_pairs(pairs, NAMES)
    wanted = {frozenset((pair.left, pair.right)) for pair in pairs}
    assert len(drawn.lines) == len(set(drawn.lines)) == len(wanted)
    assert {end.key for end in drawn.ends} == set().union(*wanted)
    assert len({(end.x, end.y) for end in drawn.ends}) == len(drawn.ends)
    assert all(0 < end.y < drawn.height and 0 < end.x < drawn.width for end in drawn.ends)


def test_what_relates_one_way_stands_as_it_is_given() -> None:
    drawn = draw_pairs([Pair("a", "c"), Pair("b", "c"), Pair("d", "c", "inferred")], NAMES)
    assert [(end.key, end.anchor) for end in drawn.ends] == [
        ("a", "end"),
        ("b", "end"),
        ("d", "end"),
        ("c", "start"),
    ]
    assert [layer for _, layer in drawn.lines] == ["said", "said", "inferred"]
