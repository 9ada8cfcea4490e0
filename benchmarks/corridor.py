"""Synthetic corridors: a graph like the one that articles fill, of any number of triples.

Goes in: the number of triples, a seed, and the share of article facts that carry their claim node.
Comes out: exactly so many distinct triples in a stream, the same for the same seed; nothing but the
number of the city being written is kept, so ten million triples need no more memory than a thousand.

Proportions follow the first article's region: 5 districts a city, 4 towns and 6 parks a district, about
9 organizations a park, industries in a tree of two levels drawn by Zipf's law, an article per park.

    python -m benchmarks.corridor 100000 > corridor.nt
"""

import sys
from collections.abc import Iterator
from itertools import islice
from random import Random

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from benchmarks.layout import article, claim, entity, repair, statistic, thing
from g60kg.terms import G60, ID, SKOS

CLAIMED = 0.3
INDUSTRIES = 8
BRANCHES = 6
CITIES = 9
DISTRICTS = 5
TOWNS = 4
PARKS = 6
_WEIGHTS = [1 / (rank + 1) for rank in range(INDUSTRIES * BRANCHES)]
_PARK_KINDS = ("IndustrialPark", "IndustrialPark", "ScienceCity", "InnovationArea", "Park")


def corridor(triples: int, *, seed: int = 60, claimed: float = CLAIMED) -> Iterator[Triple]:
    """Yield that many triples of a synthetic corridor, all distinct.

    >>> len(set(corridor(1000)))
    1000
    >>> list(corridor(500)) == list(corridor(500))
    True
    """
    return islice(_cities(Random(seed), claimed), triples)


def _cities(random: Random, claimed: float) -> Iterator[Triple]:
    yield from _frame()
    city = 0
    while True:
        yield from _city(random, city, claimed)
        city += 1


def _frame() -> Iterator[Triple]:
    """The country, the delta, and the tree of industries."""
    yield from entity(ID.china, "Country", "China", "中国")
    yield from entity(ID.delta, "MacroRegion", "Yangtze River Delta", "长江三角洲")
    yield Triple(ID.delta, G60.partOf, ID.china)
    yield from entity(ID["six-plus-x"], "IndustryScheme", "6+X", "6+X")
    for number in range(INDUSTRIES):
        yield from entity(
            thing("industry", number), "IndustryCategory", f"Industry {number}", f"产业{number}"
        )
        yield Triple(thing("industry", number), G60.inScheme, ID["six-plus-x"])
        for branch in range(BRANCHES):
            node = thing("industry", number, branch)
            yield from entity(node, "IndustryCategory", f"Branch {number}.{branch}", f"行业{number}.{branch}")
            yield Triple(node, SKOS.broader, thing("industry", number))


