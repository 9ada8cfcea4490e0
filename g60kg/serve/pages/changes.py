"""Two years, two articles or two things side by side: `/changes?from=…&to=…` and the like, see `WAYS`.

The rows are those of the stored queries `changes` and `compare`, each side with its words; of two years, also
how far the corridor reached, on the map and in its length.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Any, Final

from pyoxigraph import NamedNode

from g60kg.describe.claims import claim_of
from g60kg.describe.figures import Figure, figure_of, local
from g60kg.describe.lookup import nodes
from g60kg.errors import ParameterError, QueryError, UnknownName
from g60kg.query import Rows, run
from g60kg.serve.drawings.map import routes
from g60kg.serve.pages.facets import city_map
from g60kg.serve.pages.page import Page, page_number
from g60kg.serve.problem import refusal
from g60kg.serve.site import Site
from g60kg.serve.values import Request, Response
from g60kg.terms import ARTICLE, G60, ID

SIZE: Final = 40
WAYS: Final = {"years": ("from", "to"), "articles": ("earlier", "later"), "things": ("one", "other")}
"""What is compared, and the parameters that name its sides."""
_YEAR: Final = re.compile(r"[0-9]{4}")
_ORDER: Final = ("changed", "in conflict", "new", "only the second", "not said again", "only the first")


def changes(site: Site, request: Request) -> Response:
    """Return what differs between two sides, or the forms that ask for them; 404 and 400 as for a query."""
    page, number, wrong, rows = Page(site, request), page_number(request), None, None
    given = {name: (request.value(name) or "").strip() for names in WAYS.values() for name in names}
    way = next((way for way, names in WAYS.items() if all(given[name] for name in names)), None)
    try:
        for name in WAYS["years"]:
            if given[name] and not _YEAR.fullmatch(given[name]):
                raise ParameterError(f"{name}: {given[name][:40]!r} is no year", mend="write four digits")
        rows = _rows(site, way, given, request.value("entity")) if way else None
    except QueryError as error:
        wrong = refusal(error)
    found = sorted(rows.to_dicts() if rows else (), key=lambda row: _ORDER.index(_change(row)))
    shown = found[(number - 1) * SIZE : number * SIZE]
    store = site.memo
    return page.render(
        "changes.html",
        status=wrong.status.value if wrong else 200,
        way=way,
        given=given,
        wrong=wrong.detail if wrong else None,
        counts=Counter(map(_change, found)),
        groups=[(key, [*each]) for key, each in groupby(shown, _change)] if rows is not None else None,
        claim=cache(lambda iri: claim_of(store, NamedNode(str(iri)))),
        sides=_sides(page, given) if way == "years" and not wrong else [],
        articles=[row["article"] for row in site.kg.articles().to_dicts()],
        page_number=number,
        size=SIZE,
        thing=ID.__getitem__,
    )


def _change(row: dict[str, Any]) -> str:
    return str(row["change"])


def _rows(site: Site, way: str, given: dict[str, str], entity: str | None) -> Rows:
    """Return the rows of the stored query of a way; an article may be named by its id alone."""
    values = {name: given[name] for name in WAYS[way]}
    if way == "years":
        return _asked(site, "changes", values | ({"entity": entity} if entity else {}))
    if way == "articles":
        try:
            values = {name: ARTICLE[each.removeprefix("article:")].value for name, each in values.items()}
        except ValueError:  # what no IRI can hold names no article
            raise UnknownName(" ".join(values.values())) from None
    one, other = values.values()
    return _asked(site, "compare", {"one": one, "other": other})


def _asked(site: Site, name: str, values: Mapping[str, str]) -> Rows:
    """Return the rows of a stored query as they are: their words are read of those alone that are shown."""
    return run(site.kg.store, site.kg.catalogue[name], values)


def _sides(page: Page, given: dict[str, str]) -> list[dict[str, Any]]:
    """Return how far the corridor reached in each of two years: its phases by then, their map, its length."""
    phases = [row for row in _asked(page.site, "corridor-phases", {}).to_dicts() if row["startYear"]]
    found = []
    for year in (given[name] for name in WAYS["years"]):
        held = [row for row in phases if str(row["startYear"])[:4] <= year]
        corridor = NamedNode(held[-1]["corridor"]) if held else None
        cities = [nodes(page.site.kg.store, NamedNode(row["phase"]), G60.memberCity) for row in held]
        known: dict[str, Any] = {"year": year, "phases": [NamedNode(row["phase"]) for row in held]}
        known |= {"cities": list(dict.fromkeys(city for each in cities for city in each))}
        known |= {"map": city_map(page, cities, routes()), "length": _length(page.site, corridor, year)}
        found.append(known)
    return found if any(each["phases"] for each in found) else []


def _length(site: Site, corridor: NamedNode | None, year: str) -> Figure | None:
    """Return the length of a corridor in a year: the last one said by then, or from before the next."""
    found: list[tuple[str, Figure]] = []
    for each in nodes(site.kg.store, corridor, G60.length) if corridor else ():
        figure = figure_of(site.kg.store, each)
        if figure and figure.time:
            was_before = any(
                local(name) == "change" and term.value == "before" for name, term in figure.others
            )
            found.append((f"{int(figure.time[:4]) - 1 if was_before else figure.time[:4]}", figure))
    held = sorted((each for each in found if each[0] <= year), key=lambda pair: pair[0])
    return held[-1][1] if held else None
