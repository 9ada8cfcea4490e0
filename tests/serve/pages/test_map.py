"""The map: every city in its place, none of its words over another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from g60kg.register import load_register
from g60kg.serve.pages.map import WIDTH, City, Point, draw_map, hull, routes

PHASES = [
    ["songjiang"],
    ["jiaxing", "hangzhou"],
    ["songjiang", "jiaxing", "hangzhou", "jinhua", "suzhou", "huzhou", "xuancheng", "wuhu", "hefei"],
]

POSITIONS = {
    entry.id: (float(entry.point[0]), float(entry.point[1]))
    for entry in load_register().entries.values()
    if entry.point
}


def overlap(one: City, other: City) -> bool:
    (a, b, c, d), (e, f, g, h) = one.word.box, other.word.box
    return min(c, g) > max(a, e) and min(d, h) > max(b, f)


def test_the_corridor_is_drawn_whole() -> None:
    drawn = draw_map(PHASES, POSITIONS, routes(), str.title)
    assert drawn is not None
    assert {city.slug: city.phase for city in drawn.cities} == {
        **dict.fromkeys(PHASES[2], 3),
        **dict.fromkeys(PHASES[1], 2),
        "songjiang": 1,
    }
    assert [phase for phase, _ in drawn.areas] == [3, 2, 1]
    assert [route for route, _ in drawn.routes] == ["g60-expressway", "shanghai-suzhou-huzhou-railway"]


def test_north_is_up_and_east_is_right() -> None:
    drawn = draw_map(PHASES, POSITIONS, routes(), str)
    assert drawn is not None
    at = {city.slug: city for city in drawn.cities}
    assert at["hefei"].x < at["hangzhou"].x < at["songjiang"].x
    assert at["hefei"].y < at["hangzhou"].y < at["jinhua"].y


def test_no_word_covers_another_in_either_language() -> None:
    for name in (str.title, lambda slug: "松江区"[: len(slug)] + "市"):
        drawn = draw_map(PHASES, POSITIONS, routes(), name)
        assert drawn is not None
        assert not [pair for pair in combinations(drawn.cities, 2) if overlap(*pair)]
        assert all(city.word.box[0] >= 0 and city.word.box[2] <= WIDTH for city in drawn.cities)


def test_places_that_nobody_knows_make_no_map() -> None:
    assert draw_map([], POSITIONS, routes(), str) is None
    assert draw_map([["atlantis", "songjiang"]], POSITIONS, routes(), str) is None


def test_one_place_twice_is_drawn() -> None:
    drawn = draw_map([["a", "b"]], {"a": (120.0, 30.0), "b": (120.0, 30.0)}, {}, str)
    assert drawn is not None
    assert len(drawn.cities) == 2


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=30))
def test_a_hull_holds_all_its_points(points: list[Point]) -> None:
    corners = hull(points)
    assert set(corners) <= set(points)
    for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
        side = [
            (end[0] - start[0]) * (y - start[1]) - (end[1] - start[1]) * (x - start[0]) for x, y in points
        ]
        assert all(each >= 0 for each in side)
