"""The map of a corridor: its cities, the area of each phase, the routes of `data/map/routes.yaml`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians
from unicodedata import east_asian_width

import yaml
from pyoxigraph import NamedNode

from g60kg.describe.lookup import point
from g60kg.resources import resource
from g60kg.serve.pages.page import Page
from g60kg.terms import ID

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
WIDTH = 560.0
_LETTERS = 19.0
_MARGIN = (72.0, 64.0)
_GAP = 9.0
_STEPS = 6
_BESIDE = ((0.35, 1), (0.35, -1), (1.35, 0), (-0.6, 0), (1.1, 1), (-0.4, 1), (1.1, -1), (-0.4, -1))
"""Where a text may stand beside its point, the best looking first: letters down, and on which side."""


@dataclass(frozen=True, slots=True)
class Word:
    """A text at a point; `anchor` is where on it the text is held: `start`, `middle` or `end`."""

    x: float
    y: float
    anchor: str
    box: Box


@dataclass(frozen=True, slots=True)
class City:
    """A city on the map; `phase` is the place, from 1, of the phase in which it joined."""

    slug: str
    text: str
    x: float
    y: float
    phase: int
    word: Word


@dataclass(frozen=True, slots=True)
class Map:
    """A map: its size; the path of each phase's area, the widest first; its routes by slug; its cities."""

    width: float
    height: float
    areas: tuple[tuple[int, str], ...]
    routes: tuple[tuple[str, str], ...]
    cities: tuple[City, ...]


@cache
def routes() -> Mapping[str, tuple[str, ...]]:
    """Return the places that each route of the packaged file goes through.

    >>> routes()["g60-expressway"][1]
    'songjiang'
    """
    read = yaml.safe_load(resource("data", "map", "routes.yaml").read_text("utf-8"))
    return {str(each["id"]): tuple(map(str, each["through"])) for each in read}


def city_map(
    page: Page, phases: Iterable[Iterable[NamedNode]], through: Mapping[str, Sequence[str]]
) -> Map | None:
    """Return the map of the places that joined in each phase, with routes through them; None of too few."""
    slugs = [[each.value.removeprefix(ID.base) for each in phase] for phase in phases]
    found = {slug: point(page.site.kg.store, ID[slug]) for phase in slugs for slug in phase}
    known = {slug: place for slug, place in found.items() if place}
    return draw_map(slugs, known, through, lambda slug: page.label(ID[slug]))


def draw_map(
    phases: Sequence[Sequence[str]],
    positions: Mapping[str, Point],
    routes: Mapping[str, Sequence[str]],
    name: Callable[[str], str],
) -> Map | None:
    """Return the map of the cities that joined in each phase; None where no position of two is known.

    Positions are in degrees east and north; a route goes through places.
    """
    joined = {city: place for place, cities in reversed([*enumerate(phases, 1)]) for city in cities}
    known = {city: positions[city] for city in sorted(joined) if city in positions}
    if len(known) < 2:
        return None
    points, height = _projected(known)
    lines = {route: [points[city] for city in through if city in points] for route, through in routes.items()}
    lines = {route: line for route, line in lines.items() if len(line) > 1}
    texts = [name(city) for city in points]
    ways = (way for line in lines.values() for way in pairwise(line))
    avoid = [
        (x + (to_x - x) * n / _STEPS, y + (to_y - y) * n / _STEPS)
        for (x, y), (to_x, to_y) in ways
        for n in range(_STEPS)
    ]
    placed = _words([*points.values()], texts, (WIDTH, height), avoid)
    cities = tuple(
        City(city, text, *points[city], joined[city], word)
        for city, text, word in zip(points, texts, placed, strict=True)
    )
    members = {n: [points[city] for city in points if joined[city] <= n] for n in range(len(phases), 0, -1)}
    areas = tuple((phase, f"{_through(hull(held))}Z") for phase, held in members.items() if held)
    return Map(WIDTH, height, areas, tuple((route, _through(line)) for route, line in lines.items()), cities)


