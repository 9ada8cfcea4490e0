"""The pages of the stored queries: the list of the questions, and a question with its form and its answer.

An answer is narrowed by facets (columns of years, places, industries, articles or bases, with counts), and
shown in the views that its columns allow.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from g60kg.describe.answers import PLAIN, AnswerRow, answer_of
from g60kg.describe.evidence import Supports, columns_of
from g60kg.query import Parameter, Rows, StoredQuery
from g60kg.serve.pages.map import city_map
from g60kg.serve.pages.page import Page
from g60kg.serve.pages.plots import picture
from g60kg.serve.site import Site
from g60kg.serve.stored.answers import Page as Part
from g60kg.serve.stored.params import TIMES, Params, kept, key_of, names_taken, only_of
from g60kg.serve.values import Pairs, Request, Response
from g60kg.store import Term
from g60kg.terms import ID, RDFS, SKOS, UNIT

_BESIDE: Final = {**dict.fromkeys(("comparator", "unit"), ("value", "amount")), "dated": ("year",)}
"""Columns that stand in the cell of another, where that is there."""
_FEW: Final = 100
"""Of a class with so many members or fewer, all names are offered without scripts."""
_NAMINGS: Final = (SKOS.prefLabel, RDFS.label, SKOS.altLabel)
_FACETS: Final[Mapping[str, tuple[str, ...]]] = {
    "year": TIMES,
    "place": ("place", "region", "city", "province", "seat", "partner"),
    "industry": ("industry",),
    "article": ("article",),
    "basis": ("basis",),
}
_MOST: Final = 12
_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class Facet:
    """A column by which an answer can be narrowed, with its commonest values, how often each is there, and
    the one that is `chosen`.
    """

    kind: str
    column: str
    values: tuple[tuple[Term, str, int], ...]
    chosen: str = ""


def facets_of(rows: Rows, only: Pairs) -> list[Facet]:
    """Return the facets of an answer, counted over the rows that the others leave."""
    chosen, found = dict(only), []
    for kind, names in _FACETS.items():
        column = next((name for name in names if name in rows.columns), None)
        if column is None:
            continue
        place, others = rows.columns.index(column), tuple(pair for pair in only if pair[0] != column)
        said = (term for row in rows.terms if (term := row[place]) not in (None, Literal("")))
        terms = {key_of(column, term): term for term in said}
        counts = Counter(key_of(column, row[place]) for row in rows.terms if kept(rows.columns, row, others))
        values = tuple((terms[key], key, n) for key, n in counts.most_common(_MOST) if key in terms)
        if len(terms) >= _LEAST or column in chosen:
            found.append(Facet(kind, column, values, chosen.get(column, "")))
    return found


def question_page(
    site: Site, request: Request, stored: StoredQuery, params: Params, rows: Part | None, whole: Rows | None
) -> Response:
    """Return the page of a stored query: its form, with its rows or with what is wrong.

    `whole` are all its rows, from which the facets are counted.
    """
    page = Page(site, request)
    known = {each.name for each in stored.parameters}
    given: dict[str, Any] = {name: [*each] for name, each in params.texts.items()}
    given |= {"only": request.values("only") or None, "view": request.value("view")}
    return page.render(
        "question.html",
        embedded=request.route == "embed",
        whole=page.link("query", name=stored.name, **given),
        stored=stored,
        texts={name: " | ".join(each) for name, each in params.texts.items()},
        problems=params.wrong,
        example=partial(_example, page),
        names=partial(names_taken, site, names=page.names, most=_FEW),
        strange=[wrong for name, wrong in params.wrong.items() if name not in known],
        rows=rows,
        columns=columns_of(stored),
        given=given,
        **(_shown(page, stored, rows, whole or rows) if rows is not None else {}),
    )


def _shown(page: Page, stored: StoredQuery, rows: Part, whole: Rows) -> dict[str, Any]:
    """Return what the template shows of rows: the views there are, the one that is wanted, and its parts."""
    answer = answer_of(page.site.memo, stored, rows)
    own = {each.name for each in stored.columns} & {*rows.columns}
    dated: list[tuple[str, AnswerRow]] = []
    for name in (each for each in TIMES if each in own and not dated):
        times = [row[rows.columns.index(name)] for row in rows.terms]
        if any(times):
            pairs = zip((key_of(name, each) for each in times), answer.rows, strict=True)
            dated = sorted(pairs, key=lambda pair: pair[0])
    terms = dict.fromkeys(term for row in rows.terms for term in row if isinstance(term, NamedNode))
    places = [term for term in terms if term.value.startswith(ID.base)]
    quotes = {n for row in answer.rows for n, cell in enumerate(row.cells) if cell.words}
    drawn = {"picture": picture(page, rows), "map": city_map(page, [places], {})}
    has = {
        "cards": answer.has_facts or quotes,
        "table": True,
        "chart": drawn["picture"],
        "timeline": dated,
        "map": drawn["map"],
    }
    views = [name for name, is_there in has.items() if is_there]
    view = page.request.value("view")
    columns = {name: place for place, name in enumerate(answer.columns)}
    beside = {
        name: n for name, n in columns.items() if not {*_BESIDE.get(name, ())}.isdisjoint(answer.columns)
    }
    return {
        **drawn,
        "answer": answer,
        "beside": beside,
        "places": [n for name, n in columns.items() if name not in beside and n not in quotes],
        "obvious": PLAIN | {"unit": UNIT.NUM.value},
        "views": views,
        "view": view if view in views else views[0],
        "dated": dated,
        "facets": facets_of(whole, only_of(page.request)),
        "sources": Supports(page.site.memo).sources,
    }


def _example(page: Page, parameter: Parameter) -> str:
    """Return the example of a parameter; where it names an entity, by its name in the page's language."""
    example = parameter.example or parameter.hint or ""
    names = (example, example[:1].upper() + example[1:]) if parameter.type == "entity" else ()
    for naming, name in product(_NAMINGS, names):
        for quad in page.site.kg.store.match(None, naming, Literal(name, language="en")):
            return page.label(quad.subject)
    return example
