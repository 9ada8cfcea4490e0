"""Where places stand on the picture of a corridor.

Goes in: `data/map/places.yaml`. Comes out: positions and routes, by the slugs of their IRIs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from g60kg.resources import resource

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Places:
    """Positions in degrees east and north, and the places that each route goes through."""

    positions: Mapping[str, Point]
    routes: Mapping[str, tuple[str, ...]]


@cache
def places() -> Places:
    """Return what the packaged file says.

    >>> places().routes["g60-expressway"][1]
    'songjiang'
    """
    read = yaml.safe_load(resource("data", "map", "places.yaml").read_text("utf-8"))
    positions = {str(name): (float(east), float(north)) for name, (east, north) in read["positions"].items()}
    routes = {str(route["id"]): tuple(map(str, route["through"])) for route in read["routes"]}
    return Places(positions, routes)