def _industry(random: Random) -> NamedNode:
    rank = random.choices(range(len(_WEIGHTS)), _WEIGHTS)[0]
    return thing("industry", rank % INDUSTRIES, rank // INDUSTRIES)


def _city(random: Random, city: int, claimed: float) -> Iterator[Triple]:
    node, group = thing("city", city), city // CITIES
    if city % CITIES == 0:
        yield from _corridor(group)
    if city % 3 == 0:
        yield from entity(thing("province", city // 3), "Province", f"Province {city // 3}", f"省{city // 3}")
        yield Triple(thing("province", city // 3), G60.partOf, ID.delta)
        yield Triple(thing("corridor", group), G60.covers, thing("province", city // 3))
    yield from entity(node, "City", f"City {city}", f"市{city}")
    yield Triple(node, G60.partOf, thing("province", city // 3))
    for phase in range(3 - min(city % CITIES, 2), 4):
        yield Triple(thing("phase", group, phase), G60.memberCity, node)
    if city:
        yield Triple(node, G60.cooperatesWith, thing("city", random.randrange(city)))
    yield Triple(thing("conference", group), G60.signatory, node)
    for number in range(DISTRICTS):
        yield from _district(random, city, number, claimed)


def _corridor(group: int) -> Iterator[Triple]:
    node, highway = thing("corridor", group), thing("highway", group)
    yield from entity(node, "Corridor", f"Corridor {group}", f"走廊{group}")
    yield from entity(highway, "Highway", f"Highway {group}", f"高速公路{group}")
    yield Triple(node, G60.alongRoute, highway)
    yield from entity(thing("plan", group), "Plan", f"Plan {group}", f"规划{group}")
    yield Triple(node, G60.includedIn, thing("plan", group))
    for phase in range(1, 4):
        yield from entity(
            thing("phase", group, phase),
            "CorridorPhase",
            f"Version {phase}.0 of {group}",
            f"{group}第{phase}版",
        )
        yield Triple(thing("phase", group, phase), G60.phaseOf, node)
    yield from entity(
        thing("conference", group), "Conference", f"Joint Conference {group}", f"联席会议{group}"
    )


def _district(random: Random, city: int, number: int, claimed: float) -> Iterator[Triple]:
    node = thing("district", city, number)
    yield from entity(node, "District", f"District {city}.{number}", f"区{city}.{number}")
    yield Triple(node, G60.partOf, thing("city", city))
    for town in range(TOWNS):
        place = thing("town", city, number, town)
        yield from entity(place, "Town", f"Town {city}.{number}.{town}", f"镇{city}.{number}.{town}")
        yield Triple(place, G60.partOf, node)
    for park in range(PARKS):
        yield from _park(random, (city, number, park), claimed)


def _park(random: Random, place: tuple[int, int, int], claimed: float) -> Iterator[Triple]:
    """One park and its article: the facts stated, each perhaps with its claim."""
    source = (place[0] * DISTRICTS + place[1]) * PARKS + place[2]
    yield from article(source)
    for start, part in enumerate(_statements(random, place)):
        yield from part
        if random.random() < claimed:
            yield from claim(part[0], source, 90 * start)


def _statements(random: Random, place: tuple[int, int, int]) -> Iterator[list[Triple]]:
    """Yield what the article states: the direct triple first, then what describes its nodes."""
    park, district = thing("park", *place), thing("district", *place[:2])
    name = ".".join(map(str, place))
    yield [
        Triple(park, G60.locatedIn, district),
        *entity(park, random.choice(_PARK_KINDS), f"Park {name}", f"园区{name}"),
        *repair(park, f"Perk {name}"),
    ]
    yield [Triple(park, G60.inIndustry, _industry(random))]
    for measure, top in (("area", 10**7), ("companyCount", 3000), ("output", 10**11)):
        yield _figure(random, park, measure, top)
    yield _figure(random, district, "companyCount", 9000 + place[2], _industry(random))
    for number in range(random.randint(5, 9)):
        yield from _company(random, place, number)
    yield from _project(random, place)


def _figure(
    random: Random, subject: NamedNode, measure: str, top: int, industry: NamedNode | None = None
) -> list[Triple]:
    fact, about = statistic(subject, measure, random.randrange(1, top), random.randint(2016, 2024), industry)
    return [fact, *about]


def _company(random: Random, place: tuple[int, int, int], number: int) -> Iterator[list[Triple]]:
    node, name = thing("company", *place, number), ".".join(map(str, (*place, number)))
    yield [
        Triple(node, G60.locatedIn, thing("park", *place)),
        *entity(node, "Company", f"Company {name}", f"公司{name}"),
    ]
    yield [Triple(node, G60.inIndustry, _industry(random))]
    if random.random() < 0.3:
        yield [Triple(node, G60.headquarteredIn, thing("town", *place[:2], random.randrange(TOWNS)))]
    if number and random.random() < 0.3:
        yield [Triple(node, G60.cooperatesWith, thing("company", *place, random.randrange(number)))]
    if number and random.random() < 0.15:
        yield [Triple(node, G60.subsidiaryOf, thing("company", *place, number - 1))]


def _project(random: Random, place: tuple[int, int, int]) -> Iterator[list[Triple]]:
    """A project that a company invests in, the facility that comes of it, and an agreement on it."""
    project, facility, deal = (thing(kind, *place) for kind in ("project", "facility", "agreement"))
    owner, name = thing("company", *place, 0), ".".join(map(str, place))
    yield [
        Triple(owner, G60.investsIn, project),
        *entity(project, "Project", f"Project {name}", f"项目{name}"),
    ]
    yield [Triple(project, G60.locatedIn, thing("park", *place))]
    yield _figure(random, project, "investment", 10**10)
    yield [
        Triple(owner, G60.operates, facility),
        *entity(facility, "Facility", f"Centre {name}", f"中心{name}"),
    ]
    yield [Triple(facility, G60.locatedIn, thing("town", *place[:2], random.randrange(TOWNS)))]
    yield [Triple(deal, G60.signatory, owner), *entity(deal, "Agreement", f"Pact {name}", f"协议{name}")]
    yield [Triple(deal, G60.signatory, thing("district", *place[:2]))]


if __name__ == "__main__":
    serialize(corridor(int(sys.argv[1])), sys.stdout.buffer, RdfFormat.N_TRIPLES)
