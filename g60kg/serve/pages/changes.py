"""Two years, two articles or two things side by side: `/changes?from=…&to=…`, `/changes?one=…&other=…`.

Of years and articles the rows are those of the stored queries `changes` and `compare`, each side with its
words, and beside them how far the corridor reached, on the map and in its length. What a later text says
without a time is no change: it stands apart. Things are compared by all that is held of them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, islice
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.claims import claim_of, figure_before
from g60kg.describe.entity import facts_beside, figures_beside
from g60kg.describe.figures import Figure, figure_of
from g60kg.describe.lookup import nodes, subjects
from g60kg.describe.lookup import rows_of as solutions
from g60kg.query import Rows
from g60kg.serve.pages.map import city_map, routes
from g60kg.serve.pages.page import Page
from g60kg.serve.site import Site
from g60kg.serve.stored.answers import rows_of
from g60kg.serve.stored.params import Wrong, read_params, worst
from g60kg.serve.values import Request, Response
from g60kg.terms import ARTICLE, G60, ID, RDF

SIZE: Final = 40
WAYS: Final = {"changes": ("from", "to"), "compare": ("one", "other")}
"""The stored query of years, and that of articles and things, with the parameters that name its sides."""
_APART: Final = ("mentioned", "not said again")
"""What is no change: what is said without a time, and silence."""
_ORDER: Final = ("changed", "in conflict", "new", "only the second", "only the first", *_APART)
_LOOKED_AT: Final = 200
"""Of so many new figures it is looked up what was said before."""
_SAID_OF: Final = """
SELECT DISTINCT ?time {
  { VALUES ?dating { g60:year g60:date g60:period } ?dated ?dating ?time }
  UNION { ?dated a g60:Article ; dcterms:date ?time }
}
"""


def changes(site: Site, request: Request) -> Response:
    """Return what differs between two sides, or the forms that ask for them; 404 and 400 as for a query."""
    page, articles = Page(site, request), site.kg.articles().to_dicts()
    given = {name: (request.value(name) or "").strip() for names in WAYS.values() for name in names}
    stored = site.kg.catalogue["compare" if given["one"] or given["other"] else "changes"]
    own = {each.name for each in stored.parameters}
    sent = tuple(pair for pair in request.query if pair[0] in own)
    asked = read_params(site, replace(request, query=sent), stored, form=True)
    wrong = {name: each for name, each in asked.wrong.items() if each.kind != "missing"}
    shown: dict[str, Any] = {"groups": None, "things": None, "years": []}
    ends = [] if asked.wrong else [asked.bound[name][0] for name in WAYS[stored.name]]
    kinds = {_kind(each) for each in ends}
    if len(kinds) > 1 or None in kinds:
        wrong["other"] = Wrong("other", "two articles are compared, or two things", kind="sides")
    elif ends:
        if ID.base in kinds:
            one, other = (each for each in ends if isinstance(each, NamedNode))
            figures = figures_beside(site.memo, one, other)
            facts = tuple(facts_beside(site.memo, one, other, page.names.of))
            shown |= {"things": (one, other), "figures": figures, "facts": facts}
        else:
            shown |= _said(page, rows_of(site, stored, asked.bound), given["from"])
            dates = {ARTICLE.base + row["article"]: str(row["date"] or "") for row in articles}
            shown |= {"sides": _sides(page, [dates.get(each.value, each.value)[:4] for each in ends])}
            if stored.name == "changes" and not shown["counts"]:
                times = (row["time"].value for row in solutions(site.kg.store, _SAID_OF))
                shown |= {"years": sorted({time.rpartition("/")[2][:4] for time in times})}
    return page.render(
        "changes.html",
        status=worst(wrong) if wrong else 200,
        given=given,
        wrong=wrong,
        stored=page.link("query", name=stored.name, **dict(sent)),
        articles=articles,
        size=SIZE,
        **shown,
    )


def _kind(end: NamedNode | Literal) -> str | None:
    """Return what a side is: the namespace of things or of articles, "" for a year; None for any other."""
    if isinstance(end, Literal):
        return ""
    return next((each.base for each in (ID, ARTICLE) if end.value.startswith(each.base)), None)


def _said(page: Page, rows: Rows, year: str) -> dict[str, Any]:
    """Return a page of what two sides say, by what it means, and how much of each there is.

    What is new, but was said before with another value, is changed; with the same, it is no change.
    """
    store, found = page.site.memo, rows.to_dicts()
    claim = cache(lambda iri: claim_of(store, NamedNode(str(iri))))
    for row in found:
        if row["change"] == "new" and row["dated"] == "reported":
            row["change"] = "mentioned"
    new = (row for row in found if row["change"] == "new" and row["unit"])
    for row in islice(new, _LOOKED_AT):
        said = claim(row["claim"])
        before = figure_before(store, said, year) if said else None
        if before:
            row["change"] = "changed" if before.number != row["after"] else "same"
            row["earlierClaim"] = subjects(store, RDF.object, before.node)[0].value
    told = [row for row in found if row["change"] != "same"]
    told.sort(key=lambda row: _ORDER.index(row["change"]))
    shown = groupby(page.part(told, SIZE), lambda row: row["change"])
    return {
        "counts": Counter(row["change"] for row in told),
        "groups": [(change, [*each]) for change, each in shown],
        "apart": _APART,
        "claim": claim,
    }


def _sides(page: Page, years: Sequence[str]) -> list[dict[str, Any]]:
    """Return how far the corridor reached in each year, once for years in which that is the same: its phases
    by then, their map, its length.
    """
    known = rows_of(page.site, page.site.kg.catalogue["corridor-phases"], {})
    phases = [row for row in known.to_dicts() if row["startYear"]]
    found: list[dict[str, Any]] = []
    for year in dict.fromkeys(sorted(filter(None, years))):
        held = [row for row in phases if str(row["startYear"])[:4] <= year]
        corridor = NamedNode(held[-1]["corridor"]) if held else None
        reached = [NamedNode(row["phase"]) for row in held], _length(page.site, corridor, year)
        if found and found[-1]["reached"] == reached:
            found[-1]["years"].append(year)
            continue
        cities = [nodes(page.site.kg.store, phase, G60.memberCity) for phase in reached[0]]
        side = {"years": [year], "reached": reached, "map": city_map(page, cities, routes())}
        found.append(side | {"cities": list(dict.fromkeys(city for each in cities for city in each))})
    return found if any(each["reached"][0] for each in found) else []


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
