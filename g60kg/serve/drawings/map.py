"""The map of a corridor: its cities, the area of each phase, the routes of `data/map/routes.yaml`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians

import yaml

from g60kg.resources import resource
from g60kg.serve.drawings.shapes import Point, Word, along, closed, hull, smooth, words


@cache
def routes() -> Mapping[str, tuple[str, ...]]:
    """Return the places that each route of the packaged file goes through.

    >>> routes()["g60-expressway"][1]
    'songjiang'
    """
    read = yaml.safe_load(resource("data", "map", "routes.yaml").read_text("utf-8"))
    return {str(route["id"]): tuple(map(str, route["through"])) for route in read}


WIDTH = 560.0
_LETTERS = 19.0
_MARGIN = (72.0, 64.0)


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
    texts = [name(city) for city in points]
    lines = [point for line in _lines(points, routes).values() for point in along(line)]
    placed = words([*points.values()], texts, _LETTERS, (WIDTH, height), lines)
    cities = tuple(
        City(city, text, *points[city], joined[city], word)
        for city, text, word in zip(points, texts, placed, strict=True)
    )
    areas = tuple(_areas(points, joined, len(phases)))
    drawn = tuple((route, smooth(line)) for route, line in _lines(points, routes).items())
    return Map(WIDTH, height, areas, drawn, cities)


def _projected(known: Mapping[str, Point]) -> tuple[dict[str, Point], float]:
    """Return positions as points of the picture, and its height (equirectangular projection)."""
    north = max(north for _, north in known.values())
    west = min(east for east, _ in known.values())
    narrowing = cos(radians(sum(north for _, north in known.values()) / len(known)))
    flat = {city: ((e - west) * narrowing, north - n) for city, (e, n) in known.items()}
    broad, tall = (max(point[axis] for point in flat.values()) for axis in (0, 1))
    scale = min((WIDTH - 2 * _MARGIN[0]) / (broad or 1), (WIDTH - 2 * _MARGIN[1]) / (tall or 1))
    left = (WIDTH - broad * scale) / 2
    points = {
        city: (round(left + x * scale, 1), round(_MARGIN[1] + y * scale, 1)) for city, (x, y) in flat.items()
    }
    return points, round(2 * _MARGIN[1] + tall * scale)


def _areas(points: Mapping[str, Point], joined: Mapping[str, int], phases: int) -> Iterator[tuple[int, str]]:
    """Yield the area of all cities that have joined by a phase, the last phase first."""
    for phase in range(phases, 0, -1):
        members = [point for city, point in points.items() if joined[city] <= phase]
        if members:
            yield phase, closed(hull(members))


def _lines(points: Mapping[str, Point], routes: Mapping[str, Sequence[str]]) -> dict[str, list[Point]]:
    """Return the points of each route that goes through two cities of the map or more."""
    lines = {route: [points[city] for city in through if city in points] for route, through in routes.items()}
    return {route: line for route, line in lines.items() if len(line) > 1}