def _projected(known: Mapping[str, Point]) -> tuple[dict[str, Point], float]:
    """Return positions as points of the picture, and its height (equirectangular projection)."""
    north = max(north for _, north in known.values())
    west = min(east for east, _ in known.values())
    narrowing = cos(radians(sum(north for _, north in known.values()) / len(known)))
    flat = {city: ((e - west) * narrowing, north - n) for city, (e, n) in known.items()}
    broad, tall = (max(point[axis] for point in flat.values()) for axis in (0, 1))
    scale = min((WIDTH - 2 * _MARGIN[0]) / (broad or 1), (WIDTH - 2 * _MARGIN[1]) / (tall or 1))
    left = (WIDTH - broad * scale) / 2
    places = {c: (round(left + x * scale, 1), round(_MARGIN[1] + y * scale, 1)) for c, (x, y) in flat.items()}
    return places, round(2 * _MARGIN[1] + tall * scale)


def hull(points: Iterable[Point]) -> tuple[Point, ...]:
    """Return the corners of the smallest convex shape around points (Andrew's monotone chain).

    >>> hull([(0, 0), (2, 0), (1, 1), (2, 2), (0, 2)])
    ((0, 0), (2, 0), (2, 2), (0, 2))
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return tuple(ordered)
    corners: list[Point] = []
    for way in (ordered, ordered[::-1]):
        half: list[Point] = []
        for x, y in way:
            while len(half) > 1:
                (ax, ay), (bx, by) = half[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:  # a turn to the left: it stays
                    break
                half.pop()
            half.append((x, y))
        corners += half[:-1]
    return tuple(corners)


def _through(points: Sequence[Point]) -> str:
    """Return the path of a line through points.

    >>> _through([(0, 0), (10, 0.25)])
    'M0 0L10 0.2'
    """
    return "M" + "L".join(f"{round(x, 1):g} {round(y, 1):g}" for x, y in points)


def _words(marks: Sequence[Point], texts: Sequence[str], bounds: Point, avoid: Sequence[Point]) -> list[Word]:
    """Return where the text of each mark stands within a picture, and covers neither another nor `avoid`."""
    taken = [(x - _GAP / 2, y - _GAP / 2, x + _GAP / 2, y + _GAP / 2) for x, y in (*marks, *avoid)]
    placed: list[Word] = []
    for mark, text in zip(marks, texts, strict=True):
        best = min(_choices(mark, width(text) * _LETTERS), key=lambda word: _cost(word.box, taken, bounds))
        placed.append(best)
        taken.append(best.box)
    return placed


def width(text: str) -> float:
    """Return about how wide a text is, in ems.

    >>> width("湖州") > width("Hu")
    True
    """
    return sum(1.0 if east_asian_width(letter) in "WF" else 0.53 for letter in text)


def _choices(mark: Point, wide: float) -> Iterator[Word]:
    """Yield the places for a text beside a mark, the best looking first."""
    x, y = mark
    for down, side in _BESIDE:
        left = x + _GAP if side > 0 else x - _GAP - wide if side < 0 else x - wide / 2
        base = y + down * _LETTERS
        anchor, at = {1: ("start", left), -1: ("end", left + wide), 0: ("middle", x)}[side]
        box = (left, base - _LETTERS, left + wide, base + _LETTERS * 0.25)
        yield Word(round(at, 1), round(base, 1), anchor, box)


def _cost(box: Box, others: Sequence[Box], bounds: Point) -> float:
    """Return how much a text covers, and how far it leaves the picture."""
    left, top, right, bottom = box
    outside = max(0, -left) + max(0, right - bounds[0]) + max(0, -top) + max(0, bottom - bounds[1])
    covered = sum(
        max(0, min(right, r) - max(left, x)) * max(0, min(bottom, b) - max(top, t)) for x, t, r, b in others
    )
    return covered + 100 * outside
