"""Two years, two articles or two things side by side: `/changes?from=…&to=…` and the like, see `WAYS`.

The rows are those of the stored queries `changes` and `compare`, each side with its words; of two years, also
how far the corridor reached, on the map and in its length.
"""

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.describe.claims import claim_of
from g60kg.describe.figures import Figure, figure_of
from g60kg.describe.lookup import nodes
from g60kg.serve.pages.facets import city_map
from g60kg.serve.pages.map import routes
from g60kg.serve.pages.page import Page, page_number
from g60kg.serve.site import Site
from g60kg.serve.stored.answers import rows_of
from g60kg.serve.stored.params import read_params, worst
from g60kg.serve.values import Request, Response
from g60kg.terms import ARTICLE, G60, ID

SIZE: Final = 40
WAYS: Final = {"years": ("from", "to"), "articles": ("earlier", "later"), "things": ("one", "other")}
"""What is compared, and the parameters that name its sides."""
_ASKED: Final = {"years": "changes", "articles": "compare", "things": "compare"}
_SIDES: Final = {"changes": ("from", "to"), "compare": ("one", "other")}
"""The stored query of each, and its parameters for the sides."""
_ORDER: Final = ("changed", "in conflict", "new", "only the second", "only the first", "not said again")


def changes(site: Site, request: Request) -> Response:
    """Return what differs between two sides, or the forms that ask for them; 404 and 400 as for a query."""
    page, number = Page(site, request), page_number(request)
    given = {name: (request.value(name) or "").strip() for names in WAYS.values() for name in names}
    way = next((way for way, names in WAYS.items() if all(given[name] for name in names)), None)
    year = max(given[name] for name in WAYS["years"])  # a lone one is judged, too, by the rules of two
    tried, by = (given, way) if way else (given | dict.fromkeys(WAYS["years"], year), year and "years")
    stored = site.kg.catalogue[_ASKED[by or "years"]]
    asked = read_params(site, _request(request, by, tried), stored, form=True) if by else None
    names = dict(zip(_SIDES[stored.name], WAYS[by or "years"], strict=True))
    told = {names.get(name, name): each for name, each in (asked.wrong if asked else {}).items()}
    wrong = {name: each for name, each in told.items() if given.get(name, True)}
    rows = rows_of(site, stored, asked.bound) if asked and way and not wrong else None
    found = sorted(rows.to_dicts() if rows else (), key=lambda row: _ORDER.index(_change(row)))
    shown = found[(number - 1) * SIZE : number * SIZE]
    return page.render(
        "changes.html",
        status=worst(wrong) if wrong else 200,
        way=way,
        given=given,
        wrong=wrong,
        counts=Counter(map(_change, found)),
        groups=[(key, [*each]) for key, each in groupby(shown, _change)] if rows is not None else None,
        claim=cache(lambda iri: claim_of(site.memo, NamedNode(str(iri)))),
        sides=_sides(page, given) if way == "years" and not wrong else [],
        articles=site.kg.articles().to_dicts(),
        page_number=number,
        size=SIZE,
        thing=ID.__getitem__,
    )


def _change(row: dict[str, Any]) -> str:
    return str(row["change"])


def _request(request: Request, way: str, given: dict[str, str]) -> Request:
    """Return the request to the stored query of a way; an article may be named by its id alone."""
    values = [given[name] for name in WAYS[way]]
    if way == "articles":
        values = [ARTICLE.base + each.removeprefix("article:").removeprefix(ARTICLE.base) for each in values]
    pairs = [*zip(_SIDES[_ASKED[way]], values, strict=True)]
    entity = request.value("entity") if way == "years" else None
    return replace(request, query=(*pairs, *((("entity", entity),) if entity else ())))


def _sides(page: Page, given: dict[str, str]) -> list[dict[str, Any]]:
    """Return how far the corridor reached in each of two years, or once where that is the same: its
    phases by then, their map, its length.
    """
    known = rows_of(page.site, page.site.kg.catalogue["corridor-phases"], {})
    phases = [row for row in known.to_dicts() if row["startYear"]]
    found = []
    for year in (given[name] for name in WAYS["years"]):
        held = [row for row in phases if str(row["startYear"])[:4] <= year]
        corridor = NamedNode(held[-1]["corridor"]) if held else None
        cities = [nodes(page.site.kg.store, NamedNode(row["phase"]), G60.memberCity) for row in held]
        side: dict[str, Any] = {"year": year, "phases": [NamedNode(row["phase"]) for row in held]}
        side |= {"cities": list(dict.fromkeys(city for each in cities for city in each))}
        side |= {"map": city_map(page, cities, routes()), "length": _length(page.site, corridor, year)}
        found.append(side)
    reached = [(each["phases"], each["length"]) for each in found]
    return found[: len({str(each) for each in reached})] if any(phases for phases, _ in reached) else []


def _length(site: Site, corridor: NamedNode | None, year: str) -> Figure | None:
    """Return the length of a corridor in a year: the last one said by then, or from before the next."""
    found: list[tuple[int, Figure]] = []
    for each in nodes(site.kg.store, corridor, G60.length) if corridor else ():
        figure = figure_of(site.kg.store, each)
        if figure and figure.time:
            was_before = any(term.value == "before" for name, term in figure.others if name == G60.change)
            found.append((int(figure.time[:4]) - was_before, figure))
    held = [pair for pair in found if pair[0] <= int(year)]
    return max(held, key=lambda pair: pair[0])[1] if held else None
